"""Writes sources for editors: a file in the format of the corpus, checked by the same rules that read it.

The files stay the truth: git can hold them, and the next refresh brings them into the index.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.domain import COUNTRY, MUNICIPALITIES, PROVINCE, Kind
from assistant.yaml_text import read_yaml
from ingest.checking import FEWEST_WORDS
from ingest.front_matter import FrontMatter
from ingest.reading import FENCE, corpus_files

FLOW = ("gemeenten", "themas", "onderwerpen", "doelgroep", "verwijst_naar")
"""Keys of which the values stand on one line."""
FOLDERS: Mapping[Kind, str] = {
    Kind.THEME: "themas",
    Kind.PROJECT: "projecten",
    Kind.POLICY: "beleid",
    Kind.FIGURE: "cijfers",
    Kind.NEWS: "nieuws",
}
LONGEST_WORDS = 200
GLANCED = re.compile(r"^(id|titel|uitgesloten):(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A source as an editor writes it: the values of the front matter by their Dutch keys, and the text."""

    values: Mapping[str, Any]
    text: str
    digest: str = ""
    """Of the file that it was read from; empty for a new source."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus at a glance; `digest` is the one that an index remembers it by."""

    id: str
    title: str
    digest: str
    left_out: bool


class SourceChanged(Exception):
    """Somebody else changed the file since it was read."""


def find_source(corpus: Path, id: str) -> Path | None:
    """The file of a source, None when the corpus has none with this id. Raises `CorpusError`."""
    named = f"{id}.md"
    files = list(corpus_files(corpus))
    likely = [path for path in files if path.name == named] + [path for path in files if path.name != named]
    return next((path for path in likely if read_draft(path).values.get("id") == id), None)


def source_files(corpus: Path) -> list[SourceFile]:
    """Every file with an id, without checking what it says. Raises `CorpusError` when there is no corpus."""
    return [file for path in corpus_files(corpus) if (file := glance(path.read_bytes())) is not None]


def glance(raw: bytes) -> SourceFile | None:
    """The few keys that tell a file from another, read line by line; None when it has no id."""
    fenced = FENCE.match(raw.decode("utf-8", errors="replace").replace("\r\n", "\n"))
    lines = dict(GLANCED.findall(fenced["block"])) if fenced else {}
    if "id" not in lines:
        return None
    values = {key: line.strip().strip("'\"") for key, line in lines.items()}
    digest = hashlib.sha256(raw).hexdigest()
    return SourceFile(values["id"], values.get("titel", ""), digest, values.get("uitgesloten") == "true")


def read_draft(path: Path) -> Draft:
    """What stands in a file now; without values when it has no front matter that YAML can read."""
    raw = path.read_bytes()
    text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
    fenced = FENCE.match(text)
    try:
        values = read_yaml(fenced["block"]) if fenced else None
    except (yaml.YAMLError, ValueError):
        values = None
    body = text[fenced.end() :].strip() if fenced else text
    return Draft(values if isinstance(values, dict) else {}, body, hashlib.sha256(raw).hexdigest())


def problems_in(draft: Draft) -> dict[str, str]:
    """For each key that is wrong (`contact.telefoon`, `text`) what is wrong, in the words of the check."""
    problems: dict[str, str] = {}
    try:
        FrontMatter.model_validate(as_written(draft.values))
    except ValidationError as exc:
        for error in exc.errors():
            parts = [str(part) for part in error["loc"] if not isinstance(part, int)]
            problems.setdefault(".".join(parts[:2] if parts[:1] == ["contact"] else parts[:1]), error["msg"])
    count = len(draft.text.split())
    if count < FEWEST_WORDS or not draft.text.rstrip().endswith((".", "!", "?", ")")):
        problems["text"] = "write at least one full sentence"
    elif count > LONGEST_WORDS:
        problems["text"] = f"{count} words; at most {LONGEST_WORDS}"
    return problems


def write_source(corpus: Path, draft: Draft, author: str) -> Path:
    """Saves a draft without problems with its author and today's date; a source that exists keeps its file.

    Raises `ValidationError` when there are problems after all, and `SourceChanged` when the file is not the one that
    the draft was read from, or when a new source has the id of another.
    """
    signed = {**draft.values, "bewerkt_door": author, "bewerkt_op": date.today()}
    matter = FrontMatter.model_validate(as_written(signed))
    path = find_source(corpus, matter.id)
    if (read_draft(path).digest if path else "") != draft.digest:
        raise SourceChanged(f"{path or matter.id}: changed since it was read")
    path = path or corpus / folder_of(matter) / f"{matter.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, f"---\n{front_matter(signed)}---\n\n{draft.text.strip()}\n")
    return path


def folder_of(matter: FrontMatter) -> str:
    """Where a new source is kept: by kind, and help by place."""
    if matter.soort in FOLDERS:
        return FOLDERS[matter.soort]
    place = matter.gemeenten[0] if len(matter.gemeenten) == 1 else PROVINCE
    names = {PROVINCE: "drenthe", COUNTRY: "landelijk"} | {m: m.lower().replace(" ", "-") for m in MUNICIPALITIES}
    return f"hulp/{names[place]}"


def front_matter(values: Mapping[str, Any]) -> str:
    """The keys as our files have them: short lists on one line, and nothing that is empty."""
    kept = {key: value for key, value in as_written(values).items() if value not in (None, [], {}, "")}
    written = {key: Flow(value) if key in FLOW else value for key, value in kept.items()}
    return yaml.dump(written, Dumper=Writer, allow_unicode=True, sort_keys=False, width=10_000)


def as_written(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as plain text, lists and mappings: YAML reads a date as a date."""
    return {
        key: value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Kind) else value
        for key, value in values.items()
    }


def write_whole(path: Path, text: str) -> None:
    """Replaces a file in one step: whoever reads it finds the old text or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Flow(list[Any]):
    """A list that is written on one line."""


class Writer(yaml.SafeDumper):
    """Writes `Flow` lists on one line."""


Writer.add_representer(
    Flow, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
