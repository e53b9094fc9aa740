"""How many examples hypothesis tries of one property: few on each push, many at night."""

import os

_TIMES = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 1


def examples(usual: int) -> int:
    """Return how many to try where the usual profile tries so many."""
    return usual * _TIMES
