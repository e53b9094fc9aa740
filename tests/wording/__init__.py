"""What the program says to people, and its catalogue."""
