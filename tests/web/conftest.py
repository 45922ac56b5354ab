"""A running app with a fake assistant: in this process for httpx, and on a port for a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page, async_playwright, expect
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from assistant.settings import Settings
from tests.web.databases import database, database_url, postgres  # noqa: F401  # fixtures
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import served, some_settings
from tests.web.host_site import HostSite
from web.accounts import passwords
from web.app import create_app

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

REAL_PASSWORDS = {"HASHER": passwords.HASHER, "NOBODYS_HASH": passwords.NOBODYS_HASH}

expect.set_options(timeout=15_000)  # a machine that does more than this test is slow now and then


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A hash takes a sixth of a second on purpose; only tests of that cost (`real_passwords`) have to wait for it."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", quick)
        patch.setattr(passwords, "NOBODYS_HASH", quick.hash("een wachtwoord dat niemand heeft"))
        yield


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as costly as those of the program."""
    for name, real in REAL_PASSWORDS.items():
        monkeypatch.setattr(passwords, name, real)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return some_settings(tmp_path)


@pytest.fixture
async def app(settings: Settings, assistant: FakeAssistant) -> AsyncIterator[FastAPI]:
    app = create_app(settings, assistant)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


@pytest.fixture(scope="session")
def host() -> Iterator[HostSite]:
    """Another website, that may show the widget of `site`."""
    host = HostSite()
    yield host
    host.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, host: HostSite) -> Iterator[str]:
    """The address of a server that runs in a thread."""
    own = {"widget_sites": host.address, "exit_url": f"{host.address}/weer"}
    app = create_app(some_settings(tmp_path_factory.mktemp("site")).model_copy(update=own), FakeAssistant())
    with served(app) as address:
        host.markewijzer = address
        yield address


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium()
    if path is None:
        reason = "no chromium found: set CHROMIUM_PATH, or run `apt-get install chromium`"
        pytest.fail(reason) if os.environ.get("BROWSER_VERPLICHT") == "1" else pytest.skip(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
async def either_page(request: pytest.FixtureRequest, browser: Browser, site: str) -> AsyncIterator[Page]:
    """A page of a browser with JavaScript, and one without."""
    context = await browser.new_context(base_url=site, java_script_enabled=request.param)
    yield await context.new_page()
    await context.close()


@pytest.fixture
async def page(browser: Browser, site: str) -> AsyncIterator[Page]:
    """A page that fails the test when a script or the content security policy complains."""
    context = await browser.new_context(base_url=site, reduced_motion="reduce")
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    await context.close()
    assert not complaints


def chromium() -> str | None:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, names)), None)
