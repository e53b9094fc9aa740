"""Runs the queries over an archive and scores them: recall and precision among the first ten."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.items import Article
from tests.archive.retrieval.queries import QUERIES
from tests.archive.retrieval.stories import STORIES

FIRST = 10
START = datetime(2024, 1, 1, tzinfo=UTC)
_BARE = re.compile(r'(?<!\S)(?![a-z]+:|-)([^\s"]+)(?!\S)')


@dataclass(frozen=True)
class Score:
    """Means over all queries, between 0 and 1."""

    recall: float
    precision: float


def fill(archive: Archive) -> None:
    """Write the stories into an archive."""
    run = runs.start(
        archive, portal="kalsel", command="crawl", arguments={}, software="test", now=START
    )
    Writer(archive, "test").write([_article(story.number) for story in STORIES], run)


def _article(number: int) -> Article:
    story = STORIES[number - 1]
    at = START + timedelta(days=number)
    return Article(
        portal="kalsel",
        kind="berita",
        article_id=number,
        url=f"https://kalsel.antaranews.com/berita/{number}/x",
        title=story.title,
        paragraphs=(story.text,),
        dateline=story.town,
        published_at=at,
        section=story.section,
        tags=story.tags,
        seen_at=at,
    )


def stemmed(query: str) -> str:
    """Search as it is."""
    return query


def unstemmed(query: str) -> str:
    """Ask for each word as it stands, as a search without a stemmer would."""
    if '"' in query.partition("section:")[0]:
        return query
    return _BARE.sub(r'"\1"', query)


def found(archive: Archive, query: str) -> list[int]:
    """Return the numbers of the first articles that a query finds."""
    return [hit.article_id or 0 for hit in archive.search(query, limit=FIRST).hits]


def score(archive: Archive, form: Callable[[str], str]) -> Score:
    """Return how well all queries do in this form."""
    recall = precision = 0.0
    for query, relevant in QUERIES:
        hits = found(archive, form(query))
        good = len(relevant.intersection(hits))
        recall += good / min(len(relevant), FIRST)
        precision += good / len(hits) if hits else 0.0
    return Score(recall / len(QUERIES), precision / len(QUERIES))
