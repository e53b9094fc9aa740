"""The account of a run: what was asked and shown, what became of it, in numbers and words."""
