"""How a question becomes an answer: the list of steps, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Turn
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
from assistant.steps.understand_question import UnderstandQuestion
from assistant.steps.watch_for_crisis import WatchForCrisis
from assistant.steps.write_answer import WriteAnswer


def answering_steps(settings: Settings, library: Library | None) -> Sequence[Step[Turn]]:
    """The steps in order. Without a library only what needs no index works: screening, crisis and bounds."""
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
        FindPassages(library),
        RankPassages(),
        RecogniseMeaning(library),
        JudgeCoverage(library),
        WriteAnswer(),
        CheckSupport(),
        CiteSources(),
    ]
