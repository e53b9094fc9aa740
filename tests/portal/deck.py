"""Dealing of features: like a deck of cards, so that every one turns up at its share."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Deck:
    """Deals cards by the number of the article; the same seed deals alike, for any number."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def deal(self, name: str, turn: int, cards: Sequence[T]) -> T:
        """Return the card of this turn; every `len(cards)` turns each card comes up once."""
        shuffled = list(cards)
        Random(f"{self.seed}/{name}/{turn // len(shuffled)}").shuffle(shuffled)
        return shuffled[turn % len(shuffled)]


def pack(**shares: int) -> tuple[str, ...]:
    """`pack(plain=2, odd=1)` is ('plain', 'plain', 'odd'); underscores become hyphens."""
    return tuple(name.replace("_", "-") for name, share in shares.items() for _ in range(share))
