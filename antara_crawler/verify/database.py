"""Whether the rows hang together: the database's checks, links, numbers, frontier, changes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from sqlalchemy import ColumnElement, Connection, and_, func, select, text

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.index.index_tables import is_current
from antara_crawler.archive.index.search_index import differing, kept_words
from antara_crawler.archive.store.wordings import wordings_of
from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Base,
    Extractions,
    Revisions,
    Tags,
)
from antara_crawler.archive.tables.crawl import Captures, ListingCursors, Pages, Runs
from antara_crawler.archive.tables.history import Changes, Stories
from antara_crawler.archive.tables.statements import grouped
from antara_crawler.archive.tables.types import AnyRow, AnySelect
from antara_crawler.items import State
from antara_crawler.verify.articles import BATCH, DAMAGE, Finding, each_row, named, of_row
from antara_crawler.wording import sentence

NAMED = 20
"""How many rows of one kind of fault are named; their number is told in any case."""
_REVISED = select(Changes.__table__).where(Changes.event == "revised").order_by(Changes.happened_at)
_STORIES = select(func.count(Stories.story_id.distinct()))
_WRONG_STORIES = (
    select(Stories.story_id, func.count().label("members"))
    .group_by(Stories.story_id)
    .having((func.count() < 2) | (func.min(Stories.article_id) != Stories.story_id))
)
NAME = "search_index"
# https://www.sqlite.org/fts5.html, ascii tokenizer: what is not ASCII is part of a word.
_TOKEN = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
_HELD = {
    "sqlite": "SELECT count(*) FROM search_index_words",
    "postgresql": "SELECT count(*) FROM search_index",
}


def database_faults(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield what SQLite itself finds wrong with its file; PostgreSQL checks as it reads."""
    if archive.path is None:
        return
    checked["database"] += 1
    with archive.reading() as connection:
        for (line,) in connection.execute(text(f"PRAGMA integrity_check({NAMED})")):
            if line != "ok":
                yield Finding("database", str(archive.path.name), " ".join(line.split()))


def wrong_revisions(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the articles whose revisions are not numbered 1, 2, 3 … or were never read."""
    number, last = func.count(Revisions.id), func.max(Revisions.number)
    gapped = (number != last).is_not(False) | (func.min(Revisions.number) != 1)
    gaps = (
        select(Articles.id, number.label("number_of"), last.label("last"))
        .outerjoin(Revisions, Revisions.article_id == Articles.id)
        .group_by(Articles.id, Articles.revision)
        .having(gapped | (Articles.revision > last))
    )
    unread = (
        select(Revisions.id, Revisions.article_id)
        .outerjoin(Extractions, Extractions.revision_id == Revisions.id)
        .where(Extractions.id.is_(None))
    )
    checked["revisions"] += archive.value(select(func.count(Revisions.id))) or 0
    for row in archive.rows(gaps.limit(NAMED)):
        message = sentence(f"has {row.number_of or 0} revisions, of which the last is {row.last}")
        yield of_row(archive, "revision", message, article=row.id)
    for row in archive.rows(unread.limit(NAMED)):
        name, portal = named(archive, article=row.article_id)
        yield Finding(
            "revision", f"revisions {row.id}", sentence("has no reading"), name, portal=portal
        )


def unreadable_rows(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the rows that hold what no column of theirs can, beside those of articles."""
    for table in (Captures, Pages, Revisions, Runs, ListingCursors, Authors, Tags):

        def read(
            connection: Connection, keys: Sequence[int], table: Any = table
        ) -> dict[int, AnyRow]:
            query = select(table.__table__).where(table.id.in_(keys))
            return {row.id: row for row in connection.execute(query)}

        for key, row in each_row(archive, table.id, read):
            checked["rows"] += 1
            if isinstance(row, str):
                yield Finding(
                    "database", f"{table.__tablename__} {key}", sentence(f"cannot be read: {row}")
                )


def broken_links(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the rows that refer to a row which is not there, on either database."""
    for table in Base.metadata.sorted_tables:
        for link in table.foreign_keys:
            checked["links"] += 1
            child, parent = link.parent, link.column
            aim = parent.table.alias()
            lost = (
                select(child)
                .outerjoin(aim, aim.c[parent.name] == child)
                .where(child.is_not(None), aim.c[parent.name].is_(None))
            )
            number = archive.value(select(func.count()).select_from(lost.subquery()))
            if number:
                targets, name = archive.values(lost.limit(3)), parent.table.name
                message = sentence(f"{number} rows refer to rows of {name} that are not there")
                said = f"{message} ({', '.join(map(str, targets))} …)"
                yield Finding("link", f"{table.name}.{child.name}", said)


def wrong_frontier(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the pages whose state is none, or whose article is not theirs or not there."""
    checked["pages"] += archive.value(select(func.count(Pages.id))) or 0
    unlike = (
        (Articles.portal != Pages.portal)
        | (Articles.kind != Pages.kind)
        | (Articles.article_id.is_distinct_from(Pages.number))
    )
    faults: dict[str, ColumnElement[bool]] = {
        sentence("it is in no state that there is"): Pages.state.not_in(get_args(State)),
        sentence("it is stored, but without an article"): and_(
            Pages.state == "stored", Pages.number.is_not(None), Pages.article_id.is_(None)
        ),
        sentence("its article is another one"): and_(Pages.article_id.is_not(None), unlike),
    }
    for message, condition in faults.items():
        query = (
            select(Pages.id, Pages.url, Pages.portal)
            .outerjoin(Articles, Articles.id == Pages.article_id)
            .where(condition)
        )
        for row in archive.rows(query.limit(NAMED)):
            yield Finding("frontier", f"pages {row.id}", f"{row.url}: {message}", portal=row.portal)


def wrong_captures(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the fetches that are tied to another revision, reading or page than they show."""
    captures = select(Captures.id, Captures.file, Captures.offset)
    faults: dict[str, AnySelect] = {
        sentence("its reading is of another revision"): captures.join(
            Extractions, Extractions.id == Captures.extraction_id
        ).where(Extractions.revision_id.is_distinct_from(Captures.revision_id)),
        sentence("its revision is of another page's article"): captures.join(
            Revisions, Revisions.id == Captures.revision_id
        )
        .join(Pages, Pages.id == Captures.page_id)
        .where(Revisions.article_id.is_distinct_from(Pages.article_id)),
        sentence("an article shows it, and another reading than this fetch gives"): captures.join(
            Articles, Articles.capture_id == Captures.id
        ).where(Articles.extraction_id.is_distinct_from(Captures.extraction_id)),
    }
    for message, query in faults.items():
        for row in archive.rows(query.limit(NAMED)):
            yield Finding("capture", f"captures {row.id}", f"{row.file}@{row.offset}: {message}")


def wrong_changes(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the articles whose changes of wording are not those that their fetches show."""
    for key, read in each_row(archive, Articles.id, _differing):
        checked["changes"] += read if isinstance(read, int) else 0
        if isinstance(read, str):
            yield of_row(archive, "changes", read, article=key)


def wrong_stories(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the stories that one article alone tells, or that are named after none of theirs."""
    with archive.reading() as connection:
        checked["stories"] += connection.scalar(_STORIES) or 0
        wrong = connection.execute(_WRONG_STORIES).all()
    for row in wrong:
        message = sentence(f"has {row.members} articles, and is not the first of two or more")
        yield Finding("stories", f"stories {row.story_id}", message)


def _differing(connection: Connection, keys: Sequence[int]) -> dict[int, int | str]:
    """Return of each article how many changes it has, or what is wrong with them."""
    shown = wordings_of(connection, keys)
    noted = connection.execute(_REVISED.where(Changes.article_id.in_(keys)))
    kept = grouped((row.article_id, row._asdict()) for row in noted)
    found: dict[int, int | str] = dict.fromkeys(keys, 0)
    for key in {*shown, *kept}:
        right = shown.get(key, [])
        said = [{name: row[name] for name in right[0]} if right else row for row in kept[key]]
        found[key] = len(right)
        if said != right:
            found[key] = sentence(
                f"its {len(said)} changes of wording are not what its revisions show"
            )
    return found


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
        names = ", ".join(str(named(archive, article=key)[0]) for key in other[:3])
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
