"""The steps of answering, one a module, in the order of `assistant/answering.py`."""
