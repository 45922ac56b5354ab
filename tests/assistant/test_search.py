"""Hybrid search over the small corpus, with the encoder that we ship."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from assistant.domain import Filter, Passage
from assistant.embedding import Embedder, Encoding, encode_questions
from assistant.index import Lookup, Match
from assistant.library import Library
from assistant.search import HybridSearch


class CountingIndex:
    """The index of a library, with a count of how often it was searched."""

    def __init__(self, library: Library) -> None:
        self._index = library._index
        self.generation, self.count = library.generation, 0
        self.retrieve, self.scroll = self._index.retrieve, self._index.scroll
        self.facets, self.close, self.read = self._index.facets, self._index.close, self._index.read
        self.folder = self._index.folder

    async def look_up(self, lookups: Sequence[Lookup]) -> list[list[Match]]:
        self.count += 1
        return await self._index.look_up(lookups)


class CountingEmbedder:
    """An embedder with a count of the questions that it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self.count = embedder, 0
        self.name, self.max_tokens, self.dimension = embedder.name, embedder.max_tokens, embedder.dimension
        self.embed_texts, self.count_tokens = embedder.embed_texts, embedder.count_tokens

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        return [list(encoding.vector) for encoding in self.encode_questions(texts)]

    def encode_questions(self, texts: Sequence[str]) -> list[Encoding]:
        self.count += len(texts)
        return encode_questions(self._embedder, texts)


def ids(passages: Sequence[Passage]) -> list[str]:
    return [passage.source.id for passage in passages]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Waar kan ik mensen ontmoeten?", "emmen-inloop"),
        ("ik zit hele dagen alleen thuis", "emmen-inloop"),
        ("schuldhulp assen", "assen-geldloket"),
        ("casemanager", "drenthe-dementie"),
        ("Hoeveel mensen voelen zich eenzaam?", "cijfers-eenzaamheid"),
        ("Gezonde Marke", "gezonde-marke"),
        ("0800-2000", "nl-veilig-thuis"),
    ],
)
async def test_the_source_that_is_meant_comes_first(library: Library, text: str, first: str) -> None:
    assert ids(await library.search.find(text))[0] == first


async def test_passages_come_best_first_and_each_source_once(library: Library) -> None:
    passages = await library.search.find("hulp bij schulden")

    scores = [passage.scores.fused for passage in passages]
    assert scores == sorted(scores, reverse=True)
    assert len(set(ids(passages))) == len(passages)


async def test_no_more_than_the_limit_is_found(library: Library) -> None:
    assert len(await library.search.find("hulp", limit=3)) == 3


@pytest.mark.parametrize("text", ["", "  "])
async def test_nothing_asked_is_nothing_found(library: Library, text: str) -> None:
    assert await library.search.find(text) == []


async def test_a_filter_holds_for_every_passage(library: Library) -> None:
    passages = await library.search.find("hulp bij schulden", Filter(municipalities=("Assen", "heel Drenthe")))

    assert ids(passages)[0] == "assen-geldloket"
    assert all({"Assen", "heel Drenthe"} & set(passage.source.municipalities) for passage in passages)


async def test_a_filter_that_fits_nothing_finds_nothing(library: Library) -> None:
    assert await library.search.find("hulp", Filter(municipalities=("Meppel",))) == []


@pytest.mark.parametrize("text", ["?!", "de het een", "xyzzyqwerty", "🙂", "ik" * 1000, "\0"])
async def test_a_text_without_terms_is_searched_without_complaint(library: Library, text: str) -> None:
    assert len(await library.search.find(text, limit=2)) == 2


async def test_a_passage_holds_its_chunk_and_the_literal_sentences_with_their_scores(library: Library) -> None:
    [passage] = await library.search.find("wat kost een kop koffie?", Filter(sources=("emmen-inloop",)))

    assert passage.chunk.text in passage.source.text
    assert all(sentence.text in passage.chunk.text for sentence in passage.sentences)
    best = max(passage.sentences, key=lambda sentence: sentence.score)
    assert best.text == "Een kop koffie kost € 1,50."


async def test_the_scores_are_cosines_and_shares(library: Library) -> None:
    [passage] = await library.search.find("Wie helpt mij met schulden in Emmen?", Filter(sources=("emmen-geldloket",)))

    scores = passage.scores
    assert scores.question > 0.95
    assert scores.question_coverage == pytest.approx(1.0, abs=0.05)
    assert all(0 <= share <= 1 for share in (scores.coverage, scores.question_coverage))
    assert all(-1 <= cosine <= 1 for cosine in (scores.chunk, scores.title, scores.sentence))


async def test_a_question_without_matching_words_covers_nothing(library: Library) -> None:
    [passage] = await library.search.find("fietsenmaker", Filter(sources=("emmen-inloop",)))

    assert passage.scores.coverage == passage.scores.question_coverage == 0


async def test_many_searches_at_once_give_what_each_gives_alone(library: Library, embedder: Embedder) -> None:
    texts = ["schulden", "dementie", "mantelzorg", "koffie", "eenzaam", "112"]
    alone = [ids(await library.search.find(text)) for text in texts]
    fresh = HybridSearch(CountingIndex(library), embedder, library.manifest)

    together = await asyncio.gather(*(fresh.find(text) for text in texts))

    assert [ids(passages) for passages in together] == alone


async def test_sources_are_listed_by_title_and_counted_by_facet(library: Library) -> None:
    sources = await library.sources(Filter(kinds=("hulplijn",)))

    assert [source.title for source in sources] == ["112 bij levensgevaar", "113 Zelfmoordpreventie", "Veilig Thuis"]
    assert (await library.facets("kind"))["hulplijn"] == 3
    assert (await library.facets("municipalities", Filter(kinds=("project",)))) == {"Coevorden": 1, "Emmen": 1}


async def test_one_source_is_found_by_its_id(library: Library) -> None:
    source = await library.source("emmen-inloop")

    assert source is not None
    assert source.contact.phone == "0591 680800"
    assert await library.source("bestaat-niet") is None


async def test_a_question_that_is_asked_again_is_neither_embedded_nor_searched_again(
    library: Library, embedder: Embedder
) -> None:
    index, counting = CountingIndex(library), CountingEmbedder(embedder)
    search = HybridSearch(index, counting, library.manifest)
    first = await search.find("hulp bij schulden")
    before = (index.count, counting.count)

    again = await search.find("hulp bij schulden")

    assert again == first
    assert (index.count, counting.count) == before == (2, 1)


async def test_another_filter_or_limit_is_another_search(library: Library, embedder: Embedder) -> None:
    index = CountingIndex(library)
    search = HybridSearch(index, embedder, library.manifest)
    found = await search.find("hulp bij schulden")

    assert len(await search.find("hulp bij schulden", limit=1)) == 1
    assert ids(await search.find("hulp bij schulden", Filter(sources=("emmen-inloop",)))) == ["emmen-inloop"]
    assert len(found) > 1
    assert index.count == 6


async def test_who_changes_what_was_found_changes_it_for_nobody_else(library: Library) -> None:
    found = await library.search.find("hulp bij het huishouden")
    first = found[0]
    found.clear()

    assert (await library.search.find("hulp bij het huishouden"))[0] == first


async def test_a_generation_that_is_too_large_to_keep_is_not_read_ahead(
    library: Library, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = HybridSearch(library._index, embedder, library.manifest)

    assert len(await search.read_ahead()) == library.manifest.sources

    monkeypatch.setattr("assistant.search.RECORDS_KEPT", library.manifest.sources)
    assert await search.read_ahead() == ()
