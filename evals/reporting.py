"""The report: Markdown to read beside the code, and one page of HTML with the pictures inside."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from markdown_it import MarkdownIt

from evals import plots
from evals.measures import MEASURES, Measure
from evals.results import GROUPS, PER_GROUP, Failure, Figure, Results, SetResults

HERE = Path(__file__).parent
PAGE = HERE / "page.html"
REPORTS = HERE / "reports"
"""Where reports go unless told otherwise; git ignores it."""

MEANING: Mapping[str, str] = {
    "report": (
        "These are the figures to quote. Nobody looks at these cases while building: "
        "what fails is listed by id and kind only."
    ),
    "tune": (
        "These cases were looked at while building, so the figures flatter. They are here to learn from, not to quote."
    ),
}
_BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}


def write_report(results: Results, out: Path) -> list[Path]:
    """Writes `report.md`, `report.html` and `results.json` into a folder, and gives their paths.

    A run of all cases into `REPORTS` is also kept as `evals/report.md` and `evals/results.json`.
    """
    out.mkdir(parents=True, exist_ok=True)
    markdown = as_markdown(results)
    texts = {"report.md": markdown, "results.json": results.model_dump_json(indent=1) + "\n"}
    targets = {out / name: text for name, text in texts.items()} | {out / "report.html": as_html(results)}
    if results.scope == "all" and out == REPORTS:
        targets |= {HERE / name: text for name, text in texts.items()}
    for path, text in targets.items():
        path.write_text(text, encoding="utf-8")
    return list(targets)


def as_markdown(results: Results) -> str:
    """The whole report without pictures."""
    return "\n\n".join([_opening(results), *(_set_as_markdown(chosen) for chosen in results.sets)]) + "\n"


def as_html(results: Results) -> str:
    """The same, with a picture behind each part; needs nothing from elsewhere."""
    render = MarkdownIt("commonmark").enable("table").render
    parts = [render(_opening(results))]
    for chosen in results.sets:
        parts.append(f'<section class="{chosen.name}">{render(_set_as_markdown(chosen))}{_pictures(chosen)}</section>')
    return PAGE.read_text("utf-8").replace("{{ report }}", "\n".join(parts))


def _opening(results: Results) -> str:
    counts = " and ".join(f"{chosen.cases} of the {chosen.name} set" for chosen in results.sets)
    note = "**This is the small public run, from the tune set: it guards, it does not prove.**\n\n"
    return (
        "# How well Markewijzer answers\n\n"
        f"{note if results.scope == 'public' else ''}"
        f"Run of {results.created} over {counts} ({results.scope}). Engine: {results.engine}; "
        f"embedder: {results.embedding_model}. Intervals are 95 % bootstrap intervals over cases (1000 resamples). "
        "↓ marks a figure that should be low."
    )


def _set_as_markdown(chosen: SetResults) -> str:
    blocks = [
        f"## The {chosen.name} set ({chosen.cases} cases)",
        MEANING[chosen.name],
        *_figure_tables(chosen.figures),
        "### By group of cases",
        _group_table(chosen),
        "### Outcomes: expected (rows) and given (columns)",
        _confusion_table(chosen),
        "### Time per step, in milliseconds",
        _table(["Step", "p50", "p95", "turns"], ((r.step, r.p50, r.p95, r.turns) for r in chosen.latency)),
        f"### Cases that miss something ({len(chosen.failures)})",
        "\n".join(map(_failure_line, chosen.failures)) or "None.",
    ]
    return "\n\n".join(blocks)


def _figure_tables(figures: Iterable[Figure]) -> Iterable[str]:
    for section, rows in groupby(figures, key=lambda figure: _BY_NAME[figure.name].section):
        yield f"### {section}"
        yield _table(["Measure", "Figure", "95 % interval", "cases"], map(_figure_row, rows))


def _figure_row(figure: Figure) -> tuple[str, str, str, int]:
    measure = _BY_NAME[figure.name]
    title = measure.title + (" ↓" if measure.lower_is_better else "")
    return (
        title,
        _number(figure.value, measure),
        f"{_number(figure.low, measure)} to {_number(figure.high, measure)}",
        figure.cases,
    )


def _group_table(chosen: SetResults) -> str:
    rows = []
    for group, figures in chosen.groups.items():
        found = {figure.name: figure for figure in figures}
        rows.append((group, *(_short(found.get(name)) for name in PER_GROUP)))
    return _table(["Group", *(_BY_NAME[name].title for name in PER_GROUP)], rows)


def _confusion_table(chosen: SetResults) -> str:
    rows = [(name, *(count or "·" for count in counts)) for name, counts in zip(GROUPS, chosen.confusion, strict=True)]
    return _table(["", *GROUPS], [row for row in rows if any(cell != "·" for cell in row[1:])])


def _failure_line(failure: Failure) -> str:
    kinds = ", ".join(failure.kinds)
    if not failure.question:
        return f"- `{failure.id}`: {kinds}"
    question = " ".join(failure.question.split())[:200]
    question = html.escape(question, quote=False).replace("[", "\\[").replace("*", "\\*").replace("`", "\\`")
    cited = ", ".join(failure.cited) or "nothing"
    return f"- `{failure.id}` “{question}”: {kinds}; expected {failure.expected}, got {failure.outcome}, cited {cited}"


def _pictures(chosen: SetResults) -> str:
    drawn = {
        "By group of cases": plots.draw_groups(chosen),
        "Expected and given outcomes": plots.draw_confusion(chosen),
        "Time per step": plots.draw_latency(chosen),
    }
    if chosen.reliability:
        drawn["How far the best score can be trusted"] = plots.draw_reliability(chosen)
    return "".join(
        f'<figure role="img" aria-label="{title}">{svg}<figcaption>{title} ({chosen.name} set)</figcaption></figure>'
        for title, svg in drawn.items()
    )


def _short(figure: Figure | None) -> str:
    return f"{100 * figure.value:.0f} % of {figure.cases}" if figure else "–"


def _number(value: float, measure: Measure) -> str:
    return f"{100 * value:.1f} %" if measure.is_share else f"{value:.1f}"


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    lines = [list(map(str, head)), *(list(map(str, row)) for row in rows)]
    rule = ["---"] * len(lines[0])
    return "\n".join("| " + " | ".join(line) + " |" for line in [lines[0], rule, *lines[1:]])
