"""A desk with a chief editor and an editor, each in a browser of their own; all of it in both kinds of database."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from assistant.settings import Settings
from tests.small_corpus import write_corpus
from web.accounts.editors import Role
from web.accounts.passwords import hash_password
from web.parts import Parts
from web.tables import editors

PASSWORD = "paard batterij nietje"
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


class Person:
    """Somebody at a browser; `post` sends along the token of the page that they look at."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def see(self, address: str) -> str:
        """The text of a page; it must be there."""
        response = await self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response.text

    async def post(self, page: str, address: str, headers: Any = None, **fields: object) -> httpx.Response:
        """The answer to a form that stands on a page."""
        token = TOKEN.search(await self.see(page))
        assert token is not None
        return await self.client.post(address, data={"csrf": token[1], **fields}, headers=headers)

    async def sign_in(self, name: str, password: str = PASSWORD, wanted: str = "/redactie") -> httpx.Response:
        """Fills in the sign-in form."""
        page = f"/redactie/aanmelden?naar={wanted}"
        return await self.post(page, "/redactie/aanmelden", naam=name, wachtwoord=password, naar=wanted)


Arrive = Callable[[], Awaitable[Person]]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


@pytest.fixture
def settings(tmp_path: Path, corpus: Path, database_url: str) -> Settings:
    return Settings(data_dir=tmp_path, corpus_dir=corpus, rate_limit="off", database_url=database_url)


@pytest.fixture(scope="session")
async def hashed() -> str:
    """Hashing is slow on purpose, so it is done once."""
    return await hash_password(PASSWORD)


@pytest.fixture
async def parts(app: FastAPI, hashed: str) -> Parts:
    parts: Parts = app.state.parts
    row = {"password_hash": hashed, "active": True, "created": datetime.now(UTC)}
    people = [("chef", Role.CHIEF), ("anna", Role.EDITOR)]
    rows = [{"id": uuid4(), "name": name, "role": role.value, **row} for name, role in people]
    await parts.database.write(insert(editors).values(rows))
    return parts


@pytest.fixture
async def arrive(app: FastAPI, parts: Parts) -> AsyncIterator[Arrive]:
    """Opens a browser in which nobody is signed in."""
    clients: list[httpx.AsyncClient] = []

    async def open_browser() -> Person:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
        clients.append(client)
        return Person(client)

    yield open_browser
    for client in clients:
        await client.aclose()


@pytest.fixture
async def visitor(arrive: Arrive) -> Person:
    return await arrive()


async def signed_in(parts: Parts, person: Person, name: str) -> Person:
    """Skips the form: a session straight from the table."""
    (editor,) = [editor for editor in await parts.accounts.editors.all() if editor.name == name]
    person.client.cookies.set("redactie", (await parts.accounts.sessions.start(editor)).token, domain="test.local")
    return person


@pytest.fixture
async def chief(parts: Parts, arrive: Arrive) -> Person:
    return await signed_in(parts, await arrive(), "chef")


@pytest.fixture
async def editor(parts: Parts, arrive: Arrive) -> Person:
    return await signed_in(parts, await arrive(), "anna")


def path_of(response: httpx.Response) -> str:
    """Where a response sends the browser."""
    return urlsplit(response.headers["Location"]).path
