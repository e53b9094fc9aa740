"""Tells a text that a portal shows for one article after another: it is no article's own."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select

from antara_crawler.archive.tables.articles import Articles, Revisions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.statements import rows_with
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import Article
from antara_crawler.text import word_count

MOST_ALIKE = 99
"""So many articles of a portal may have one text: daily notices do, and so does a report that is
published again. A few are no proof, and a text is not left out on a guess."""

MOST_PAGES_ALIKE = 2
"""So many articles may have one page, to the byte: each page names its own address somewhere."""

REAL_LENGTH = 12
"""Words; a shorter text, such as a caption, may well stand under many pictures."""

_OTHERS = (
    select(Revisions.article_id)
    .join(Articles, Articles.id == Revisions.article_id)
    .where(
        Revisions.fingerprint == bindparam("text"),
        Articles.portal == bindparam("portal"),
        Articles.article_id.is_not(None),
        Articles.id != bindparam("own"),
    )
    .distinct()
    .limit(100)
)
_SAME_PAGE = (
    select(Revisions.article_id)
    .join(Captures, Captures.revision_id == Revisions.id)
    .where(
        Revisions.article_id.in_(bindparam("others", expanding=True)),
        Captures.payload_sha256 == bindparam("page"),
    )
)
_SHOWN = select(Revisions.fingerprint).where(
    Revisions.article_id == bindparam("own"), Revisions.number == bindparam("number")
)


_ON_RECORD = (
    select(Revisions.fingerprint)
    .where(Revisions.fingerprint.in_(bindparam("keys", expanding=True)))
    .distinct()
)


class SameText(ValueError):
    """A text that was read under the addresses of other articles, too."""


def texts_on_record(connection: Connection, texts: Iterable[str]) -> set[str]:
    """Return those of the fingerprints that some revision has: the others are nobody's."""
    return {row.fingerprint for row in rows_with(connection, _ON_RECORD, texts)}


def refuse_same_text(
    connection: Connection, article: Article, known: AnyRow | None, text: str
) -> None:
    """Raise SameText where a page gives a text, of this fingerprint, that others have.

    An article that is on record as `known` is not to change into another one, unless both had
    one text before; a new one may share its text with a few.
    """
    if article.article_id is None or sum(map(word_count, article.paragraphs)) < REAL_LENGTH:
        return
    own = known.id if known is not None else 0
    others = _others(connection, article, own, text)
    if known is not None and others:
        number = {"own": own, "number": known.revision}
        others -= _others(connection, article, own, connection.scalar(_SHOWN, number) or "")
    alike = len(others)
    if known is not None and alike:
        raise SameText(f"its text is that of other articles, {alike} of them on record")
    if alike >= MOST_ALIKE or _pages_alike(connection, article, others) >= MOST_PAGES_ALIKE:
        raise SameText(f"its text is that of other articles, {len(others)} of them on record")


def _pages_alike(connection: Connection, article: Article, others: set[int]) -> int:
    """Return how many of the articles were read from the very bytes that this one was."""
    if not (article.captures and others):
        return 0
    asked = {"others": list(others), "page": article.captures[0].payload_sha256}
    return len(set(connection.scalars(_SAME_PAGE, asked)))


def _others(connection: Connection, article: Article, own: int, text: str) -> set[int]:
    asked = {"text": text, "portal": article.portal, "own": own}
    return set(connection.scalars(_OTHERS, asked))
