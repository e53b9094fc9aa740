"""Tells from the archive's own past what goes wrong: silence, lost fields, failures, the disk."""
