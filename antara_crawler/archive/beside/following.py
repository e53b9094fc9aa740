"""Keeps an index beside an archive up from its rows, commit by commit; killed, it goes on there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, select
from tantivy import Document, Index

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.beside.finding import (
    ARTICLE,
    STATE,
    State,
    day_number,
    schema,
    software,
    state_of,
    written,
)
from antara_crawler.archive.index.changes import changed_since, last_number
from antara_crawler.archive.index.search_index import words_of
from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    Tags,
)
from antara_crawler.archive.tables.lookup import BYLINES, TAGS
from antara_crawler.archive.tables.statements import among, columns, grouped
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.errors import ArchiveBusy, NotWritable, UsageError

BATCH = 500
"""So many articles are read at once."""
COMMIT = 10_000
"""So many are committed at once, of those that wait: a commit costs some tenth of a second."""
_MEMORY = 150_000_000

_UNDATED = 1 << 33
"""Seconds before or after all dates."""
_ROW_BITS = 28
_SCHEMA = schema()

_ROWS = (
    select(
        *columns(Articles, "id", "portal", "section", "section_key", "published_on"),
        *columns(Articles, "published_at", "extraction_id"),
        Extractions.template,
    )
    .outerjoin(Extractions, Extractions.id == Articles.extraction_id)
    .where(among(Articles.id))
)
_TAGS = TAGS.with_only_columns(ExtractionTags.extraction_id, Tags.key)
_AUTHORS = BYLINES.with_only_columns(Bylines.extraction_id, Authors.key)


class Follower:
    """The one writer of an index; use it as a context manager.

    When articles were forgotten that it holds, or an older archive was put back, it makes the index
    anew.

    Raises ArchiveBusy where another process follows, NotWritable where the folder cannot be
    written, UsageError where it holds an index of other fields.
    """

    def __init__(self, archive: Archive, folder: Path, *, anew: bool = False) -> None:
        self._archive = archive
        try:
            folder.mkdir(parents=True, exist_ok=True)
            index = Index(_SCHEMA, path=str(folder))
        except OSError as error:
            raise NotWritable(f"cannot write the index in {folder}: {error.strerror}") from error
        except ValueError as error:
            raise UsageError(
                f"{folder} holds another index, or a damaged one: remove the folder, or name"
                " another with INDEX_DIR"
            ) from error
        try:
            self._writer = index.writer(_MEMORY, 1)
        except ValueError as error:
            raise ArchiveBusy(
                f"another process keeps up the index in {folder}: one is enough"
            ) from error
        index.config_reader("manual")
        self._index = index
        self._uncommitted: set[int] = set()
        self.state = State(archive.name, software(), 0)
        state = state_of(index, index.searcher())
        if state and not anew and replace(state, number=0) == self.state:
            self.state = state
        else:
            self._begin_anew()

    def catch_up(
        self,
        done: Callable[[int], None] = lambda _: None,
        ending: Callable[[], bool] = lambda: False,
    ) -> int:
        """Take in all changes, or what is done of them when it is `ending`; return how many.

        `done` is told the number of the last change after each commit.
        """
        taken = 0
        while not ending():
            number = self.state.number
            waiting = 0
            while waiting < COMMIT and not ending():
                with self._archive.reading() as connection:
                    changes = changed_since(connection, number, BATCH)
                    undone = number > last_number(connection)
                    left = self._take(connection, [article for article, _ in changes])
                if left or undone:
                    self._begin_anew()
                    number = waiting = 0
                    continue
                if not changes:
                    break
                number, waiting = changes[-1][1], waiting + len(changes)
            if not waiting:
                break
            self._commit(number)
            taken += waiting
            done(number)
        return taken

    def __enter__(self) -> "Follower":
        return self

    def __exit__(self, *error: object) -> None:
        """End; what was not committed is left."""
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def _take(self, connection: Connection, ids: Sequence[int]) -> bool:
        """Take in articles; return whether files hold words of one that was forgotten."""
        for article in ids:
            self._writer.delete_documents_by_term("id", article)
        there = _documents(connection, ids)
        for document in there.values():
            self._writer.add_document(document)
        gone = [article for article in ids if article not in there]
        held = gone and self.state.number > 0 and self._index.searcher()
        left = any(
            article in self._uncommitted or (held and held.doc_freq("id", article))
            for article in gone
        )
        self._uncommitted.update(there)
        return left

    def _begin_anew(self) -> None:
        """Let go of all, from the next commit on: of what is deleted alone, words stay in files."""
        self._writer.delete_all_documents()
        self._uncommitted = set()
        self.state = replace(self.state, number=0)

    def _commit(self, number: int) -> None:
        """Commit the changes up to this number, and that it is so, at once."""
        self.state = replace(self.state, number=number)
        self._writer.delete_documents_by_term("what", STATE)
        self._writer.add_document(Document(what=STATE, state=written(self.state)))
        self._writer.commit()
        self._index.reload()
        self._uncommitted = set()


def _documents(connection: Connection, ids: Sequence[int]) -> dict[int, Document]:
    """Return the articles that are there as documents."""
    documents = {}
    rows = connection.execute(_ROWS, {"keys": ids}).all()
    words = words_of(connection, ids)
    keys = [row.extraction_id for row in rows]
    tags, authors = (
        grouped((row[0], row[1]) for row in connection.execute(query, {"keys": keys}))
        for query in (_TAGS, _AUTHORS)
    )
    for row in rows:
        if row.id not in words:
            continue  # forgotten in between: that is a change of its own, still to come
        fields = {
            "what": ARTICLE,
            "id": row.id,
            **words[row.id],
            "portal": row.portal,
            "section": row.section or "",
            "section_key": row.section_key,
            "tag": [*{*tags[row.extraction_id]}],
            "author": [*{*authors[row.extraction_id]}],
            # asked for by its name, with the digest behind @ and without
            "template": [*accumulate((row.template or "").split("@"), "{}@{}".format)],
            "year": row.published_on.year if row.published_on else 0,
            "day": day_number(row.published_on),
            "newest": _place(row, -_UNDATED),
            "oldest": _place(row, _UNDATED),
        }
        said = {name: value for name, value in fields.items() if value is not None}
        documents[row.id] = Document.from_dict(said, _SCHEMA)
    return documents


def _place(row: AnyRow, undated: int) -> int:
    """Return a number that articles are in order by: the time, then the row."""
    at: datetime | None = row.published_at
    seconds = undated if at is None else int(at.astimezone(UTC).timestamp())
    return (seconds << _ROW_BITS) + int(row.id)
