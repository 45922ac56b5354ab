"""Reads `sites.yaml`: the websites that an editor wants to follow, checked strictly, with the line of every mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.domain import THEMES, TOPICS, Audience, Kind
from assistant.errors import CorpusError
from assistant.yaml_text import LOADER, read_yaml
from ingest.crawl.addresses import host_of, normalise, path_of, path_pattern
from ingest.front_matter import Municipality, Text, one_of

DAYS = {"dag": 1, "week": 7, "maand": 30}


@dataclass(frozen=True, slots=True)
class Section:
    """What an editor says of the pages of a site, or of a part of it: certain, as a person wrote it."""

    kind: Kind
    municipalities: tuple[str, ...]
    themes: tuple[str, ...]
    topics: tuple[str, ...]
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A website to follow. Paths are prefixes in which `*` stands for anything and `$` for the end."""

    id: str
    publisher: str
    starts: tuple[str, ...]
    about: Section
    sitemaps: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ("/",)
    excluded: tuple[str, ...] = ()
    sections: tuple[tuple[str, Section], ...] = ()
    """(path, what holds for the pages there), the most special path first."""
    days: int = 7
    """Days between two crawls."""
    most_pages: int = 500
    pause: float = 1.0
    """Seconds between two requests."""
    active: bool = True
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False, compare=False)

    def is_here(self, url: str) -> bool:
        """Whether an address belongs to this website at all, with or without `www.`."""
        return host_of(url) in {host_of(address) for address in (*self.starts, *self.sitemaps)}

    def covers(self, url: str) -> bool:
        """Whether the page at an address may become a source."""
        path = path_of(url)
        return self.is_here(url) and self._any(self.allowed, path) and not self._any(self.excluded, path)

    def spelled(self, address: str, base: str = "") -> str | None:
        """The address as we visit it: https where the start page has it; None when it is no web address."""
        url = normalise(address, base)
        if url and url.startswith("http:") and self.is_here(url) and self.starts[0].startswith("https:"):
            return f"https:{url.removeprefix('http:')}"
        return url

    def section_of(self, url: str) -> Section:
        """What the editor says of the page at an address."""
        return next((section for path, section in self.sections if self._any((path,), path_of(url))), self.about)

    def _any(self, patterns: tuple[str, ...], path: str) -> bool:
        for pattern in patterns:
            if pattern not in self._patterns:
                self._patterns[pattern] = path_pattern(pattern)
        return any(self._patterns[pattern].match(path) for pattern in patterns)


def _web_address(value: str) -> str:
    url = normalise(value)
    if url is None:
        raise ValueError(f"{value!r} is no web address; write for example https://www.emmen.nl/zorg")
    return url


Address = Annotated[str, AfterValidator(_web_address)]
PathPattern = Annotated[str, Field(pattern=r"^[/*]")]
Theme = Annotated[str, one_of(*THEMES)]
Topic = Annotated[str, one_of(*TOPICS)]


class SectionRow(BaseModel):
    """A key of `secties`: what differs for a part of the site."""

    model_config = ConfigDict(extra="forbid")

    pad: PathPattern
    soort: Kind | None = None
    gemeenten: list[Municipality] = []
    themas: list[Theme] = []
    onderwerpen: list[Topic] = []
    doelgroep: list[Audience] = []

    def over(self, about: Section) -> Section:
        """The words of the site, with these in their place."""
        return Section(
            self.soort or about.kind,
            tuple(self.gemeenten) or about.municipalities,
            tuple(self.themas) or about.themes,
            tuple(self.onderwerpen) or about.topics,
            tuple(self.doelgroep) or about.audience,
        )


class SiteRow(BaseModel):
    """One website, in the keys that `corpus/README.md` explains to editors."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    uitgever: Text
    start: Annotated[list[Address], Field(min_length=1)]
    sitemap: list[Address] = []
    toegestaan: Annotated[list[PathPattern], Field(min_length=1)] = ["/"]
    uitgesloten: list[PathPattern] = []
    soort: Kind
    gemeenten: Annotated[list[Municipality], Field(min_length=1)]
    themas: Annotated[list[Theme], Field(min_length=1)]
    onderwerpen: list[Topic] = []
    doelgroep: Annotated[list[Audience], Field(min_length=1)]
    secties: list[SectionRow] = []
    elke: Literal["dag", "week", "maand"] = "week"
    hoogstens: Annotated[int, Field(ge=1, le=20_000)] = 500
    pauze: Annotated[float, Field(ge=0.5, le=60)] = 1.0
    actief: bool = True

    def to_site(self) -> Site:
        """The same in the words of the crawler."""
        about = Section(
            self.soort, tuple(self.gemeenten), tuple(self.themas), tuple(self.onderwerpen), tuple(self.doelgroep)
        )
        return Site(
            id=self.id,
            publisher=self.uitgever,
            starts=tuple(self.start),
            about=about,
            sitemaps=tuple(self.sitemap),
            allowed=tuple(self.toegestaan),
            excluded=tuple(self.uitgesloten),
            sections=tuple((s.pad, s.over(about)) for s in sorted(self.secties, key=lambda s: -len(s.pad))),
            days=DAYS[self.elke],
            most_pages=self.hoogstens,
            pause=self.pauze,
            active=self.actief,
        )


class SitesFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    contact: Text | None = None
    sites: list[SiteRow] = []

    @model_validator(mode="after")
    def _belongs_together(self) -> SitesFile:
        ids = [site.id for site in self.sites]
        if twice := sorted({id for id in ids if ids.count(id) > 1}):
            raise ValueError(f"{', '.join(twice)} is used twice; give each site an id of its own")
        if self.contact is None and any(site.actief for site in self.sites):
            raise ValueError("contact is missing; add where the owner of a site can reach you")
        return self


@dataclass(frozen=True, slots=True)
class Sites:
    """The active websites, and where their owners can reach us."""

    contact: str = ""
    sites: tuple[Site, ...] = ()


def read_sites(corpus: Path) -> Sites:
    """The active sites of a corpus folder; none without the file. Raises `CorpusError`."""
    path = corpus / "sites.yaml"
    if not path.exists():
        return Sites()
    try:
        file = SitesFile.model_validate(read_yaml(path.read_text(encoding="utf-8")) or {})
    except (yaml.YAMLError, ValueError, OSError) as exc:
        raise CorpusError(_problems(path, exc)) from exc
    return Sites(file.contact or "", tuple(row.to_site() for row in file.sites if row.actief))


def without_pause(site: Site) -> Site:
    """The same site without waiting between requests, for a server of our own."""
    return replace(site, pause=0.0)


def _problems(path: Path, exc: Exception) -> list[str]:
    if not isinstance(exc, ValidationError):
        mark = getattr(exc, "problem_mark", None)
        return [f"{path}:{mark.line + 1 if mark else 1}: not valid YAML ({exc})".replace("\n", " ")]
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    found = []
    for error in exc.errors():
        field_name = ".".join(map(str, error["loc"])) or "sites"
        message = {"missing": "is missing; add it", "extra_forbidden": "is not a key that we know"}.get(
            error["type"], str(error["msg"]).removeprefix("Value error, ")
        )
        found.append(f"{path}:{_line(root, error['loc'])}: {field_name}: {message}")
    return found


def _line(node: yaml.Node | None, where: tuple[int | str, ...]) -> int:
    """The line of the deepest key of a path that is written in the file."""
    line = node.start_mark.line + 1 if node else 1
    for key in where:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line
