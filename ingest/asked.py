"""Keeps in the data folder what visitors asked most, so that a refresh that no server started asks it again, too."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from ingest.limits import Asked

logger = logging.getLogger(__name__)

NAME = "asked.json"


class Kept(BaseModel):
    """The questions, redacted, and until when they may be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    until: AwareDatetime
    asked: tuple[Asked, ...]


def keep_asked(data_dir: Path, asked: Sequence[Asked], until: datetime) -> None:
    """Puts these questions in the place of those that were kept; with none nothing is left. May raise `OSError`."""
    path = data_dir / NAME
    if not asked:
        path.unlink(missing_ok=True)
        return
    unfinished = path.with_name(f".{NAME}.{os.getpid()}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(Kept(until=until, asked=tuple(asked)).model_dump_json())
    os.replace(unfinished, path)


def kept_asked(data_dir: Path) -> tuple[Asked, ...]:
    """The questions that a server kept here, most asked first; none when there is no such server.

    What was kept too long, because that server has stopped, is deleted and not read.
    """
    path = data_dir / NAME
    try:
        kept = Kept.model_validate_json(path.read_bytes())
        if kept.until > datetime.now(UTC):
            return kept.asked
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass
    except (OSError, ValidationError) as exc:
        logger.warning("%s: no questions of visitors are asked again: %s", path, type(exc).__name__)
    return ()
