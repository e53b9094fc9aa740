"""Links articles that tell the same story, on one portal or several; merges and drops none.

An article's keys (text/likeness.py) lie in a table; those that share most keys with it are read and
compared. What is done for an article does not grow with the archive.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories, StoryKeys
from antara_crawler.archive.tables.statements import among, grouped, rows_with
from antara_crawler.text.likeness import Wording

SLOTS = 16
_MOST_COMPARED = 6
"""Articles that share the most keys with one are compared with it, so many of them."""

_TEXTS = select(Articles.id, Articles.body).where(among(Articles.id))
_ALIKE = "SELECT key, article_id FROM story_keys WHERE key "
_ANY = {
    "sqlite": text(f"{_ALIKE} IN (SELECT value FROM json_each(:keys))"),
    "postgresql": text(f"{_ALIKE} = ANY(CAST(:keys AS bigint[]))"),
}
"""With one parameter for thousands of keys: each of its own costs more than what is looked up."""
_OF_ARTICLES = select(Stories.article_id, Stories.story_id).where(among(Stories.article_id))
_MEMBERS = select(Stories.article_id, Stories.story_id).where(among(Stories.story_id))
_KEYS_GIVEN = {
    "sqlite": "VALUES (?, ?, ?)",
    "postgresql": "SELECT * FROM unnest(%s::bigint[], %s::smallint[], %s::bigint[])",
}
_KEEP = (
    "INSERT INTO story_keys (key, slot, article_id) {}"
    " ON CONFLICT (key, slot) DO UPDATE SET article_id = excluded.article_id"
)
_KEEP_MEMBER = text(
    "INSERT INTO stories (article_id, story_id) VALUES (:article_id, :story_id)"
    " ON CONFLICT (article_id) DO UPDATE SET story_id = excluded.story_id"
)


def link_stories(connection: Connection, keys: Mapping[int, Sequence[int]]) -> None:
    """Link articles by the keys of their texts, within the transaction that changed them."""
    # Who comes last has the slot.
    slots = {(key, each % SLOTS): each for each, own in keys.items() for key in own}
    if not slots:
        return
    # Before a slot goes to another article.
    alike = _alike(connection, keys)
    # In the order of their table.
    kind, rows = connection.dialect.name, [(*place, slots[place]) for place in sorted(slots)]
    given: Any = rows if kind == "sqlite" else tuple(map(_array, zip(*rows, strict=True)))
    connection.exec_driver_sql(_KEEP.format(_KEYS_GIVEN[kind]), given)
    bodies = rows_with(connection, _TEXTS, {*alike, *chain.from_iterable(alike.values())})
    texts = {row.id: Wording(row.body.split("\n\n")) for row in bodies}
    pairs = [
        (article, other)
        for article, found in alike.items()
        for other in found
        if other in texts and texts[article].is_one_story_with(texts[other])
    ]
    _join(connection, pairs)


def clear_stories(connection: Connection) -> None:
    """Take all articles out of their stories, to be linked anew."""
    connection.execute(delete(StoryKeys))
    connection.execute(delete(Stories))


def forget_stories(connection: Connection, ids: Sequence[int]) -> None:
    """Take articles out of their stories; what is left of one goes on, if it is two or more."""
    left = [row.story_id for row in rows_with(connection, _OF_ARTICLES, ids)]
    for table in (Stories, StoryKeys):
        connection.execute(delete(table).where(among(table.article_id)), {"keys": list(ids)})
    members = _by_story(connection, left)
    for story, articles in members.items():
        connection.execute(delete(Stories).where(Stories.story_id == story))
        if len(articles) > 1:
            rows = [{"article_id": each, "story_id": min(articles)} for each in articles]
            connection.execute(insert(Stories), rows)


def _array(numbers: Iterable[int]) -> str:
    """Return numbers as PostgreSQL writes an array."""
    return f"{{{','.join(map(str, numbers))}}}"


def _alike(connection: Connection, keys: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Return for each article those that share the most keys with it, of these or the table."""
    holders: defaultdict[int, set[int]] = defaultdict(set)
    for article, own in keys.items():
        for key in own:
            holders[key].add(article)
    kind, asked = connection.dialect.name, sorted(holders)
    given = json.dumps(asked) if kind == "sqlite" else _array(asked)
    for row in connection.execute(_ANY[kind], {"keys": given}):
        holders[row.key].add(row.article_id)
    found = {}
    for article, own in keys.items():
        shared = Counter(other for key in own for other in holders[key] if other != article)
        ranked = sorted(shared.items(), key=lambda each: (-each[1], each[0]))
        if ranked:
            found[article] = [other for other, _ in ranked[:_MOST_COMPARED]]
    return found


def _join(connection: Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """Give both articles of each pair, and all that tell the story of either, one story."""
    if not pairs:
        return
    ids = {article for pair in pairs for article in pair}
    story = {row.article_id: row.story_id for row in rows_with(connection, _OF_ARTICLES, ids)}
    members = _by_story(connection, set(story.values()))
    moved: dict[int, int] = {}
    for pair in pairs:
        own = [story.setdefault(article, article) for article in pair]
        for name in own:
            members.setdefault(name, [name])
        kept, gone = min(own), max(own)
        if kept == gone:
            continue
        for article in members.pop(gone):
            story[article] = kept
            members[kept].append(article)
        moved |= dict.fromkeys(members[kept], kept)
    rows = [{"article_id": article, "story_id": name} for article, name in moved.items()]
    if rows:
        connection.execute(_KEEP_MEMBER, rows)


def _by_story(connection: Connection, stories: Iterable[int]) -> dict[int, list[int]]:
    rows = rows_with(connection, _MEMBERS, stories)
    return grouped((row.story_id, row.article_id) for row in rows)
