"""`python -m evals run|report|questions|transcripts|calibrate|learn|bench`: measure answers and guard the baseline."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from assistant import Assistant
from assistant.embedding import open_embedder
from assistant.errors import MarkewijzerError
from assistant.language_model.checking import SUPPORT
from assistant.settings import Settings, read_settings
from evals.baseline import accept, check_baseline
from evals.bench.environment import peers_python
from evals.bench.parts import Plan
from evals.bench.plain_model import write_plain_model
from evals.bench.running import KEPT, PAGE, PartName, run_bench
from evals.bench.soak import soak, write_soak
from evals.calibrating import calibrate, write_calibration
from evals.cases import Case, CaseSet, choose, load_cases
from evals.learning import MEANING, learn, lessons, write_learned
from evals.left_out import ask_left_out, rates
from evals.reporting import REPORTS, write_report
from evals.results import Results, read_results, summarise
from evals.running import Record, run_cases
from evals.support import KEPT_TRUE, cosine_alone, least_support, shares, try_rewordings
from evals.transcripts import choose_records, transcripts
from ingest.beyond import read_beyond
from ingest.checking import read_corpus

CALIBRATION = Path(__file__).parent.parent / "assistant" / "calibration.json"

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

Data = Annotated[Path | None, typer.Option("--data", help="Folder with the index (DATA_DIR).")]
Out = Annotated[Path, typer.Option("--out", help="Folder for the report.")]


@app.command("run")
def run_command(
    which: Annotated[CaseSet, typer.Option("--set", help="Which golden cases.")] = CaseSet.ALL,
    public: Annotated[bool, typer.Option("--public", help="Only the small set that runs at every change.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Exit 1 when a figure fell below the baseline.")] = False,
    accepted: Annotated[bool, typer.Option("--accept", help="Make this run the baseline.")] = False,
    data: Data = None,
    out: Out = REPORTS,
) -> None:
    """Asks the golden cases and writes the report."""
    settings = _settings(data)
    cases = choose(load_cases(), which, public=public)
    if not cases:
        raise typer.BadParameter("no case is public and of the report set; leave out --set or --public")
    records = asyncio.run(_ask(settings, cases))
    scope = "public" if public else which.value
    results = summarise(records, scope=scope, embedding_model=settings.embedding_model)
    _write(results, out)
    if accepted:
        accept(results)
    if check:
        _stop_at_falls(results)


@app.command("report")
def report_command(out: Out = REPORTS) -> None:
    """Writes the report anew from the results of the last run in the folder."""
    if not (out / "results.json").exists():
        raise typer.BadParameter(f"{out}/results.json is not there; run `python -m evals run` first")
    _write(read_results(out / "results.json"), out)


@app.command("questions")
def questions_command(
    count: Annotated[int, typer.Option(min=1, help="How many questions of the corpus to leave out and ask.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed draws the same questions.")] = 1,
    corpus: Annotated[Path | None, typer.Option("--corpus", help="Folder with the corpus (CORPUS_DIR).")] = None,
    data: Data = None,
) -> None:
    """Leaves questions of editors out of an index, asks them, and prints which sources were not found."""
    settings = _settings(data)
    asked = asyncio.run(ask_left_out(settings, corpus or settings.corpus_dir, count=count, seed=seed))
    for title, found in rates(asked).items():
        if found:
            console.print(f"{100 * found.value:5.1f} % ({100 * found.low:.0f} to {100 * found.high:.0f})  {title}")
    for miss in (a for a in asked if not a.is_cited(twins=True)):
        cited = ", ".join(citation.source.id for citation in miss.answer.citations[:3]) or "nothing"
        console.print(f"- {miss.sample.source.id}: “{miss.sample.question}” {miss.answer.outcome}, cited {cited}")


@app.command("transcripts")
def transcripts_command(
    count: Annotated[int, typer.Option(min=2, help="How many answers to show.")] = 30,
    seed: Annotated[int, typer.Option(help="The same seed chooses the same cases.")] = 1,
    data: Data = None,
) -> None:
    """Prints whole answers to cases of the tuning set as Markdown, good and bad ones, to read."""
    records = asyncio.run(_ask(_settings(data), choose(load_cases(), CaseSet.TUNE)))
    print(transcripts(choose_records(records, count, seed)))


@app.command("calibrate")
def calibrate_command(data: Data = None) -> None:
    """Fits on the tuning set when the assistant may call itself sure, and writes assistant/calibration.json."""
    records = asyncio.run(_ask(_settings(data), choose(load_cases(), CaseSet.TUNE)))
    calibration = calibrate([r.case for r in records], [r.turn for r in records])
    write_calibration(calibration, CALIBRATION)
    console.print(json.dumps(calibration, indent=2))


@app.command("learn")
def learn_command(
    corpus: Annotated[Path | None, typer.Option("--corpus", help="Folder with the corpus (CORPUS_DIR).")] = None,
) -> None:
    """Learns from the examples of the rules and the corpus what questions mean; writes assistant/rules/meaning.json."""
    settings = read_settings()
    folder = corpus or settings.corpus_dir
    questions = {question for reading in read_corpus(folder) for question in reading.source.questions}
    beyond = read_beyond(folder)
    of_corpus = questions | {example.question for example in beyond}
    learned = learn(lessons(beyond, sorted(questions)), open_embedder(settings.embedding_model), light=of_corpus)
    write_learned(learned, MEANING)
    console.print(json.dumps(learned["cross_validated"], indent=2))


@app.command("bench")
def bench_command(
    only: Annotated[list[PartName] | None, typer.Option(help="A part to run; may be given more than once.")] = None,
    which: Annotated[CaseSet, typer.Option("--set", help="Which golden questions.")] = CaseSet.REPORT,
    questions: Annotated[int | None, typer.Option(min=5, help="At most so many; fewer make a rehearsal.")] = None,
    seconds: Annotated[int, typer.Option(min=3, help="How long the visitors of one level ask.")] = 12,
    sizes: Annotated[list[int] | None, typer.Option(min=1000, help="Sources to grow to.")] = None,
    large: Annotated[bool, typer.Option("--large", help="Grow to 50 000 sources as well; half an hour more.")] = False,
    peers: Annotated[Path | None, typer.Option("--peers-venv", help="Environment of the peers.")] = None,
    torch_index: Annotated[str, typer.Option(help="What pip needs to find a torch without CUDA.")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder for a rehearsal; without it docs/benchmark.md.")] = None,
    data: Data = None,
) -> None:
    """Measures speed, load, growth and refreshes, beside what others would pick, and writes docs/benchmark.md."""
    settings = _settings(data)
    home = settings.data_dir / "bench"
    home.mkdir(parents=True, exist_ok=True)
    console.print("the environment of the peers, and their encoder")
    plan = Plan(
        corpus=settings.corpus_dir.resolve(),
        data=settings.data_dir.resolve(),
        peers=peers_python((peers or home / "venv").resolve(), torch_index),
        plain=write_plain_model(home.resolve() / "e5-small"),
        which=which,
        questions=questions,
        seconds=seconds,
        sizes=(*(sizes or [5_000]), *([50_000] if large else [])),
        tell=console.print,
    )
    page, kept = (out / "benchmark.md", out / "results.json") if out else (PAGE, KEPT)
    page.parent.mkdir(parents=True, exist_ok=True)
    run_bench(plan, only or list(PartName), page=page, kept=kept)
    console.print(f"written: {page}")


@app.command("soak")
def soak_command(
    pace: Annotated[float, typer.Option(min=1, help="Questions a second; 60 % of what `bench` found as the limit.")],
    minutes: Annotated[int, typer.Option(min=2, help="How long.")] = 30,
    peers: Annotated[Path | None, typer.Option("--peers-venv", help="Environment of the peers, for Locust.")] = None,
    page: Annotated[Path, typer.Option(help="Page with the marks for the figures.")] = PAGE,
    data: Data = None,
) -> None:
    """Asks one server new questions for half an hour, and writes into docs/benchmark.md whether it stays as it was."""
    home = _settings(data).data_dir.resolve()
    python = peers_python((peers or home / "bench" / "venv").resolve(), "")
    with TemporaryDirectory(prefix="markewijzer-soak-") as folder:
        done, peak = soak(home, python, Path(folder), minutes=minutes, pace=pace, tell=console.print)
    write_soak(page, done, peak, pace)
    console.print(f"written: {page}")


@app.command("support")
def support_command(
    count: Annotated[int, typer.Option(min=1, help="How many sentences of each kind at most.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed makes the same sentences.")] = 1,
    corpus: Annotated[Path | None, typer.Option("--corpus", help="Folder with the corpus (CORPUS_DIR).")] = None,
) -> None:
    """Rewords sentences of the corpus, truly and falsely; prints how many the check on a language model lets pass."""
    settings = read_settings()
    sources = [reading.source for reading in read_corpus(corpus or settings.corpus_dir)]
    trials = try_rewordings(sources, open_embedder(settings.embedding_model), count=count, seed=seed)
    for (true, kind), share in shares(trials).items():
        console.print(
            f"{100 * share.value:5.1f} % ({100 * share.low:.0f} to {100 * share.high:.0f}) of {share.cases:4} "
            f"{'true ' if true else 'false'}  {kind}"
        )
    console.print(
        f"least cosine that keeps {KEPT_TRUE:.0%} of the true ones: {least_support(trials):.3f}, in use {SUPPORT}"
    )
    console.print(f"area under the curve of the cosine alone: {cosine_alone(trials):.2f}")
    for trial in (t for t in trials if t.passes and not t.true):
        console.print(f"- passed, {trial.kind}: {trial.text}")


async def _ask(settings: Settings, cases: list[Case]) -> list[Record]:
    assistant = Assistant.open(settings=settings)
    try:
        await assistant.start()
        with Progress(console=errors) as bar:
            task = bar.add_task("Asking", total=len(cases))
            return await run_cases(assistant, cases, lambda done, total: bar.update(task, completed=done))
    finally:
        await assistant.close()


def _write(results: Results, out: Path) -> None:
    for path in write_report(results, out):
        console.print(f"written: {path}")


def _stop_at_falls(results: Results) -> None:
    falls = check_baseline(results)
    for line in falls:
        errors.print(line)
    if falls:
        raise typer.Exit(1)
    console.print("no figure fell below the baseline")


def _settings(data: Path | None) -> Settings:
    return read_settings(data_dir=data) if data else read_settings()


def main() -> None:
    """Entry point; what we expect to go wrong ends in one clear line."""
    # Hundreds of crises are recognised here, and all of them are made up.
    logging.getLogger("assistant").setLevel(logging.ERROR)
    try:
        app()
    except MarkewijzerError as exc:
        errors.print(f"{type(exc).__name__}: {exc}")
        sys.exit(1)


if __name__ == "__main__":
    main()
