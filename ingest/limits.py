"""Decides whether a refresh may publish by itself, or must wait for an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MOST_GONE = 0.2
"""Share of the live sources that may vanish without a person looking."""


class Publish(StrEnum):
    """When a refresh publishes what it built."""

    ALWAYS = "always"
    """A person asked for it, or there is nobody to ask."""
    WITHIN_LIMITS = "within_limits"
    NEVER = "never"
    """An editor wants to look first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that visitors asked, redacted, and where they asked it for; `times` is how often."""

    question: str
    municipality: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What a refresh is asked to do."""

    publish: Publish = Publish.ALWAYS
    crawl: bool = False
    """Whether followed sites are visited; what is known of them is always taken along."""
    site: str | None = None
    """The one site to visit, whether it is due or not; None visits those that are due."""
    replay: bool = False
    """Whether the golden questions, and `asked`, are put to the live generation and to the new one."""
    asked: tuple[Asked, ...] = field(default=())


def objections(
    publish: Publish, *, live_sources: int, gone: int, fallen: Sequence[str], went_back: bool
) -> tuple[str, ...]:
    """Why a person must look first, in Dutch; empty when it may be published now."""
    if publish is Publish.ALWAYS:
        return ()
    if publish is Publish.NEVER:
        return ("Je wilde zelf eerst kijken.",)
    found = []
    if live_sources and gone / live_sources > MOST_GONE:
        found.append(
            f"Er zouden {gone} van de {live_sources} bronnen verdwijnen. Dat is meer dan {round(100 * MOST_GONE)} %."
        )
    found += [f"De proefvraag ‘{question}’ wordt niet meer goed beantwoord." for question in fallen]
    if went_back:
        found.append("Er is een oudere versie teruggezet. Publiceer zelf als het weer mag.")
    return tuple(found)
