"""The embedded index as a folder: one owner at a time, and damage that is named."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from assistant.errors import IndexInUse, IndexMissing, IndexUnavailable
from assistant.index import Point
from assistant.index.edge import EdgeHome
from tests.conftest import REPOSITORY

OWNER = """
import asyncio, sys
from pathlib import Path
from assistant.index.edge import EdgeHome
home = EdgeHome(Path(sys.argv[1]))
asyncio.run(home.open())
print("open", flush=True)
sys.stdin.read()
"""
MANIFEST = "6f0f0f5e-53a4-5d6c-9d4e-000000000001"


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A folder with one live generation."""
    home = EdgeHome(tmp_path)
    await home.create("g1", 3)
    await home.add("g1", [Point(MANIFEST, {"type": "manifest"}, dense=[1.0, 0.0, 0.0])])
    await home.complete("g1")
    await home.publish("g1")
    return tmp_path


@pytest.fixture
async def home(folder: Path) -> AsyncIterator[EdgeHome]:
    home = EdgeHome(folder)
    yield home
    await home.close()


@pytest.fixture
def owner(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the index open."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


async def test_an_open_index_keeps_its_vectors_on_disk(folder: Path, home: EdgeHome) -> None:
    index = await home.open()

    assert 0 <= resident_kb(folder, "vector_storage-dense/vectors/") < 1024  # else the whole file, 32 MB for one vector
    await index.close()


def resident_kb(folder: Path, part: str) -> int:
    """How much memory of this process holds the files under a folder with this in their path; -1 without such files."""
    lines = iter(Path("/proc/self/smaps").read_text("utf-8", errors="replace").splitlines())
    held = [
        int(next(line for line in lines if line.startswith("Rss:")).split()[1])
        for line in lines
        if f"{folder}/" in line and part in line
    ]
    return sum(held) if held else -1


async def test_a_second_process_is_told_who_owns_the_index(home: EdgeHome, owner: subprocess.Popen[str]) -> None:
    with pytest.raises(IndexInUse, match=rf"process {owner.pid} .*QDRANT_URL"):
        await home.open()


async def test_the_index_is_free_again_once_its_owner_was_killed(home: EdgeHome, owner: subprocess.Popen[str]) -> None:
    owner.kill()
    owner.wait()

    index = await home.open()

    assert index.generation == "g1"


async def test_peeking_and_publishing_need_no_ownership(home: EdgeHome, owner: subprocess.Popen[str]) -> None:
    index = await home.peek("g1")
    await home.publish("g1")

    assert len(await index.retrieve([MANIFEST])) == 1


async def test_a_home_may_open_its_index_twice_and_gives_it_up_when_closed(folder: Path, home: EdgeHome) -> None:
    other = EdgeHome(folder)
    await other.open()
    await other.open()

    await other.close()

    assert (await home.open()).generation == "g1"


@pytest.mark.parametrize("damaged", ["edge_config.json", "segments"])
async def test_a_damaged_generation_is_reported_as_unavailable(folder: Path, home: EdgeHome, damaged: str) -> None:
    path = folder / "generations" / "g1" / "shard" / damaged
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    for file in files:
        file.write_bytes(b"\x00kapot")

    with pytest.raises(IndexUnavailable, match="Qdrant Edge"):
        await home.open()


async def test_a_live_generation_whose_folder_is_gone_is_reported_missing(home: EdgeHome) -> None:
    await home.drop("g1")

    with pytest.raises(IndexMissing, match="g1"):
        await home.open()


async def test_an_empty_live_file_counts_as_nothing_published(folder: Path, home: EdgeHome) -> None:
    (folder / "live").write_text("\n", encoding="utf-8")

    assert await home.live() is None


async def test_a_lookup_after_closing_is_reported_as_unavailable(home: EdgeHome) -> None:
    index = await home.peek("g1")
    await index.close()

    with pytest.raises(IndexUnavailable):
        await index.retrieve([MANIFEST])


async def test_the_live_file_is_replaced_and_leaves_nothing_behind(folder: Path, home: EdgeHome) -> None:
    await home.publish("g1")

    names = {path.name for path in folder.iterdir()}
    assert names <= {"live", "generations", "owner.lock"}


async def test_an_unreadable_live_file_is_reported_as_unavailable(folder: Path, home: EdgeHome) -> None:
    (folder / "live").unlink()
    (folder / "live").mkdir()

    with pytest.raises(IndexUnavailable, match="live"):
        await home.open()


async def test_many_readers_of_one_index_do_not_get_in_each_others_way(home: EdgeHome) -> None:
    index = await home.open()

    found = await asyncio.gather(*(index.retrieve([MANIFEST]) for _ in range(4 * (os.cpu_count() or 1))))

    assert all(len(points) == 1 for points in found)
