"""A retrieval test set: invented articles, queries, and which articles each should find."""
