"""Transcription: who says what, and when, in a recording."""
