"""The front matter of a corpus file: Dutch keys for editors, checked strictly, with the line of every mistake."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

import phonenumbers
import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, HttpUrl, ValidationError

from assistant.domain import COUNTRY, MUNICIPALITIES, PROVINCE, THEMES, TOPICS, Audience, Contact, Kind, Source
from assistant.language.sentences import split_sentences
from assistant.yaml_text import LOADER, read_yaml

NATIONAL_SHORT_NUMBERS = frozenset({"113", "144"})
"""Dialled as they are, but unknown to the phonenumbers library."""

DATE = re.compile(r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$")


def dutch_phone(value: str) -> str:
    """A number that can be dialled in the Netherlands, as written."""
    if value in NATIONAL_SHORT_NUMBERS:
        return value
    try:
        number = phonenumbers.parse(value, "NL")
    except phonenumbers.NumberParseException as exc:
        raise ValueError(f"{value!r} is not a phone number; write for example 0591 68 08 00") from exc
    if not (phonenumbers.is_valid_number(number) or phonenumbers.is_valid_short_number_for_region(number, "NL")):
        raise ValueError(
            f"{value!r} is not a Dutch phone number; write for example 0591 68 08 00, 14 0591 or 0800-2000"
        )
    return value


def source_date(value: object) -> object:
    """YAML reads 2023 as a number and 2023-05-01 as a date; both are kept as they were written."""
    # Of a list, made to be repeated without end, not even the text is made.
    text = str(value) if isinstance(value, str | int | date) else ""
    if not DATE.match(text):
        raise ValueError(f"{text!r} is not a date; write 2023, 2023-05 or 2023-05-01")
    return text


def one_of(*allowed: str) -> AfterValidator:
    """Refuses a word outside a fixed list, and names the list."""

    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is unknown; write one of: {', '.join(allowed)}")
        return value

    return AfterValidator(check)


Text = Annotated[
    str, Field(min_length=1), BeforeValidator(lambda v: str(v).strip() if isinstance(v, str | int | float) else v)
]
Municipality = Annotated[str, one_of(*MUNICIPALITIES, PROVINCE, COUNTRY)]
DateText = Annotated[str, BeforeValidator(source_date)]


class ContactMatter(BaseModel):
    """The key `contact`."""

    model_config = ConfigDict(extra="forbid")

    telefoon: Annotated[Text, AfterValidator(dutch_phone)] | None = None
    email: Annotated[str, Field(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$")] | None = None
    adres: Text | None = None
    website: HttpUrl | None = None
    openingstijden: Text | None = None
    kosten: Text | None = None

    def to_contact(self) -> Contact:
        """The same in the words of the domain."""
        website = str(self.website).rstrip("/") if self.website else None
        return Contact(self.telefoon, self.email, self.adres, website, self.openingstijden, self.kosten)


class FrontMatter(BaseModel):
    """All keys of a corpus file, as `corpus/README.md` explains them to editors."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    titel: Text
    soort: Kind
    organisatie: Text | None = None
    gemeenten: Annotated[list[Municipality], Field(min_length=1)]
    themas: Annotated[list[Annotated[str, one_of(*THEMES)]], Field(min_length=1)]
    onderwerpen: Annotated[list[Annotated[str, one_of(*TOPICS)]], Field(min_length=1)]
    doelgroep: Annotated[list[Audience], Field(min_length=1)]
    contact: ContactMatter = ContactMatter()
    bron: HttpUrl
    bron_titel: Text
    uitgever: Text
    bron_datum: DateText | None = None
    gecontroleerd: Annotated[date, Field()]
    loket: Literal[True] | None = None
    vragen: Annotated[list[Text], Field(max_length=12)] = []
    verwijst_naar: list[str] = []
    uitgesloten: Literal[True] | None = None
    """Kept in the corpus, but left out of the index."""
    voorrang: Literal[-1, 1] | None = None
    bewerkt_door: Text | None = None
    bewerkt_op: date | None = None

    def to_source(self, text: str) -> Source:
        """The source, with `text` as its body."""
        return Source(
            id=self.id,
            title=self.titel,
            kind=self.soort,
            url=str(self.bron),
            url_title=self.bron_titel,
            publisher=self.uitgever,
            checked=self.gecontroleerd.isoformat(),
            text=text,
            organisation=self.organisatie,
            municipalities=tuple(self.gemeenten),
            themes=tuple(self.themas),
            topics=tuple(self.onderwerpen),
            audience=tuple(self.doelgroep),
            contact=self.contact.to_contact(),
            date=self.bron_datum,
            desk=bool(self.loket),
            questions=tuple(self.vragen),
            boost=self.voorrang or 0,
            sentences=tuple(split_sentences(text)),
        )


def parse_front_matter(block: str) -> tuple[FrontMatter | None, list[tuple[int, str]]]:
    """The front matter, and each mistake with its line number in the file (the opening `---` is line 1)."""
    try:
        values = read_yaml(block)
    except (yaml.YAMLError, ValueError, RecursionError) as exc:  # ValueError: a date such as 2026-02-30
        mark = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None) or str(exc).partition("\n")[0]
        return None, [
            (mark.line + 2 if mark else 1, f"front matter: not valid YAML ({problem}); check colons and quotes")
        ]
    if not isinstance(values, dict):
        return None, [(1, "front matter: no keys; start the file with `---`, `id: …`, `titel: …`")]
    try:
        return FrontMatter.model_validate(values), []
    except ValidationError as exc:
        lines = _key_lines(block)
        return None, [_problem(dict(error), lines) for error in exc.errors()]


def _problem(error: dict[str, Any], lines: dict[str, int]) -> tuple[int, str]:
    path = [str(part) for part in error["loc"]]
    field = ".".join(path)
    message = {
        "missing": "is missing; add it",
        "extra_forbidden": "is not a key that we know; see corpus/README.md for the keys",
    }.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
    line = next((lines[".".join(path[:n])] for n in range(len(path), 0, -1) if ".".join(path[:n]) in lines), 1)
    return line, f"{field}: {message}"


def _key_lines(block: str) -> dict[str, int]:
    """`contact.telefoon` → the line in the file where that key stands."""
    lines: dict[str, int] = {}
    seen: set[int] = set()

    def visit(node: yaml.Node | None, path: tuple[str, ...]) -> None:
        if id(node) in seen:  # an alias: what it repeats has its lines already
            return
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                lines[".".join([*path, str(key.value)])] = key.start_mark.line + 2
                visit(value, (*path, str(key.value)))
        elif isinstance(node, yaml.SequenceNode):
            for n, item in enumerate(node.value):
                lines[".".join([*path, str(n)])] = item.start_mark.line + 2
                visit(item, (*path, str(n)))

    visit(yaml.compose(block, Loader=LOADER), ())
    return lines
