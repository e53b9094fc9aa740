"""How an archived article is cited in words, its times on the portal's own clock.

In four styles: APA, Chicago and Turabian in English, and the Indonesian house style.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from antara_crawler import dates
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


_MOST_APA = 20
"""Of more authors the APA names so many less one, and the last."""

_MOST_CHICAGO = 6
"""Of more authors Chicago and Turabian name three."""


def _apa(source: Source) -> str:
    """After the 7th edition, for an article of a news site."""
    names = source.authors
    if len(names) > _MOST_APA:
        who = f"{', '.join(names[: _MOST_APA - 1])}, . . . {names[-1]}"
    else:
        who = _joined(names, "&", ", & ")
    on = source.published_on
    when = f"{on.year}, {_english(on, year=False)}" if on else "n.d."
    title = _ended(source.title or "[Untitled]")
    parts = [f"{_ended(who or source.site)} ({when}). {title}"]
    if who:
        parts.append(_ended(source.site))
    if source.url:
        read = "" if on else f"Retrieved {_english(source.accessed)}, from "
        parts.append(f"{read}{source.url}")
    return " ".join([*parts, _archived(source)])


def _indonesia(source: Source) -> str:
    """As Indonesian universities and editors write a news item of the web."""
    who = _joined(source.authors, "dan", ", dan ") or source.site
    on = source.published_on
    title = _quoted(source.title or "[Tanpa judul]", "")
    site = f" {source.site}," if source.authors else ""
    day = dates.day(on, "id") if on else "tanpa tanggal"
    url = f" {source.url}" if source.url else ""
    kept = f"diarsipkan {dates.stamp(source.archived, 'id')}, " if source.archived else ""
    return (
        f"{_ended(who)} {_ended(str(on.year if on else 't.t.'))} {title}.{site} {day}.{url}"
        f" ({kept}revisi {source.revision}; diakses {dates.day(source.accessed, 'id')})."
    )


STYLES: dict[str, Callable[[Source], str]] = {
    "indonesia": _indonesia,
    "apa": _apa,
    # After the 18th edition; the day of reading only where no other is known.
    "chicago": lambda source: _entry(source, accessed=source.published is None),
    # After the 9th edition, which always wants the day of reading.
    "turabian": lambda source: _entry(source, accessed=True),
}


def _entry(source: Source, *, accessed: bool) -> str:
    """Return who, what, where and when, as Chicago and Turabian have it."""
    names = source.authors
    if len(names) > _MOST_CHICAGO:
        who = f"{', '.join(names[:3])}, et al."
    else:
        who = _joined(names, "and", ", and ")
    when = _english(source.published_on) if source.published_on else "n.d."
    parts = [
        _ended(who) if who else "",
        _quoted(source.title or "Untitled", "."),
        _ended(f"{source.site}, {when}"),
        f"Accessed {_english(source.accessed)}." if accessed else "",
        _ended(source.url) if source.url else "",
        _archived(source),
    ]
    return " ".join(filter(None, parts))


def _archived(source: Source) -> str:
    kept = f"Archived {_english(source.archived)}, " if source.archived else ""
    return f"({kept}{'r' if kept else 'R'}evision {source.revision})."


def _english(on: date, *, year: bool = True) -> str:
    """Return a day as the English styles have it: 'February 27, 2026'."""
    day = f"{dates.MONTHS['en'][on.month - 1]} {on.day}"
    return f"{day}, {on.year}" if year else day


def _joined(names: Sequence[str], two: str, more: str) -> str:
    if len(names) <= 2:
        return f" {two} ".join(names)
    return f"{', '.join(names[:-1])}{more}{names[-1]}"


def _quoted(title: str, end: str) -> str:
    """Return a title in quotation marks; those inside it become single ones."""
    inner = title.replace("“", "‘").replace("”", "’").replace('"', "'")
    stop = "" if inner.endswith((".", "?", "!", "…")) else end
    return f"“{inner}{stop}”"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
