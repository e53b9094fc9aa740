"""Counts articles by word, portal, section, year and day, and what else an archive holds.

Counts of words and searches, once made, are kept until the archive's words change.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, TextClause, bindparam, func, select, text

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.frontier.verdicts import UNREAD
from antara_crawler.archive.read.filters import Filters, Shown
from antara_crawler.archive.read.views import Counted, Coverage, Overview, Years
from antara_crawler.archive.search.conditions import GROUP, INDEX, Words, every, year_of
from antara_crawler.archive.tables.articles import Articles, Extractions, LeftOutTexts, Revisions
from antara_crawler.archive.tables.crawl import Captures, Pages
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.statements import only
from antara_crawler.archive.tables.types import AnySelect
from antara_crawler.items import GENERIC, SHOWN_AGAIN

_MOST_KEPT, _MOST_SEARCHES = 20_000, 500

_VOCABULARY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, search_index, row)"
)
_ON_SQLITE = text("SELECT term, doc FROM temp.search_words WHERE term IN :words").bindparams(
    bindparam("words", expanding=True)
)
_ON_POSTGRESQL = text(
    "SELECT word, (SELECT count(*) FROM search_index"
    " WHERE terms @@ CAST('''' || word || '''' AS tsquery))"
    " FROM unnest(CAST(:words AS text[])) AS word"
)
_STATE = (
    "SELECT software, articles, length, (SELECT max(number) FROM search_changes) AS number,"
    " (SELECT max(id) FROM search_groups) AS newest"
)
# PostgreSQL does not count what it costs to unpack the words of an article: it would do so for
# all of them, which takes seconds, or start workers for a moment's work.
_NOW = {
    "sqlite": text(f"{_STATE} FROM search_state"),
    "postgresql": text(
        f"{_STATE}, set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),"
        " set_config('max_parallel_workers_per_gather', '0', true) FROM search_state"
    ),
}


class Held(NamedTuple):
    """What made the index, and on PostgreSQL how many articles and words it holds.

    `newest` is the last group of articles. Of some words, `counts` says how many articles have
    them; of some searches, `by_group` how many of each group fit.
    """

    software: str
    articles: int
    length: int
    newest: int
    counts: dict[str, int]
    by_group: dict[Hashable, Mapping[int, int]]


_Kept = tuple[int, dict[str, int], dict[Hashable, Mapping[int, int]]]
_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def held_now(connection: Connection) -> Held:
    """Return what the index holds, and let PostgreSQL's transaction look words up in it."""
    row = connection.execute(_NOW[connection.dialect.name]).first()
    software, articles, length, number, newest, *_ = row or ("", 0, 0, 0, None)
    of, counts, by_group = _kept.get(connection.engine, (-1, {}, {}))
    if of != number or len(counts) > _MOST_KEPT or len(by_group) > _MOST_SEARCHES:
        counts, by_group = {}, {}
        _kept[connection.engine] = number, counts, by_group
    return Held(software, articles, length, newest or 0, counts, by_group)


def held(connection: Connection, words: Iterable[str], known: Held | None = None) -> dict[str, int]:
    """Return how many articles have each of the words, of those that any has.

    `known` is what PostgreSQL's index holds, where that was asked already.
    """
    asked = sorted(set(words))
    if not asked:
        return {}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_VOCABULARY)
        return {row[0]: row[1] for row in connection.execute(_ON_SQLITE, {"words": asked})}
    counts = (known or held_now(connection)).counts
    missing = [word for word in asked if word not in counts]
    if missing:
        rows = connection.execute(_ON_POSTGRESQL, {"words": missing})
        counts.update({row[0]: row[1] for row in rows})
    return {word: counts[word] for word in asked if counts[word]}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles there are, and how many of each portal, section and year."""

    total: int = 0
    by_portal: Counted = ()
    by_section: Counted = ()
    by_year: Years = ()


def counted(
    connection: Connection, chosen: AnySelect, values: Mapping[str, Any], *, portals: bool = False
) -> Counts:
    """Return the counts of the articles that a query on `articles AS a` chooses.

    By portal only where asked for: it takes half as long again.
    """
    keys = (Shown.section, year_of(connection), *((Shown.portal,) if portals else ()))
    query: AnySelect = chosen.with_only_columns(func.count(), *keys).group_by(*keys)
    rows = connection.execute(query, values).all()
    by_portal: Counter[str | None] = Counter()
    for count, _, _, *portal in rows:
        by_portal.update(dict.fromkeys(portal, count))
    counts = summed((section, year, count) for count, section, year, *_ in rows)
    return replace(counts, by_portal=_largest(by_portal))


def counted_by_group(connection: Connection, words: Words) -> Mapping[int, int]:
    """Return how many articles of each group fit words of the search index."""
    found = connection.execute(_by_group(connection.dialect.name, words.where), words.values)
    if connection.dialect.name == "sqlite":
        told = found.scalar() or ""
        return {int(key): count for key, count in Counter(told.split(",")).items() if key}
    return {row[0]: row[1] for row in found}


@lru_cache(maxsize=100)
def _by_group(kind: str, where: tuple[TextClause, ...]) -> AnySelect:
    group = GROUP[kind]
    if kind == "sqlite":
        # It sorts what it groups; joined in one text they are told apart in half the time.
        return select(func.group_concat(group)).select_from(INDEX).where(*where)
    return select(group, func.count()).select_from(INDEX).where(*where).group_by(group)


def summed(rows: Iterable[tuple[str | None, int | None, int]]) -> Counts:
    """Return the sums of counts by section and year."""
    sections: defaultdict[str | None, int] = defaultdict(int)
    years: defaultdict[int | None, int] = defaultdict(int)
    for section, year, count in rows:
        sections[section] += count
        years[year] += count
    return counts_of(sections, years)


def counts_of(sections: Mapping[str | None, int], years: Mapping[int | None, int]) -> Counts:
    """Return the counts of articles by section and year, each of them counted in both."""
    # The latest year first; those without one last.
    by_year = sorted(years.items(), key=lambda each: -(each[0] or 0))
    return Counts(sum(years.values()), (), _merged(sections), tuple(by_year))


def _merged(counts: Mapping[str | None, int]) -> Counted:
    """Return sections with their counts.

    Spellings of one section (in capitals or not) are one, named as it is written most often.
    """
    names: dict[str | None, str | None] = {}
    merged: Counter[str | None] = Counter()
    for name, count in _largest(counts):
        merged[names.setdefault(name and folded(name), name)] += count
    return _largest(merged)


def _largest(counts: Mapping[str | None, int]) -> Counted:
    return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0] or "")))


_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def overview(archive: Archive, filters: Filters | None = None) -> Overview:
    """Return the counts of the articles that fit, or of all, and what is still to come.

    Of pages and captures they are those of the portal.
    """
    filters = filters or Filters()
    chosen = filters.conditions(Shown)
    revisions = select(func.count(Revisions.id))
    if chosen:
        revisions = revisions.join(Articles, Articles.id == Revisions.article_id)
        revisions = revisions.where(*filters.conditions())
    captures = select(func.count(Captures.id)).where(*only(Captures.portal, filters.portal))
    states = select(Pages.state, func.count()).where(*only(Pages.portal, filters.portal))
    with archive.reading() as connection:
        articles = select(Shown.id).select_from(every(connection)).where(*chosen)
        counts = counted(connection, articles, {}, portals=True)
        dates = select(func.min(Shown.published_on), func.max(Shown.published_on))
        first, last = connection.execute(dates.select_from(every(connection)).where(*chosen)).one()
        found = {row[0]: row[1] for row in connection.execute(states.group_by(Pages.state))}
        return Overview(
            articles=counts.total,
            revisions=connection.scalar(revisions) or 0,
            captures=connection.scalar(captures) or 0,
            by_portal=counts.by_portal,
            by_section=counts.by_section,
            by_year=counts.by_year,
            first_published_on=first,
            last_published_on=last,
            size_bytes=connection.scalar(text(_SIZE[connection.dialect.name])) or 0,
            queued=found.get("queued", 0),
            without_template=_without_template(connection, filters),
            failed=sum(found.get(state, 0) for state in UNREAD),
        )


def _without_template(connection: Connection, filters: Filters) -> int:
    query = (
        select(func.count())
        .select_from(Articles)
        .join(Extractions, Extractions.id == Articles.extraction_id)
        .where(Extractions.template == GENERIC, *filters.conditions())
    )
    return connection.scalar(query) or 0


def of_one_page(archive: Archive, filters: Filters) -> list[str]:
    """Return the articles of several pages that show the first alone: the portal gave no other."""
    query = (
        select(Articles.portal, Articles.kind, Articles.article_id)
        .join(LeftOutTexts, LeftOutTexts.extraction_id == Articles.extraction_id)
        .where(LeftOutTexts.reason == SHOWN_AGAIN, *filters.conditions())
        .order_by(Articles.id)
    )
    return [f"{row.portal}/{row.kind}/{row.article_id}" for row in archive.rows(query)]


def coverage(
    archive: Archive,
    portal: str | None = None,
    section: str | None = None,
    year: int | None = None,
    *,
    filters: Filters | None = None,
) -> Coverage:
    """Return how many articles each day has; of one portal, section or year, or that fit."""
    filters = filters or Filters(portal=portal, section=section)
    with archive.reading() as connection:
        query = select(Shown.published_on, func.count()).select_from(every(connection))
        query = query.where(*filters.conditions(Shown)).group_by(Shown.published_on)
        if year is not None:
            query = query.where(year_of(connection) == year)
        rows = connection.execute(query.order_by(Shown.published_on)).all()
    days: dict[date | None, int] = {row[0]: row[1] for row in rows}
    undated = days.pop(None, 0)
    return Coverage({day: count for day, count in days.items() if day}, undated)
