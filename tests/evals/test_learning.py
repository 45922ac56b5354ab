"""What a vector means is learned from examples, and read back as it was written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Beyond
from assistant.embedding import Encoding
from assistant.rules.meaning import BEYOND, OURS, read_meaning
from evals.learning import learn, lessons, recalls, write_learned
from tests.fakes import HashingEmbedder

GREETINGS = [f"hallo {n}" for n in range(10)]
QUESTIONS = [f"hulp {n}" for n in range(10)]
MANY = 300
"""Passes over lessons as few as these."""
OTHERS = [f"paspoort {n}" for n in range(10)]


class Letters(HashingEmbedder):
    """An encoder that goes by the first word."""

    name = "letters"

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        return [[float(text.startswith(start)) for start in ("hallo", "hulp", "paspoort")] for text in texts]


class Twice(Letters):
    """The same, with a layer more that tells the opposite."""

    def encode_questions(self, texts: Sequence[str]) -> list[Encoding]:
        return [Encoding(tuple(v), np.array([*(1 - x for x in v), *v])) for v in self.embed_questions(texts)]


def test_a_subject_is_learned_from_its_examples(tmp_path: Path) -> None:
    subject_of = {
        **dict.fromkeys(GREETINGS, "small_talk"),
        **dict.fromkeys(QUESTIONS, OURS),
        **dict.fromkeys(OTHERS, BEYOND),
    }

    write_learned(learn(subject_of, Letters(), rounds=MANY), tmp_path / "meaning.json")

    meaning = read_meaning((tmp_path / "meaning.json").read_text(encoding="utf-8"))
    assert meaning.model == "letters"
    assert meaning.shares(Encoding((1.0, 0.0, 0.0)))["small_talk"] > 0.8
    assert meaning.shares(Encoding((0.0, 1.0, 0.0)))[OURS] > 0.8


def test_layers_teach_a_network_of_their_own() -> None:
    subject_of = {
        **dict.fromkeys(GREETINGS, "small_talk"),
        **dict.fromkeys(QUESTIONS, OURS),
        **dict.fromkeys(OTHERS, BEYOND),
    }

    meaning = read_meaning(json.dumps(learn(subject_of, Twice(), rounds=MANY)))

    assert (meaning.of_layers.width, meaning.of_vector.width) == (6, 3)
    for encoding in Twice().encode_questions(["hallo daar", "hulp graag"]):
        told, alone = meaning.shares(encoding), meaning.shares(Encoding(encoding.vector))
        assert told == pytest.approx(alone, abs=0.2)
        assert told != alone


def test_the_corpus_teaches_what_is_ours_and_what_no_source_knows() -> None:
    taught = lessons((Beyond("Hoe verleng ik mijn paspoort?", "burgerzaken"),), ("Wie helpt mij met schulden?",))

    assert taught["Hoe verleng ik mijn paspoort?"] == BEYOND
    assert taught["Wie helpt mij met schulden?"] == OURS
    assert {"crisis_suicide", "refused_unsafe", "small_talk"} <= set(taught.values())
    assert not any(subject.startswith("geen_") for subject in taught.values())


def test_a_question_of_a_helpline_that_is_a_crisis_in_itself_teaches_nothing() -> None:
    taught = lessons((), ("mijn man slaat mij nu al weken", "Wat doet Veilig Thuis?"))

    assert "mijn man slaat mij nu al weken" not in taught
    assert taught["Wat doet Veilig Thuis?"] == OURS


def test_a_light_lesson_counts_for_less() -> None:
    subject_of = {
        **dict.fromkeys(GREETINGS, "small_talk"),
        **dict.fromkeys([f"hallo hulp {n}" for n in range(9)], OURS),
    }
    subject_of |= {**dict.fromkeys(QUESTIONS, OURS), **dict.fromkeys(OTHERS, BEYOND)}

    def share(light: Sequence[str]) -> float:
        learned = learn(subject_of, Letters(), light, rounds=MANY)
        return read_meaning(json.dumps(learned)).shares(Encoding((1.0, 0.0, 0.0)))[OURS]

    assert share([f"hallo hulp {n}" for n in range(9)]) < share([])


def test_recall_is_told_for_each_subject() -> None:
    assert recalls(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx({"a": 0.5, "b": 1.0})
