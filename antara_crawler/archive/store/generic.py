"""A reading by the plain rule never takes the place of one that a template made."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from antara_crawler.archive.tables.articles import Extractions
from antara_crawler.archive.tables.types import AnyRow
from antara_crawler.items import GENERIC, Article


class NoTemplate(ValueError):
    """The page is read by no template now, and an earlier reading of it was by one."""


def refuse_worse(
    connection: Connection, articles: Sequence[Article], known: Sequence[AnyRow | None]
) -> None:
    """Raise NoTemplate where a reading without a template is of an article that has a better one.

    `known` are the rows that the articles have. The page then counts as unreadable, as it is.
    """
    shown = [
        row.extraction_id
        for article, row in zip(articles, known, strict=True)
        if article.template == GENERIC and row is not None
    ]
    if not shown:
        return
    query = select(Extractions.template).where(
        Extractions.id.in_(shown), Extractions.template != GENERIC
    )
    if better := connection.scalar(query.limit(1)):
        raise NoTemplate(f"no template reads the page any more; {better} read it before")
