"""Which article is meant, by number, portal/kind/number or address; tags and names of readings."""

import re

from sqlalchemy import Connection, select

from antara_crawler.addresses import identity_of
from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    ExtractionTags,
    Pictures,
    Tags,
)
from antara_crawler.archive.tables.statements import among
from antara_crawler.errors import UsageError

_ROW = re.compile(r"[0-9]{1,18}", re.ASCII)

CAPTIONS = (
    select(Pictures.extraction_id, Pictures.caption)
    .where(among(Pictures.extraction_id), Pictures.caption.is_not(None))
    .order_by(Pictures.extraction_id, Pictures.position)
)
TAGS = (
    select(ExtractionTags.extraction_id, Tags.name)
    .join(Tags, Tags.id == ExtractionTags.tag_id)
    .where(among(ExtractionTags.extraction_id))
    .order_by(ExtractionTags.extraction_id, ExtractionTags.position)
)
BYLINES = (
    select(Bylines.extraction_id, Bylines.role, Authors.name)
    .join(Authors, Authors.id == Bylines.author_id)
    .where(among(Bylines.extraction_id))
    .order_by(Bylines.extraction_id, Bylines.role, Bylines.position)
)
"""What the readings given as `keys` have of these, each in the page's order."""


def find_article(connection: Connection, which: int | str) -> int | None:
    """Return the row of the article that is meant, None when the archive has none such.

    An int is a row's id. A text of figures is the number in an article's address, or where no
    article has it, a row's id. Raises UsageError when several articles have the number.
    """
    if isinstance(which, int):
        return connection.scalar(select(Articles.id).where(Articles.id == which))
    if _ROW.fullmatch(which):
        number = int(which)
        numbered = select(Articles.id, Articles.portal, Articles.kind).where(
            Articles.article_id == number
        )
        in_order = numbered.order_by(Articles.portal, Articles.kind).limit(20)
        rows = connection.execute(in_order).all()
        if len(rows) > 1:
            names = ", ".join(f"{row.portal}/{row.kind}/{number}" for row in rows)
            raise UsageError(f"several articles have the number {number}: name one of {names}")
        return rows[0].id if rows else find_article(connection, number)
    identity = identity_of(which)
    if identity is None:
        return None
    portal, kind, number = identity
    same = (Articles.portal == portal, Articles.kind == kind, Articles.article_id == number)
    return connection.scalar(select(Articles.id).where(*same))
