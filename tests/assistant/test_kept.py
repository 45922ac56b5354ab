"""What was derived is derived once, and again as soon as anything that it came from is different."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from assistant import beforehand, kept
from assistant.language.lemmas import dictionary
from assistant.language.lexicon import dutch_words
from assistant.rules.tables import TABLES, load_table

MODULE = """
from pathlib import Path
from assistant.kept import kept

HERE = Path(__file__).parent
derived = []

@kept(lambda name: [HERE / f"{name}.txt"])
def words(name):
    derived.append(name)
    return (HERE / f"{name}.txt").read_text().split()
"""


@pytest.fixture(autouse=True)
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when Python may write byte code, whoever runs the tests."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def run(tmp_path: Path) -> Callable[[], ModuleType]:
    """Loads a module that keeps the words of `dag.txt` and `nacht.txt`, as each run of a program does."""
    (tmp_path / "module.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "dag.txt").write_text("goede dag", encoding="utf-8")
    (tmp_path / "nacht.txt").write_text("goede nacht", encoding="utf-8")

    def load() -> ModuleType:
        kept.code.cache_clear()
        spec = spec_from_file_location("module", tmp_path / "module.py")
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "__pycache__").glob("*.kept"))


def test_a_later_run_derives_nothing(run: Callable[[], ModuleType]) -> None:
    first, second = run(), run()

    assert first.words("dag") == second.words("dag") == ["goede", "dag"]
    assert (first.derived, second.derived) == (["dag"], [])


def test_another_source_is_derived_anew_and_takes_the_place_of_the_old(
    run: Callable[[], ModuleType], tmp_path: Path
) -> None:
    run().words("dag")
    run().words("nacht")
    before = files(tmp_path)

    (tmp_path / "dag.txt").write_text("mooie dag", encoding="utf-8")

    assert run().words("dag") == ["mooie", "dag"]
    assert run().words("nacht") == ["goede", "nacht"]
    assert len(files(tmp_path)) == len(before) == 2
    assert len({*files(tmp_path), *before}) == 3


def test_other_code_in_the_same_folder_is_a_reason_to_derive_anew(
    run: Callable[[], ModuleType], tmp_path: Path
) -> None:
    run().words("dag")

    (tmp_path / "folding.py").write_text("UPPER = True", encoding="utf-8")
    later = run()
    later.words("dag")

    assert later.derived == ["dag"]


@pytest.mark.parametrize("damage", [lambda content: content[:-3], lambda content: b"", lambda content: b"x" * 40])
def test_a_damaged_file_is_derived_anew_and_repaired(
    run: Callable[[], ModuleType], tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    run().words("dag")
    [file] = files(tmp_path)
    good = file.read_bytes()

    file.write_bytes(damage(good))

    assert run().words("dag") == ["goede", "dag"]
    assert file.read_bytes() == good


def test_a_flipped_bit_is_noticed(run: Callable[[], ModuleType], tmp_path: Path) -> None:
    run().words("dag")
    [file] = files(tmp_path)

    file.write_bytes(file.read_bytes().replace(b"goede", b"goude"))

    assert run().words("dag") == ["goede", "dag"]


def test_where_nothing_can_be_written_all_is_derived(run: Callable[[], ModuleType], tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("in the way", encoding="utf-8")
    module = run()

    assert [module.words("dag"), module.words("dag")] == [["goede", "dag"]] * 2
    assert module.derived == ["dag", "dag"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["__pycache__", "dag.txt", "module.py", "nacht.txt"]


def test_who_wants_no_byte_code_gets_no_files_of_ours(
    run: Callable[[], ModuleType], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert run().words("dag") == ["goede", "dag"]
    assert files(tmp_path) == []


def test_a_source_that_is_not_there_is_told_by_who_needs_it(run: Callable[[], ModuleType]) -> None:
    with pytest.raises(FileNotFoundError, match=r"avond\.txt"):
        run().words("avond")


def test_what_was_derived_beforehand_is_all_that_a_start_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def begin() -> None:
        for remembered in (dictionary, dutch_words, load_table):
            remembered.cache_clear()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this was to be read, not derived")

    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    begin()
    expected = [(dict(dictionary()), set(dutch_words()), load_table("crisis").rules)]
    begin()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    beforehand.derive_all()
    made = {path.name.partition("-")[0] for path in tmp_path.rglob("*.kept")}

    begin()
    for place in ("spellchecker.SpellChecker", "assistant.language.lemmas.TrieDictionaryFactory"):
        monkeypatch.setattr(place, refuse)
    monkeypatch.setattr("assistant.rules.tables.read_yaml", refuse)
    monkeypatch.setattr("assistant.embedding.weights.Pieces.__init__", refuse)
    monkeypatch.setattr("assistant.embedding.graph.build_graph", refuse)
    beforehand.derive_all()

    assert made == {
        "lemmas.dictionary",
        "lexicon.dutch_words",
        "graph._compiled",
        "weights._vocabulary",
        *(f"tables.load_table.{name}" for name in TABLES),
    }
    assert [(dict(dictionary()), set(dutch_words()), load_table("crisis").rules)] == expected


def test_every_table_is_derived_beforehand() -> None:
    tables = {
        path.stem for path in Path(str(beforehand.__file__)).parent.glob("rules/*.yaml") if "tiers:" in path.read_text()
    }

    assert tables == set(TABLES)
