"""Learns `assistant/rules/meaning.json`: which crisis, refusal or question of ours a vector means.

The examples of the rules, those of `buiten-bereik.yaml` and the questions of the sources teach; golden cases never do,
so that they can judge what was learned.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.domain import Beyond
from assistant.rules.examples import NO_CRISIS, load_examples, load_refusals
from assistant.rules.matching import find_crisis
from assistant.rules.meaning import BEYOND, OURS

MEANING = Path(__file__).parent.parent / "assistant" / "rules" / "meaning.json"

STRENGTH = 60.0
"""Inverse of the L2 regularisation; from 30 to 100 the tuning cases fare alike."""

WEIGHT_OF_CORPUS = 0.25
"""What a question of a source, or one that no source answers, counts for beside an example of the rules: of those in
the corpus there are five times as many as crises."""

DIGITS = 2
FOLDS = 5


def lessons(beyond: Sequence[Beyond], questions: Sequence[str]) -> dict[str, str]:
    """Question → subject. `beyond` are the examples of the corpus, `questions` those of its sources.

    A question of a helpline that is a crisis in itself (“ik wil niet meer leven”) teaches nothing.
    """
    ours = {question: OURS for question in questions if find_crisis(question) is None}
    unknown = {example.question: BEYOND for example in beyond}
    taught = {e.question: OURS if e.subject == NO_CRISIS else e.subject for e in (*load_examples(), *load_refusals())}
    return {**ours, **unknown, **taught}


class Embeds(Protocol):
    """The part of an `Embedder` that learning needs."""

    @property
    def name(self) -> str:
        """The model as the setting names it."""

    def embed_questions(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector per question, in the same order."""


def learn(subject_of: Mapping[str, str], embedder: Embeds, light: Collection[str] = ()) -> dict[str, Any]:
    """The content of `meaning.json`, with the share of the lessons that a model without them gets right.

    A question of `light` counts for `WEIGHT_OF_CORPUS`, any other for one.
    """
    texts, subjects = list(subject_of), np.array(list(subject_of.values()))
    vectors = np.array(embedder.embed_questions(texts), dtype=np.float64)
    centre = vectors.mean(axis=0)
    counts = np.array([WEIGHT_OF_CORPUS if text in light else 1.0 for text in texts])
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    guessed = cross_val_predict(model, vectors - centre, subjects, cv=folds, params={"sample_weight": counts})
    model.fit(vectors - centre, subjects, sample_weight=counts)
    constants = model.intercept_ - model.coef_ @ centre
    rows = zip(model.classes_, model.coef_, constants, strict=True)
    return {
        "model": embedder.name,
        "lessons": dict(sorted(Counter(subjects.tolist()).items())),
        "cross_validated": recalls(subjects.tolist(), guessed.tolist()),
        "subjects": {
            str(subject): {"constant": round(float(constant), 3), "weights": [round(float(w), DIGITS) for w in weights]}
            for subject, weights, constant in rows
        },
    }


def recalls(subjects: Sequence[str], guessed: Sequence[str]) -> dict[str, float]:
    """Of each subject, the share that was guessed right."""
    right = Counter(subject for subject, guess in zip(subjects, guessed, strict=True) if subject == guess)
    return {subject: round(right[subject] / count, 3) for subject, count in sorted(Counter(subjects).items())}


def write_learned(learned: Mapping[str, Any], path: Path) -> None:
    """Writes it where the assistant reads it, a line for each subject."""
    head = {key: value for key, value in learned.items() if key != "subjects"}
    lines = [f"    {json.dumps(subject)}: {json.dumps(row)}" for subject, row in learned["subjects"].items()]
    text = json.dumps(head, indent=2).removesuffix("\n}")
    path.write_text(f'{text},\n  "subjects": {{\n' + ",\n".join(lines) + "\n  }\n}\n", encoding="utf-8")
