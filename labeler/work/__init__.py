"""Who does what next: the store's lane, drafts with undo, and the desk a person works at."""
