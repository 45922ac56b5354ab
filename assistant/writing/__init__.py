"""How the extractive engine chooses sentences and puts them together; one form of answer a module."""
