"""What was read and split is kept by the digest of its file, and by the program and the model that made it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import shelf as module
from ingest.shelf import Label, Shelf
from tests.fakes import a_chunk, a_source


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shelf.sqlite"


def filled(path: Path, model: str = "model") -> Shelf:
    shelf = Shelf(path, model)
    shelf.put("d1", a_source())
    shelf.put_chunks("d1", (a_chunk(),))
    shelf.put("d2", a_source("emmen-loket", desk=True), excluded=True)
    return shelf


def test_a_source_comes_back_whole_with_its_chunks(path: Path) -> None:
    filled(path).close()

    shelf = Shelf(path, "model")

    assert shelf.source("d1") == a_source()
    assert shelf.chunks("d1") == (a_chunk(),)
    assert shelf.chunks("d2") is None
    shelf.close()


def test_a_label_says_whose_desk_it_is_and_whether_it_is_left_out(path: Path) -> None:
    shelf = filled(path)

    assert shelf.label("d1") == Label("emmen-inloop")
    assert shelf.label("d2") == Label("emmen-loket", ("Emmen",), excluded=True)
    assert shelf.label("d3") is None
    shelf.close()


def test_a_source_that_was_never_put_raises(path: Path) -> None:
    shelf = filled(path)

    with pytest.raises(KeyError):
        shelf.source("d3")
    shelf.close()


def test_another_model_or_another_program_reads_and_splits_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path).close()
    other_model = Shelf(path, "other")
    assert other_model.label("d1") is None
    other_model.close()

    monkeypatch.setattr(module, "program_digest", lambda: "newer")

    newer = Shelf(path, "model")
    assert newer.label("d1") is None
    newer.close()


def test_what_is_no_longer_in_the_corpus_is_forgotten(path: Path) -> None:
    shelf = filled(path)

    shelf.keep_only(["d2"])

    assert shelf.label("d1") is None
    assert shelf.label("d2") is not None
    shelf.close()


def test_a_damaged_file_is_made_anew(path: Path) -> None:
    filled(path).close()
    path.write_bytes(b"geen database" * 100)

    shelf = Shelf(path, "model")

    assert shelf.label("d1") is None
    shelf.close()
