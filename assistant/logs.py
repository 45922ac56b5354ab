"""How the program writes its log: lines for people, or JSON for the machines of whoever collects them."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

from assistant.errors import MarkewijzerError

LogFormat = Literal["text", "json"]

ABOUT: ContextVar[Mapping[str, str]] = ContextVar("about")
"""What every line written from here on belongs to, such as `{"request": id}` or `{"run": id}`."""


class WithoutWords(logging.Formatter):
    """Writes where an error happened and of what kind it is, and not what it says: that may be a visitor's question.

    Our own errors (`MarkewijzerError`) do say it; their messages are ours.
    """

    def formatException(self, ei: Any) -> str:
        parts, error = list[str](), ei[1]
        while error is not None:
            says = f": {error}" if isinstance(error, MarkewijzerError) else ""
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"Traceback (most recent call last):\n{frames}{type(error).__qualname__}{says}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nwhich came of:\n\n".join(parts)


class TextLines(WithoutWords):
    """One line each, whatever a message holds: nobody writes a second line into our log by way of the first."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        about = "".join(f" [{name} {value}]" for name, value in ABOUT.get({}).items())
        line = super().formatMessage(record) + about
        return line.replace("\r", "\\r").replace("\n", "\\n")


class JsonLines(WithoutWords):
    """One JSON object a line: `at`, `level`, `logger`, `message`, what it belongs to, and the facts of the record."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **ABOUT.get({}),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class SafeHandler(logging.StreamHandler[TextIO]):
    """Writes as long as it can: a full disk or a closed pipe behind the log never stops an answer."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: there is nowhere left to say it."""


def set_up_logs(format: LogFormat) -> None:
    """From now on every record of INFO and above goes to standard error in this format."""
    handler = SafeHandler(sys.stderr)
    handler.setFormatter(JsonLines() if format == "json" else TextLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
