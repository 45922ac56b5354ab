"""A real browser that gets every page from the app in this process, and tells what ran or could run in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from playwright.async_api import Browser, BrowserContext, Page, Route

ORIGIN = "http://test"
FRAMES_AT_ONCE = 40

AUDIT = r"""() => {
  const found = [];
  const tell = (element, why) => found.push(`${why}: ${element.outerHTML.slice(0, 200)}`);
  const act = /^[\s\x00-\x20]*(javascript|vbscript|data|blob|feed):/i;
  for (const element of document.querySelectorAll("*")) {
    const tag = element.localName;
    if (["iframe", "object", "embed", "base", "math", "marquee", "image", "video", "audio"].includes(tag))
      tell(element, "a tag that we never write");
    if (tag === "script" && !element.src && element.type !== "application/ld+json") tell(element, "a script");
    if (tag === "style" || tag === "meta" && element.httpEquiv) tell(element, "a style or a refresh");
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || /^(data-)?hx-on/i.test(name)) tell(element, "a handler");
      if (/^(data-)?hx-(vals|headers|trigger)$/i.test(name) && /pwn/.test(value)) tell(element, "htmx");
      if (["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"].includes(name) && act.test(value))
        tell(element, "an address that acts");
    }
  }
  return found;
}"""
"""What should not be in a page of ours, whether or not it ran already: some of it waits for a click."""


@dataclass
class Watched:
    """What happened in a browser: the payloads that ran, and what the policy had to stop."""

    context: BrowserContext
    ran: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    async def open(self, address: str) -> list[str]:
        """What could run in one page."""
        page = await self.context.new_page()
        page.on("dialog", lambda dialog: self.ran.append(f"dialog on {address}"))
        page.on(
            "console", lambda line: self.stopped.append(line.text) if "Content Security Policy" in line.text else None
        )
        await page.goto(address)
        await page.wait_for_timeout(200)  # for what runs a moment later, such as an animation
        found: list[str] = await page.evaluate(AUDIT)
        await page.close()
        return found

    async def show(self, pages: Sequence[str]) -> list[str]:
        """What could run in these pages or fragments of HTML, each in a frame of its own."""
        found: list[str] = []
        for start in range(0, len(pages), FRAMES_AT_ONCE):
            page = await self.context.new_page()
            await page.goto(f"{ORIGIN}/leeg")
            await show_frames(page, pages[start : start + FRAMES_AT_ONCE])
            for frame in page.main_frame.child_frames:
                found += await frame.evaluate(AUDIT)
            await page.close()
        return found


async def show_frames(page: Page, pages: Sequence[str]) -> None:
    """Shows each page in a frame and waits until all have loaded."""
    await page.evaluate(
        """async (pages) => {
          await Promise.all(pages.map((html) => new Promise((loaded) => {
            const frame = document.createElement("iframe");
            frame.onload = loaded;
            frame.srcdoc = html;
            document.body.append(frame);
          })));
          await new Promise((later) => setTimeout(later, 200));
        }""",
        list(pages),
    )


@asynccontextmanager
async def watching(browser: Browser, client: httpx.AsyncClient, *, with_policy: bool) -> AsyncIterator[Watched]:
    """A browser at our site. Without the policy nothing but escaping protects the page."""
    context = await browser.new_context(base_url=ORIGIN)
    watched = Watched(context)

    async def serve(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.netloc != urlsplit(ORIGIN).netloc:
            return await route.abort()
        if not with_policy and parts.path.startswith("/static/"):  # what runs of our own is watched with the policy on
            return await route.abort()
        if parts.path == "/leeg":
            return await route.fulfill(content_type="text/html", body="<!doctype html><body></body>")
        response = await client.get(route.request.url)
        headers = {name: value for name, value in response.headers.items() if name.lower() != "content-encoding"}
        if not with_policy:
            headers.pop("content-security-policy", None)
        await route.fulfill(status=response.status_code, headers=headers, body=response.content)

    await context.expose_binding("pwn", lambda source, number=None: watched.ran.append(f"{number} on {source}"))
    await context.route("**/*", serve)
    yield watched
    await context.close()
