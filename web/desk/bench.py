"""The test bench: shows for any question what each step made of it, with the scores and the near misses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Form
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from assistant.domain import Passage, Question, Turn
from web.desk.entry import WithDesk, desk_router
from web.fields import AUDIENCES, ChosenAudience, ChosenMunicipality, WholeText

router = desk_router()

SHOWN = 12


class BenchForm(BaseModel):
    """A question to try; nothing of it is kept."""

    vraag: Annotated[WholeText, Field(max_length=2000)] = ""
    gemeente: ChosenMunicipality = None
    ik_ben: ChosenAudience = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A turn as the bench shows it, before and after what the editors decided."""

    turn: Turn
    amended: Turn

    @property
    def steps(self) -> Sequence[tuple[str, float]]:
        """Each step that ran, with its milliseconds, in order."""
        return list(self.turn.milliseconds.items())

    @property
    def used(self) -> frozenset[str]:
        """The ids of the sources in the answer."""
        assert self.turn.answer is not None
        return frozenset(citation.source.id for citation in self.turn.answer.citations)

    @property
    def passages(self) -> Sequence[Passage]:
        """What was found, best first; those that the answer does not use are the near misses."""
        return self.turn.passages[:SHOWN]

    @property
    def features(self) -> Sequence[tuple[str, float]]:
        """The evidence that was weighed, by name."""
        return sorted(self.turn.evidence.features.items()) if self.turn.evidence else []

    @property
    def is_amended(self) -> bool:
        """Whether a fixed answer, a notice or the pause changed the answer."""
        return self.turn.answer != self.amended.answer


@router.get("/proefbank")
async def get_bench(desk: WithDesk) -> HTMLResponse:
    """The empty bench."""
    return desk.show("bench", form=BenchForm(), trial=None, audiences=AUDIENCES)


@router.post("/proefbank")
async def post_bench(form: Annotated[BenchForm, Form()], desk: WithDesk) -> HTMLResponse:
    """Tries a question."""
    turn = await desk.parts.assistant.take_turn(Question(form.vraag, form.gemeente, form.ik_ben))
    trial = Trial(turn, await desk.parts.interventions.amend(turn, desk.parts.assistant))
    return desk.show("bench", form=form, trial=trial, audiences=AUDIENCES)
