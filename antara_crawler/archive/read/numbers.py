"""When the articles of the next lower and higher number were published."""

from datetime import datetime

from sqlalchemy import select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.items import Article


def times_around(archive: Archive, article: Article) -> tuple[datetime | None, datetime | None]:
    """Return the times of the neighbours by number of an article; None where there is none."""
    number = Articles.article_id
    same = (Articles.portal == article.portal, Articles.kind == article.kind)
    query = select(Articles.published_at).where(*same, Articles.published_at.is_not(None)).limit(1)
    with archive.reading() as connection:
        before = connection.scalar(query.where(number < article.article_id).order_by(number.desc()))
        after = connection.scalar(query.where(number > article.article_id).order_by(number))
    return before, after
