"""The panel's file formats: recordings, and transcripts of them as other programs write them."""
