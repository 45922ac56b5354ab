"""Stand-ins that pass the same contract as the real parts, and builders that fill in what a test is not about."""

from __future__ import annotations

import math
import unicodedata
import zlib
from collections.abc import Sequence

from assistant.domain import Chunk, Citation, Contact, Kind, Passage, Place, Question, Scores, Sentence, Source, Turn
from assistant.language.analysis import terms
from assistant.language.sentences import split_sentences

EMMEN = Place("Emmen", "Emmen", "gemeente")
KLAZIENAVEEN = Place("Klazienaveen", "Emmen", "dorp", ("Klazienaven",))
ASSEN = Place("Assen", "Assen", "gemeente")
GRONINGEN = Place("Groningen", None, "elders", (), "Groningen")

TEXT = (
    "De inloop in Emmen is elke dinsdag open voor wie mensen wil ontmoeten. Een kop koffie kost € 1,50. "
    "Aanmelden hoeft niet."
)


class HashingEmbedder:
    """Gives each term a fixed direction and adds them up: texts that share words lie close. Needs no weights."""

    name = "fake:hashing"
    dimension = 64
    max_tokens = 512

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question."""
        return [self._embed("query", text) for text in texts]

    def embed_texts(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per text."""
        return [self._embed("passage", text) for text in texts]

    def count_tokens(self, text: str) -> int:
        """Words, the prompt and two marks."""
        return len(text.replace("\0", " ").split()) + 4

    def _embed(self, prompt: str, text: str) -> list[float]:
        # The prompt turns the vector a little, as it does with the real encoder.
        words = [prompt, *terms(unicodedata.normalize("NFC", text).replace("\0", " "))]
        vector = [sum(_direction(word, n) for word in words) for n in range(self.dimension)]
        length = math.hypot(*vector) or 1.0
        return [x / length for x in vector]


def _direction(word: str, n: int) -> float:
    return zlib.crc32(f"{n}/{word}".encode()) / 2**31 - 1


def a_source(
    id: str = "emmen-inloop",
    text: str = TEXT,
    *,
    title: str = "Inloop in Emmen",
    kind: Kind = Kind.SERVICE,
    url: str = "https://voorbeeld.nl/inloop",
    organisation: str | None = None,
    municipalities: Sequence[str] = ("Emmen",),
    themes: Sequence[str] = ("sociale basis",),
    topics: Sequence[str] = ("eenzaamheid",),
    audience: Sequence[str] = ("inwoner",),
    contact: Contact = Contact(),
    date: str | None = None,
    desk: bool = False,
    questions: Sequence[str] = (),
) -> Source:
    """A service in Emmen, unless told otherwise."""
    return Source(
        id=id,
        title=title,
        kind=kind,
        url=url,
        url_title=f"{title} – voorbeeld.nl",
        publisher="voorbeeld.nl",
        checked="2026-11-22",
        text=text,
        organisation=organisation,
        municipalities=tuple(municipalities),
        themes=tuple(themes),
        topics=tuple(topics),
        audience=tuple(audience),
        contact=contact,
        date=date,
        desk=desk,
        questions=tuple(questions),
        sentences=tuple(split_sentences(text)),
    )


def a_chunk(
    text: str = TEXT, *, source: str = "emmen-inloop", position: int = 0, headings: Sequence[str] = ()
) -> Chunk:
    """A chunk whose id follows from its source and position."""
    return Chunk(
        id=f"00000000-0000-4000-8000-{zlib.crc32(source.encode()):08x}{position:04x}",
        source=source,
        position=position,
        headings=tuple(headings),
        text=text,
        digest=f"{zlib.crc32(text.encode()):08x}",
    )


def a_passage(
    source: Source | None = None,
    *,
    fused: float = 0.9,
    sentence_scores: Sequence[float] = (),
    scores: Scores | None = None,
) -> Passage:
    """A passage that holds the whole text of its source; sentences without a score have 0."""
    source = source or a_source()
    texts = split_sentences(source.text)
    cosines = [*sentence_scores, *[0.0] * len(texts)]
    return Passage(
        source,
        a_chunk(source.text, source=source.id),
        scores or Scores(base=fused, fused=fused),
        tuple(Sentence(text, score) for text, score in zip(texts, cosines, strict=False)),
    )


def a_turn(text: str = "Waar kan ik mensen ontmoeten?", **changes: object) -> Turn:
    """A turn as `ScreenQuestion` leaves it: the text is normalised and is what will be searched."""
    known: dict[str, object] = {"question": Question(text), "text": text, "search_text": text}
    return Turn(**{**known, **changes})  # type: ignore[arg-type]  # a wrong name fails at once


def a_citation(number: int = 1, source: Source | None = None) -> Citation:
    """A citation of the first sentence."""
    source = source or a_source()
    return Citation(number, source, source.summary, f"{source.url}#:~:text=", stale=False)
