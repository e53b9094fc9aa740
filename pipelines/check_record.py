"""Third on an item's way: a record that cannot be an article's goes on as unreadable."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from antara_crawler.errors import Cause
from antara_crawler.items import Article, Outcome, Page
from antara_crawler.portals import portal
from antara_crawler.text import LEAST_WORDS, paragraph_key, word_count
from antara_crawler.wording import sentence
from pipelines import Counting

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""The portals opened long after; the oldest stored page of one is of 2010 (pages/SITE.md)."""
MOST_AHEAD = timedelta(days=2)
_OF_PICTURES = frozenset({"foto", "video"})
LONGEST_TITLE = 1_000
LONGEST_PARAGRAPH = 100_000
MOST_PARAGRAPHS = 5_000
LONGEST_URL = 2_000
MOST_IN_A_LIST = 500
LONGEST_IN_A_LIST = 5_000


class CheckRecord(Counting):
    """Lets sane records pass; says of any other, in its place, why it is none."""

    def process_item(self, item: object) -> object:
        """Return a sane article, or an Outcome 'unreadable'; anything else as it came."""
        if not isinstance(item, Article):
            return item
        reason = what_is_wrong(item)
        if reason is None:
            return item
        self.stats.inc_value("articles/unreadable")
        page = Page(item.portal, "article", item.url or "", item.kind, item.article_id)
        return Outcome(
            page,
            "unreadable",
            reason,
            captures=item.captures,
            seen_at=item.seen_at,
            cause=Cause.UNKNOWN_FORM,
        )


def what_is_wrong(article: Article) -> str | None:
    """Return in a few words why this is no article's record; None when it is one.

    What a page gave needs an address, a title, a body and a date. What was imported from
    plain text has no address, and needs a body alone.
    """
    wrong = _body(article) or _size(article)
    if wrong or article.url is None:
        return wrong
    return _address(article) or _title(article) or _date(article)


def _body(article: Article) -> str | None:
    is_of_pictures = article.kind in _OF_PICTURES
    if not article.paragraphs:
        # The captions of a gallery may be all that it says.
        told = is_of_pictures and any(picture.caption for picture in article.images)
        return None if told else sentence("no body")
    # A caption may be short, a report is not: 'Halaman tidak ditemukan' is none.
    if article.url is None or is_of_pictures or len(article.paragraphs) > 1:
        return None
    words = word_count(article.paragraphs[0])
    return None if words >= LEAST_WORDS else sentence(f"a body of {words} words")


def _size(article: Article) -> str | None:
    texts = [*article.paragraphs, *(each.text for each in article.removed)]
    if len(texts) > MOST_PARAGRAPHS:
        return sentence(f"{len(texts)} paragraphs, more than {MOST_PARAGRAPHS}")
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_PARAGRAPH:
        return sentence(f"a paragraph of {longest} characters, more than {LONGEST_PARAGRAPH}")
    if len(article.title or "") > LONGEST_TITLE:
        return sentence(
            f"a title of {len(article.title or '')} characters, more than {LONGEST_TITLE}"
        )
    return _lists(article)


def _lists(article: Article) -> str | None:
    lists: dict[str, list[str | None]] = {
        "line": [article.section, article.dateline_text, article.copyright, article.rights],
        "name": [*article.reporters, *article.editors, *article.uploaders],
        "tag": [*article.tags],
        "picture": [t for i in article.images for t in (i.caption, i.credit, i.url)],
        "related link": [t for link in article.related for t in (link.title, link.url)],
    }
    for name, texts in lists.items():
        if len(texts) > MOST_IN_A_LIST:
            return sentence(f"{len(texts)} {name} texts, more than {MOST_IN_A_LIST}")
        if any(len(text or "") > LONGEST_IN_A_LIST for text in texts):
            return sentence(f"a {name} of more than {LONGEST_IN_A_LIST} characters")
    return None


def _address(article: Article) -> str | None:
    url = article.url or ""
    if len(url) > LONGEST_URL:
        return sentence(f"an address of {len(url)} characters, more than {LONGEST_URL}")
    host = portal(article.portal).host
    if not url.startswith(f"https://{host}/"):
        return sentence(f"its address is not one of https://{host}")
    return sentence("its address is not canonical") if urlsplit(url).query or "#" in url else None


def _title(article: Article) -> str | None:
    if not article.title:
        return sentence("no title")
    of = portal(article.portal)
    names = (of.copyright_name, f"ANTARA News {of.name}", "ANTARA News", "Antaranews.com", of.host)
    if paragraph_key(article.title) in map(paragraph_key, names):
        return sentence(f"its title is the portal's name: {article.title}")
    return None


def _date(article: Article) -> str | None:
    at = article.published_at
    if at is None:
        return (
            sentence(f"no date: {article.published_note}")
            if article.published_note
            else sentence("no date")
        )
    if at.utcoffset() is None:
        return sentence(f"its date has no zone: {at.isoformat()}")
    if at < EARLIEST:
        return sentence(f"its date is before {EARLIEST.year}: {at.isoformat()}")
    if article.seen_at is not None and at > article.seen_at + MOST_AHEAD:
        return sentence(f"its date is in the future: {at.isoformat()}")
    return None
