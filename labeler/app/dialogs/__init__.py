"""Dialogs: new project, label set, import, export, settings, copies, who I am."""
