"""The roof: composition root, window, pages, dialogs, palette, and what happens when one breaks."""
