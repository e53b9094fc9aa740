"""Whether the search index holds the articles' words, each term as often as they have it."""

import re
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index.index_tables import is_current
from antara_crawler.archive.index.search_index import differing, kept_words
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.verify.articles import BATCH, DAMAGE, Finding, each_row, named
from antara_crawler.wording import sentence

NAME = "search_index"
NAMED = 3
# https://www.sqlite.org/fts5.html, ascii tokenizer: what is not ASCII is part of a word.
_TOKEN = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
_HELD = {
    "sqlite": "SELECT count(*) FROM search_index_words",
    "postgresql": "SELECT count(*) FROM search_index",
}


def wrong_search(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield what is wrong with the index; any of it is mended by making it anew."""
    try:
        for message in _faults(archive, checked):
            yield Finding("search", NAME, message)
    except DAMAGE as error:
        yield Finding(
            "search", NAME, sentence(f"cannot be read: {' '.join(str(error).split())[:200]}")
        )


def _faults(archive: Archive, checked: Counter[str]) -> Iterator[str]:
    with archive.reading() as connection:
        if not is_current(connection):
            yield sentence("it was made by other software, or not at all")
            return
    other = []
    for key, differs in each_row(archive, Articles.id, differing):
        checked["indexed"] += 1
        if differs:
            other.append(key)
    if other:
        names = ", ".join(str(named(archive, article=key)[0]) for key in other[:NAMED])
        yield sentence(f"it holds other words than {len(other)} articles have now, such as {names}")
    with archive.reading() as connection:
        held = connection.scalar(text(_HELD[connection.dialect.name]))
        articles = connection.scalar(select(func.count(Articles.id)))
        wrong = _wrong_terms(connection) if connection.dialect.name == "sqlite" else 0
    if held != articles:
        yield sentence(f"it holds {held} articles, of which there are {articles}")
    if wrong:
        yield sentence(f"{wrong} terms are not as often in it as in the articles")


def _wrong_terms(connection: Connection) -> int:
    """Return how many terms SQLite's index, read to its end, has otherwise than it was told."""
    told: Counter[str] = Counter()
    after = 0
    following = select(Articles.id).order_by(Articles.id).limit(BATCH)
    while ids := list(connection.scalars(following.where(Articles.id > after))):
        for _, words in kept_words(connection, ids).values():
            told.update(_TOKEN.findall(words))
        after = ids[-1]
    connection.execute(
        text("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, search_index, row)")
    )
    wrong = 0
    for term, number in connection.execute(text("SELECT term, cnt FROM temp.terms")):
        wrong += told.pop(term, 0) != number
    connection.execute(text("DROP TABLE temp.terms"))
    return wrong + len(told)
