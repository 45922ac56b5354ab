"""Small things made to cost much: nested, packed, repeated. Each is answered or refused within its share of time."""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import httpx
import pytest

import assistant as assistant_package
import ingest
import web
from assistant.errors import UnreadableFile
from assistant.rules.matching import find_boundary, find_crisis
from ingest.crawl.robots import Robots
from ingest.crawl.sitemaps import LARGEST, read_sitemap
from ingest.front_matter import parse_front_matter
from ingest.readers import read_content
from ingest.screening import screen_text
from web.markup import answer_html

LONG = 2000
"""Characters of the text: as many as a question may have."""
MOST_SECONDS = 1.0
"""Of processor time, for one pattern over one such text. A pattern that is only quadratic needs a quarter of it."""
BUSY = 4.0
"""The same, for all rules together."""

PIECES = (
    "a", " ", "0", "\n", "a ", "0 ", "0-", "a@", "@", "a.", ".", "<", "<a ", "[", "](", "[1]", "(", "1(", "*", "_", "`",
    "#", "|", ">", "- ", "Aa ", "je ", "ik wil ", "negeer alle ", "bel 0", "é", "\u0301", "\u200b", "😀", "ﷺ", "ß",
    "A1", "van der ", "mw. A", "geb. 1-", "http://", "&#", "&lt;", "\\", "'", '"', "aA0/", "you are a ", "in elk ",
)  # fmt: skip
TEXTS = {piece: (piece * LONG)[:LONG] + tail for piece in PIECES for tail in ("!",)}


def modules() -> Iterator[object]:
    """Every module of ours that a request or a crawl can reach."""
    for package in (assistant_package, ingest, web):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" not in found.name and ".migrations." not in found.name and "worker" not in found.name:
                yield importlib.import_module(found.name)


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The compiled patterns in a value, also in tables of them."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 3 and isinstance(value, Mapping):
        yield from (found for one in value.values() for found in patterns_in(one, depth + 1))
    elif depth < 3 and isinstance(value, Sequence | frozenset) and not isinstance(value, str | bytes):
        yield from (found for one in value for found in patterns_in(one, depth + 1))


def all_patterns() -> list[re.Pattern[str]]:
    """Each once."""
    return list(
        dict.fromkeys(found for module in modules() for value in vars(module).values() for found in patterns_in(value))
    )


def seconds(work: object, *arguments: object) -> float:
    """Processor time, which does not grow when the machine is busy with something else."""
    assert callable(work)
    begun = time.process_time()
    work(*arguments)
    return time.process_time() - begun


def test_no_pattern_takes_long_over_any_text() -> None:
    patterns = all_patterns()
    slow = {
        (pattern.pattern[:60], piece): took
        for pattern in patterns
        for piece, text in TEXTS.items()
        if (took := seconds(pattern.search, text)) > MOST_SECONDS
    }

    assert len(patterns) > 60
    assert slow == {}


def test_a_pattern_that_is_a_bomb_would_be_found() -> None:
    assert seconds(re.compile(r"(a+)+$").search, "a" * 22 + "!") > 10 * seconds(
        re.compile(r"a+$").search, "a" * 22 + "!"
    )


@pytest.mark.parametrize("rules", [find_crisis, find_boundary, screen_text], ids=lambda rules: rules.__name__)
def test_the_rules_take_no_text_that_is_made_to_cost(rules: object) -> None:
    slow = {piece: took for piece, text in list(TEXTS.items())[::3] if (took := seconds(rules, text)) > BUSY}

    assert slow == {}


@pytest.mark.parametrize("piece", ["[", "](", "*", "_", "`", ">", "- ", "<", "![", "&", "\n> - ", "*a_"])
def test_no_markdown_takes_long_to_show(piece: str) -> None:
    assert seconds(answer_html, piece * 2500, [1], "a") < BUSY


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 60_000,
        b'{"a":' * 10_000,
        b'{"question":' + b"1" * 60_000 + b"}",
        b'{"question":1e99999}',
        b'{"question":"\\ud800"}',
        b'{"question":"' + b"\\u0000" * 9_000 + b'"}',
        b'{"question":["' + b'","' * 20_000 + b'"]}',
        b"{" + b",".join(b'"%d":1' % n for n in range(8000)) + b"}",
        gzip.compress(b'{"question":"' + b"a" * 10_000_000 + b'"}'),
    ],
    ids=[
        "lists",
        "objects",
        "a long number",
        "a large number",
        "half a letter",
        "NULs",
        "a list",
        "many keys",
        "packed",
    ],
)
async def test_a_body_that_is_a_bomb_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {
        "Content-Type": "application/json",
        "Content-Encoding": "gzip" if body.startswith(b"\x1f") else "identity",
    }

    response = await client.post("/api/v1/ask", content=body, headers=headers)

    assert response.status_code in {200, 400, 413, 422}
    assert len(response.content) < 100_000


MULTIPART = "multipart/form-data; boundary=a"
PART = b'--a\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n\r\n'
FILE = b'--a\r\nContent-Disposition: form-data; name="vraag"; filename="x"\r\n\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"&".join(b"vraag=x" for _ in range(8000))),
        ("application/x-www-form-urlencoded", b"vraag=" + b"%" * 60_000),
        (MULTIPART, b"".join(PART % n for n in range(1100)) + b"--a--"),
        (MULTIPART, FILE + b"x" * 60_000),
        ("multipart/form-data; boundary=" + "a" * 9000, b"--a"),
        (MULTIPART, b"--a\r\n" + b"X: y\r\n" * 9000),
    ],
    ids=["many fields", "percents", "many parts", "a file", "a long boundary", "many headers"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a refused file is closed by Python
async def test_a_form_that_is_a_bomb_is_refused(client: httpx.AsyncClient, kind: str, body: bytes) -> None:
    response = await client.post("/vraag", content=body, headers={"Content-Type": kind})

    assert response.status_code in {303, 400, 413, 422}


def laughs(depth: int, line: str, first: str) -> str:
    """The bomb in which each line repeats the one before ten times."""
    return "\n".join([first, *(line.format(n=n, before=n - 1) for n in range(1, depth))])


def test_a_yaml_bomb_in_a_source_is_refused() -> None:
    lines = laughs(12, "b{n}: &b{n} [" + ", ".join(["*b{before}"] * 10) + "]", 'b0: &b0 ["lol"]')
    for key in ("bron_datum", "titel", "id", "gemeenten", "vragen", "contact", "gecontroleerd"):
        begun = time.process_time()

        matter, problems = parse_front_matter(f"{lines}\n{key}: *b11\n")

        assert matter is None
        assert sum(len(text) for _, text in problems) < 10_000
        assert time.process_time() - begun < BUSY


@pytest.mark.parametrize("block", ["id: &a [*a]", "id: &a {x: *a}", "id: " + "[" * 5000, "- " * 5000, "? " * 5000])
def test_yaml_that_turns_in_circles_or_goes_deep_is_refused(block: str) -> None:
    matter, problems = parse_front_matter(f"titel: Inloop\n{block}\n")

    assert matter is None
    assert problems


def test_an_xml_bomb_in_a_sitemap_gives_nothing() -> None:
    entities = laughs(12, '<!ENTITY b{n} "' + "&b{before};" * 10 + '">', '<!ENTITY b0 "lol">')
    bomb = f"<?xml version='1.0'?><!DOCTYPE x [{entities}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    bomb += "<urlset><url><loc>https://voorbeeld.nl/&b11;&f;</loc></url></urlset>"

    begun = time.process_time()
    found = read_sitemap(bomb.encode(), "https://voorbeeld.nl/sitemap.xml")

    assert time.process_time() - begun < BUSY
    assert "root:" not in str(found)
    assert len(str(found)) < 1000


def test_a_packed_sitemap_is_unpacked_to_its_limit_and_no_further() -> None:
    bomb = gzip.compress(b"https://voorbeeld.nl/a " * 5_000_000, 6)
    assert len(bomb) < LARGEST / 100

    found = read_sitemap(bomb, "https://voorbeeld.nl/sitemap.xml.gz")

    assert len(found.pages) <= 50_000


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 60_000,
        "<b><i>" * 30_000,
        "<table><tr><td>" * 10_000,
        "<ul><li>" * 20_000,
        "<a " + " ".join(f"a{n}=1" for n in range(60_000)) + ">",
        "<a x='>' " + "/".join(f"a{n}" for n in range(60_000)) + ">",
        '<a x=a"b ' + "\n".join(f"a{n}=<" for n in range(60_000)),
        "<p>" + "&amp;" * 200_000,
        "<!--" * 100_000,
        "<svg>" * 20_000 + "<math>" * 20_000,
        "<p " + "style='" * 50_000,
    ],
    ids=[
        "depth",
        "crossing",
        "tables",
        "lists",
        "attributes",
        "bare attributes",
        "open attributes",
        "entities",
        "comments",
        "other worlds",
        "quotes",
    ],
)
def test_a_page_that_is_a_bomb_is_read_or_refused_in_time(page: str) -> None:
    begun = time.process_time()
    with suppress(UnreadableFile):
        read_content(f"<html><body><p>Een hele zin over hulp in Emmen.</p>{page}</body></html>".encode(), "text/html")

    assert time.process_time() - begun < 3 * BUSY


def test_rules_of_a_website_that_are_a_bomb_are_read_in_time() -> None:
    rules = "User-agent: *\n" + "".join(f"Disallow: /{'*a' * 40}{n}$\n" for n in range(300))

    assert seconds(Robots(rules).allows, f"https://voorbeeld.nl/{'a' * 900}") < 3 * BUSY


async def test_the_answer_to_a_wrong_field_does_not_grow_with_it(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/v1/ask", json={"x" * 60_000: 1, "question": "hoi"})

    assert response.status_code == 422
    assert len(response.content) < 2000
    assert json.loads(response.content)["status"] == 422
