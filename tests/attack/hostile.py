"""An assistant of which every source and every answer says what an attacker typed, in all their fields."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import Answer, Card, Citation, Contact, Kind, Outcome, Question, Selection, Source
from tests.attack.payloads import packed
from tests.web.catalogue.shelf import ShelfAssistant

KINDS = tuple(Kind)


def hostile_source(number: int, text: str) -> Source:
    """Everything that a source can say is the text; only what comes from a closed list is not."""
    return Source(
        id=f"bron-{number}",
        title=text,
        kind=KINDS[number % len(KINDS)],
        url=text,
        url_title=text,
        publisher=text,
        checked="2026-11-22",
        text=text,
        organisation=text,
        municipalities=("Emmen",),
        themes=("sociale basis",),
        topics=("eenzaamheid",),
        audience=("inwoner", "professional"),
        contact=Contact(text, text, text, text, text, text),
        date="2023",
        desk=number == 0,
        questions=(f"A {text}?",),
        sentences=(text,),
    )


class HostileAssistant(ShelfAssistant):
    """Answers each question with itself."""

    def __init__(self) -> None:
        super().__init__([hostile_source(number, text) for number, text in enumerate(packed(1000))])

    async def source(self, id: str) -> Source | None:
        return next((source for source in self.held if source.id == id), None)

    def answer(self, question: Question) -> Answer:
        text = question.text
        source = hostile_source(1, text)
        return Answer(
            Outcome.ANSWERED,
            text=f"{text} [1]\n\n- {text} [1]\n",
            citations=(Citation(1, source, text, text, stale=True),),
            cards=(Card(source, text, 1),),
            suggestions=(text,),
            short_text=f"{text} [1]",
            selection=Selection(query=text, municipality="Emmen", total=3),
            municipality="Emmen",
        )


def unanswered(answer: Answer) -> Answer:
    """The same as a question that nobody could answer, which editors get to see."""
    return replace(answer, outcome=Outcome.UNANSWERABLE, citations=(), cards=(), selection=None)
