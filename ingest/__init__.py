"""Turns the corpus into a searchable index, one immutable generation after the other."""

from ingest.synchronise import refresh

__all__ = ["refresh"]
