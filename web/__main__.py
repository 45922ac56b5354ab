"""`python -m web`: serves the pages and the API on `HOST` and `PORT`."""

from __future__ import annotations

import logging
from typing import Annotated

import typer
import uvicorn

from assistant.errors import SettingsError
from assistant.settings import read_settings
from web.app import create_app


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on, instead of PORT.")] = None,
) -> None:
    """Serve Markewijzer until it is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings = read_settings(**{k: v for k, v in {"host": host, "port": port}.items() if v is not None})
        app = create_app(settings)
    except SettingsError as exc:
        raise typer.Exit(report(exc)) from exc
    # Uvicorn's access log would write questions: they stand in the query of a search.
    uvicorn.run(app, host=settings.host, port=settings.port, access_log=False, server_header=False)


def report(exc: SettingsError) -> int:
    """Prints what is wrong with the settings; the exit code."""
    typer.echo(f"error: {exc}", err=True)
    return 2


if __name__ == "__main__":
    typer.run(serve)
