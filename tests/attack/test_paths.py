"""Names and numbers that point out of their folder: no file is read or written that was not meant."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from assistant.settings import Settings
from ingest import Draft, find_source, write_source
from tests.web.desk.conftest import TOKEN, Person
from web.backup import BackupFailed, read_archive

SECRET = "dit bestand is geheim"
CLIMBS = (
    "../geheim.md",
    "..%2fgeheim.md",
    "%2e%2e%2fgeheim.md",
    "..%252fgeheim.md",
    "....//geheim.md",
    "..\\geheim.md",
    "..%5cgeheim.md",
    "%c0%ae%c0%ae/geheim.md",
    "..;/geheim.md",
    "../geheim.md%00.css",
    "/../geheim",
    "../../geheim",
    "{folder}/geheim.md",
    "%2f{quoted}%2fgeheim.md",
    "file://{folder}/geheim.md",
    "/proc/self/environ",
    "..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "C:\\geheim.md",
    "\\\\127.0.0.1\\geheim.md",
    "~/geheim.md",
    "CON",
    ".",
    "..",
    "%2e",
    "%00",
)
READ_FROM = (
    "/static/{name}/{name}",
    "/static/x/{name}",
    "/bron/{name}",
    "/api/v1/sources/{name}",
    "/gemeente/{name}",
    "/thema/{name}",
    "/redactie/bronnen/{name}",
    "/redactie/bronnen/{name}/wijzigen",
    "/redactie/verversen/{name}",
    "/{name}",
)


@pytest.fixture(autouse=True)
def secret(tmp_path: Path, settings: Settings) -> Path:
    """A file beside everything, and one in the data folder."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    for folder in (tmp_path, settings.data_dir):
        (folder / "geheim.md").write_text(f"---\nid: geheim\ntitel: {SECRET}\n---\n{SECRET}", encoding="utf-8")
        (folder / "geheim.json").write_text(f'"{SECRET}"', encoding="utf-8")
    return tmp_path / "geheim.md"


def climbs(folder: Path) -> Iterator[str]:
    """The names, with the real folder in those that need one."""
    yield from (climb.format(folder=folder, quoted=quote(str(folder), safe="")) for climb in CLIMBS)


async def test_no_address_reads_a_file_that_is_not_ours_to_show(chief: Person, tmp_path: Path) -> None:
    for place in READ_FROM:
        for climb in climbs(tmp_path):
            path = place.format(name=climb)
            address = httpx.URL("http://test").copy_with(raw_path=path.encode())
            response = await chief.client.get(address, follow_redirects=True)
            assert response.status_code < 500, path
            assert SECRET not in response.text, path
            assert "root:" not in response.text, path


async def test_no_form_of_the_desk_writes_outside_the_corpus(chief: Person, tmp_path: Path, corpus: Path) -> None:
    token = TOKEN.search(await chief.see("/redactie"))
    assert token is not None
    before = {path for path in tmp_path.rglob("*") if corpus not in path.parents and path.suffix != ".sqlite-wal"}
    fields = {"titel": "Titel", "soort": "dienst", "gemeenten": "Emmen", "themas": "sociale basis", "toch": "ja"}
    fields |= {"onderwerpen": "eenzaamheid", "doelgroep": "inwoner", "bron": "https://voorbeeld.nl/x", "uitgever": "x"}
    fields |= {"bron_titel": "x", "gecontroleerd": "2026-11-22", "tekst": "Dit is een hele zin over iets in Emmen."}

    for climb in climbs(tmp_path):
        for path in (
            "bronnen/nieuw",
            f"bronnen/{quote(climb, safe='')}/wijzigen",
            f"bronnen/{quote(climb, safe='')}/gebruik",
        ):
            data = {"csrf": token[1], "id": climb, "gebruik": "nee", **fields}
            response = await chief.client.post(f"/redactie/{path}", data=data)
            assert response.status_code in {403, 404, 405, 422}, (climb, path)
        for path in ("publiceren", "afwijzen"):
            address = f"/redactie/verversen/{quote(climb, safe='')}/{path}"
            response = await chief.client.post(address, data={"csrf": token[1]})
            assert response.status_code < 500, (climb, path)
        address = f"/redactie/versies/{quote(climb, safe='')}/terugzetten"
        assert (await chief.client.post(address, data={"csrf": token[1]})).status_code < 500, climb

    after = {path for path in tmp_path.rglob("*") if corpus not in path.parents and path.suffix != ".sqlite-wal"}
    assert {path for path in after - before if path.suffix in {".md", ".json", ".tmp"}} == set()
    assert (tmp_path / "geheim.md").read_text(encoding="utf-8").count(SECRET) == 2


@pytest.mark.parametrize("id", ["../geheim", "geheim/../../geheim", "/etc/passwd", "..", "a/b", "a\0b", "A", ""])
def test_the_id_of_a_source_is_never_a_path(corpus: Path, id: str) -> None:
    draft = Draft({"id": id, "titel": "x"}, "Een hele zin over iets.")

    with pytest.raises(ValueError, match="id"):
        write_source(corpus, draft, "anna")
    assert find_source(corpus, id) is None


@pytest.mark.parametrize(
    "member",
    ["../geheim.md", "corpus/../../geheim.md", "/etc/geheim.md", "corpus/..\\geheim.md", "tables", "andere/geheim.md"],
)
def test_a_backup_puts_nothing_outside_its_folders(tmp_path: Path, member: str) -> None:
    import json
    from hashlib import sha256

    manifest = {"format": 1, "revision": "x", "sha256": {member: sha256(b"x").hexdigest()}}
    file = tmp_path / "kwaad.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for name, content in (("manifest.json", json.dumps(manifest).encode()), (member, b"x")):
            header = tarfile.TarInfo(name)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))

    with pytest.raises(BackupFailed, match="belongs to no backup"):
        read_archive(file)
