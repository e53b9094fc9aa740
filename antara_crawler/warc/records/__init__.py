"""WARC records and the HTTP messages in them: as bytes, and back."""
