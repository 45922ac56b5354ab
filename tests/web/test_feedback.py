"""Ratings and reports: what is stored, what is taken out of it, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from assistant.domain import Question
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web.conversations import Conversations
from web.database import AWAY, Database
from web.feedback import LONGEST_TEXT, REPORTS_PER_SOURCE, REPORTS_PER_TURN, Feedback
from web.kept_turns import KeptTurn
from web.tables import ratings, reports


@pytest.fixture
def feedback(database: Database) -> Feedback:
    return Feedback(database)


@pytest.fixture
async def kept(database: Database) -> KeptTurn:
    turn = await FakeAssistant().take_turn(Question("Wie helpt?", "Emmen"))
    return await Conversations(database).keep(uuid4(), turn)


async def test_a_rating_is_kept_with_what_the_answer_was(
    feedback: Feedback, kept: KeptTurn, database: Database
) -> None:
    assert await feedback.rate(kept.id, helped=True, reason=None)

    (row,) = await database.read(select(ratings))
    assert (row.turn, row.helped, row.reason) == (kept.id, True, None)
    assert (row.outcome, row.municipality) == ("answered", "Emmen")


async def test_a_second_rating_takes_the_place_of_the_first(
    feedback: Feedback, kept: KeptTurn, database: Database
) -> None:
    await feedback.rate(kept.id, helped=True, reason="fijn")
    await feedback.rate(kept.id, helped=False, reason="toch niet")

    (row,) = await database.read(select(ratings))
    assert (row.helped, row.reason) == (False, "toch niet")


async def test_a_report_waits_for_an_editor(feedback: Feedback, kept: KeptTurn, database: Database) -> None:
    assert await feedback.report(kept.id, "emmen-sedna", "Het nummer klopt niet")

    (row,) = await database.read(select(reports))
    assert (row.source, row.text, row.status) == ("emmen-sedna", "Het nummer klopt niet", "open")


async def test_words_of_visitors_are_kept_without_personal_data(
    feedback: Feedback, kept: KeptTurn, database: Database
) -> None:
    await feedback.rate(kept.id, helped=False, reason="bel mij op 06 12345678")
    await feedback.report(kept.id, "emmen-sedna", "mail jan@voorbeeld.nl\u200b")

    (rating,), (report,) = await database.read(select(ratings)), await database.read(select(reports))
    assert rating.reason == "bel mij op [telefoonnummer]"
    assert report.text == "mail [e-mail]"


async def test_long_words_are_cut_and_blank_ones_are_none(
    feedback: Feedback, kept: KeptTurn, database: Database
) -> None:
    await feedback.report(kept.id, "emmen-sedna", "lang " * 1000)
    await feedback.report(kept.id, "gezonde-marke", "  \n ")

    texts = {row.source: row.text for row in await database.read(select(reports))}
    assert len(texts["emmen-sedna"]) <= LONGEST_TEXT
    assert texts["gezonde-marke"] is None


async def test_feedback_on_what_was_never_shown_is_not_stored(
    feedback: Feedback, kept: KeptTurn, database: Database
) -> None:
    assert not await feedback.rate(uuid4(), helped=True, reason=None)
    assert not await feedback.report(uuid4(), "emmen-sedna", None)
    assert not await feedback.report(kept.id, "een-andere-bron", None)

    assert [*await database.read(select(ratings)), *await database.read(select(reports))] == []


async def test_one_turn_cannot_fill_the_inbox(feedback: Feedback, kept: KeptTurn) -> None:
    stored = [await feedback.report(kept.id, "emmen-sedna", "x") for _ in range(REPORTS_PER_TURN + 1)]

    assert stored == [True] * REPORTS_PER_TURN + [False]


async def test_a_report_from_the_page_of_a_source_belongs_to_no_turn(feedback: Feedback, database: Database) -> None:
    assert await feedback.report_page("emmen-sedna", "bel mij op 06 12345678")

    (row,) = await database.read(select(reports))
    assert (row.turn, row.source, row.status) == (None, "emmen-sedna", "open")
    assert row.text == "bel mij op [telefoonnummer]"


async def test_the_page_of_one_source_cannot_fill_the_inbox(feedback: Feedback) -> None:
    stored = [await feedback.report_page("emmen-sedna", "x") for _ in range(REPORTS_PER_SOURCE + 1)]

    assert stored == [True] * REPORTS_PER_SOURCE + [False]
    assert await feedback.report_page("gezonde-marke", "x")


async def test_reports_of_yesterday_leave_room_for_those_of_today(feedback: Feedback, database: Database) -> None:
    for _ in range(REPORTS_PER_SOURCE):
        await feedback.report_page("emmen-sedna", "x")
    await database.write(update(reports).values(created=datetime.now(UTC) - timedelta(days=1, minutes=1)))

    assert await feedback.report_page("emmen-sedna", "y")


async def test_after_four_weeks_only_the_counts_are_left(
    feedback: Feedback, kept: KeptTurn, database: Database
) -> None:
    await feedback.rate(kept.id, helped=False, reason="te lang")
    await feedback.report(kept.id, "emmen-sedna", "Het nummer klopt niet")
    long_ago = datetime.now(UTC) - timedelta(days=28, minutes=1)
    await database.write(update(ratings).values(created=long_ago), update(reports).values(created=long_ago))

    await feedback.forget(28)

    (rating,), (report,) = await database.read(select(ratings)), await database.read(select(reports))
    assert (rating.helped, rating.reason) == (False, None)
    assert (report.source, report.text) == ("emmen-sedna", None)


async def test_younger_words_stay(feedback: Feedback, kept: KeptTurn, database: Database) -> None:
    await feedback.rate(kept.id, helped=False, reason="te lang")

    await feedback.forget(28)

    (rating,) = await database.read(select(ratings))
    assert rating.reason == "te lang"


async def test_without_a_database_nobody_is_told_that_it_was_stored(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("a file where a folder should be")
    database = Database.open(some_settings(tmp_path / "bestand"))
    feedback = Feedback(database)

    with pytest.raises(AWAY):
        await feedback.rate(uuid4(), helped=True, reason=None)
    with pytest.raises(AWAY):
        await feedback.report(uuid4(), "emmen-sedna", None)
    with pytest.raises(AWAY):
        await feedback.report_page("emmen-sedna", None)
    await feedback.forget(28)

    await database.close()
