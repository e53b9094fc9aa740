"""Asks the index: queries as people type them, hits, counts, suggestions."""
