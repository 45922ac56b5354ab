"""The fixed rules that guard every question: crisis first, then what is out of bounds. No model, no index needed."""

from assistant.rules.matching import BoundaryMatch, CrisisMatch, find_boundary, find_crisis, shows_distress

__all__ = ["BoundaryMatch", "CrisisMatch", "find_boundary", "find_crisis", "shows_distress"]
