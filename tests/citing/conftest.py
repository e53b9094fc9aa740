"""The archive of a few articles that the commands' tests use."""

from tests.commands.conftest import library

__all__ = ["library"]
