"""The editor's command line."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from typer.testing import CliRunner, Result

from ingest import Asked, Runs, keep_asked
from ingest.__main__ import app
from tests.conftest import REPOSITORY, Workplace
from tests.small_corpus import write_corpus, write_source


def run(command: str, workplace: Workplace | None = None, *more: str) -> Result:
    options = []
    if workplace is not None:
        options = ["--data", str(workplace.settings.data_dir)]
        options += ["--corpus", str(workplace.corpus)] if command == "refresh" else []
    return CliRunner().invoke(app, [command, *more, *options])


def test_a_good_corpus_passes_the_check(tmp_path: Path) -> None:
    result = run("check", None, "--corpus", str(write_corpus(tmp_path)))

    assert result.exit_code == 0
    assert "12 sources read, 0 problems" in result.stderr


def test_every_problem_is_a_line_that_an_editor_can_open(tmp_path: Path) -> None:
    path = write_source(write_corpus(tmp_path / ("map" * 40)), "een", gemeenten=["Emen"], soort="hulp")

    result = run("check", None, "--corpus", str(path.parent))

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"{path}:") and line.split(":")[1].isdigit() for line in lines)
    assert "2 problems" in result.stderr


def test_a_refresh_reports_what_it_did(workplace: Workplace) -> None:
    write_source(workplace.corpus, "breiclub", "De breiclub in Emmen breit elke woensdag sokken.", titel="Breiclub")
    (workplace.corpus / "nl-112.md").unlink()

    result = run("refresh", workplace)

    assert result.exit_code == 0
    assert "12 sources, 12 chunks: 1 new, 0 changed, 1 gone" in result.stdout


def test_a_refresh_without_changes_says_so(workplace: Workplace) -> None:
    result = run("refresh", workplace)

    assert result.exit_code == 0
    assert "0 texts embedded; nothing changed" in result.stdout


def test_a_refresh_of_a_wrong_corpus_names_file_line_and_field(workplace: Workplace) -> None:
    path = write_source(workplace.corpus, "een", soort="hulp")

    result = run("refresh", workplace)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}:4: soort: ")
    assert "keeps answering" in result.stderr


def test_the_status_shows_the_live_generation(workplace: Workplace) -> None:
    result = run("status", workplace)

    assert result.exit_code == 0
    assert "live" in result.stdout
    assert "12" in result.stdout


def test_publishing_an_unknown_generation_ends_in_one_line(workplace: Workplace) -> None:
    result = run("publish", workplace, "onbekend")

    assert result.exit_code == 1
    assert result.stderr.startswith("IndexMissing: onbekend")


def test_a_rollback_without_an_older_generation_ends_in_one_line(workplace: Workplace) -> None:
    result = run("rollback", workplace)

    assert result.exit_code == 1
    assert "no older generation" in result.stderr


def test_a_rollback_and_a_publication_say_what_is_live(workplace: Workplace) -> None:
    write_source(workplace.corpus, "breiclub", "De breiclub in Emmen breit elke woensdag sokken.", titel="Breiclub")
    run("refresh", workplace)

    rolled_back = run("rollback", workplace)
    live = rolled_back.stdout.split()[-1]
    published = run("publish", workplace, live)

    assert rolled_back.stdout.startswith("live: ")
    assert published.stdout == f"live: {live}\n"


def test_a_folder_that_is_not_there_ends_in_one_line_without_a_traceback() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ingest", "check", "--corpus", "/nergens"],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
    )

    assert result.returncode == 1
    assert "/nergens:1: no such folder" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_a_refresh_asks_again_what_visitors_asked_most(workplace: Workplace) -> None:
    data_dir = workplace.settings.data_dir
    asked = Asked("Waar kan ik mensen ontmoeten in Emmen?", "Emmen", 7)
    keep_asked(data_dir, [asked], datetime.now(UTC) + timedelta(hours=1))
    write_source(workplace.corpus, "breiclub", "De breiclub in Emmen breit elke woensdag sokken.", titel="Breiclub")

    result = run("refresh", workplace)

    assert result.exit_code == 0
    newest = Runs(data_dir).newest()
    assert newest is not None
    assert newest.replay.asked == 1
