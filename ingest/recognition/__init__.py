"""Recognises who, where and when a text is about, as suggestions to an editor; nothing is filled in by itself."""

from ingest.recognition.suggesting import Suggestion, Suggestions, suggest

__all__ = ["Suggestion", "Suggestions", "suggest"]
