"""What there is to read about the program: its help pages, and whose work ships with it."""
