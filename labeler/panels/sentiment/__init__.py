"""Text sentiment: one text, its classes and scales, and spans in it."""
