"""What of a source goes into a generation."""

from __future__ import annotations

from ingest.building import crises_of
from tests.fakes import a_source


def test_a_question_that_is_a_crisis_in_itself_is_not_indexed() -> None:
    questions = ["mijn man slaat me en ik durf niet naar de politie", "Wat doet Veilig Thuis?"]

    assert crises_of(a_source(topics=["veiligheid"], questions=questions)) == {questions[0]}


def test_only_sources_on_serious_topics_are_looked_at() -> None:
    assert crises_of(a_source(topics=["vervoer"], questions=["ik wil niet meer leven"])) == frozenset()
