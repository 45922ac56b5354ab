"""When a refresh may publish by itself."""

from __future__ import annotations

import pytest

from ingest.limits import Publish, objections

WITHIN = Publish.WITHIN_LIMITS


@pytest.mark.parametrize(
    ("gone", "allowed"), [(0, True), (20, True), (21, False)], ids=["none", "a fifth", "more than a fifth"]
)
def test_at_most_a_fifth_of_the_sources_may_vanish_unseen(gone: int, allowed: bool) -> None:
    found = objections(WITHIN, live_sources=100, gone=gone, fallen=(), went_back=False)

    assert (found == ()) is allowed


def test_a_golden_question_that_falls_is_named() -> None:
    [objection] = objections(WITHIN, live_sources=100, gone=0, fallen=("Wie helpt mij?",), went_back=False)

    assert "‘Wie helpt mij?’" in objection


def test_after_going_back_a_person_must_publish() -> None:
    assert objections(WITHIN, live_sources=100, gone=0, fallen=(), went_back=True)


def test_what_a_person_orders_is_published_whatever_changed() -> None:
    assert objections(Publish.ALWAYS, live_sources=10, gone=10, fallen=("een",), went_back=True) == ()


def test_an_editor_who_wants_to_look_first_can_always_look() -> None:
    assert objections(Publish.NEVER, live_sources=10, gone=0, fallen=(), went_back=False)
