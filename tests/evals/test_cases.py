"""The golden set is read strictly, because a case that is wrong measures nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from assistant.domain import MUNICIPALITIES
from evals.cases import CaseSet, GoldenSetError, choose, load_cases
from ingest.checking import read_corpus
from tests.evals.builders import a_case

CASE = {
    "id": "a-001",
    "group": "plain",
    "set": "tune",
    "question": "Wat is er te doen?",
    "expect": {"outcome": ["answered"]},
}


def write_cases(folder: Path, *cases: Mapping[str, object]) -> Path:
    (folder / "plain.yaml").write_text(yaml.safe_dump(list(cases)), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"expect": {"outcome": ["beantwoord"]}}, "beantwoord"),
        ({"expect": {"outcome": []}}, "outcome"),
        ({"expect": {"outcome": ["answered"], "place": "Groningen"}}, "no municipality"),
        ({"expect": {"outcome": ["answered"], "source": ["emmen-inloop"]}}, "Extra inputs"),
        ({"set": "train"}, "set"),
        ({"group": "other"}, "move it to other.yaml"),
        ({"set": "report", "public": True}, "only tune cases"),
    ],
    ids=[
        "unknown outcome",
        "no outcome",
        "unknown place",
        "misspelt key",
        "unknown set",
        "wrong file",
        "public report",
    ],
)
def test_a_wrong_case_is_refused_with_its_file(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    write_cases(tmp_path, {**CASE, **change})

    with pytest.raises(GoldenSetError, match=f"(?s)plain.yaml: .*{problem}"):
        load_cases(tmp_path)


def test_an_id_is_used_once(tmp_path: Path) -> None:
    write_cases(tmp_path, CASE, CASE)

    with pytest.raises(GoldenSetError, match="used twice: a-001"):
        load_cases(tmp_path)


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldenSetError, match="no cases"):
        load_cases(tmp_path)


def test_a_repeated_question_is_written_out() -> None:
    case = a_case().model_copy(update={"question": "@herhaal:ik zoek hulp :3"})

    assert case.text == "ik zoek hulp ik zoek hulp ik zoek hulp "


def test_the_golden_set_names_only_sources_of_the_corpus(real_corpus: Path) -> None:
    known = {reading.source.id for reading in read_corpus(real_corpus)}

    assert {(c.id, s) for c in load_cases() for s in c.expect.sources if s not in known} == set()


def test_the_golden_set_holds_both_sets_and_every_municipality() -> None:
    cases = load_cases()

    for chosen in (CaseSet.TUNE, CaseSet.REPORT):
        part = choose(cases, chosen)
        assert len(part) >= 250
        assert {case.expect.place for case in part} >= set(MUNICIPALITIES)


def test_the_public_cases_are_few_and_of_every_group_that_is_reported() -> None:
    cases = load_cases()

    public = choose(cases, public=True)

    assert 70 <= len(public) <= 90
    assert {case.group for case in public} >= {case.group for case in cases if case.set == "report"}
