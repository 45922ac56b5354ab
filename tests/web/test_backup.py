"""What is backed up comes back whole, in any database, or not at all."""

from __future__ import annotations

import io
import json
import tarfile
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from assistant.domain import Question
from tests.web.fake_assistant import FakeAssistant
from tests.web.helpers import some_settings
from web.__main__ import app
from web.accounts.accounts import Accounts
from web.accounts.editors import Role
from web.backup import BackupFailed, back_up, restore
from web.conversations import Conversations
from web.database import Database
from web.desk.log import write_log
from web.feedback import Feedback
from web.tables import log, metadata, sessions

NAMES = [table.name for table in metadata.sorted_tables if table.name not in {"sessions", "sign_in_failures"}]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    (corpus / "hulp" / "emmen").mkdir(parents=True)
    (corpus / "hulp" / "emmen" / "emmen-sedna.md").write_text("---\nid: emmen-sedna\n---\n\nSedna helpt. €\n")
    (corpus / "plaatsen.csv").write_text("plaats\nEmmen\n")
    return corpus


@pytest.fixture
async def used(database: Database) -> Database:
    """A database in which something happened."""
    turn = await FakeAssistant().take_turn(Question("Wie helpt mij in Exloërmond?", "Borger-Odoorn"))
    kept = await Conversations(database).keep(uuid4(), turn)
    await Feedback(database).rate(kept.id, helped=False, reason="te lang")
    editor = await Accounts(database).editors.add("anna", Role.CHIEF, "paard batterij nietje")
    await Accounts(database).sessions.start(editor)
    await write_log(database, "anna", "gepauzeerd", "Markewijzer", {"bericht": "even niet"})
    return database


async def all_rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {name: [tuple(row) for row in await database.read(select(metadata.tables[name]))] for name in NAMES}


def files(corpus: Path) -> dict[str, bytes]:
    return {str(p.relative_to(corpus)): p.read_bytes() for p in sorted(corpus.rglob("*")) if p.is_file()}


async def test_everything_comes_back_in_the_same_kind_of_database(
    used: Database, corpus: Path, tmp_path: Path, database_url: str
) -> None:
    before, texts = await all_rows(used), files(corpus)
    await back_up(used, corpus, tmp_path / "b.tgz")
    await write_log(used, "anna", "pauze opgeheven", "Markewijzer")
    (corpus / "hulp" / "emmen" / "nieuw.md").write_text("later")
    (corpus / "plaatsen.csv").unlink()

    contents = await restore(used, corpus, tmp_path / "b.tgz", replace=True)

    assert await all_rows(used) == before
    assert files(corpus) == texts
    assert (contents.rows, contents.files) == (sum(map(len, before.values())), 2)
    assert await used.read(select(sessions)) == []


async def test_a_backup_moves_to_another_kind_of_database(used: Database, corpus: Path, tmp_path: Path) -> None:
    await back_up(used, corpus, tmp_path / "b.tgz")
    other = Database.open(some_settings(tmp_path / "elders"))

    await restore(other, tmp_path / "elders" / "corpus", tmp_path / "b.tgz")

    restored = await all_rows(other)
    await other.close()
    assert restored == await all_rows(used)
    assert files(tmp_path / "elders" / "corpus") == files(corpus)


async def test_the_restored_log_goes_on_and_stays_closed(used: Database, corpus: Path, tmp_path: Path) -> None:
    await back_up(used, corpus, tmp_path / "b.tgz")
    await restore(used, corpus, tmp_path / "b.tgz", replace=True)

    await write_log(used, "anna", "aangemeld", "anna")

    assert [row.action for row in await used.read(select(log).order_by(log.c.id))] == ["gepauzeerd", "aangemeld"]
    with pytest.raises(Exception, match="append-only"):
        await used.write(text("DELETE FROM log"))


async def test_a_backup_is_for_its_owner_only(used: Database, corpus: Path, tmp_path: Path) -> None:
    await back_up(used, corpus, tmp_path / "b.tgz")

    assert (tmp_path / "b.tgz").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob(".*")] == []


async def test_a_database_in_use_is_not_overwritten_by_accident(used: Database, corpus: Path, tmp_path: Path) -> None:
    await back_up(used, corpus, tmp_path / "b.tgz")
    before = await all_rows(used)

    with pytest.raises(BackupFailed, match="--replace"):
        await restore(used, corpus, tmp_path / "b.tgz")

    assert await all_rows(used) == before


def changed(file: Path, name: str, content: bytes, *, extra: bool = False) -> None:
    """Puts something else under a name in the archive, or adds it."""
    with tarfile.open(file) as archive:
        members = {m.name: archive.extractfile(m).read() for m in archive}  # type: ignore[union-attr]
    if extra:
        manifest = json.loads(members["manifest.json"])
        manifest["sha256"][name] = sha256(content).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(file, "w:gz") as archive:
        for other, kept in (members | {name: content}).items():
            member = tarfile.TarInfo(other)
            member.size = len(content if other == name else kept)
            archive.addfile(member, io.BytesIO(content if other == name else kept))


@pytest.mark.parametrize(
    ("name", "content", "extra", "reason"),
    [
        ("tables/log.jsonl", b'{"id": 1}\n', False, "damaged"),
        ("manifest.json", b'{"format": 99, "revision": "1", "sha256": {}}', False, "format 99"),
        ("manifest.json", b"geen json", False, "no backup of ours"),
        ("corpus/../../weg.md", b"x", True, "belongs to no backup"),
        ("tables/log.jsonl", b'{"id": 1, "onbekend": 2}\n', True, "another version"),
    ],
    ids=["damaged", "another format", "no manifest", "outside the corpus", "unknown column"],
)
async def test_what_is_no_good_backup_changes_nothing(
    used: Database, corpus: Path, tmp_path: Path, name: str, content: bytes, extra: bool, reason: str
) -> None:
    await back_up(used, corpus, tmp_path / "b.tgz")
    changed(tmp_path / "b.tgz", name, content, extra=extra)
    before, texts = await all_rows(used), files(corpus)

    with pytest.raises(BackupFailed, match=reason):
        await restore(used, corpus, tmp_path / "b.tgz", replace=True)

    assert await all_rows(used) == before
    assert files(corpus) == texts


def test_the_commands_do_it_in_one_line_each(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*arguments: str, typed: str = "", folder: str = "een") -> str:
        monkeypatch.setenv("DATA_DIR", str(tmp_path / folder))
        monkeypatch.setenv("CORPUS_DIR", str(corpus))
        result = CliRunner().invoke(app, arguments, input=typed)
        return f"{result.exit_code} {result.output}"

    file = str(tmp_path / "b.tgz")

    assert run("add-editor", "Anna", "--chief", typed="kort\n").startswith("2 error: Kies een wachtwoord")
    assert run("add-editor", "Anna", "--chief", typed="paard batterij nietje\n").startswith("0 anna is added")
    assert run("add-editor", "anna", "--openid").startswith("2 error: Er is al een account")
    assert run("backup", file) == f"0 {file}: 2 rows and 2 corpus files\n"
    assert run("restore", file, folder="twee").startswith("0 restored 2 rows and 2 corpus files")
    assert run("restore", file, folder="twee").startswith("2 error: the database is in use already")
    assert run("restore", file, "--replace", folder="twee").startswith("0 restored")
    assert run("restore", str(corpus / "plaatsen.csv"), folder="drie").startswith("2 error:")
