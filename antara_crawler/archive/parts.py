"""Writes what belongs to a reading: bylines, tags, pictures, links, what was taken out."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, delete, insert, select

from antara_crawler.archive.models import (
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    LeftOutTexts,
    Pictures,
    RelatedLinks,
    RemovedParagraphs,
    Tags,
)
from antara_crawler.archive.rows import folded, left_out_digest
from antara_crawler.archive.statements import add, by_id, change
from antara_crawler.items import Article

_BYLINES = insert(Bylines)
_EXTRACTION_TAGS = insert(ExtractionTags)
_PICTURES = insert(Pictures)
_RELATED_LINKS = insert(RelatedLinks)
_REMOVED_PARAGRAPHS = insert(RemovedParagraphs)
_LEFT_OUT = insert(LeftOutTexts)
_FORGET_LEFT_OUT = delete(LeftOutTexts).where(LeftOutTexts.extraction == bindparam("of"))
_CHANGE = by_id(Extractions)

ROLES = ("reporter", "editor", "uploader")


class Names:
    """Ids of names (authors, or tags), remembered once they are committed."""

    def __init__(self, table: type[Authors] | type[Tags], limit: int = 50_000) -> None:
        self.limit = limit
        self._find = select(table.name, table.id).where(
            table.name.in_(bindparam("names", expanding=True))
        )
        self._new = insert(table)
        self._kept: dict[str, int] = {}
        self._fresh: dict[str, int] = {}

    def ids(self, connection: Connection, names: Iterable[str]) -> dict[str, int]:
        """Return the id of each name, entering those that are new."""
        wanted = dict.fromkeys(names)
        found = {name: self._kept.get(name) or self._fresh.get(name) for name in wanted}
        missing = [name for name, key in found.items() if key is None]
        if missing:
            rows = connection.execute(self._find, {"names": missing})
            self._fresh |= {row.name: row.id for row in rows}
            for name in missing:
                if name not in self._fresh:
                    row = {"name": name, "key": folded(name)}
                    self._fresh[name] = add(connection, self._new, row)
        return {name: self._kept.get(name) or self._fresh[name] for name in wanted}

    def committed(self) -> None:
        """Keep what was entered since; start anew when too many are remembered."""
        if len(self._kept) > self.limit:
            self._kept.clear()
        self._kept |= self._fresh
        self._fresh.clear()

    def rolled_back(self) -> None:
        """Forget what was entered since the last commit."""
        self._fresh.clear()


def write_parts(
    connection: Connection, extraction: int, article: Article, authors: Names, tags: Names
) -> None:
    """Write all parts of one extraction."""
    bylines = [
        (role, position, name)
        for role, names in zip(
            ROLES, (article.reporters, article.editors, article.uploaders), strict=True
        )
        for position, name in enumerate(names)
    ]
    if bylines:
        ids = authors.ids(connection, (name for _, _, name in bylines))
        _insert(
            connection,
            _BYLINES,
            extraction,
            [
                {"role": role, "position": position, "author": ids[name]}
                for role, position, name in bylines
            ],
        )
    if article.tags:
        ids = tags.ids(connection, article.tags)
        _insert(
            connection,
            _EXTRACTION_TAGS,
            extraction,
            [{"position": place, "tag": ids[tag]} for place, tag in enumerate(article.tags)],
        )
    pictures = [
        {"position": place, "url": each.url, "caption": each.caption, "credit": each.credit}
        for place, each in enumerate(article.images)
    ]
    _insert(connection, _PICTURES, extraction, pictures)
    links = [
        {"position": place, "title": each.title, "url": each.url}
        for place, each in enumerate(article.related)
    ]
    _insert(connection, _RELATED_LINKS, extraction, links)
    removed = [
        {
            "position": each.position,
            "repeats": each.repeats,
            "text": each.text,
            "reason": each.reason,
        }
        for each in article.removed
    ]
    _insert(connection, _REMOVED_PARAGRAPHS, extraction, removed)
    _write_left_out(connection, extraction, article)


def remake_left_out(connection: Connection, extraction: int, article: Article) -> None:
    """Let an extraction say anew what was left out of it: today's code gives other reasons."""
    connection.execute(_FORGET_LEFT_OUT, {"of": extraction})
    _write_left_out(connection, extraction, article)
    change(connection, _CHANGE, extraction, left_out_digest=left_out_digest(article))


def _write_left_out(connection: Connection, extraction: int, article: Article) -> None:
    rows = [
        {"position": place, "behind": each.position, "text": each.text, "reason": each.reason}
        for place, each in enumerate(article.left_out)
    ]
    _insert(connection, _LEFT_OUT, extraction, rows)


def _insert(
    connection: Connection, statement: Insert, extraction: int, rows: list[dict[str, Any]]
) -> None:
    if rows:
        connection.execute(statement, [{"extraction": extraction, **row} for row in rows])
