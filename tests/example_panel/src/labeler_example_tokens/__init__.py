"""Tokens: an example of a panel from outside."""
