"""How a question becomes an answer: the list of steps, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Turn
from assistant.language_model import Engine
from assistant.library import Library
from assistant.pipeline import Step
from assistant.settings import Settings
from assistant.steps.check_support import CheckSupport
from assistant.steps.cite_sources import CiteSources
from assistant.steps.find_passages import FindPassages
from assistant.steps.judge_coverage import JudgeCoverage
from assistant.steps.keep_bounds import KeepBounds
from assistant.steps.rank_passages import RankPassages
from assistant.steps.recognise_meaning import RecogniseMeaning
from assistant.steps.screen_question import ScreenQuestion
from assistant.steps.tell_answer import TellAnswer, TellProgress, reading, searching
from assistant.steps.understand_freely import UnderstandFreely
from assistant.steps.understand_question import UnderstandQuestion
from assistant.steps.watch_for_crisis import WatchForCrisis
from assistant.steps.write_answer import WriteAnswer
from assistant.steps.write_freely import WriteFreely
from assistant.streaming import Tell, nobody


def answering_steps(
    settings: Settings, library: Library | None, engine: Engine | None = None, tell: Tell = nobody
) -> Sequence[Step[Turn]]:
    """The steps in order. Without a library only what needs no index works: screening, crisis and bounds.

    An `engine` may put the words of the sources in its own; `tell` hears how far the turn is.
    """
    before_the_index: list[Step[Turn]] = [
        ScreenQuestion(),
        WatchForCrisis(library),
        KeepBounds(settings.max_question_length),
    ]
    if library is None:
        return before_the_index
    return [
        *before_the_index,
        UnderstandQuestion(library.places, library.speller),
        *([UnderstandFreely(engine)] if engine else []),
        TellProgress(tell, searching),
        FindPassages(library),
        RankPassages(),
        RecogniseMeaning(library),
        JudgeCoverage(library),
        WriteAnswer(library),
        CheckSupport(),
        TellProgress(tell, reading),
        WriteFreely(engine, tell) if engine else TellAnswer(tell),
        CiteSources(),
    ]
