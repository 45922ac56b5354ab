"""`python -m assistant "vraag"`: one question, one answer, in the terminal or as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from assistant.assistant import Assistant
from assistant.domain import MUNICIPALITIES, Answer, Outcome, Question
from assistant.errors import MarkewijzerError
from assistant.presentation import answer_as_json
from assistant.settings import read_settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="De vraag, in gewone woorden.")],
    municipality: Annotated[str | None, typer.Option("--gemeente", help="Een van de twaalf gemeenten.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Folder with the index (DATA_DIR).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the object of the API.")] = False,
) -> None:
    """Beantwoordt één vraag uit de index."""
    if municipality is not None and municipality not in MUNICIPALITIES:
        raise typer.BadParameter(f"{municipality!r}; kies uit: {', '.join(MUNICIPALITIES)}")
    answer = asyncio.run(_answer(Question(question, municipality), data))
    if as_json:
        body = answer_as_json(answer, conversation=str(uuid.uuid4()), turn=str(uuid.uuid4()))
        print(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        _print(answer)


async def _answer(question: Question, data: Path | None) -> Answer:
    assistant = Assistant.open(settings=read_settings(data_dir=data) if data else None)
    try:
        answer = await assistant.ask(question)
        if answer.outcome is Outcome.FAILED:
            await assistant.start()  # says what is wrong, where the answer may only apologise
        return answer
    finally:
        await assistant.close()


def _print(answer: Answer) -> None:
    console = Console()
    console.print(Markdown(answer.text))
    for card in answer.cards:
        contact = card.source.contact
        reach = " · ".join(filter(None, [contact.phone, contact.email, contact.website]))
        console.print(f"\n[bold]{card.source.title}[/bold] [{card.citation}]\n{card.summary}\n{reach}")
    for citation in answer.citations:
        date = citation.source.date or "datum onbekend"
        console.print(
            f"\\[{citation.number}] {citation.source.publisher}, {date}: {citation.source.url}", soft_wrap=True
        )


def main() -> None:
    """Entry point; what we expect to go wrong ends in one clear line."""
    try:
        app()
    except MarkewijzerError as exc:
        print(f"{type(exc).__name__}: {exc}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
