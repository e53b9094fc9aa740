"""Writes what was read: articles, revisions, extractions, captures, in batches."""
