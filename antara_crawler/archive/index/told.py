"""What the index is told of an article: made by a process beside, where many are written."""

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from typing import Any, NamedTuple

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from antara_crawler.archive.index.analysis import (
    BREAK,
    MOST_TITLE,
    MOST_WORDS,
    Analysed,
    analyse,
    parted,
    texts_of,
)
from antara_crawler.archive.index.helpers import helpers, may_begin
from antara_crawler.items import Article, Outcome
from antara_crawler.text.likeness import Wording

_MANY = 250
"""Articles that are worth a process beside."""

COLUMNS = ("title", "body", "title_roots", "body_roots")
"""Those of SQLite's index; phrases are looked for in the first two."""

TITLED = "="
"""Before a word of a title among PostgreSQL's terms, beside the word: found without its places."""

_PLACES = {
    weight: [f":{place}{weight}" for place in range(1, MOST_TITLE + MOST_WORDS + 2)]
    for weight in "ABCD"
}
"""How PostgreSQL writes where a word stands, and how much it counts."""

# A new one for each article takes as long as packing. Packed more, or by zlib, words take longer
# and are no smaller.
_packer = zstd.ZstdCompressor(1)
TornWords = zstd.ZstdError
"""What SQLite's index was told of an article cannot be unpacked."""


class Shown(NamedTuple):
    """The texts that an article shows: those that are searched."""

    title: str | None
    dateline: str | None
    body: str
    around: Sequence[str]
    """Captions and tags."""


class Told(NamedTuple):
    """What the index is told of an article, and the keys of its story."""

    words: tuple[Any, ...]
    """On SQLite the columns, and all of them packed; on PostgreSQL the length and the terms."""
    keys: Sequence[int]


Ready = Told | None
"""What is told of an article; None of a member that is none."""


def tell(kind: str, shown: Shown, *, link: bool) -> Told:
    """Return what the index of a kind of database is told; the keys if it is to be linked.

    One article after the other: what has just been parted is nearer to the processor than what
    was parted before others.
    """
    words, wording = analysed(shown)
    return Told(form_of(kind, words), wording.keys if link else ())


def analysed(shown: Shown) -> tuple[Analysed, Wording]:
    """Return the words of an article: title; dateline, paragraphs, captions and tags."""
    wording = Wording(shown.body.split("\n\n"))
    beside = (parted(each) for each in shown.around)
    return analyse(shown.title, [parted(shown.dateline or ""), *wording.words, *beside]), wording


def form_of(kind: str, words: Analysed) -> tuple[Any, ...]:
    """Return words as the index of a kind of database takes them."""
    if kind == "postgresql":
        return _length_of(words), terms_of(words)
    columns = columns_of(words)
    return (*columns, _packer.compress("\n".join(columns).encode(), _packer.FLUSH_FRAME))


def columns_of(words: Analysed) -> tuple[str, str, str, str]:
    """Return the columns of SQLite's index, in the order of COLUMNS, words parted by spaces."""
    (title, title_roots), (body, body_roots) = map(texts_of, words)
    return title, body, title_roots, body_roots


def unpacked(words: bytes) -> str:
    """Return what SQLite's index was told of an article, a line for each column."""
    return zstd.decompress(words).decode()


def _length_of(article: Analysed) -> int:
    """Return how many words the index holds of an article, roots and breaks included."""
    words = article.title + article.body
    return len(words) + len([other for _, other in words if other])


def terms_of(article: Analysed) -> str:
    """Return a tsvector: A the title's words, B their roots, D the body's, C their roots.

    The title's are marked besides: a test of weights would read the terms of all that have a word.
    """
    # A gap: no phrase reaches from the title into the body.
    places = ((article.title, 0, ("A", "B")), (article.body, len(article.title) + 1, ("D", "C")))
    titled = {form for word in article.title for form in word if form and form != BREAK}
    terms = [TITLED + form for form in titled]
    for found, start, weights in places:
        own, of_roots = (_PLACES[weight][start : start + len(found)] for weight in weights)
        both = zip(found, own, strict=True)
        terms += [plain + place for (plain, _), place in both if plain != BREAK]
        both = zip(found, of_roots, strict=True)
        terms += [root + place for (_, root), place in both if root]
    return " ".join(terms)


@lru_cache(1)
def _beside(pid: int) -> ProcessPoolExecutor | None:
    """Return the pool of this process, None where it can have none.

    It is kept to the end: Python ends one that is there, and fails on one that is being collected
    just then.
    """
    return helpers(1) if may_begin() else None


class Ahead:
    """Tells what the index is to be told of many articles, while their rows are written.

    A process of its own does it, on another core.
    """

    def __init__(self) -> None:
        """Begin none yet."""
        self._is_of_use = (os.cpu_count() or 1) > 1

    def begin(self, kind: str, items: Sequence[Article | Outcome]) -> Callable[[], Sequence[Ready]]:
        """Begin, and return what waits for the end: it gives what is told of each, in order.

        It gives nothing where they are few, or no process can be begun, or it was killed: what is
        told of them is then to be made of their rows.
        """
        is_wanted = len(items) >= _MANY and self._is_of_use
        pool = _beside(os.getpid()) if is_wanted else None
        if pool is None:
            return tuple
        shown = [_shown_by(each) if isinstance(each, Article) else None for each in items]
        try:
            return partial(self._end, pool.submit(_tell_all, kind, shown))
        except (BrokenProcessPool, OSError):  # or no process more on this machine
            return self._give_up

    def _end(self, future: Future[list[Ready]]) -> Sequence[Ready]:
        try:
            return future.result()
        except BrokenProcessPool:
            return self._give_up()

    def _give_up(self) -> Sequence[Ready]:
        self._is_of_use = False
        return ()


def _shown_by(article: Article) -> Shown:
    """Return what the rows of an article show, too."""
    captions = (each.caption for each in article.images if each.caption is not None)
    body = "\n\n".join(article.paragraphs)
    return Shown(article.title, article.dateline, body, [*captions, *article.tags])


def _tell_all(kind: str, shown: Sequence[Shown | None]) -> list[Ready]:
    told: list[Ready] = []
    for each in shown:
        try:
            told.append(each and tell(kind, each, link=True))
        except UnicodeEncodeError:
            told.append(None)  # the database refuses this one, too, and says so
    return told
