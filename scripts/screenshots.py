"""Takes pictures of every state of a running server, to look at: `python scripts/screenshots.py [URL [FOLDER]]`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer
from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def take(
    url: Annotated[str, typer.Argument(help="Address of a running server.")] = "http://127.0.0.1:8000",
    folder: Annotated[Path, typer.Argument(help="Folder for the pictures.")] = Path("screenshots"),
    question: Annotated[str, typer.Option(help="The question to show an answer to.")] = "Waar ontmoet ik mensen?",
) -> None:
    """Write one picture for each state, width and colour scheme."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for scheme in SCHEMES:
            for width in WIDTHS:
                take_all(browser, url.rstrip("/"), folder, question, scheme, width)
        browser.close()


def take_all(
    browser: Browser, url: str, folder: Path, question: str, scheme: Literal["light", "dark"], width: int
) -> None:
    """All states at one width in one colour scheme."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for name, show in states(url, question).items():
        show(page)
        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    context.close()


def states(url: str, question: str) -> dict[str, Callable[[Page], None]]:
    """What to do on a page to reach each state."""
    return {
        "empty": lambda page: open_page(page, f"{url}/"),
        "municipality": lambda page: open_page(page, f"{url}/?gemeente=Emmen"),
        "answered": lambda page: ask(page, url, question),
        "citation": lambda page: page.locator("a.mark").first.click(),
        "unfolded": unfold,
        "rated": lambda page: page.locator(".rating button").first.click(),
        "human": lambda page: page.locator(".human__open").click(),
        "waiting": lambda page: wait_for_answer(page, url),
        "crisis": lambda page: ask(page, url, "Ik wil niet meer leven"),
        "foreign": lambda page: ask(page, url, "Who can help me with debts?"),
        "offline": lambda page: lose_connection(page, url),
        "erased": lambda page: open_page(page, f"{url}/?gewist=1"),
        "problem": lambda page: open_page(page, f"{url}/bestaat-niet"),
        "source": lambda page: open_source(page, url, question),
        "catalogue": lambda page: open_page(page, f"{url}/zoeken?q=mantelzorg"),
        "place": lambda page: open_page(page, f"{url}/gemeente/emmen"),
        "theme": lambda page: open_page(page, f"{url}/thema/sociale-basis"),
        "about": lambda page: open_page(page, f"{url}/over"),
        "privacy": lambda page: open_page(page, f"{url}/privacy"),
        "accessibility": lambda page: open_page(page, f"{url}/toegankelijkheid"),
        "docs": lambda page: open_page(page, f"{url}/api/docs"),
        "widget-closed": lambda page: open_page(page, f"{url}/widget/voorbeeld"),
        "widget-open": open_widget,
        "widget-refused": lambda page: open_page(page, f"{url}/widget?site=https://elders.example"),
    }


def open_page(page: Page, address: str) -> None:
    """Goes to an address."""
    page.goto(address)


def ask(page: Page, url: str, question: str) -> None:
    """Asks a question and waits for the answer."""
    page.goto(f"{url}/")
    page.locator("#vraag").fill(question)
    page.keyboard.press("Enter")
    page.locator(".turn .answer").first.wait_for()
    page.wait_for_timeout(600)


def unfold(page: Page) -> None:
    """Opens all that folds in the answer on the page, but for what lies over the rest."""
    page.evaluate("document.querySelectorAll('.log details:not(.share)').forEach((one) => { one.open = true; })")


def wait_for_answer(page: Page, url: str) -> None:
    """Asks a question that is never answered."""
    page.route("**/vraag", lambda route: None)
    page.goto(f"{url}/")
    page.locator("#vraag").fill("Wie helpt mij met geldzorgen?")
    page.keyboard.press("Enter")
    page.locator("#bezig:not(:empty)").wait_for()
    page.unroute("**/vraag")


def lose_connection(page: Page, url: str) -> None:
    """Asks a question without a connection."""
    page.goto(f"{url}/")
    page.context.set_offline(True)
    page.locator("#vraag").fill("Wie helpt mij met geldzorgen?")
    page.keyboard.press("Enter")
    page.locator(".utrecht-alert").wait_for()
    page.context.set_offline(False)


def open_source(page: Page, url: str, question: str) -> None:
    """Goes to the source of the first hulpkaart."""
    ask(page, url, question)
    page.locator(".card__title a").first.click()
    page.locator("h1").wait_for()


def open_widget(page: Page) -> None:
    """Opens the widget on the example page."""
    page.get_by_role("button", name="Stel je vraag").click()
    page.frame_locator("iframe").locator("#vraag").wait_for()
    page.wait_for_timeout(600)


def chromium() -> str | None:
    """The browser of this machine; None lets Playwright use its own."""
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    return os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, names)), None)


if __name__ == "__main__":
    typer.run(take)
