"""Shows hits: titles and snippets with the words marked, and why an article is a hit at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from antara_crawler.archive.filters import Filters, sound
from antara_crawler.archive.models import (
    Articles,
    Authors,
    Bylines,
    ExtractionTags,
    Pictures,
    Tags,
)
from antara_crawler.archive.query import Query
from antara_crawler.archive.rows import folded
from antara_crawler.archive.snippets import Marked, Marker
from antara_crawler.archive.types import AnyRow, local_time
from antara_crawler.archive.views import Beside, Hit, Place

_COLUMNS = (
    Articles.id,
    Articles.portal,
    Articles.kind,
    Articles.article_id,
    Articles.url,
    Articles.title,
    Articles.body,
    Articles.dateline,
    Articles.section,
    Articles.published_at,
    Articles.published_offset,
    Articles.extraction_id,
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a page shows beside the text: captions, tags, and names with their roles."""

    captions: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)


def hits(
    connection: Connection, ids: Sequence[int], asked: Query, filters: Filters
) -> tuple[Hit, ...]:
    """Return the articles of these rows as hits of a query, in order."""
    chosen = select(*_COLUMNS).where(Articles.id.in_(ids))
    rows = {row.id: row for row in connection.execute(chosen)}
    parts = _parts(connection, [row.extraction_id for row in rows.values()])
    showing = _Showing(asked, filters)
    return tuple(showing.hit(rows[key], parts[rows[key].extraction_id]) for key in ids)


class _Showing:
    """Shows the articles that one query finds."""

    def __init__(self, asked: Query, filters: Filters) -> None:
        self._marker = Marker(asked.lexemes, asked.prefixes)
        self._needed = [frozenset(group) for group in (*asked.words, *asked.beginnings)]
        wanted = [filters, *(each for _, each in asked.filters)]
        self._tags = {folded(sound(each.tag)) for each in wanted if each.tag}
        self._authors = {folded(sound(each.author)) for each in wanted if each.author}

    def hit(self, row: AnyRow, parts: _Parts) -> Hit:
        """Return a hit."""
        title, body = self._marker.read(row.title or ""), self._marker.read_flat(row.body)
        found = title.fits | body.fits
        missing = [needed for needed in self._needed if not needed & found]
        return Hit(
            row.id,
            row.portal,
            row.kind,
            row.article_id,
            row.url,
            row.title,
            title.marked(),
            row.section,
            local_time(row.published_at, row.published_offset),
            tuple(name for role, name in parts.names if role == "reporter"),
            body.snippet(),
            tuple(self._beside(row, parts, missing)),
        )

    def _beside(
        self, row: AnyRow, parts: _Parts, missing: list[frozenset[str]]
    ) -> Iterator[Beside]:
        """Yield where words stand that neither title nor text has, and names of the filters."""
        places: list[tuple[Place, Iterable[str]]] = [
            ("dateline", filter(None, [row.dateline])),
            ("caption", parts.captions),
            ("tag", parts.tags),
        ]
        for place, texts in places:
            for text in texts:
                if place == "tag" and folded(text) in self._tags:
                    yield Beside(place, (Marked(text, True),))
                    continue
                read = self._marker.read_flat(text)
                if any(needed & read.fits for needed in missing):
                    yield Beside(place, read.snippet())
                    missing = [needed for needed in missing if not needed & read.fits]
        for role, name in parts.names:
            if role in ("editor", "uploader") and folded(name) in self._authors:
                yield Beside("editor" if role == "editor" else "uploader", (Marked(name, True),))


def _parts(connection: Connection, keys: list[int]) -> defaultdict[int, _Parts]:
    found: defaultdict[int, _Parts] = defaultdict(_Parts)
    captions = select(Pictures.extraction, Pictures.caption).where(
        Pictures.extraction.in_(keys), Pictures.caption.is_not(None)
    )
    for extraction, caption in connection.execute(
        captions.order_by(Pictures.extraction, Pictures.position)
    ):
        found[extraction].captions.append(caption or "")
    tags = (
        select(ExtractionTags.extraction, Tags.name)
        .join(Tags, Tags.id == ExtractionTags.tag)
        .where(ExtractionTags.extraction.in_(keys))
        .order_by(ExtractionTags.extraction, ExtractionTags.position)
    )
    for extraction, tag in connection.execute(tags):
        found[extraction].tags.append(tag)
    names = (
        select(Bylines.extraction, Bylines.role, Authors.name)
        .join(Authors, Authors.id == Bylines.author)
        .where(Bylines.extraction.in_(keys))
        .order_by(Bylines.extraction, Bylines.role, Bylines.position)
    )
    for extraction, role, name in connection.execute(names):
        found[extraction].names.append((role, name))
    return found
