"""Fits the weights of `assistant/evidence.py` on the tuning cases, and chooses the limits of the three bands.

A logistic regression with balanced classes; its probabilities and limits come from 10-fold cross-validation, so no
case judges itself. The reported set is never read here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.domain import Turn
from assistant.steps.find_passages import is_outside
from evals.cases import Case

FEATURES = (
    "fused",
    "covered",
    "covered_together",
    "lexical",
    "beyond",
    "beyond_words",
    "ours",
    "length",
    "foreign",
    "about_me",
    "changes",
    "missing",
    "names",
)
STRENGTH = 0.3
"""Inverse of the L2 regularisation."""

SURE_LOSES, PERHAPS_LOSES = 0.06, 0.01
"""Share of answerable tuning questions that each limit may keep out."""

NOT_JUDGED = ("crisis", "small-talk", "abuse", "too-long", "elsewhere")
"""Groups (by their beginning) that fixed rules answer before any evidence is weighed, or that a source does answer, but
for another place."""


def usable(case: Case, turn: Turn) -> bool:
    """Whether a turn was judged by its evidence and can teach something."""
    skipped = case.group.startswith(NOT_JUDGED) and case.group != "crisis-lookalike"
    judged = turn.evidence is not None and bool(turn.evidence.features)
    return judged and not (skipped or turn.about or is_outside(turn))


def calibrate(cases: Sequence[Case], turns: Sequence[Turn]) -> dict[str, Any]:
    """The content of `calibration.json`, with the figures that say how good it is."""
    pairs = [(c, t) for c, t in zip(cases, turns, strict=True) if c.set == "tune" and usable(c, t)]
    x = np.array([[t.evidence.features[name] for name in FEATURES] for _, t in pairs if t.evidence])
    y = np.array([c.expect.outcomes[0] == "answered" for c, _ in pairs], dtype=int)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000))
    folds = StratifiedKFold(10, shuffle=True, random_state=0)
    chance = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
    sure, perhaps = (float(np.quantile(chance[y == 1], share)) for share in (SURE_LOSES, PERHAPS_LOSES))
    weights, intercept = _unscaled(model.fit(x, y))
    return {
        "intercept": round(intercept, 3),
        "weights": {name: round(weight, 3) for name, weight in zip(FEATURES, weights, strict=True)},
        "sure": round(sure, 3),
        "perhaps": round(perhaps, 3),
        "cases": {"answerable": int(y.sum()), "unanswerable": int(len(y) - y.sum())},
        "cross_validated": {
            "auc": round(float(roc_auc_score(y, chance)), 3),
            "unanswerable_above_sure": round(float((chance[y == 0] >= sure).mean()), 3),
            "unanswerable_above_perhaps": round(float((chance[y == 0] >= perhaps).mean()), 3),
        },
    }


def _unscaled(model: Any) -> tuple[list[float], float]:
    """The weights for features as they are, so that the program needs no scaler."""
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    return [float(w) for w in weights], float(regression.intercept_[0] - (weights * scaler.mean_).sum())


def write_calibration(calibration: dict[str, Any], path: Path) -> None:
    """Writes it where the assistant reads it."""
    path.write_text(json.dumps(calibration, indent=2) + "\n", encoding="utf-8")
