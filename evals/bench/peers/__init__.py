"""The peers: what a user would pick instead, each written as its own documentation shows.

This package runs in an environment of its own (`evals/bench/environment.py`), so it imports nothing of ours but the
little that needs no library.
"""
