"""What the index holds: counts, once made, are kept until the archive's words change."""

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, text

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
