"""For which municipality somebody asks: by the place that is named, the one that was chosen, or the conversation.

Some names stand on the map of Drenthe more than once: there is an Alteveer in three municipalities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.domain import Exchange, Place
from assistant.language.places import Mention, municipalities


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The places that are meant, the municipality to answer for, and `choices` when its name does not tell which."""

    places: tuple[Place, ...] = ()
    municipality: str | None = None
    choices: tuple[str, ...] = ()


def locate(mentions: Sequence[Mention], chosen: str | None, history: Sequence[Exchange]) -> Whereabouts:
    """A place in the question goes first, then the chosen municipality, then the one of the conversation.

    Of several places of one name it is the one in a municipality that the question, the choice or the conversation
    names; without such a hint all of them stay, and their municipalities are the choices.
    """
    clear = municipalities(mention.place for mention in mentions if not mention.namesakes)
    earlier = [e.municipality for e in reversed(history) if e.municipality]
    hints = [*clear, *([chosen] if chosen else []), *earlier]
    meant = [_meant(mention, hints) for mention in mentions]
    places = tuple(dict.fromkeys(place for found in meant for place in found))
    if not places:
        return Whereabouts(municipality=next(iter(hints), None))
    sure = municipalities(found[0] for found in meant if len(found) == 1)
    if sure or not municipalities(places):
        return Whereabouts(places, next(iter(sure), None))
    return Whereabouts(places, None, municipalities(places))


def _meant(mention: Mention, hints: Iterable[str]) -> tuple[Place, ...]:
    """The place, or every place of its name when no hint tells which."""
    options = (mention.place, *mention.namesakes)
    return next(((place,) for hint in hints for place in options if place.municipality == hint), options)
