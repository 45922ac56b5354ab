"""What is found in memory is what the index finds, for questions of every kind."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Filter
from assistant.embedding import Embedder
from assistant.finding import Asked, Finder, Scored, columns
from assistant.finding.columns import FILE, read_columns
from assistant.finding.lookups import LookupFinder
from assistant.finding.resident import ResidentFinder
from assistant.index import Index, Point
from assistant.index.edge import EdgeHome, EdgeIndex
from assistant.language.analysis import question_weights, terms
from assistant.library import Library
from tests.conftest import Workplace

QUESTIONS = (
    "Waar kan ik mensen ontmoeten?",
    "ik zit hele dagen alleen thuis",
    "schuldhulp assen",
    "Hoeveel mensen voelen zich eenzaam?",
    "0800-2000",
    "de het een",
    "xyzzyqwerty",
    "hulp bij geldzorgen en bij het zorgen voor mijn moeder met dementie, wat kost dat en waar moet ik zijn?",
)
FILTERS = (
    Filter(),
    Filter(municipalities=("Emmen", "heel Drenthe", "heel Nederland")),
    Filter(municipalities=("Meppel",)),
    Filter(themes=("mentale-gezondheid",), kinds=("dienst", "hulplijn")),
    Filter(sources=("emmen-inloop", "bestaat-niet")),
)


@pytest.fixture(scope="module")
def module_patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module", params=["from the points", "from the file of an earlier start"])
async def finders(
    small: Workplace,
    request: pytest.FixtureRequest,
    module_patch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Finder, Finder]]:
    index = await copy_of(small, tmp_path_factory.mktemp("index"))
    if request.param == "from the file of an earlier start":
        await ResidentFinder.read_from(index)
        module_patch.setattr(index, "read", None)  # whoever still reads the points fails
    yield LookupFinder(index), await ResidentFinder.read_from(index)
    await index.close()


async def copy_of(small: Workplace, folder: Path) -> EdgeIndex:
    """The small generation, of which nothing was kept yet."""
    shutil.copytree(small.index, folder, ignore=shutil.ignore_patterns(FILE, "*.lock"), dirs_exist_ok=True)
    home = EdgeHome(folder)
    return await home.peek(str(await home.live()))


def folder_of(index: Index) -> Path:
    assert index.folder is not None
    return index.folder


def asked(library: Library, embedder: Embedder, text: str, filter: Filter, limit: int) -> Asked:
    [vector] = embedder.embed_questions([text])
    words = terms(text)
    total = sum(library.search.rarity(word) for word in set(words))
    return Asked(tuple(vector), question_weights(words), total, limit, filter)


def numbers(found: Sequence[Scored]) -> list[float]:
    """Every score of what was found."""
    return [n for one in found for n in (*astuple(one.scores), *(one.sentences[k] for k in sorted(one.sentences)))]


@pytest.mark.parametrize("limit", [1, 3, 30])
@pytest.mark.parametrize("filter", FILTERS)
async def test_memory_finds_what_the_index_finds(
    finders: tuple[Finder, Finder], library: Library, embedder: Embedder, filter: Filter, limit: int
) -> None:
    searches = [asked(library, embedder, text, filter, limit) for text in QUESTIONS]
    by_index, in_memory = finders

    expected, found = await by_index.find(searches), await in_memory.find(searches)

    for ours, theirs in zip(found, expected, strict=True):
        assert [(one.source, one.chunk) for one in ours] == [(one.source, one.chunk) for one in theirs]
        assert numbers(ours) == pytest.approx(numbers(theirs), abs=1e-5)


async def test_memory_knows_the_same_examples_and_the_same_best_question(
    finders: tuple[Finder, Finder], embedder: Embedder
) -> None:
    by_index, in_memory = finders

    for vector in map(tuple, embedder.embed_questions(QUESTIONS)):
        (expected, best), (found, found_best) = await by_index.nearest(vector), await in_memory.nearest(vector)

        assert [(one.text, one.subject) for one in found] == [(one.text, one.subject) for one in expected]
        assert [one.score for one in found] == pytest.approx([one.score for one in expected], abs=1e-5)
        assert found_best == pytest.approx(best, abs=1e-5)


async def test_no_search_finds_nothing(finders: tuple[Finder, Finder]) -> None:
    assert [await finder.find([]) for finder in finders] == [[], []]


async def test_an_empty_generation_finds_nothing(tmp_path: Path) -> None:
    home = EdgeHome(tmp_path)
    await home.create("g1", 3)
    await home.complete("g1")
    finder = await ResidentFinder.read_from(await home.peek("g1"))

    assert await finder.find([Asked((1.0, 0.0, 0.0), {1: 1.0}, 1.0, 5)]) == [[]]
    assert await finder.nearest((1.0, 0.0, 0.0)) == ([], 0.0)


@pytest.fixture
async def copied(small: Workplace, tmp_path: Path) -> AsyncIterator[Index]:
    """A generation that a test may change."""
    index = await copy_of(small, tmp_path)
    yield index
    await index.close()


async def found_by(finder: Finder) -> list[list[Scored]]:
    vector = tuple(np.linspace(-1.0, 1.0, 384).tolist())
    return await finder.find([Asked(vector, question_weights(terms("hulp bij schulden")), 5.0, 10)])


async def test_what_a_start_read_is_kept_for_the_next(copied: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = await found_by(await ResidentFinder.read_from(copied))
    monkeypatch.setattr(copied, "read", None)

    assert await found_by(await ResidentFinder.read_from(copied)) == expected
    assert sorted(path.name for path in folder_of(copied).iterdir()) == ["complete", FILE, "shard"]


@pytest.mark.parametrize("damage", ["cut off", "a flipped bit", "no file of this kind"])
async def test_a_damaged_file_is_made_again(copied: Index, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    expected = await found_by(await ResidentFinder.read_from(copied))
    file = folder_of(copied) / FILE
    content = file.read_bytes()
    middle = len(content) // 2
    flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    file.write_bytes({"cut off": content[:middle], "a flipped bit": flipped, "no file of this kind": b"?"}[damage])

    assert await found_by(await ResidentFinder.read_from(copied)) == expected
    assert "is made again" in caplog.text
    assert read_columns(folder_of(copied)) is not None


async def test_a_file_of_another_version_is_made_again(copied: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    await ResidentFinder.read_from(copied)
    before = (folder_of(copied) / FILE).read_bytes()
    monkeypatch.setattr(columns, "code", lambda *folders: b"another version")

    assert read_columns(folder_of(copied)) is None
    await ResidentFinder.read_from(copied)
    assert read_columns(folder_of(copied)) is not None
    assert (folder_of(copied) / FILE).read_bytes() != before


async def test_where_nothing_can_be_kept_all_is_found_too(copied: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = await found_by(await ResidentFinder.read_from(copied))

    for folder in (None, folder_of(copied) / "bestaat niet"):
        monkeypatch.setattr(copied, "folder", folder)

        assert await found_by(await ResidentFinder.read_from(copied)) == expected


async def test_a_source_is_judged_by_its_best_chunk() -> None:
    def point(id: str, vector: list[float], **payload: object) -> Point:
        return Point(id, {"type": "chunk", "source": "a", **payload}, vector)

    points = [point("c1", [1.0, 0.0]), point("c2", [0.6, 0.8]), point("c3", [0.0, 1.0], source="b")]
    points.append(point("s1", [0.6, 0.8], type="sentence", chunk="c2", number=0))

    [[first, second]] = await ResidentFinder.of(points, []).find([Asked((0.6, 0.8), {}, 0.0, 5)])

    assert (first.source, first.chunk, second.source) == ("a", "c2", "b")
    assert first.scores.chunk == pytest.approx(1.0)
    assert first.sentences == {0: pytest.approx(1.0)}
