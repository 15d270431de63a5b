"""Labeler: a desktop workbench for the people who teach AI systems."""

__version__ = "0.1.0"
