"""The form of a source: the keys of a corpus file as fields, and for each what would be right, in Dutch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from assistant.language.analysis import fold
from ingest import Draft, problems_in
from web.fields import BlankAsNone, WholeText

Line = Annotated[WholeText, Field(max_length=500)]
Text = Annotated[WholeText, Field(max_length=20_000)]

CONTACT = ("telefoon", "email", "adres", "website", "openingstijden", "kosten")
LISTS = ("gemeenten", "themas", "onderwerpen", "doelgroep")
KEYS = (
    "id",
    "titel",
    "soort",
    "organisatie",
    *LISTS,
    "contact",
    "bron",
    "bron_titel",
    "uitgever",
    "bron_datum",
    "gecontroleerd",
)
"""Keys of the front matter that the form knows, in the order in which a new file has them."""

LABELS: Mapping[str, str] = {
    "id": "Id",
    "titel": "Titel",
    "soort": "Soort",
    "organisatie": "Organisatie",
    "gemeenten": "Gemeenten",
    "themas": "Thema's",
    "onderwerpen": "Onderwerpen",
    "doelgroep": "Voor wie",
    "contact.telefoon": "Telefoon",
    "contact.email": "E-mail",
    "contact.adres": "Adres",
    "contact.website": "Website",
    "contact.openingstijden": "Openingstijden",
    "contact.kosten": "Kosten",
    "bron": "Adres van de pagina",
    "bron_titel": "Titel van de pagina",
    "uitgever": "Uitgever van de pagina",
    "bron_datum": "Datum van de pagina",
    "gecontroleerd": "Gecontroleerd op",
    "text": "Tekst",
    "vragen": "Vragen",
}
SENTENCES: Mapping[str, str] = {
    "id": "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld emmen-sedna.",
    "titel": "Geef de bron een titel.",
    "soort": "Kies een soort.",
    "gemeenten": "Kies minstens één gemeente, of heel Drenthe of heel Nederland.",
    "themas": "Kies minstens één thema.",
    "onderwerpen": "Kies minstens één onderwerp.",
    "doelgroep": "Kies voor wie dit is.",
    "contact.telefoon": "Dit is geen Nederlands nummer. Schrijf het zoals 0591 68 08 00, 14 0591 of 0800-2000.",
    "contact.email": "Dit is geen e-mailadres. Schrijf het zoals info@voorbeeld.nl.",
    "contact.website": "Schrijf het hele adres, met https:// ervoor.",
    "bron": "Schrijf het hele adres van de pagina, met https:// ervoor.",
    "bron_titel": "Schrijf de titel van de pagina waar de feiten vandaan komen.",
    "uitgever": "Schrijf wie de pagina uitgeeft.",
    "bron_datum": "Schrijf 2026, 2026-05 of 2026-05-01. Of laat het leeg als de pagina geen datum geeft.",
    "gecontroleerd": "Kies de dag waarop je de feiten van de pagina hebt gehaald.",
    "text": "Schrijf minstens één hele zin over wat het is, voor wie en waar, en samen hoogstens 200 woorden.",
    "vragen": "Schrijf hoogstens twaalf vragen.",
}


class SourceForm(BaseModel):
    """All fields, as they were typed. `digest` is of the file that is changed, empty for a new source."""

    id: Line = ""
    titel: Line = ""
    soort: Line = ""
    organisatie: Line = ""
    gemeenten: list[Line] = []
    themas: list[Line] = []
    onderwerpen: list[Line] = []
    doelgroep: list[Line] = []
    telefoon: Line = ""
    email: Line = ""
    adres: Line = ""
    website: Line = ""
    openingstijden: Line = ""
    kosten: Line = ""
    bron: Line = ""
    bron_titel: Line = ""
    uitgever: Line = ""
    bron_datum: Line = ""
    gecontroleerd: Line = ""
    tekst: Text = ""
    vragen: Text = ""
    digest: Line = ""
    open_vraag: Annotated[UUID | None, BlankAsNone] = None
    toch: str = ""
    """‘ja’ when the editor saw the similar sources and wants this one all the same."""

    def draft(self, before: Mapping[str, Any]) -> Draft:
        """The source that this describes; keys that the form does not know stay as they were `before`."""
        typed: dict[str, Any] = {key: getattr(self, key) for key in KEYS if key not in ("id", "contact")}
        typed = {key: value.strip() if isinstance(value, str) else value for key, value in typed.items()}
        contact = {key: value for key in CONTACT if (value := getattr(self, key).strip())}
        typed |= {"id": self.id.strip() or slug(self.titel), "contact": contact}
        ordered = {key: typed[key] or None for key in KEYS}
        unknown = {key: value for key, value in before.items() if key not in {*KEYS, "vragen"}}
        merged = {key: ordered.get(key, value) for key, value in before.items() if key != "vragen"} | ordered | unknown
        values = {key: value for key, value in merged.items() if value is not None}
        questions = [line.strip() for line in self.vragen.splitlines() if line.strip()]
        text = "\n".join(line.rstrip() for line in self.tekst.replace("\r\n", "\n").split("\n")).strip()
        return Draft(values | {"vragen": questions}, text, self.digest)


def form_of(draft: Draft) -> SourceForm:
    """The form filled with what stands in a file."""
    values = draft.values
    contact = values.get("contact") or {}
    typed: dict[str, Any] = {key: str(values.get(key) or "") for key in KEYS if key not in (*LISTS, "contact")}
    typed |= {key: [str(value) for value in values.get(key) or []] for key in LISTS}
    typed |= {key: str(contact.get(key) or "") for key in CONTACT}
    questions = "\n".join(str(question) for question in values.get("vragen") or [])
    return SourceForm(**typed, tekst=draft.text, vragen=questions, digest=draft.digest)


def new_form(questions: Sequence[str] = (), municipality: str | None = None, theme: str | None = None) -> SourceForm:
    """An empty form, or one that starts from what people asked."""
    return SourceForm(
        soort="dienst",
        gemeenten=[municipality] if municipality else [],
        themas=[theme] if theme else [],
        doelgroep=["inwoner"],
        gecontroleerd=date.today().isoformat(),
        vragen="\n".join(questions),
    )


def problems_of(draft: Draft) -> dict[str, str]:
    """For each field that is wrong (by the key in the file) what would be right, in Dutch."""
    return {key: SENTENCES.get(key, "Dit klopt nog niet. Kijk het na.") for key in problems_in(draft)}


def slug(title: str) -> str:
    """A name for a file that follows from a title."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(title))[:8])
