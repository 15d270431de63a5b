"""Decoders without Qt: what is in images and recordings, exactly where it is, and what is not sound.

They take open streams and know no store.
"""
