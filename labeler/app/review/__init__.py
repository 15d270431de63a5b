"""The Review place: conflicts between copies, decided one after the other."""
