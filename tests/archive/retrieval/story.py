"""What an article of the retrieval test set is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """One article, short, as a regional portal would print it."""

    number: int
    section: str
    town: str
    title: str
    text: str
    tags: tuple[str, ...] = ()
