"""A feeling, and nothing else."""

from __future__ import annotations

import pytest

from assistant.language.feelings import says_only_a_feeling


@pytest.mark.parametrize(
    "text", ["eenzaam", "Eenzaam.", "ik ben zo moe", "Ben verdrietig", "bang en alleen", "'k voel me leeg"]
)
def test_a_bare_feeling_is_recognised(text: str) -> None:
    assert says_only_a_feeling(text)


@pytest.mark.parametrize("text", ["", "alleen op maandag", "ik ben moe van het wachten", "eenzaamheid Emmen", "hallo"])
def test_what_says_more_or_something_else_is_none(text: str) -> None:
    assert not says_only_a_feeling(text)
