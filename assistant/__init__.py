"""Answers a Dutch question with cited sources. Knows nothing of HTTP, HTML or the files of the corpus."""

from assistant.assistant import Assistant

__all__ = ["Assistant"]
