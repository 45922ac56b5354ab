"""The first page of the desk: how it goes, and what waits."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fastapi.responses import HTMLResponse
from sqlalchemy import func, select

from assistant import Assistant
from assistant.domain import Outcome
from assistant.errors import StoreError
from ingest import RunState
from web.database import Database
from web.desk.entry import WithDesk, desk_router
from web.desk.grouping import keep_grouped
from web.desk.runs import STATES
from web.desk.switch import paused_message
from web.tables import gaps, ratings, reports, turns

router = desk_router()
logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
ANSWERED = (Outcome.ANSWERED, Outcome.ANSWERED_ELSEWHERE)
ASKED_FOR_INFORMATION = (*ANSWERED, Outcome.SUGGESTED, Outcome.UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class Week:
    """Counts of the last seven days."""

    questions: int
    asked: int
    """Questions for information: no small talk, no crisis, nothing that is not ours to answer."""
    answered: int
    crisis: int
    rated: int
    helped: int

    @property
    def answered_share(self) -> int | None:
        """Percentage of the questions for information that got an answer, None when there were none."""
        return round(100 * self.answered / self.asked) if self.asked else None

    @property
    def helped_share(self) -> int | None:
        """Percentage of the rated answers that helped, None when there were none."""
        return round(100 * self.helped / self.rated) if self.rated else None


@dataclass(frozen=True, slots=True)
class IndexFacts:
    """What the live index says of itself."""

    created: datetime
    sources: int
    chunks: int
    generation: str

    @property
    def age(self) -> str:
        """How long ago it was made, in words."""
        return ago(datetime.now(UTC) - self.created)


@router.get("")
async def get_overview(desk: WithDesk) -> HTMLResponse:
    """The figures and the tasks."""
    database = desk.parts.database
    await keep_grouped(database, desk.parts.assistant)
    runs = await asyncio.to_thread(lambda: list(desk.parts.refreshing.runs.all()))
    open_reports = await database.read(select(func.count()).where(reports.c.status == "open"))
    new_gaps = await database.read(select(func.count()).where(gaps.c.status == "nieuw"))
    return desk.show(
        "overview",
        week=await week_of(database),
        open_reports=open_reports[0][0],
        new_gaps=new_gaps[0][0],
        last_run=next(iter(runs), None),
        awaiting=next((run for run in runs if run.state is RunState.WAITING), None),
        states=STATES,
        index=await index_facts(desk.parts.assistant),
        paused=await paused_message(database) is not None,
    )


async def week_of(database: Database) -> Week:
    """The counts until now."""
    since = datetime.now(UTC) - WEEK
    by_outcome = select(turns.c.outcome, func.count()).where(turns.c.created > since).group_by(turns.c.outcome)
    counts = {Outcome(outcome): int(count) for outcome, count in await database.read(by_outcome)}
    by_rating = select(ratings.c.helped, func.count()).where(ratings.c.created > since).group_by(ratings.c.helped)
    rated = {bool(helped): int(count) for helped, count in await database.read(by_rating)}
    return Week(
        questions=sum(counts.values()),
        asked=sum(counts.get(outcome, 0) for outcome in ASKED_FOR_INFORMATION),
        answered=sum(counts.get(outcome, 0) for outcome in ANSWERED),
        crisis=sum(count for outcome, count in counts.items() if outcome.is_crisis),
        rated=sum(rated.values()),
        helped=rated.get(True, 0),
    )


async def index_facts(assistant: Assistant) -> IndexFacts | None:
    """What is live, None when there is no index."""
    try:
        manifest = await assistant.manifest()
    except StoreError as exc:
        logger.warning("the desk shows no index: %s", exc)
        return None
    created = datetime.fromisoformat(manifest.created)
    return IndexFacts(created, manifest.sources, manifest.chunks, manifest.generation)


def ago(age: timedelta) -> str:
    """An age in the largest unit that fits."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 1:
        return "zojuist"
    for size, one, more in ((1440, "dag", "dagen"), (60, "uur", "uur"), (1, "minuut", "minuten")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {one if count == 1 else more} geleden"
    return "zojuist"
