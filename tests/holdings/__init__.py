"""Tests of what is done on request with what is held."""
