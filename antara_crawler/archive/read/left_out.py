"""Reads back what was left out of the articles, for who asks for it."""

from sqlalchemy import Connection, select

from antara_crawler.archive.tables.articles import Articles, LeftOutTexts
from antara_crawler.items import LeftOut


def left_out_of(connection: Connection, article: int) -> tuple[LeftOut, ...]:
    """Return what was left out of the reading that an article shows, in the page's order."""
    query = (
        select(LeftOutTexts.behind, LeftOutTexts.text, LeftOutTexts.reason)
        .join(Articles, Articles.extraction_id == LeftOutTexts.extraction_id)
        .where(Articles.id == article)
        .order_by(LeftOutTexts.position)
    )
    return tuple(LeftOut(row.behind, row.text, row.reason) for row in connection.execute(query))
