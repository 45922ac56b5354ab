"""The words of Markewijzer: every value that the packages exchange, all of them frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from assistant.dropped import Dropped

MUNICIPALITIES: tuple[str, ...] = (
    "Aa en Hunze",
    "Assen",
    "Borger-Odoorn",
    "Coevorden",
    "De Wolden",
    "Emmen",
    "Hoogeveen",
    "Meppel",
    "Midden-Drenthe",
    "Noordenveld",
    "Tynaarlo",
    "Westerveld",
)
PROVINCE = "heel Drenthe"
COUNTRY = "heel Nederland"

THEMES: tuple[str, ...] = (
    "sociale basis",
    "gezonde leefomgeving",
    "toegankelijke zorg",
    "netwerkaanpak",
    "innovaties en transformaties",
    "toekomstbestendige arbeidsmarkt",
)

TOPICS: tuple[str, ...] = (
    "bewegen-en-leefstijl",
    "clientondersteuning",
    "dementie",
    "eenzaamheid",
    "geldzorgen",
    "huisarts-en-ziekenhuis",
    "jeugd-en-opvoeden",
    "mantelzorg",
    "mentale-gezondheid",
    "nieuwkomers",
    "rouw",
    "taal-en-digitaal",
    "thuiszorg",
    "veiligheid",
    "verslaving",
    "vervoer",
    "vrijwilligerswerk",
    "werk",
    "wonen",
)

Audience = Literal["inwoner", "professional"]


class Kind(StrEnum):
    """What a source is about; the value is the word that editors and visitors read."""

    THEME = "thema"
    PROJECT = "project"
    ORGANISATION = "organisatie"
    SERVICE = "dienst"
    HELPLINE = "hulplijn"
    REGULATION = "regeling"
    POLICY = "beleid"
    FIGURE = "cijfer"
    NEWS = "nieuws"


HELP_KINDS = frozenset({Kind.SERVICE, Kind.HELPLINE, Kind.ORGANISATION})
"""Kinds that a person can turn to, and that are therefore shown as a hulpkaart."""


class Outcome(StrEnum):
    """Why an answer says what it says; the prefix groups them."""

    ANSWERED = "answered"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    SUGGESTED = "suggested"
    CLARIFY_MUNICIPALITY = "clarify_municipality"
    SMALL_TALK = "small_talk"
    CRISIS_SUICIDE = "crisis_suicide"
    CRISIS_DANGER = "crisis_danger"
    CRISIS_VIOLENCE = "crisis_violence"
    REFUSED_MEDICAL = "refused_medical"
    REFUSED_PERSONAL_ADVICE = "refused_personal_advice"
    REFUSED_OFF_TOPIC = "refused_off_topic"
    REFUSED_UNSAFE = "refused_unsafe"
    REFUSED_TOO_LONG = "refused_too_long"
    UNANSWERABLE = "unanswerable"
    FAILED = "failed"

    @property
    def is_crisis(self) -> bool:
        """True when a person may be in danger and the fixed crisis text was given."""
        return self.startswith("crisis_")

    @property
    def cites(self) -> bool:
        """True when the answer rests on cited sources."""
        return self in {Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE, Outcome.SUGGESTED}


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a service, only as its source gives it."""

    phone: str | None = None
    email: str | None = None
    address: str | None = None
    website: str | None = None
    opening_hours: str | None = None
    costs: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A published page, file or record that we may quote.

    `url` is the page the facts came from, `date` that page's own date (YYYY, YYYY-MM or YYYY-MM-DD; None when unknown)
    and `checked` the day on which we last compared the two. `text` is the body as we may quote it.
    """

    id: str
    title: str
    kind: Kind
    url: str
    url_title: str
    publisher: str
    checked: str
    text: str
    organisation: str | None = None
    municipalities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    contact: Contact = Contact()
    date: str | None = None
    desk: bool = False
    """The desk of its municipality: the next door to knock on when we do not know."""
    boost: int = 0
    """1 when the editors put it before others that fit as well, -1 when after them."""
    questions: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    """The sentences of `text`, literal and in order."""

    @property
    def summary(self) -> str:
        """The first sentence: what it is, for whom and where."""
        return self.sentences[0] if self.sentences else self.title

    @property
    def is_help(self) -> bool:
        """True for something a person can turn to."""
        return self.kind in HELP_KINDS

    def serves(self, municipality: str) -> bool:
        """Whether somebody in this municipality can use it."""
        return bool({municipality, PROVINCE, COUNTRY} & set(self.municipalities))


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of one source, short enough to embed and whole enough to quote.

    `id` is a UUID that follows from the source and the position; `digest` follows from all that is embedded.
    """

    id: str
    source: str
    position: int
    headings: tuple[str, ...]
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One literal sentence of a chunk, with its cosine to the question (0 when it was not searched)."""

    text: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Why a passage was found.

    The first four are cosines, the coverages shares (0 to 1) of the question's idf weight. `base` fuses them; `fused`
    adds what place, kind and age contribute (`RankPassages`).
    """

    chunk: float = 0.0
    question: float = 0.0
    title: float = 0.0
    sentence: float = 0.0
    coverage: float = 0.0
    question_coverage: float = 0.0
    base: float = 0.0
    fused: float = 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for a question, with its source, its sentences in text order, and its scores."""

    source: Source
    chunk: Chunk
    scores: Scores = Scores()
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Beyond:
    """An example of a question beyond our sources (`corpus/buiten-bereik.yaml`), near to the asked one by `score`."""

    question: str
    subject: str
    score: float = 0.0
    coverage: float = 0.0
    """Share of the asked question's idf weight that the example has in common with it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against the passages answering the question; `probability` weighs it all together.

    `features` are the named numbers behind it. `missing` are kinds of fact that were asked and that no near passage
    holds (`phone`, `price`, `year` …); `unknown_names` are names in the question that no passage knows.
    """

    probability: float
    features: Mapping[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A village, neighbourhood or municipality of Drenthe, or (`municipality` None) a place elsewhere."""

    name: str
    municipality: str | None
    kind: str = "dorp"
    variants: tuple[str, ...] = ()
    province: str = "Drenthe"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a search is limited to; an empty field does not limit."""

    municipalities: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The text as typed, plus what the visitor chose."""

    text: str
    municipality: str | None = None
    audience: Audience | None = None
    visitor: str = ""
    """An opaque key to count a visitor's use of the language model by; never sent anywhere."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier question of the conversation (redacted) and what became of it."""

    question: str
    outcome: Outcome
    municipality: str | None = None
    search_text: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """The `[n]` in an answer: its source, and the literal quote that carries the claim."""

    number: int
    source: Source
    quote: str
    link: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A hulpkaart: one service, for whom, what, how to reach it; `citation` is the number it is cited under."""

    source: Source
    summary: str
    citation: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What to ask the catalogue or the search for, to see the sources of a list; `total` is how many were found."""

    query: str = ""
    municipality: str | None = None
    theme: str | None = None
    topic: str | None = None
    kind: str | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the visitor reads: Markdown with `[n]` marks, and what stands around it."""

    outcome: Outcome
    text: str
    citations: tuple[Citation, ...] = ()
    cards: tuple[Card, ...] = ()
    suggestions: tuple[str, ...] = ()
    short_text: str = ""
    """The same in fewer and easier words; empty for a fixed reply."""
    selection: Selection | None = None
    """For a list: where the whole of it can be seen and filtered."""
    engine: str = "extractive"
    municipality: str | None = None
    """The municipality the answer is for, asked or understood."""
    language: str = "nl"
    """The language of the question (ISO 639-1); the answer itself is Dutch."""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a draft.

    With a source it states what that source says: `quote` is the literal sentence that carries it, and equals `text`
    unless a template puts structured fields (title, date, phone) into words. Without a source it states no fact.
    """

    text: str
    source: Source | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its citations are numbered: a lead, list items, what to do next, and the cards."""

    lead: tuple[Statement, ...] = ()
    items: tuple[Statement, ...] = ()
    closing: tuple[Statement, ...] = ()
    cards: tuple[Source, ...] = ()
    suggestions: tuple[str, ...] = ()
    short: tuple[Statement, ...] = ()
    """The shorter form, on no other sources than the long one."""
    selection: Selection | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that it rests on, in order of use."""
        stated = [s.source for s in (*self.lead, *self.items, *self.closing) if s.source]
        return tuple({source.id: source for source in [*stated, *self.cards]}.values())


@dataclass(frozen=True, slots=True)
class Turn:
    """One question on its way to an answer; each step returns a changed copy."""

    question: Question
    history: tuple[Exchange, ...] = ()
    text: str = ""
    """The question, normalised and with personal data redacted; the only form that may be stored."""
    redacted: tuple[str, ...] = ()
    """The kinds of personal data that were taken out."""
    places: tuple[Place, ...] = ()
    municipality: str | None = None
    choices: tuple[str, ...] = ()
    """The municipalities that each have a place of the name that was asked; empty when it is clear which is meant."""
    audience: Audience | None = None
    language: str = "nl"
    search_text: str = ""
    corrected: str | None = None
    wants_list: bool = False
    plain: tuple[str, ...] = ()
    """The kinds of help that the words point to, in the words of sources (`assistant.language.thesaurus`)."""
    needs: tuple[str, ...] = ()
    """The topics that the words announce."""
    about_me: bool = False
    """Somebody asks for themselves or a person they know, and not for a figure or a document."""
    distressed: bool = False
    """The words show deep distress without a crisis: the answer is warm."""
    set_aside: Outcome | None = None
    """The crisis that words pointed to and the whole did not: the answer still names its helpline."""
    leans_back: bool = False
    """A follow-up that was rewritten to a question that stands alone."""
    about: tuple[str, ...] = ()
    """The ids of earlier cited sources that a follow-up (“wat kost dat?”) asks about."""
    passages: tuple[Passage, ...] = ()
    nearest: tuple[Beyond, ...] = ()
    """The nearest example of each subject that is beyond our sources."""
    best_question: float = 0.0
    """The cosine of the nearest question of any source, wherever it is about."""
    beyond: Beyond | None = None
    """The nearest of them that no source answers."""
    meaning: Mapping[str, float] = field(default_factory=dict)
    """How likely the question means each subject of `assistant.rules.meaning`; empty when nothing was learned."""
    evidence: Evidence | None = None
    elsewhere: tuple[Passage, ...] = ()
    """Passages about other municipalities, for when the asked one has nothing."""
    door: Source | None = None
    """The desk to refer to when we do not know."""
    outcome: Outcome | None = None
    draft: Draft | None = None
    answer: Answer | None = None
    parts: tuple[str, ...] = ()
    """The pieces of a long story that each carry a need, where a language model cut it."""
    engine: str = "extractive"
    """Who wrote the sentences: the sources themselves, or a language model by its name."""
    dropped: tuple[Dropped, ...] = ()
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    """Wall time of each step, in the order in which they ran."""

    @property
    def finished(self) -> bool:
        """A finished turn skips the remaining steps."""
        return self.answer is not None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation knows about itself.

    `digests` maps a source id to the digest of its file; `document_frequency` counts, per analysed term, which of the
    `searched` texts hold it, for coverage; `words` counts the surface words of the corpus, for spelling repair.
    """

    generation: str
    embedding_model: str
    dimension: int
    created: str
    sources: int = 0
    chunks: int = 0
    searched: int = 0
    digests: Mapping[str, str] = field(default_factory=dict)
    document_frequency: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    ground: str = ""
    """Version of the format and of what was left out; another one makes a refresh build anew."""
    desks: Mapping[str, str] = field(default_factory=dict)
    """Municipality (or `heel Drenthe`) → the id of its desk."""
    chunk_length: float = 0.0
    question_length: float = 0.0
    """Average number of terms that the lexical weights of a chunk or a question were compared with."""
    replaced: int = 0
    """Sources that were written or taken out since all were written; 0 when this generation was built anew."""
    program: str = ""
    """Digest of the code that made the points; only the same code may change a few of them in a copy."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete, immutable version of the index; `live` for the one that answers."""

    id: str
    created: str
    sources: int
    chunks: int
    live: bool
