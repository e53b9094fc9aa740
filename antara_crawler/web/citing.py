"""How to cite an archived article, after the form of the APA."""

from datetime import datetime

from antara_crawler.archive import StoredArticle
from antara_crawler.portals import portals
from antara_crawler.web import dates
from antara_crawler.web.messages import say


def citation(article: StoredArticle, now: datetime, lang: str) -> str:
    """Return one line: who, when, what, where, which revision, captured and read when.

    Names stay as the byline has them: many Indonesian names have no family name to put first.
    `now` is the moment of reading (UTC).
    """
    source = source_of(article.portal)
    who = " & ".join(article.reporters) or source
    when = say(lang, "cite_no_date")
    if at := article.published_at:
        when = f"{at.year}, {at.day} {dates.month(at.month, lang)}"
    parts = [f"{who} ({when}). {_ended(article.title or say(lang, 'untitled'))}"]
    if article.reporters:
        parts.append(_ended(source))
    if article.url:
        parts.append(article.url)
    seen = article.capture.captured_at if article.capture else article.last_seen_at
    archived = say(lang, "cite_archived", at=dates.day(seen.date(), lang))
    revision = say(lang, "cite_revision", n=article.revision)
    accessed = say(lang, "cite_accessed", at=dates.day(now.date(), lang))
    return f"{' '.join(parts)} ({archived}, {revision}; {accessed})"


def source_of(portal: str) -> str:
    """Return what a portal calls itself: 'ANTARA News Kalimantan Selatan'."""
    known = portals().get(portal)
    return known.copyright_name if known else f"ANTARA ({portal})"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
