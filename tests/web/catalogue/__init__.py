"""The catalogue and its pages."""
