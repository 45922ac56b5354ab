"""Says in Dutch what is wrong with a field; pydantic only says it in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from web.problems import Problem

SENTENCES: Mapping[str, str] = {
    "missing": "Het veld ‘{field}’ ontbreekt.",
    "extra_forbidden": "Het veld ‘{field}’ kennen we niet. Laat het weg.",
    "string_type": "Het veld ‘{field}’ moet tekst zijn.",
    "string_too_long": "Het veld ‘{field}’ mag hoogstens {max_length} tekens lang zijn.",
    "uuid_parsing": "Het veld ‘{field}’ moet een UUID zijn; laat het leeg voor een nieuw gesprek.",
    "uuid_type": "Het veld ‘{field}’ moet een UUID zijn; laat het leeg voor een nieuw gesprek.",
    "int_parsing": "Het veld ‘{field}’ moet een heel getal zijn.",
    "greater_than_equal": "Het veld ‘{field}’ moet {ge} of hoger zijn.",
    "less_than_equal": "Het veld ‘{field}’ mag hoogstens {le} zijn.",
    "json_invalid": "Dit is geen geldige JSON.",
    "model_attributes_type": "Stuur een JSON-object, met ‘Content-Type: application/json’.",
    "dict_type": "Stuur een JSON-object, met ‘Content-Type: application/json’.",
}
LONGEST_NAME = 60
"""Characters of a name that somebody sent, as far as we repeat it."""
OURS = frozenset({"not_allowed", "empty_question", "broken_text"})
"""Types of our own errors (`web/fields.py`): their message is the Dutch sentence."""


def problem_of_fields(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """One problem for all fields that are wrong; `errors` names each of them."""
    sentences = [sentence_for(error) for error in errors]
    members = [{"field": field_of(e), "detail": sentence} for e, sentence in zip(errors, sentences, strict=True)]
    return Problem(422, " ".join(dict.fromkeys(sentences)), errors=members)


def sentence_for(error: Mapping[str, Any]) -> str:
    """One Dutch sentence for one error of pydantic. It never repeats what was typed."""
    kind = str(error["type"])
    if kind in OURS:
        return str(error["msg"])
    template = SENTENCES.get(kind, "Het veld ‘{field}’ klopt niet.")
    return template.format(field=field_of(error), **error.get("ctx", {}))


def field_of(error: Mapping[str, Any]) -> str:
    """The name of the field that is wrong, or `body` when that is the whole."""
    names = [part for part in error["loc"] if isinstance(part, str)]
    return names[-1][:LONGEST_NAME]
