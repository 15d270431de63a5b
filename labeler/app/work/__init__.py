"""The Work page: a queue, one task after another, each in its panel's editor, questions beside it."""
