"""A fresh database for each test, once in SQLite and once in a PostgreSQL that the test session starts itself."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from glob import glob
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from tests.web.helpers import some_settings
from web.database import Database

MEMORY = Path("/dev/shm")
ROOM = 2 << 30
"""Bytes free in memory from which the databases, 8 MB in 300 files each, are kept there."""
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of the socket of a running PostgreSQL; without the program such tests are skipped."""
    programs = sorted(glob("/usr/lib/postgresql/*/bin")) or [str(Path(p).parent) for p in [shutil.which("initdb")] if p]
    if not programs:
        pytest.skip("no PostgreSQL found: run `apt-get install postgresql`")
    if os.getuid() == 0 and not any(user.pw_name == "postgres" for user in pwd.getpwall()):
        pytest.skip("PostgreSQL does not run as root, and there is no user `postgres`")
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="markewijzer-postgres-", dir=MEMORY if in_memory else None))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        """As another user when this is root: PostgreSQL refuses to run as root."""
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*user, f"{programs[-1]}/{program}", *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)

    run("initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "--no-sync")
    run("pg_ctl", "-D", f"{folder}/data", "-l", f"{folder}/log", "-w", "-o", f"-k {folder} {OPTIONS}", "start")
    yield folder
    run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/test.sqlite"
    socket, name = request.getfixturevalue("postgres"), f"t{uuid4().hex}"
    connection = await asyncpg.connect(user="postgres", host=str(socket), database="postgres")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    await connection.close()
    return f"postgresql://postgres@/{name}?host={socket}"


@pytest.fixture
async def database(tmp_path: Path, database_url: str) -> AsyncIterator[Database]:
    """The database behind that URL, with our tables."""
    database = Database.open(some_settings(tmp_path, database_url=database_url))
    yield database
    await database.close()
