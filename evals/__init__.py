"""Measures how well the assistant answers, on cases that were written before it was tuned."""
