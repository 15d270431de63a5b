"""The help pages, readable in the app and filled with the keys in force."""
