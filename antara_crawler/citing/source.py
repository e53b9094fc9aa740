"""What a citation says of an archived article, its times on the portal's own clock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from antara_crawler.archive import RevisionView, StoredArticle
from antara_crawler.dates import local
from antara_crawler.portals import portals
from antara_crawler.terminal import plain

PUBLISHER = "ANTARA"


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it is cited.

    Names stay as the byline has them: many Indonesian names have no family name to put first.
    `archived` is when the wording was fetched, None where no time that we know is possible:
    it is never before the article was published, nor after `accessed`.
    """

    key: str
    authors: tuple[str, ...]
    title: str | None
    site: str
    url: str | None
    language: str
    published: datetime | None
    archived: datetime | None
    accessed: datetime
    revision: int

    @property
    def published_on(self) -> date | None:
        """The date of publication on the portal's own clock."""
        return self.published.date() if self.published else None

    @classmethod
    def of(cls, article: StoredArticle, now: datetime, earlier: RevisionView | None = None) -> Self:
        """Return what an article, or an earlier wording, is cited by when read `now` (aware)."""
        if earlier:
            seen = [earlier.first_seen_at, earlier.last_seen_at]
        else:
            seen = [article.capture.captured_at] if article.capture else []
            seen.append(article.last_seen_at)
        possible = article.published_at
        # The first time at which an article of that date can have been seen.
        archived = next((at for at in seen if possible is None or at >= possible), None)
        moment = max(filter(None, (now, archived, article.published_at)))
        number = article.article_id if article.article_id is not None else f"x{article.id}"
        return cls(
            key=f"{article.portal}-{article.kind}-{number}",
            authors=tuple(filter(None, map(plain, article.reporters))),
            title=plain(earlier.title if earlier else article.title) or None,
            site=source_of(article.portal),
            url=plain(article.url) or None,
            language=article.language,
            published=article.published_at and local(article.published_at, article.portal),
            archived=archived and local(archived, article.portal),
            accessed=local(moment, article.portal),
            revision=earlier.number if earlier else article.revision,
        )


def source_of(portal: str) -> str:
    """Return what a portal calls itself: 'ANTARA News Kalimantan Selatan'."""
    known = portals().get(portal)
    return known.copyright_name if known else f"{PUBLISHER} ({portal})"
