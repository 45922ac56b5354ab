"""Passwords, accounts, sessions and the slowing down of guesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from web.accounts import passwords
from web.accounts.accounts import Accounts
from web.accounts.attempts import PER_NAME_AND_VISITOR, PER_VISITOR, WINDOW
from web.accounts.editors import Editor, LastChief, NameTaken, Role
from web.accounts.passwords import SHORTEST, WeakPassword, hash_password, is_password
from web.accounts.sessions import IDLE, LASTS, Session
from web.database import Database
from web.tables import editors, sessions, sign_in_failures

PASSWORD = "paard batterij nietje"


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


@pytest.fixture
async def chief(accounts: Accounts) -> Editor:
    return await accounts.editors.add("Anna de Vries", Role.CHIEF, PASSWORD)


@pytest.mark.usefixtures("real_passwords")
async def test_a_hash_says_nothing_of_its_password() -> None:
    hashed = await hash_password(PASSWORD)

    assert hashed.startswith("$argon2id$")
    assert PASSWORD not in hashed
    assert await is_password(PASSWORD, hashed)
    assert not await is_password(PASSWORD + "s", hashed)


@pytest.mark.parametrize("password", ["", "x" * (SHORTEST - 1), "x" * 201], ids=["empty", "short", "endless"])
async def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword, match="tekens"):
        await hash_password(password)


async def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(
    real_passwords: None, accounts: Accounts, chief: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = passwords.HASHER.verify

    class Watched:
        hash = staticmethod(passwords.HASHER.hash)

        @staticmethod
        def verify(password: str, kept: str) -> bool:
            checked.append(kept)
            return verify(password, kept)

    monkeypatch.setattr(passwords, "HASHER", Watched)

    await accounts.sign_in("niemand", PASSWORD, "::1")
    await accounts.sign_in(chief.name, "iets heel anders", "::1")

    unknown, known = (kept.split("$")[:4] for kept in checked)
    assert unknown == known  # the same algorithm with the same cost


async def test_whoever_knows_the_password_gets_in_whatever_the_case_of_the_name(
    accounts: Accounts, chief: Editor
) -> None:
    session = await accounts.sign_in("  ANNA  de vries ", PASSWORD, "::1")

    assert isinstance(session, Session)
    found = await accounts.sessions.find(session.token)
    assert found == session
    assert found.editor == chief


@pytest.mark.parametrize(("name", "password"), [("anna de vries", "fout wachtwoord"), ("niemand", PASSWORD)])
async def test_whoever_does_not_know_it_stays_out(accounts: Accounts, chief: Editor, name: str, password: str) -> None:
    assert await accounts.sign_in(name, password, "::1") == 0


async def test_an_account_without_a_password_or_without_access_lets_nobody_in(
    accounts: Accounts, chief: Editor
) -> None:
    await accounts.editors.add("open@voorbeeld.nl", Role.EDITOR, None)
    closed = await accounts.editors.add("oud", Role.EDITOR, PASSWORD)
    await accounts.editors.change(closed.id, role=Role.EDITOR, active=False)

    assert await accounts.sign_in("open@voorbeeld.nl", "", "::1") == 0
    assert await accounts.sign_in("open@voorbeeld.nl", "x" * SHORTEST, "::1") == 0
    assert await accounts.sign_in("oud", PASSWORD, "::1") == 0


async def test_a_name_is_used_once(accounts: Accounts, chief: Editor) -> None:
    with pytest.raises(NameTaken, match="anna de vries"):
        await accounts.editors.add("Anna De Vries", Role.EDITOR, PASSWORD)


async def test_guessing_has_to_wait_and_even_the_right_password_then_does(accounts: Accounts, chief: Editor) -> None:
    for _ in range(PER_NAME_AND_VISITOR):
        assert await accounts.sign_in(chief.name, "verkeerd wachtwoord", "10.0.0.1") == 0

    wait = await accounts.sign_in(chief.name, PASSWORD, "10.0.0.1")

    assert isinstance(wait, int)
    assert 0 < wait <= WINDOW.total_seconds()
    assert isinstance(await accounts.sign_in(chief.name, PASSWORD, "10.0.0.2"), Session)


async def test_trying_many_names_has_to_wait_too(accounts: Accounts, chief: Editor) -> None:
    for n in range(PER_VISITOR):
        await accounts.attempts.begin(f"naam {n}", "10.0.0.1")

    assert (await accounts.attempts.begin("weer een ander", "10.0.0.1")).seconds_to_wait > 0


async def test_after_the_window_one_may_try_again(accounts: Accounts, chief: Editor, database: Database) -> None:
    for _ in range(PER_NAME_AND_VISITOR):
        await accounts.attempts.begin(chief.name, "10.0.0.1")
    await database.write(update(sign_in_failures).values(at=datetime.now(UTC) - WINDOW - timedelta(seconds=1)))

    assert isinstance(await accounts.sign_in(chief.name, PASSWORD, "10.0.0.1"), Session)
    await accounts.forget()
    assert await database.read(select(sign_in_failures)) == []


@pytest.mark.parametrize(("column", "age"), [("created", LASTS), ("seen", IDLE)])
async def test_a_session_ends_by_itself(
    accounts: Accounts, chief: Editor, database: Database, column: str, age: timedelta
) -> None:
    session = await accounts.sessions.start(chief)
    await database.write(update(sessions).values({column: datetime.now(UTC) - age - timedelta(seconds=1)}))

    assert await accounts.sessions.find(session.token) is None
    await accounts.forget()
    assert await database.read(select(sessions)) == []


async def test_a_session_that_is_used_stays(accounts: Accounts, chief: Editor, database: Database) -> None:
    session = await accounts.sessions.start(chief)
    almost = datetime.now(UTC) - IDLE + timedelta(minutes=1)
    await database.write(update(sessions).values(seen=almost))

    await accounts.sessions.find(session.token)

    (row,) = await database.read(select(sessions.c.seen))
    assert row.seen > almost + timedelta(minutes=30)


async def test_the_database_does_not_hold_what_the_cookie_holds(
    accounts: Accounts, chief: Editor, database: Database
) -> None:
    session = await accounts.sessions.start(chief)

    (row,) = await database.read(select(sessions.c.digest))

    assert row.digest != session.token
    assert await accounts.sessions.find(row.digest) is None


async def test_another_password_ends_every_session(accounts: Accounts, chief: Editor) -> None:
    session = await accounts.sessions.start(chief)

    await accounts.editors.set_password(chief.id, "een ander lang wachtwoord")

    assert await accounts.sessions.find(session.token) is None
    assert isinstance(await accounts.sign_in(chief.name, "een ander lang wachtwoord", "::1"), Session)


@pytest.mark.parametrize(("role", "active"), [(Role.EDITOR, True), (Role.CHIEF, False)])
async def test_the_last_chief_cannot_leave(accounts: Accounts, chief: Editor, role: Role, active: bool) -> None:
    with pytest.raises(LastChief):
        await accounts.editors.change(chief.id, role=role, active=active)

    assert (await accounts.editors.get(chief.id)) == chief


async def test_an_identity_is_tied_to_an_account_once(accounts: Accounts, chief: Editor, database: Database) -> None:
    await accounts.editors.add("jan@voorbeeld.nl", Role.EDITOR, None)

    first = await accounts.editors.with_subject("https://id.nl#1", "Jan@voorbeeld.nl")
    again = await accounts.editors.with_subject("https://id.nl#1", None)
    thief = await accounts.editors.with_subject("https://id.nl#2", "jan@voorbeeld.nl")

    assert first is not None
    assert again == first
    assert thief is None
    assert len(await database.read(select(editors).where(editors.c.subject.is_not(None)))) == 1
