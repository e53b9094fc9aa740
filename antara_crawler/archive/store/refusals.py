"""What is not taken in: a text that is no article's own, a reading that is worse than before."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from antara_crawler.archive.tables.articles import Articles, Extractions, Revisions
from antara_crawler.archive.tables.crawl import Captures
from antara_crawler.archive.tables.statements import among, rows_with
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import GENERIC, Article
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
    .where(among(Revisions.article_id, "others"), Captures.payload_sha256 == bindparam("page"))
)
_SHOWN = select(Revisions.fingerprint).where(
    Revisions.article_id == bindparam("own"), Revisions.number == bindparam("number")
)
_ON_RECORD = select(Revisions.fingerprint).where(among(Revisions.fingerprint)).distinct()
_BETTER = select(Extractions.template).where(among(Extractions.id), Extractions.template != GENERIC)


class NoTemplate(ValueError):
    """The page is read by no template now, and an earlier reading of it was by one."""


class SameText(ValueError):
    """A text that was read under the addresses of other articles, too."""


def refuse_worse(connection: Connection, articles: Sequence[tuple[Article, AnyRow | None]]) -> None:
    """Raise NoTemplate where a reading without a template is of an article that has a better one.

    Each comes with the row that it has. The page then counts as unreadable, as it is.
    """
    shown = [row.extraction_id for each, row in articles if row and each.template == GENERIC]
    for row in rows_with(connection, _BETTER, shown):
        raise NoTemplate(f"no template reads the page any more; {row.template} read it before")


def refuse_same_texts(
    connection: Connection, articles: Sequence[tuple[Article, AnyRow | None, str]]
) -> None:
    """Raise SameText where a page gives a text that others have.

    Each comes with the row that it has, and the fingerprint of its text. An article that is on
    record is not to change into another one, unless both had one text before; a new one may share
    its text with a few.
    """
    found = rows_with(connection, _ON_RECORD, (text for *_, text in articles))
    doubtful = {row.fingerprint for row in found}  # the others are nobody's
    for article, known, text in articles:
        if text not in doubtful or article.article_id is None:
            continue
        if sum(map(word_count, article.paragraphs)) >= REAL_LENGTH:
            _refuse_same_text(connection, article, known, text)


def _refuse_same_text(
    connection: Connection, article: Article, known: AnyRow | None, text: str
) -> None:
    own = known.id if known is not None else 0
    others = _others(connection, article, own, text)
    if known is not None and others:
        number = {"own": own, "number": known.revision}
        others -= _others(connection, article, own, connection.scalar(_SHOWN, number) or "")
    pages: set[int] = set()
    if article.captures and others:
        asked = {"others": list(others), "page": article.captures[0].payload_sha256}
        pages.update(connection.scalars(_SAME_PAGE, asked))
    most = 0 if known is not None else MOST_ALIKE - 1
    if len(others) > most or len(pages) >= MOST_PAGES_ALIKE:
        raise SameText(f"its text is that of other articles, {len(others)} of them on record")


def _others(connection: Connection, article: Article, own: int, text: str) -> set[int]:
    asked = {"text": text, "portal": article.portal, "own": own}
    return set(connection.scalars(_OTHERS, asked))
