"""Where migrations begin: a new archive gets its tables from schema.py, as the code has them."""

revision = "v0009"
down_revision = None


def upgrade() -> None:
    """Nothing: no archive is older than these tables."""
