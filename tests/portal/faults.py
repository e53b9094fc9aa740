"""What a portal can do wrong, and which of its articles can be read all the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests.portal.site import Site

Robots = Literal["fine", "5xx", "disallow all"]
MENDABLE = ("e503", "e429", "reset_once", "slow", "wrong_charset")
"""A client that asks again and waits gets the article in the end."""
FATAL = (
    "e503_for_ever", "reset", "cut_body", "soft_404", "redirect_home", "redirect_loop",
    "huge", "gzip_bomb", "binary", "hang",
)  # fmt: skip
"""No client ever gets the article."""
NAMES = (*MENDABLE, *FATAL)


@dataclass(frozen=True)
class Faults:
    """How many articles have each fault (drawn by `seed` from those the site began with).

    `endless_listing` gives /sorotan a next page for ever, `repeating_listing` shows the first
    page of /khas again on every page. `flaky` is the share of paths whose first request is
    answered with 503. `on` lays a fault on a given path ('/terkini/3': 'e503'), whatever it is.
    """

    e503: int = 0
    e429: int = 0
    reset_once: int = 0
    slow: int = 0
    wrong_charset: int = 0
    e503_for_ever: int = 0
    reset: int = 0
    cut_body: int = 0
    soft_404: int = 0
    redirect_home: int = 0
    redirect_loop: int = 0
    huge: int = 0
    gzip_bomb: int = 0
    binary: int = 0
    hang: int = 0
    endless_listing: bool = False
    repeating_listing: bool = False
    robots: Robots = "fine"
    flaky: float = 0.0
    on: Mapping[str, str] = field(default_factory=dict)
    everywhere: str | None = None
    """A fault laid on every path, robots.txt too: 'maintenance', 'challenge', 'e503_for_ever'."""
    seed: int = 1
    times: int = 1
    """How often `e503`, `e429` and `reset_once` strike a path before it answers."""
    retry_after: int = 1
    """Seconds that a 429 asks for."""
    slow_seconds: float = 2.0
    """How long a slow body takes."""
    huge_bytes: int = 60_000_000
    bomb_bytes: int = 1_000_000_000

    @classmethod
    def all(cls, each: int = 1, **more: object) -> "Faults":
        """Every fault on `each` articles of its own, and both bad listings; robots.txt fine."""
        given: dict[str, object] = dict.fromkeys(NAMES, each)
        given |= {"endless_listing": True, "repeating_listing": True} | more
        return cls(**given)  # type: ignore[arg-type]

    def plan(self, site: "Site") -> dict[tuple[str, int], str]:
        """Return which article, by (kind, number), has which fault."""
        keys = [article.key for article in site.articles[: site.initial]]
        Random(f"{self.seed}/{site.portal}").shuffle(keys)
        wanted = [name for name in NAMES for _ in range(getattr(self, name))]
        if len(wanted) > len(keys):
            raise ValueError(f"{len(wanted)} faulty articles wanted of {len(keys)}")
        return dict(zip(keys, wanted, strict=False))

    def strikes_first(self, path: str) -> bool:
        """Whether `flaky` strikes this path's first request."""
        return self.flaky > 0 and Random(f"{self.seed}/{path}").random() < self.flaky
