"""Answers requests from capture files, and accounts for each of their records."""
