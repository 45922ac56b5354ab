"""What differs little from the live generation is written in a copy of it, and answers as one built anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain import Manifest
from assistant.embedding import Embedder
from assistant.index import Point
from assistant.index.edge import EdgeHome
from assistant.library import Library, manifest_of
from assistant.settings import read_settings
from ingest import manifests, refresh
from ingest.comparing import Difference
from ingest.manifests import may_patch
from tests.conftest import Workplace
from tests.small_corpus import write_source

NEW_BODY = "De breiclub in Emmen breit elke woensdag sokken. Wol is gratis. Kom gerust een keer kijken."
POINT_TYPES = ("source", "title", "question", "chunk", "sentence", "beyond")
QUESTIONS = (
    "waar kan ik breien in Emmen",
    "hulp bij schulden",
    "mantelzorg",
    "koffie drinken op dinsdag",
    "eenzaamheid",
)
LIVE = Manifest("g1", "model", 3, "", sources=90, chunk_length=100.0, question_length=10.0, ground="1", program="p")


def change_much(corpus: Path) -> None:
    """One source new, one changed and one gone."""
    write_source(corpus, "breiclub", NEW_BODY, titel="Breiclub")
    path = corpus / "emmen-inloop.md"
    path.write_text(path.read_text(encoding="utf-8").replace("elke dinsdag", "elke vrijdag"), encoding="utf-8")
    (corpus / "drenthe-dementie.md").unlink()


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The sources of which points were written."""
    sources: set[str] = set()
    add = EdgeHome.add

    async def noted(self: EdgeHome, generation: str, points: Sequence[Point]) -> None:
        sources.update(str(p.payload["source"]) for p in points if p.payload["type"] == "source")
        await add(self, generation, points)

    monkeypatch.setattr(EdgeHome, "add", noted)
    return sources


def without_its_making(manifest: Manifest) -> Manifest:
    """What a generation holds, without how and when it was made."""
    return replace(manifest, generation="", created="", replaced=0, chunk_length=0.0, question_length=0.0)


async def opened(data: Path, embedder: Embedder) -> Library:
    home = EdgeHome(data / "index")
    index = await home.peek(str(await home.live()))
    return Library(index, await manifest_of(index), embedder)


async def test_a_patched_generation_holds_and_finds_what_one_built_anew_does(
    workplace: Workplace, embedder: Embedder, tmp_path: Path
) -> None:
    change_much(workplace.corpus)

    patched = await refresh(workplace.settings, workplace.corpus)
    await refresh(read_settings(data_dir=tmp_path / "anew"), workplace.corpus)

    assert (patched.new, patched.changed, patched.gone) == (("breiclub",), ("emmen-inloop",), ("drenthe-dementie",))
    one = await opened(workplace.settings.data_dir, embedder)
    other = await opened(tmp_path / "anew", embedder)
    assert (one.manifest.replaced, other.manifest.replaced) == (3, 0)
    for type in POINT_TYPES:
        assert await one._index.scroll(type) == await other._index.scroll(type)  # type: ignore[arg-type]
    assert without_its_making(one.manifest) == without_its_making(other.manifest)
    for question in QUESTIONS:
        here, there = await one.search.find(question), await other.search.find(question)
        assert [p.chunk.id for p in here] == [p.chunk.id for p in there]
        assert [p.scores.chunk for p in here] == pytest.approx([p.scores.chunk for p in there], abs=1e-5)
        assert [p.scores.base for p in here] == pytest.approx([p.scores.base for p in there], abs=5e-3)
    await one.close()
    await other.close()


async def test_only_what_is_new_or_changed_is_written(workplace: Workplace, written: set[str]) -> None:
    change_much(workplace.corpus)

    await refresh(workplace.settings, workplace.corpus)

    assert written == {"breiclub", "emmen-inloop"}


async def test_a_program_that_makes_other_points_writes_all_of_them(
    workplace: Workplace, written: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_much(workplace.corpus)
    monkeypatch.setattr(manifests, "program_digest", lambda: "another")

    await refresh(workplace.settings, workplace.corpus)

    assert len(written) == 12


async def test_changes_add_up_until_all_is_built_anew(workplace: Workplace, written: set[str]) -> None:
    path = workplace.corpus / "emmen-inloop.md"
    text = path.read_text(encoding="utf-8")
    for n in range(5):
        written.clear()
        path.write_text(text.replace("telefoon: 0591 680800", f"telefoon: 0591 68080{n + 1}"), encoding="utf-8")
        await refresh(workplace.settings, workplace.corpus)

    assert len(written) == 12


def some(count: int) -> Difference:
    return Difference(changed=tuple(f"bron-{n}" for n in range(count)))


@pytest.mark.parametrize(
    ("live", "counted", "difference", "expected"),
    [
        (LIVE, LIVE, some(30), True),
        (LIVE, LIVE, some(31), False),
        (replace(LIVE, replaced=20), LIVE, some(11), False),
        (LIVE, replace(LIVE, chunk_length=104.9, question_length=9.6), some(1), True),
        (LIVE, replace(LIVE, chunk_length=105.1), some(1), False),
        (LIVE, replace(LIVE, question_length=9.4), some(1), False),
        (LIVE, replace(LIVE, ground="2"), some(1), False),
        (LIVE, replace(LIVE, program="q"), some(1), False),
        (LIVE, replace(LIVE, embedding_model="other"), some(1), False),
        (None, LIVE, some(1), False),
    ],
    ids=[
        "a third differs",
        "more than a third differs",
        "more than a third with what was replaced before",
        "lengths moved a little",
        "chunks grew",
        "questions shrank",
        "another ground",
        "another program",
        "another model",
        "nothing is live",
    ],
)
def test_a_copy_is_only_changed_when_it_is_as_good_as_one_built_anew(
    live: Manifest | None, counted: Manifest, difference: Difference, expected: bool
) -> None:
    assert may_patch(live, counted, difference) is expected
