"""How many articles a second are linked to the stories they tell, and how well.

`PYTHONPATH=. python tests/bench/stories.py [articles]`. First 2,000 articles of four portals with
300 planted copies and 100 alike ones that differ in figures: how many are found, and how many of
those found are right. Then so many articles (100,000), every seventh a copy of one not long before.
"""

import resource
import sys
import tempfile
import time
from collections import deque
from itertools import combinations, islice
from random import Random

from sqlalchemy import insert, select

from antara_crawler.archive import Archive
from antara_crawler.archive.index.search_index import BATCH
from antara_crawler.archive.index.stories import link_stories
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories
from antara_crawler.items import Article
from antara_crawler.text.likeness import Wording
from tests.archive.syndication import plant
from tests.bench.corpus import articles


def put(archive: Archive, items: list[Article], first: int) -> float:
    """Put rows of articles in and link them; return the seconds of processor that linking took."""
    rows = [
        {
            "id": first + place,
            "portal": each.portal,
            "kind": "berita",
            "article_id": first + place,
            "title": each.title,
            "body": "\n\n".join(each.paragraphs),
            "language": "id",
            "revision": 1,
            "first_seen_at": each.seen_at,
            "last_seen_at": each.seen_at,
        }
        for place, each in enumerate(items)
    ]
    with archive.writing() as connection:
        connection.execute(insert(Articles), rows)
        began = time.process_time()
        link_stories(
            connection, {first + at: Wording(each.paragraphs).keys for at, each in enumerate(items)}
        )
        return time.process_time() - began


def quality(archive: Archive) -> None:
    planted = plant(2000, 300, 100)
    for start in range(0, 2000, BATCH):
        put(archive, planted.articles[start : start + BATCH], start + 1)
    told: dict[int, list[int]] = {}
    with archive.reading() as connection:
        for row in connection.execute(select(Stories.story_id, Stories.article_id)):
            number = planted.articles[row.article_id - 1].article_id or 0
            told.setdefault(row.story_id, []).append(number)
    found = {frozenset(pair) for each in told.values() for pair in combinations(each, 2)}
    right = len(found & set(planted.same))
    print(f"recall {right / len(planted.same):.3f}, precision {right / max(1, len(found)):.3f}")


def speed(archive: Archive, count: int) -> None:
    rng, source, spent, done = Random(1), articles(count), 0.0, 0
    late: deque[tuple[str, ...]] = deque(maxlen=500)
    while batch := list(islice(source, BATCH)):
        for place, each in enumerate(batch):
            if late and not rng.randrange(7):
                object.__setattr__(each, "paragraphs", rng.choice(late)[1:] or each.paragraphs)
            late.append(batch[place].paragraphs)
        spent += put(archive, batch, 10_000 + done)
        done += len(batch)
        if done % 10_000 == 0:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{done:,}: {done / spent:,.0f} a second of processor, {memory} MB", flush=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/archive.db"
        with Archive.open(url, create=True) as archive:
            quality(archive)
            speed(archive, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)


if __name__ == "__main__":
    main()
