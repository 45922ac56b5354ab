"""Learns `assistant/rules/meaning.json`: which crisis, refusal or question of ours a vector means.

The examples of the rules, those of `buiten-bereik.yaml` and the questions of the sources teach; golden cases never do,
so that they can judge what was learned.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.domain import Beyond
from assistant.embedding import Embedder, encode_questions
from assistant.rules.examples import NO_CRISIS, load_examples, load_refusals
from assistant.rules.matching import find_crisis
from assistant.rules.meaning import BEYOND, OURS

MEANING = Path(__file__).parent.parent / "assistant" / "rules" / "meaning.json"

UNITS, PENALTY, ROUNDS, BATCH = 16, 1.0, 12, 128
"""Hidden units, L2 penalty, passes over the lessons, and how many of these teach at once. With 16 to 64 units, a
penalty of 0.3 to 2 and twice as many passes it fares alike."""

VOICES = 6
"""Networks that begin differently and are heard together: they raise fewer false alarms than one as large, and six of
them none on the look-alikes of the tuning set, where three raise two."""

WEIGHT_OF_CORPUS = 0.25
"""What a question of a source, or one that no source answers, counts for beside an example of the rules: of those in
the corpus there are five times as many as crises."""

DIGITS = 2
"""Significant digits of a weight that are written."""

FOLDS = 5


def lessons(beyond: Sequence[Beyond], questions: Sequence[str]) -> dict[str, str]:
    """Question → subject. `beyond` are the examples of the corpus, `questions` those of its sources.

    A question of a helpline that is a crisis in itself (“ik wil niet meer leven”) teaches nothing.
    """
    ours = {question: OURS for question in questions if find_crisis(question) is None}
    unknown = {example.question: BEYOND for example in beyond}
    taught = {e.question: OURS if e.subject == NO_CRISIS else e.subject for e in (*load_examples(), *load_refusals())}
    return {**ours, **unknown, **taught}


def learn(
    subject_of: Mapping[str, str], embedder: Embedder, light: Collection[str] = (), rounds: int = ROUNDS
) -> dict[str, Any]:
    """The content of `meaning.json`, with the share of the lessons that a model without them gets right.

    A question of `light` counts for `WEIGHT_OF_CORPUS`, any other for one. With an embedder that tells no layers both
    networks read its vectors.
    """
    texts, subjects = list(subject_of), np.array(list(subject_of.values()))
    encodings = encode_questions(embedder, texts)
    vectors = np.array([encoding.vector for encoding in encodings])
    layers = np.array([e.vector if e.layers is None else e.layers for e in encodings])
    counts = np.array([WEIGHT_OF_CORPUS if text in light else 1.0 for text in texts])
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    weighted = {"mlpclassifier__sample_weight": counts}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is meant: it keeps the weights small
        warnings.filterwarnings("ignore", "Got `batch_size`", UserWarning)  # fewer lessons than that are one batch
        guessed = cross_val_predict(_model(rounds), layers, subjects, cv=folds, params=weighted)
        of_layers, of_vector = (
            [_model(rounds, seed).fit(inputs, subjects, **weighted) for seed in range(VOICES)]
            for inputs in (layers, vectors)
        )
    return {
        "model": embedder.name,
        "lessons": dict(sorted(Counter(subjects.tolist()).items())),
        "cross_validated": recalls(subjects.tolist(), guessed.tolist()),
        "subjects": of_layers[0].classes_.tolist(),
        "of_layers": weights(of_layers),
        "of_vector": weights(of_vector),
    }


def _model(rounds: int, seed: int = 0) -> Any:
    network = MLPClassifier((UNITS,), alpha=PENALTY, batch_size=BATCH, max_iter=rounds, random_state=seed)
    return make_pipeline(StandardScaler(), network)


def weights(models: Sequence[Any]) -> dict[str, list[list[float]]]:
    """The weights of one network that gives the mean of the scores of several, and reads what was not scaled before."""
    hidden, constants, scores = [], [], []
    for scaler, network in models:
        scaled = network.coefs_[0].T / scaler.scale_
        hidden.append(scaled)
        constants.append(network.intercepts_[0] - scaled @ scaler.mean_)
        scores.append(network.coefs_[1].T / len(models))
    added = np.mean([network.intercepts_[1] for _, network in models], axis=0)
    return {
        "hidden": rounded(np.column_stack([np.concatenate(hidden), np.concatenate(constants)])),
        "scores": rounded(np.column_stack([*scores, added])),
    }


def rounded(numbers: NDArray[np.float64]) -> list[list[float]]:
    """Rows of numbers with `DIGITS` significant digits."""
    return [[float(f"{number:.{DIGITS}g}") for number in row] for row in numbers]


def recalls(subjects: Sequence[str], guessed: Sequence[str]) -> dict[str, float]:
    """Of each subject, the share that was guessed right."""
    right = Counter(subject for subject, guess in zip(subjects, guessed, strict=True) if subject == guess)
    return {subject: round(right[subject] / count, 3) for subject, count in sorted(Counter(subjects).items())}


def write_learned(learned: Mapping[str, Any], path: Path) -> None:
    """Writes it where the assistant reads it, a line for each entry."""
    lines = [f"  {json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in learned.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
