"""The second net: examples by which a question is recognised on meaning where no rule matches its words.

The rules come first and need nothing; these examples are embedded with the corpus and cost no extra time, since the
question's vector is there anyway. A question belongs to the outcome of its nearest example only if it lies clearly
nearer to that than to anything else we know, the questions of the sources included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files

from pydantic import TypeAdapter

from assistant.domain import Beyond, Outcome
from assistant.yaml_text import read_yaml

NO_CRISIS = "geen_crisis"
LEAD: Mapping[Outcome, float] = {
    Outcome.CRISIS_SUICIDE: 0.014,
    Outcome.CRISIS_DANGER: 0.016,
    Outcome.CRISIS_VIOLENCE: 0.014,
    Outcome.REFUSED_UNSAFE: 0.005,
    Outcome.REFUSED_MEDICAL: 0.012,
    Outcome.REFUSED_PERSONAL_ADVICE: 0.008,
    Outcome.REFUSED_OFF_TOPIC: 0.008,
    Outcome.SMALL_TALK: 0.01,
}
"""By how much (in cosine) an example must lead; chosen on the tuning set, where false alarms begin."""


OURS = frozenset({"lookalikes", "distress", "calm", "in_scope"})
"""Tables of phrases that only look like a crisis or a refusal: they speak against one."""


def load_examples() -> tuple[Beyond, ...]:
    """All examples; `subject` is the value of an `Outcome`, or `geen_crisis` for what only looks like one.

    Next to `examples.yaml` these are the phrases that the rules are tested on (`phrases.yaml`), but not the refusals:
    the rules find those anyway, and many name a topic of ours (`reken uit hoeveel bijstand ik krijg`).
    """
    found: dict[str, Beyond] = {}
    for name in ("examples.yaml", "phrases.yaml"):
        text = (files(__package__) / name).read_text(encoding="utf-8")
        table = TypeAdapter(dict[str, list[str]]).validate_python(read_yaml(text))
        for subject, questions in table.items():
            for question in questions:
                if not (name == "phrases.yaml" and subject.startswith("refused_")):
                    found.setdefault(question, Beyond(question, NO_CRISIS if subject in OURS else subject))
    return tuple(found.values())


def load_refusals() -> tuple[Beyond, ...]:
    """The refusals of `phrases.yaml`, which teach `evals/learning.py` and are no examples of the index."""
    text = (files(__package__) / "phrases.yaml").read_text(encoding="utf-8")
    table = TypeAdapter(dict[str, list[str]]).validate_python(read_yaml(text))
    refused = {subject: questions for subject, questions in table.items() if subject.startswith("refused_")}
    return tuple(Beyond(question, subject) for subject, questions in refused.items() for question in questions)


def nearest_outcome(nearest: Sequence[Beyond], best_source: float, lead: float | None = None) -> Outcome | None:
    """The outcome whose example clearly leads, None when there is none.

    `nearest` has the nearest example of each subject; `best_source` is the cosine of the nearest question of a source;
    `lead` replaces the lead that `LEAD` asks for.
    """
    if not nearest:
        return None
    first, *others = sorted(nearest, key=lambda example: -example.score)
    if first.subject not in set(Outcome):
        return None
    outcome = Outcome(first.subject)
    rivals = [e.score for e in others if not (outcome.is_crisis and e.subject.startswith("crisis_"))]
    return outcome if first.score - max([best_source, *rivals]) >= (LEAD[outcome] if lead is None else lead) else None
