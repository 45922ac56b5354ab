"""The same questions to two generations."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Answer, Outcome
from assistant.errors import CorpusError
from ingest.replaying import Golden, read_golden, unknown_sources
from tests.fakes import a_citation


def test_the_golden_questions_of_our_own_corpus_can_be_read(real_corpus: Path) -> None:
    golden = read_golden(real_corpus)

    assert len(golden) >= 10
    assert {question.verwacht for question in golden} == {"antwoord", "crisis", "geen antwoord"}


def test_a_corpus_without_golden_questions_has_none(tmp_path: Path) -> None:
    assert read_golden(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [("- vraag: [", "not valid YAML"), ("- vrag: Wie helpt?", "vrag"), ("- vraag: Wie?\n  verwacht: x", "verwacht")],
    ids=["no YAML", "an unknown key", "an unknown value"],
)
def test_a_mistake_in_the_file_is_told(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "proefvragen.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(CorpusError, match=problem):
        read_golden(tmp_path)


def test_a_golden_question_that_names_an_unknown_source_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "proefvragen.yaml").write_text("- vraag: Wie helpt?\n  bronnen: [een, twee]\n", encoding="utf-8")

    [problem] = unknown_sources(tmp_path, frozenset({"een"}))

    assert "'twee' does not exist" in problem


@pytest.mark.parametrize(
    ("golden", "answer", "passes"),
    [
        (Golden(vraag="Wie helpt?"), Answer(Outcome.ANSWERED, ""), True),
        (Golden(vraag="Wie helpt?"), Answer(Outcome.ANSWERED_ELSEWHERE, ""), True),
        (Golden(vraag="Wie helpt?"), Answer(Outcome.UNANSWERABLE, ""), False),
        (Golden(vraag="Wie helpt?", bronnen=("emmen-inloop",)), Answer(Outcome.ANSWERED, "", (a_citation(),)), True),
        (Golden(vraag="Wie helpt?", bronnen=("anders",)), Answer(Outcome.ANSWERED, "", (a_citation(),)), False),
        (Golden(vraag="Help", verwacht="crisis"), Answer(Outcome.CRISIS_SUICIDE, ""), True),
        (Golden(vraag="Help", verwacht="crisis"), Answer(Outcome.ANSWERED, ""), False),
        (Golden(vraag="Het weer", verwacht="geen antwoord"), Answer(Outcome.REFUSED_OFF_TOPIC, ""), True),
        (Golden(vraag="Het weer", verwacht="geen antwoord"), Answer(Outcome.ANSWERED, ""), False),
        (Golden(vraag="Het weer", verwacht="geen antwoord"), Answer(Outcome.FAILED, ""), False),
    ],
)
def test_a_golden_question_passes_by_what_is_expected(golden: Golden, answer: Answer, passes: bool) -> None:
    assert golden.passes(answer) is passes
