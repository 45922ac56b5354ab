"""Static files may be kept for ever, because another content has another address."""

from __future__ import annotations

import re

import httpx

BUDGET = 60_000
"""Bytes over the line for a first visit, everything included."""


async def test_an_asset_is_kept_for_ever_under_its_digest(client: httpx.AsyncClient) -> None:
    (address,) = re.findall(r'href="(/static/[^"]+style\.css)"', (await client.get("/")).text)

    response = await client.get(address)

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"


async def test_an_asset_under_an_old_digest_is_not_kept(client: httpx.AsyncClient) -> None:
    response = await client.get("/static/000000000000/style.css")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


async def test_the_sheets_are_joined_in_the_order_of_their_names(client: httpx.AsyncClient) -> None:
    css = (await client.get("/static/000000000000/style.css")).text

    assert css.index("--basis-color-background:") < css.index(".nl-skip-link {") < css.index(".talk {")
    assert "/*" not in css
    assert "\n\n" not in css


async def test_the_first_page_is_small(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    addresses = ["/", *re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)]

    sizes = {}
    for address in addresses:
        async with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as response:
            sizes[address] = sum([len(piece) async for piece in response.aiter_raw()])

    assert len(sizes) == 8
    assert sum(sizes.values()) < BUDGET, sizes
