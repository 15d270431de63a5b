"""Decoders without Qt: what is in a media file, exactly where it is, and what of it is not sound."""
