"""`sites.yaml` is checked strictly, and says what may be visited and what holds for the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.domain import Kind
from assistant.errors import CorpusError
from ingest.crawl import Site, read_sites
from ingest.crawl.sites import SiteRow
from tests.ingest.crawl.conftest import ABOUT

GOOD = """
contact: redactie@voorbeeld.nl
sites:
  - id: emmen
    uitgever: Gemeente Emmen
    start: [https://www.emmen.nl/zorg]
    toegestaan: [/zorg/, /jeugd]
    uitgesloten: [/zorg/archief/, '*.pdf$']
    soort: dienst
    gemeenten: [Emmen]
    themas: [sociale basis]
    doelgroep: [inwoner]
    secties:
      - {pad: /jeugd, onderwerpen: [jeugd-en-opvoeden]}
      - {pad: /jeugd/beleid, soort: beleid, doelgroep: [professional]}
    elke: maand
"""


def read(folder: Path, text: str) -> tuple[Site, ...]:
    """The sites of a corpus with this `sites.yaml`."""
    (folder / "sites.yaml").write_text(text, encoding="utf-8")
    return read_sites(folder).sites


def test_a_site_is_read(tmp_path: Path) -> None:
    (site,) = read(tmp_path, GOOD)

    assert (site.id, site.publisher, site.days, site.most_pages) == ("emmen", "Gemeente Emmen", 30, 500)
    assert site.about.kind is Kind.SERVICE


@pytest.mark.parametrize(
    ("address", "covered"),
    [
        ("https://www.emmen.nl/zorg/thuis", True),
        ("https://emmen.nl/jeugdhulp?x=1", True),
        ("https://www.emmen.nl/zorg", False),
        ("https://www.emmen.nl/zorg/archief/oud", False),
        ("https://www.emmen.nl/zorg/folder.pdf", False),
        ("https://www.emmen.nl/zorg/folder.pdf?x=1", True),
        ("https://www.emmen.nl.oplichter.example/zorg/thuis", False),
        ("https://assen.nl/zorg/thuis", False),
        ("https://www.emmen.nl:8443/zorg/thuis", False),
    ],
)
def test_a_page_is_covered_by_its_host_and_path(tmp_path: Path, address: str, covered: bool) -> None:
    (site,) = read(tmp_path, GOOD)

    assert site.covers(address) is covered


def test_the_most_special_section_holds(tmp_path: Path) -> None:
    (site,) = read(tmp_path, GOOD)

    assert site.section_of("https://www.emmen.nl/zorg/x") == site.about
    assert site.section_of("https://www.emmen.nl/jeugd/x").topics == ("jeugd-en-opvoeden",)
    policy = site.section_of("https://www.emmen.nl/jeugd/beleid/x")
    assert (policy.kind, policy.audience, policy.municipalities) == (Kind.POLICY, ("professional",), ("Emmen",))


@pytest.mark.parametrize(
    ("address", "spelled"),
    [
        ("http://www.emmen.nl/a", "https://www.emmen.nl/a"),
        ("HTTPS://WWW.Emmen.NL:443/a/./b/../c#kop", "https://www.emmen.nl/a/c"),
        ("/a?utm_source=x&id=3&fbclid=y", "https://www.emmen.nl/a?id=3"),
        ("/café", "https://www.emmen.nl/caf%C3%A9"),
        ("http://elders.nl", "http://elders.nl/"),
        ("https://gebruiker:geheim@www.emmen.nl/", None),
        ("file:///etc/passwd", None),
        ("https://[kapot", None),
        ("https://www.emmen.nl/" + "a" * 2000, None),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ],
)
def test_each_address_has_one_spelling(tmp_path: Path, address: str, spelled: str | None) -> None:
    (site,) = read(tmp_path, GOOD)

    assert site.spelled(address, "https://www.emmen.nl/") == spelled


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("soort: dienst", "soort: hulp", "sites.yaml:9: sites.0.soort: "),
        ("uitgever: Gemeente Emmen", "naam: Emmen", "sites.yaml:5: sites.0.naam: is not a key"),
        ("uitgever: Gemeente Emmen", "", "sites.yaml:4: sites.0.uitgever: is missing"),
        ("https://www.emmen.nl/zorg", "www.emmen.nl", "is no web address; write for example"),
        ("gemeenten: [Emmen]", "gemeenten: [Groningen]", "'Groningen' is unknown"),
        ("contact: redactie@voorbeeld.nl", "", "contact is missing"),
        ("toegestaan: [/zorg/", "toegestaan: [zorg", "toegestaan.0"),
        ("elke: maand", "elke: uur", "sites.yaml:16: sites.0.elke"),
        ("elke: maand", "pauze: 0", "sites.0.pauze"),
        ("sites:", "sites: [", "not valid YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    with pytest.raises(CorpusError, match=r"sites\.yaml:\d+: ") as caught:
        read(tmp_path, GOOD.replace(old, new))

    assert any(problem in line for line in caught.value.problems)


def test_an_id_that_is_used_twice_is_refused(tmp_path: Path) -> None:
    twice = GOOD + GOOD.partition("sites:\n")[2]

    with pytest.raises(CorpusError, match="emmen is used twice"):
        read(tmp_path, twice)


def test_a_site_that_is_not_active_is_checked_and_left_alone(tmp_path: Path) -> None:
    assert read(tmp_path, f"{GOOD}    actief: false\n") == ()
    assert read_sites(tmp_path / "leeg").sites == ()


def test_our_own_file_is_right_and_follows_nobody_yet(real_corpus: Path) -> None:
    rows = yaml.safe_load((real_corpus / "sites.yaml").read_text(encoding="utf-8"))["sites"]

    assert read_sites(real_corpus).sites == ()
    assert all(SiteRow.model_validate(row).to_site().days == 7 for row in rows)


def test_the_readme_of_the_corpus_names_every_key(real_corpus: Path) -> None:
    explained = (real_corpus / "README.md").read_text(encoding="utf-8").partition("## 7.")[2]

    assert all(f"`{key}`" in explained for key in SiteRow.model_fields)


def test_a_start_page_outside_the_paths_is_no_source() -> None:
    site = Site("x", "X", ("https://x.nl/",), ABOUT, allowed=("/zorg/",))

    assert not site.covers("https://x.nl/")
