"""Makes files of the corpus out of what others hand over: a table of services, or one text, with what holds for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import CorpusError, UnreadableFile
from assistant.language.analysis import fold
from assistant.yaml_text import read_yaml
from ingest.editing import Draft, find_source, problems_in, read_draft, source_files, write_source
from ingest.readers import READERS, CsvReader, Extract, Reader, XlsxReader, read_content
from ingest.screening.screening import screen

LISTS = ("gemeenten", "themas", "onderwerpen", "doelgroep")
"""Keys with more than one value; in a cell there is a comma or a semicolon between them."""
NAME_WORDS = 8


class Plan(BaseModel):
    """How a file is read: `kolommen` is column → key of a source, `vast` what every source of it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kolommen: Mapping[str, str] | None = None
    vast: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import comes to: the drafts that may be written, and per source what is wrong."""

    drafts: tuple[Draft, ...] = ()
    problems: tuple[str, ...] = field(default=())


def read_plan(path: Path) -> Plan:
    """The plan in a YAML file. Raises `CorpusError`."""
    try:
        return Plan.model_validate(read_yaml(path.read_text(encoding="utf-8")) or {})
    except OSError as exc:
        raise CorpusError([f"{path}:1: cannot be read ({exc.strerror})"]) from exc
    except (yaml.YAMLError, ValidationError, ValueError) as exc:
        raise CorpusError([f"{path}:1: no plan; it may have the keys `kolommen` and `vast` ({exc})"]) from exc


def read_import(corpus: Path, file: Path, plan: Plan, *, again: bool = False) -> Imported:
    """The sources in a file, checked as every source is; nothing is written.

    With `again` a source whose id is in the corpus takes the place of that file, and keeps its example questions.
    Raises `CorpusError` when the file or the plan cannot be used at all.
    """
    try:
        extracts = read_content(file.read_bytes(), file.name, readers=readers(plan))
    except (OSError, UnreadableFile, ValueError) as exc:
        raise CorpusError([f"{file}:1: {exc}"]) from exc
    known = {source.id for source in source_files(corpus)}
    drafts = [draft_of(extract, plan) for extract in extracts]
    counts = Counter(str(draft.values["id"]) for draft in drafts)
    kept, problems = list[Draft](), list[str]()
    for extract, draft in zip(extracts, drafts, strict=True):
        id = str(draft.values["id"])
        wrong = list(wrong_with(extract, draft))
        wrong += [f"id: {id!r} stands in it {counts[id]} times"] if counts[id] > 1 else []
        wrong += [f"id: {id!r} is in the corpus; say --again to replace it"] if id in known and not again else []
        problems += [f"{file}: {extract.title}: {problem}" for problem in wrong]
        kept.append(over(corpus, draft) if id in known and again and not wrong else draft)
    return Imported(tuple(kept), tuple(problems))


def write_import(corpus: Path, drafts: tuple[Draft, ...], author: str) -> list[Path]:
    """Writes the drafts of an import without problems. Raises as `write_source` does."""
    return [write_source(corpus, draft, author) for draft in drafts]


def readers(plan: Plan) -> tuple[Reader, ...]:
    """Every reader, those of tables with the columns of the plan. Raises `ValueError` for a key that does not exist."""
    if plan.kolommen is None:
        return READERS
    others = tuple(reader for reader in READERS if not isinstance(reader, CsvReader | XlsxReader))
    return (CsvReader(plan.kolommen), XlsxReader(plan.kolommen), *others)


def draft_of(extract: Extract, plan: Plan) -> Draft:
    """One source: what its own row or text says goes before what holds for all. Nothing else is filled in but today."""
    values: dict[str, Any] = {"titel": extract.title, "gecontroleerd": date.today().isoformat(), **plan.vast}
    contact = dict(values.pop("contact", None) or {})
    for key, value in extract.fields.items():
        if key.startswith("contact."):
            contact[key.removeprefix("contact.")] = value
        else:
            values[key] = parts_of(value) if key in LISTS else value
    values |= {"contact": contact} if contact else {}
    return Draft({"id": values.pop("id", None) or name_of(values), **values}, extract.text.strip())


def wrong_with(extract: Extract, draft: Draft) -> Iterator[str]:
    """What the check of the corpus says, and what must not come in without a person having seen it."""
    yield from (f"{key}: {problem}" for key, problem in problems_in(draft).items())
    _, flags = screen(extract)
    yield from (f"text: {flag.kind}: {flag.quote!r}" for flag in flags if flag.holds)


def over(corpus: Path, draft: Draft) -> Draft:
    """The draft in the place of the file that has its id."""
    path = find_source(corpus, str(draft.values["id"]))
    if path is None:
        return draft
    before = read_draft(path)
    questions = {"vragen": before.values["vragen"]} if "vragen" in before.values else {}
    return replace(draft, values={**questions, **draft.values}, digest=before.digest)


def parts_of(cell: str) -> list[str]:
    """The values in one cell."""
    return [part.strip() for part in re.split(r"[;,]", cell) if part.strip()]


def name_of(values: Mapping[str, Any]) -> str:
    """An id that follows from the title, with the municipality before it when it is of one."""
    places = values.get("gemeenten")
    words = re.findall(r"[a-z0-9]+", fold(str(values["titel"])))
    place = re.findall(r"[a-z0-9]+", fold(str(places[0]))) if isinstance(places, list) and len(places) == 1 else []
    return "-".join([*place, *(word for word in words if word not in place)][: NAME_WORDS + len(place)])
