"""Screens what comes from elsewhere before it is indexed: what is suspect waits for a person."""

from ingest.screening.screening import Flag, FlagKind, screen, screen_text

__all__ = ["Flag", "FlagKind", "screen", "screen_text"]
