"""Reads and checks the rule tables, and compiles them once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import sleep
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.domain import Outcome
from assistant.kept import kept
from assistant.rules.folding import fold
from assistant.rules.phrases import Phrase, compile_filler, compile_phrase
from assistant.rules.spelling import Spelling
from assistant.yaml_text import read_yaml

Compile = Callable[[str], Phrase]

TABLES = ("crisis", "boundaries", "distance")
"""The tables that there are."""

PAUSE = 0.001
"""Seconds that compiling stands aside after each phrase."""


def _phrases(value: object) -> object:
    """A block of text is a list of phrases, one a line; a phrase goes on where a bracket is still open."""
    if not isinstance(value, str):
        return value
    found: list[str] = []
    for line in filter(None, map(str.strip, value.splitlines())):
        if found and _is_open(found[-1]):
            found[-1] += line
        elif not line.startswith("#"):
            found.append(line)
    return tuple(found)


def _is_open(phrase: str) -> bool:
    return phrase.count("(") + phrase.count("[") > phrase.count(")") + phrase.count("]")


def _alternatives(value: object) -> object:
    """A list of words is written with `|` and may run over several lines."""
    return " ".join(value.split()) if isinstance(value, str) else value


Phrases = Annotated[tuple[str, ...], BeforeValidator(_phrases)]


class RuleRow(BaseModel):
    """A group of phrases with one reason. `whole`: the text must consist of these phrases and nothing else.

    `certain`: what it finds is never taken for a figure of speech, a story or the past.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9-]+$")
    uitleg: str = Field(min_length=10)
    bron: str = Field(min_length=3)
    whole: bool = False
    certain: bool = False
    patterns: Phrases = Field(min_length=1)
    exceptions: Phrases = Field(default=(), alias="except")


class TierRow(BaseModel):
    """Rules with one outcome; a tier without an outcome only marks the tone of the answer.

    What stands in its `except` is an exception to each of its rules.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    outcome: Outcome | None
    exceptions: Phrases = Field(default=(), alias="except")
    rules: tuple[RuleRow, ...] = Field(min_length=1)


class TableRow(BaseModel):
    """A rule table as the editor writes it, the tiers in order of precedence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    filler: str
    spelling: dict[str, Annotated[int, Field(ge=1, le=3)]] = {}
    lists: dict[str, Annotated[str, BeforeValidator(_alternatives)]] = {}
    tiers: tuple[TierRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule of one tier; a match that overlaps an exception does not count."""

    name: str
    tier: str
    outcome: Outcome | None
    patterns: tuple[Phrase, ...]
    exceptions: tuple[Phrase, ...]
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Compiled rules in order of precedence, and how the words they know may be spelt."""

    rules: tuple[Rule, ...]
    spelling: Spelling
    phrases: PhraseIndex


class PhraseIndex:
    """Finds the few phrases of a table that a text may hold by its words, instead of trying a thousand."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._phrases = [(rule, phrase) for rule in rules for phrase in rule.patterns]
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (_, phrase) in enumerate(self._phrases):
            fewest = min(phrase.needs, key=len, default=None)
            if fewest is None:
                self._always.append(place)
            for word in fewest or ():
                self._by_word[word].append(place)

    def near(self, vocabulary: frozenset[str]) -> list[tuple[Rule, Phrase]]:
        """The phrases that may match a text of these words, each with its rule, in order of precedence."""
        places = {*self._always, *(place for word in vocabulary for place in self._by_word.get(word, ()))}
        found = (self._phrases[place] for place in sorted(places))
        return [(rule, phrase) for rule, phrase in found if phrase.may_match(vocabulary)]


def _written(name: str) -> Path:
    return Path(__file__).parent / f"{name}.yaml"


@cache
@kept(lambda name: [_written(name)])
def load_table(name: str) -> Table:
    """The table `name`.yaml of this package. Raises pydantic's `ValidationError` when it is not well formed."""
    row = TableRow.model_validate(read_yaml(_written(name).read_text("utf-8")))
    compiled = partial(compile_phrase, lists=row.lists, filler=compile_filler(row.filler))
    rules = tuple(_compile_rule(rule, tier, compiled) for tier in row.tiers for rule in tier.rules)
    words = Counter(word for rule in rules for phrase in rule.patterns + rule.exceptions for word in phrase.words)
    words.update(fold(row.filler).split())
    spelling = Spelling(words, {fold(word): allowed for word, allowed in row.spelling.items()})
    return Table(rules, spelling, PhraseIndex(rules))


def compile_phrases() -> int:
    """Compiles every phrase of every table, in some two seconds; else each is when a first text may hold it.

    Gives how many there are. Made for a thread beside running answers: it stands aside after each phrase, since
    compiling holds the interpreter.
    """
    compiled = set()
    for rule in (rule for name in TABLES for rule in load_table(name).rules):
        for phrase in rule.patterns + rule.exceptions:
            compiled.add(phrase.pattern)
            sleep(PAUSE)
    return len(compiled)


def _compile_rule(row: RuleRow, tier: TierRow, compiled: Compile) -> Rule:
    patterns = (_as_whole(row.patterns),) if row.whole else row.patterns
    exceptions = row.exceptions + tier.exceptions
    patterns_and_exceptions = tuple(map(compiled, patterns)), tuple(map(compiled, exceptions))
    return Rule(row.name, tier.name, tier.outcome, *patterns_and_exceptions, row.certain)


def _as_whole(patterns: tuple[str, ...]) -> str:
    """One phrase that spans a text of at most four of these phrases."""
    one = f"[.] ({' | '.join(patterns)})"
    return f"^ {one} [{one}] [{one}] [{one}] $"
