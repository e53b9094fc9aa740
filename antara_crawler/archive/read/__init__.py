"""Reads what was stored: articles, records for export, fetches and what each one showed."""
