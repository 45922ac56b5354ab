"""A copied shard is as long as the original, takes as little room, and does not change with it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from assistant.index.copying import copy_file, copy_folder

MEBIBYTE = 1 << 20


def refuse(*_: object) -> int:
    """A file system that shares nothing."""
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


@pytest.fixture(params=["shared blocks", "copied blocks"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "copied blocks":
        monkeypatch.setattr(os, "copy_file_range", refuse)


@pytest.mark.usefixtures("way")
def test_a_file_with_holes_is_copied_byte_for_byte_and_keeps_its_holes(tmp_path: Path) -> None:
    source, target = tmp_path / "van", tmp_path / "naar"
    with source.open("wb") as file:
        file.write(b"begin")
        file.seek(20 * MEBIBYTE)
        file.write(b"midden" * 1000)
        file.truncate(64 * MEBIBYTE)

    copy_file(source, target)

    assert target.read_bytes() == source.read_bytes()
    assert target.stat().st_blocks * 512 < MEBIBYTE


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("size", [0, 1, 40 * MEBIBYTE], ids=["empty", "one byte", "more than a block"])
def test_a_file_without_holes_is_copied_byte_for_byte(tmp_path: Path, size: int) -> None:
    source, target = tmp_path / "van", tmp_path / "naar"
    source.write_bytes(os.urandom(size))

    copy_file(source, target)

    assert target.read_bytes() == source.read_bytes()


def test_another_error_of_the_disk_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "copy_file_range", full)
    (tmp_path / "van").write_bytes(b"tekst")

    with pytest.raises(OSError, match="No space left"):
        copy_file(tmp_path / "van", tmp_path / "naar")


def test_a_folder_is_copied_with_its_folders_and_shares_no_file_with_the_original(tmp_path: Path) -> None:
    source, target = tmp_path / "van", tmp_path / "naar"
    (source / "leeg").mkdir(parents=True)
    (source / "diep" / "dieper").mkdir(parents=True)
    (source / "diep" / "dieper" / "bestand").write_bytes(b"oud")

    copy_folder(source, target)
    (target / "diep" / "dieper" / "bestand").write_bytes(b"nieuw")

    assert (target / "leeg").is_dir()
    assert (source / "diep" / "dieper" / "bestand").read_bytes() == b"oud"
