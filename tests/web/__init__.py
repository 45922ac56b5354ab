"""Tests of the pages, the API and what is around them."""
