"""Alembic's scripts; run by schema.py, never by hand."""
