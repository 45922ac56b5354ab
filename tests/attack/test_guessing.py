"""Guessing names and passwords: neither the words, nor the time, nor many tries at once tell or win anything."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

import pytest
from markupsafe import escape
from sqlalchemy import update

from tests.web.desk.conftest import PASSWORD, Arrive, Person
from web.accounts import passwords
from web.accounts.accounts import Accounts
from web.accounts.attempts import PER_NAME_AND_VISITOR
from web.accounts.editors import Role
from web.accounts.sessions import Session
from web.parts import Parts
from web.tables import editors

WRONG = "verkeerd wachtwoord"
NAMES = ("anna", "niemand", "weg", "extern@voorbeeld.nl", "' OR 1=1 --", "nul\0", "z" * 200)


@pytest.fixture
async def people(parts: Parts) -> None:
    """Next to anna: somebody who was shut out, and somebody who comes in through an organisation."""
    for name, password in (("weg", PASSWORD), ("extern@voorbeeld.nl", None)):
        await parts.accounts.editors.add(name, Role.EDITOR, password)
    await parts.database.write(update(editors).where(editors.c.name == "weg").values(active=False))


@pytest.mark.usefixtures("people")
async def test_every_name_gets_the_same_words_and_the_same_work(
    visitor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = passwords.HASHER.verify

    def counted(password: str, hash: str) -> bool:
        checked.append(hash)
        return verify(password, hash)

    monkeypatch.setattr(passwords.HASHER, "verify", counted)
    seen = set()

    for name in NAMES:
        response = await visitor.sign_in(name, WRONG)
        page = re.sub(r'name="csrf" value="[^"]+"', "", response.text).replace(str(escape(name)), "")
        seen.add((response.status_code, page, tuple(sorted(response.headers)), len(checked)))
        checked.clear()

    ((status, page, _, work),) = seen
    assert (status, work) == (422, 1)
    assert "Deze naam en dit wachtwoord horen niet bij elkaar." in page


@pytest.mark.usefixtures("real_passwords")
async def test_a_hash_that_is_nobodys_costs_as_much_as_a_real_one() -> None:
    hashed = await passwords.hash_password(PASSWORD)

    assert passwords.NOBODYS_HASH.rpartition("$")[0].rpartition("$")[0] == hashed.rpartition("$")[0].rpartition("$")[0]


async def test_many_guesses_at_the_same_moment_are_no_more_than_one_after_the_other(parts: Parts) -> None:
    outcomes = await asyncio.gather(*(parts.accounts.sign_in("anna", f"{WRONG} {n}", "10.0.0.1") for n in range(40)))

    looked_at = Counter("looked at" if outcome == 0 else "told to wait" for outcome in outcomes)
    assert looked_at["looked at"] <= PER_NAME_AND_VISITOR
    assert looked_at["told to wait"] >= 40 - PER_NAME_AND_VISITOR


async def test_signing_in_rightly_often_is_no_guessing(parts: Parts) -> None:
    outcomes = [await parts.accounts.sign_in("anna", PASSWORD, "10.0.0.1") for _ in range(PER_NAME_AND_VISITOR + 1)]

    assert all(isinstance(outcome, Session) for outcome in outcomes)


async def test_trying_on_while_waiting_makes_the_wait_no_longer(parts: Parts) -> None:
    accounts: Accounts = parts.accounts
    for _ in range(PER_NAME_AND_VISITOR):
        await accounts.sign_in("anna", WRONG, "10.0.0.1")
    first = await accounts.sign_in("anna", PASSWORD, "10.0.0.1")

    waits = [await accounts.sign_in("anna", PASSWORD, "10.0.0.1") for _ in range(60)]

    assert isinstance(first, int)
    assert all(isinstance(wait, int) and wait <= first for wait in waits)
    assert isinstance(await accounts.sign_in("anna", PASSWORD, "10.0.0.2"), Session)


async def test_guessing_from_within_a_session_has_to_wait_too(editor: Person, arrive: Arrive) -> None:
    page = "/redactie/wachtwoord"
    guesses = [
        await editor.post(page, page, huidig=f"{WRONG} {n}", nieuw="een nieuw lang wachtwoord") for n in range(7)
    ]

    assert [guess.status_code for guess in guesses] == [422] * PER_NAME_AND_VISITOR + [429] * 2
    assert (await (await arrive()).sign_in("anna")).status_code == 429
