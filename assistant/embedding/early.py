"""Opens the encoder before the rest of a server is imported: it takes as long, and they can do so at the same time."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.embedding import BUNDLED
from assistant.errors import SettingsError
from assistant.settings import read_settings


def start_encoder(arguments: Sequence[str] = sys.argv[1:]) -> None:
    """Begins in the background, where a command without a subcommand will serve with the bundled encoder."""
    if "--help" in arguments or any(not argument.startswith("-") for argument in arguments[:1]):
        return
    try:
        settings = read_settings()
    except SettingsError:
        return  # whoever serves reads them again, and says what is wrong
    if settings.embedding_model == BUNDLED:
        from assistant.embedding.bundled import opening

        opening()
