"""The widget: one script that puts a launcher on another website, and the page that it shows in a frame."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from web.choices import Choice
from web.fields import ConversationId, WholeText
from web.pages import kept, show
from web.parts import WithParts
from web.security import netloc_of, policy
from web.sites import matches, widget_sites

router = APIRouter(include_in_schema=False)

HOUR = "public, max-age=3600"
"""The address of the script never changes, because it stands in pages of others; so it is asked for again."""


class WidgetChoice(Choice):
    """What the website chose with data attributes, and the conversation when a form was sent without JavaScript."""

    gesprek: ConversationId = None
    groet: Annotated[WholeText, Query(max_length=200)] = ""
    vraag: Annotated[WholeText, Query(max_length=300)] = ""
    gewist: bool = False


@router.get("/widget.js")
async def get_script(parts: WithParts) -> Response:
    """The script for other websites; they may load it, whatever they are."""
    script = parts.assets.get("widget.js")
    assert script is not None
    headers = {"Cache-Control": HOUR, "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(script.content, media_type=script.media_type, headers=headers)


@router.get("/widget")
async def get_widget(choice: Annotated[WidgetChoice, Query()], request: Request, parts: WithParts) -> HTMLResponse:
    """The conversation in a frame. Another website than those of `WIDGET_SITES` gets a page that says so."""
    sites = widget_sites(parts.settings)
    site = choice.site or referring_site(request)
    if not may_show(site, request, sites):
        refusal = parts.templates.render("widget/refused.html", 403, site=site)
        refusal.headers["Content-Security-Policy"] = policy(parts.settings.exit_url, "*")
        return refusal
    choice = choice.model_copy(update={"kader": "widget", "site": site})
    turns = await kept(parts, choice.gesprek) if choice.gesprek else []
    shown = {"greeting": choice.groet, "typed": choice.vraag, "is_erased": choice.gewist}
    page = await show(parts, choice, choice.gesprek, turns, template="widget/frame.html", **shown)
    # A browser holds to this, also when the address lies about the site.
    page.headers["Content-Security-Policy"] = policy(parts.settings.exit_url, " ".join(["'self'", *sites]))
    return page


@router.get("/widget/voorbeeld")
async def get_example(request: Request, parts: WithParts) -> HTMLResponse:
    """A website with the widget on it, to try and to copy from."""
    return parts.templates.render("widget/example.html", base=str(request.base_url).rstrip("/"))


def may_show(site: str, request: Request, sites: tuple[str, ...]) -> bool:
    """Whether a website is ourselves or is on the list. Without a name the browser decides, by the policy."""
    if not site or netloc_of(site) == request.url.netloc:
        return True
    return any(matches(site, allowed) for allowed in sites)


def referring_site(request: Request) -> str:
    """The origin of the page that the frame stands in, when the browser tells."""
    referrer = request.headers.get("Referer", "")
    netloc = netloc_of(referrer)
    return f"{referrer.partition(':')[0].lower()}://{netloc}" if netloc else ""
