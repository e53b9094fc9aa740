"""The files of an index beside an archive: its fields, and what its last commit says of itself."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from tantivy import Index, Query, Schema, SchemaBuilder, Searcher

from antara_crawler.archive.index.analysis import software as analysis
from antara_crawler.errors import UsageError

_FORMAT = 1
"""To be raised when the fields change: an index of another format is made anew."""

ARTICLE, STATE = "article", "state"
"""What a document of the index is."""

WORDS = ("title", "body", "title_roots", "body_roots")
"""The columns of the database's index; phrases are looked for in the first two."""


@dataclass(frozen=True, slots=True)
class State:
    """What a commit holds: of which archive, made by what, up to which of its changes."""

    archive: str
    software: str
    number: int


def software() -> str:
    """Return what makes an index: one made by another must be made anew."""
    return f"{_FORMAT} {analysis()}"


def schema() -> Schema:
    """Return the fields: words as the database's index has them, and what filters ask for."""
    made = SchemaBuilder()
    made.add_integer_field("id", indexed=True, fast=True)
    for name in WORDS:
        positions = "position" if name in WORDS[:2] else "freq"
        made.add_text_field(name, tokenizer_name="whitespace", index_option=positions)
    for name in ("what", "portal", "section_key", "tag", "author", "template"):
        made.add_text_field(name, tokenizer_name="raw", index_option="basic")
    made.add_text_field("section", tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("year", "day", "newest", "oldest"):
        made.add_integer_field(name, indexed=name == "day", fast=True)
    made.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return made.build()


def written(state: State) -> str:
    """Return a state as a document keeps it."""
    return json.dumps(asdict(state))


def state_of(index: Index, searcher: Searcher) -> State | None:
    """Return what the commit that a searcher sees holds; None where nothing was committed."""
    found = searcher.search(Query.term_query(index.schema, "what", STATE), 1).hits
    return State(**json.loads(searcher.doc(found[0][1])["state"][0])) if found else None


@dataclass(frozen=True, slots=True)
class Commit:
    """An index as one commit has it."""

    schema: Schema
    searcher: Searcher
    state: State


class Folder:
    """The folder of an index, read commit by commit; any thread may ask."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._last: Commit | None = None

    def last(self) -> Commit | None:
        """Return the last commit; None where there is none. Raises UsageError for a damaged one."""
        with self._lock:
            try:
                found = (self.path / "meta.json").stat()
            except FileNotFoundError:
                return None
            # A commit puts a new file in its place.
            if (found.st_ino, found.st_mtime_ns) != self._seen:
                try:
                    index = Index.open(str(self.path))
                    index.config_reader("manual")
                    searcher = index.searcher()
                    state = state_of(index, searcher)
                except (ValueError, KeyError, TypeError) as error:
                    raise UsageError(
                        f"the index in {self.path} cannot be read ({str(error)[:200]}): remove the"
                        " folder, then scrapy index build"
                    ) from error
                self._last = Commit(index.schema, searcher, state) if state else None
                self._seen = found.st_ino, found.st_mtime_ns
            return self._last
