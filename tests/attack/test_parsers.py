"""Whatever the bytes or letters, each parser gives its result or the error that it promises.

Readers of pages and files have such tests of their own (`tests/ingest/readers`), the address of the catalogue too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import nh3
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from assistant.errors import CorpusError, SettingsError
from assistant.language.languages import detect_language
from assistant.language.personal_data import redact
from assistant.language.sentences import split_sentences
from assistant.language.thesaurus import reword
from assistant.rules.matching import find_boundary, find_crisis
from assistant.settings import Settings
from assistant.steps.screen_question import normalise
from ingest.crawl.addresses import normalise as normalise_address
from ingest.crawl.addresses import path_pattern
from ingest.crawl.sites import read_sites
from ingest.front_matter import parse_front_matter
from ingest.places import read_places
from ingest.reading import MarkdownReader
from tests.attack.payloads import payloads
from web.api_keys import ApiKeys
from web.backup import BackupFailed, is_safe, read_archive
from web.chat_completions import ChatBody
from web.markup import ALLOWED, answer_html, text_html
from web.security import netloc_of
from web.sites import known_site
from web.templating import dutch_date, lang_attribute, web_link

FEW = hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
LETTERS = st.text(max_size=400) | st.sampled_from(payloads())
YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ("id", "titel", "soort", "gemeenten", "contact", "bron", "bron_datum", "gecontroleerd", "vragen")
)

READ_TEXT: dict[str, Callable[[str], object]] = {
    "a question": lambda text: redact(normalise(text)),
    "a crisis": find_crisis,
    "a boundary": find_boundary,
    "a language": detect_language,
    "sentences": split_sentences,
    "other words": reword,
    "front matter": parse_front_matter,
    "an address": lambda text: normalise_address(text, "https://voorbeeld.nl/"),
    "an address below another": lambda text: normalise_address("/a", text),
    "a pattern of paths": lambda text: path_pattern(text).match(text),
    "a link": web_link,
    "a host": netloc_of,
    "a date": dutch_date,
    "a language mark": lang_attribute,
    "a name in a backup": is_safe,
    "a website": lambda text: known_site(text, Settings(widget_sites="https://*.assen.nl")),
}


@pytest.mark.parametrize("read", READ_TEXT.values(), ids=READ_TEXT.keys())
@FEW
@given(text=LETTERS)
def test_any_text_is_read_without_an_error(read: Callable[[str], object], text: str) -> None:
    read(text)


@FEW
@given(values=st.dictionaries(KEYS | st.text(max_size=8), YAML, max_size=8))
def test_any_front_matter_is_read_or_told_what_is_wrong(values: dict[str, Any]) -> None:
    import yaml

    matter, problems = parse_front_matter(yaml.safe_dump(values, allow_unicode=True))

    assert (matter is None) == bool(problems)
    assert all(line >= 1 and message for line, message in problems)


@FEW
@given(
    content=st.binary(max_size=300) | LETTERS.map(lambda text: f"---\n{text}\n---\n{text}".encode("utf-8", "replace"))
)
def test_any_file_of_the_corpus_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    for name in ("bron.md", "sites.yaml", "plaatsen.csv"):
        (tmp_path / name).write_bytes(content)

    for read in (
        lambda: MarkdownReader().read(tmp_path / "bron.md"),
        lambda: read_sites(tmp_path),
        lambda: read_places(tmp_path),
    ):
        with suppress(CorpusError):
            read()


@FEW
@given(content=st.binary(max_size=400))
def test_any_file_is_a_backup_or_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.tar.gz").write_bytes(content)

    with pytest.raises(BackupFailed):
        read_archive(tmp_path / "x.tar.gz")


@FEW
@given(keys=LETTERS)
def test_any_keys_are_taken_or_refused_without_being_repeated(keys: str) -> None:
    told = ""
    try:
        ApiKeys(SecretStr(keys))
    except SettingsError as exc:
        told = str(exc)

    assert len(keys.strip()) < 8 or keys.strip() not in told


@FEW
@given(body=st.dictionaries(st.sampled_from(("messages", "stream", "metadata", "stream_options")), YAML))
def test_any_chat_is_read_or_refused(body: dict[str, Any]) -> None:
    with suppress(ValidationError):
        chat = ChatBody.model_validate(body)
        assert chat.question.text.strip()
        assert all(said.question is not None for said in chat.talk)


@FEW
@given(text=LETTERS, numbers=st.sets(st.integers(0, 99), max_size=3))
def test_any_text_becomes_html_in_which_nothing_acts(text: str, numbers: set[int]) -> None:
    for html in (str(answer_html(text, numbers, "a")), str(text_html(text))):
        kept = nh3.clean(
            html,
            tags=ALLOWED | {"span"},
            attributes={"a": {"href", "class", "aria-label"}, "span": {"lang", "dir"}},
            url_schemes={"https", "http", "tel", "mailto"},
            link_rel="noopener noreferrer",
        )
        assert kept == html


@pytest.mark.parametrize("blank", ["", " ", None])
async def test_blank_words_are_no_words(client: httpx.AsyncClient, blank: str | None) -> None:
    kept = (await client.post("/api/v1/ask", json={"question": "Wie helpt mij?"})).json()

    response = await client.post("/api/v1/feedback", json={"turn": kept["turn"], "helped": False, "reason": blank})

    assert response.json() == {"stored": True}
