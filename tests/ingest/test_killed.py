"""A refresh that is killed at ten random moments: answers never change or fail, and the next run completes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

import pytest

from assistant import Assistant
from assistant.domain import Outcome
from ingest.generations import generations
from ingest.limits import Order, Publish
from ingest.running import run_refresh
from ingest.runs import Runs, RunState
from tests.conftest import REPOSITORY, Workplace
from tests.small_corpus import write_source

KILLS = 10

# Forks, so that everything is imported once; the child kills itself at the given tick of its progress.
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from assistant.settings import read_settings
from ingest.limits import Order, Publish
from ingest.running import run_refresh
corpus, data = Path(sys.argv[1]), Path(sys.argv[2])
def work(moment):
    ticks = 0
    def progress(what, done, total):
        nonlocal ticks
        ticks += 1
        if ticks == moment:
            os.kill(os.getpid(), signal.SIGKILL)
    order = Order(Publish.ALWAYS, replay=True)
    asyncio.run(run_refresh(read_settings(data_dir=data), corpus, order, by="proef", progress=progress))
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        work(int(line))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


@pytest.fixture
def killed(workplace: Workplace) -> subprocess.Popen[str]:
    """A process that begins a refresh for every line it reads, and dies in it at that tick."""
    command = [sys.executable, "-c", KILLED, str(workplace.corpus), str(workplace.settings.data_dir)]
    return subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


async def test_answers_survive_ten_kills_and_the_next_refresh_completes(
    workplace: Workplace, killed: subprocess.Popen[str]
) -> None:
    for n in range(6):
        body = f"De club nummer {n} in Emmen komt elke woensdag bij elkaar. Meedoen is gratis."
        write_source(workplace.corpus, f"club-{n}", body, titel=f"Club {n}")
    (workplace.corpus / "emmen-inloop.md").write_text(
        (workplace.corpus / "emmen-inloop.md").read_text(encoding="utf-8").replace("€ 1,50", "€ 9,99"), encoding="utf-8"
    )
    assistant = Assistant.open(settings=workplace.settings)
    question = "Waar kan ik mensen ontmoeten in Emmen?"
    before = await assistant.ask(question)
    assert before.outcome is Outcome.ANSWERED
    assert killed.stdin is not None
    assert killed.stdout is not None
    chance = random.Random(os.environ.get("KILL_SEED", "7"))

    for moment in sorted(chance.sample(range(1, 24), KILLS)):
        killed.stdin.write(f"{moment}\n")
        killed.stdin.flush()
        assert int(killed.stdout.readline()) == -signal.SIGKILL
        answer = await assistant.ask(question)
        assert (answer.outcome, answer.text) == (before.outcome, before.text)
        assert [g.live for g in await generations(workplace.settings)].count(True) == 1

    killed.communicate()
    run, report = await run_refresh(workplace.settings, workplace.corpus, Order(Publish.ALWAYS), by="Anna")
    assert (run.state, len(report.new), report.changed) == (RunState.PUBLISHED, 6, ("emmen-inloop",))
    assert len(await generations(workplace.settings)) == 2
    states = [run.state for run in Runs(workplace.settings.data_dir).all()]
    assert states == [RunState.PUBLISHED] + [RunState.INTERRUPTED] * KILLS
    assert len(list((workplace.index / "generations").iterdir())) == 2
    after = await assistant.ask(question)
    assert after.outcome is Outcome.ANSWERED
    await assistant.close()
