"""Decoders without Qt: bytes of images to pixels. It takes open streams and knows no store."""
