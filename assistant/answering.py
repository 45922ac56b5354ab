"""How a question becomes an answer: the list of steps, and what of it is done once for all who ask the same."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

from assistant.domain import Question, Turn
from assistant.language_model import Engine
from assistant.library import Library
from assistant.pipeline import Step, run
from assistant.settings import Settings
from assistant.steps.check_support import CheckSupport
from assistant.steps.cite_sources import CiteSources
from assistant.steps.find_passages import FindPassages
from assistant.steps.judge_coverage import JudgeCoverage
from assistant.steps.keep_bounds import KeepBounds
from assistant.steps.rank_passages import RankPassages
from assistant.steps.recognise_meaning import RecogniseMeaning
from assistant.steps.screen_question import ScreenQuestion, screened
from assistant.steps.tell_answer import TellAnswer, TellProgress, reading, searching
from assistant.steps.understand_freely import UnderstandFreely
from assistant.steps.understand_question import UnderstandQuestion
from assistant.steps.watch_for_crisis import WatchForCrisis
from assistant.steps.write_answer import WriteAnswer
from assistant.steps.write_freely import WriteFreely
from assistant.streaming import Tell, nobody


@dataclass(frozen=True, slots=True)
class Stages:
    """The steps in order, in three parts."""

    screening: Sequence[Step[Turn]]
    """What needs no index, and must look at every question itself."""
    working_out: Sequence[Step[Turn]] = ()
    """What depends on the screened question, the generation and the day alone, where no language model helps."""
    telling: Sequence[Step[Turn]] = ()
    """What the visitor hears and sees."""


def answering_steps(settings: Settings, library: Library) -> Sequence[Step[Turn]]:
    """All steps in order, for who wants every one of them to run."""
    stages = answering_stages(settings, library)
    return [*stages.screening, *stages.working_out, *stages.telling]


def answering_stages(
    settings: Settings, library: Library | None, engine: Engine | None = None, tell: Tell = nobody
) -> Stages:
    """The stages. Without a library only what needs no index works: screening, crisis and bounds.

    An `engine` may put the words of the sources in its own; `tell` hears how far the turn is.
    """
    screening: list[Step[Turn]] = [
        ScreenQuestion(),
        WatchForCrisis(library),
        KeepBounds(settings.max_question_length),
    ]
    if library is None:
        return Stages(screening)
    return Stages(
        [*screening, TellProgress(tell, searching)],
        [
            UnderstandQuestion(library.places, library.speller),
            *([UnderstandFreely(engine)] if engine else []),
            FindPassages(library),
            RankPassages(),
            RecogniseMeaning(library),
            JudgeCoverage(library),
            WriteAnswer(library),
            CheckSupport(),
        ],
        [
            TellProgress(tell, reading),
            WriteFreely(engine, tell) if engine else TellAnswer(tell),
            CiteSources(),
        ],
    )


async def answered(
    settings: Settings, library: Library | None, turn: Turn, engine: Engine | None = None, tell: Tell = nobody
) -> Turn:
    """The turn after all steps. What many people ask at the start of a conversation is worked out once a day.

    What is kept holds no personal data and goes with its generation. A turn that was recalled has `Recall` among its
    times, in the place of the steps that it was spared.
    """
    stages = answering_stages(settings, library, engine, tell)
    turn = await run(stages.screening, turn)
    if turn.finished or library is None:
        return turn
    if turn.history or engine:
        return await run(stages.telling, await run(stages.working_out, turn))
    key = key_of(turn.question, turn.text, turn.redacted)
    is_new, started = key not in library.turns, perf_counter()
    done = await library.turns.get(key, lambda: run(stages.working_out, turn))
    if not is_new:
        times = {**turn.milliseconds, "Recall": (perf_counter() - started) * 1000}
        done = replace(done, question=turn.question, milliseconds=times)
    return await run(stages.telling, done)


def is_at_hand(library: Library, question: Question) -> bool:
    """Whether somebody asked the same today, so that the opening of a conversation need not be worked out."""
    return key_of(question, *screened(question)) in library.turns


def key_of(question: Question, text: str, redacted: tuple[str, ...]) -> Hashable:
    """All that the working out of an opening question, screened to `text`, depends on within one generation."""
    return text, redacted, question.municipality, question.audience, date.today()
