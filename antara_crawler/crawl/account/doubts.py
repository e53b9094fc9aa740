"""What of a run a person should look at, though nothing went unread: by Scrapy's statistics."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from antara_crawler.items import Article
from antara_crawler.text import word_count
from antara_crawler.wording import sentence

ASKED, CHANGED, SAME_TEXT = "rechecks/asked", "rechecks/changed", "articles/same_text"
"""Scrapy statistics: known articles fetched again, those whose text had changed, and articles
refused since their text is that of others."""
ALIKE = "articles/alike"
"""The statistic of articles, new or changed, with the text of one a little before."""
UNENDED = "articles/unended"
"""The statistic of articles, new or changed, whose text ends within a sentence."""

FEW, SEVERAL = 10, 5
"""Articles of one text of which nothing is concluded, and changed ones of which something is."""
MOST_TWINS = 2
"""Articles with the text of another among few: a story may be published twice."""

SHORT = 60
"""Words of a text that may be a notice; of one that was longer something can be lost."""
_ABOVE = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(0x80, 0xC0))
_GARBLED = re.compile(
    rf"\ufffd|[ÂÃ][{_ABOVE}\s]|â[{_ABOVE}]{{2}}|\bâ(?=[A-Z])|(?<=[,.!?])â(?=\s|$)|ï»¿"
)
"""UTF-8 that was read as Windows-1252, with signs that cannot be seen or without them."""
_WALL = (
    re.compile(r"\b(?:silah?kan|mohon|harap|please|aktifkan|enable)\b", re.I),
    re.compile(
        r"\b(?:masuk|log ?in|daftar|(?:ber)?langganan|subscri\w+|sign (?:in|up)|coba lagi"
        r"|try again|javascript|cookies?)\b", re.I,
    ),
    re.compile(
        r"\b(?:(?:mem)?baca|selengkapnya|konten|memuat|mengakses|akses|halaman|read\w*|contents?"
        r"|page|access|continue)\b", re.I,
    ),
)  # fmt: skip
"""A short paragraph that has all of them asks for something before it lets one read on."""
_WALL_WORDS = 30
_MOST_COMPARED, _OF_HOW_MANY, _MOST_TOLD = 1000, 4, 3
_LONGEST_SHOWN = 80
_BROKEN_OFF = re.compile(r"[\w,]\s?(?:\.{3}|…)$")


class Recurring:
    """In how many of a run's first articles, new or changed, each paragraph stands.

    What stands in many is none's own: a widget, a call to subscribe. It is a guess, too.
    """

    def __init__(self) -> None:
        self._articles = 0
        self._in = Counter[str]()

    def add(self, paragraphs: Iterable[str]) -> None:
        """Count the paragraphs of an article, each once."""
        if self._articles < _MOST_COMPARED:
            self._articles += 1
            self._in.update({text[:_LONGEST_SHOWN] for text in paragraphs})

    def told(self) -> Iterator[str]:
        """Yield a line for each of the paragraphs that stand in most articles, a few of them."""
        articles = self._articles
        for text, n in self._in.most_common(_MOST_TOLD):
            if n >= SEVERAL and _OF_HOW_MANY * n >= articles:
                yield sentence(
                    f"“{text}” stands in the texts of {n:,} of {articles:,} articles, new or"
                    " changed: is it a part of them?"
                )


def is_walled(article: Article) -> bool:
    """Tell whether an article's last words ask for something before they let one read on."""
    last = (text for text in article.paragraphs[-2:] if word_count(text) <= _WALL_WORDS)
    return any(all(sign.search(text) for sign in _WALL) for text in last)


def oddity(article: Article, before: Sequence[str] = (), *, is_alone: bool = True) -> str | None:
    """Return why an article's text may not be its own or not whole, None where nothing says so.

    `before` is the text that it had; it is alone where no other has its text. It is a guess:
    nothing is taken from a text for it, and nothing is owed. Many a portal's articles are short,
    or end as these do.
    """
    texts, words = article.paragraphs, sum(map(word_count, article.paragraphs))
    last = texts[-1] if texts else ""
    if any(map(_GARBLED.search, (article.title or "", *texts))):
        return sentence("signs of another encoding stand in it")
    if is_walled(article):
        return sentence("it asks its reader to log in, to subscribe or to try again")
    if _ends(article) and _BROKEN_OFF.search(last):
        return sentence("it breaks off with an ellipsis")
    was = sum(map(word_count, before))
    if was >= SHORT and 2 * words < was:
        return sentence(f"it has {words} words, and had {was:,}")
    if not is_alone and words < SHORT:
        return sentence("it is short, and another article has the same")
    leads = [each.agrees for each in article.agreements if each.field == "lead"]
    if leads and not any(leads) and words < SHORT and _ends(article):
        return sentence("it is short, and begins otherwise than all else that tells of it")
    return None


def is_unended(article: Article) -> bool:
    """Tell whether a text ends within a sentence: some forget a full stop, not all."""
    return _ends(article) and article.paragraphs[-1].rstrip()[-1:].isalnum()


def of_one_text(stats: Mapping[str, Any]) -> int:
    """Return how many articles have the text of another, where these are too many; else 0."""
    alike = stats.get(ALIKE, 0)
    most = MOST_TWINS if 2 * alike > _taken(stats) else FEW - 1
    return int(alike) if alike > most else 0


def of_cut_texts(stats: Mapping[str, Any]) -> int:
    """Return how many articles end within a sentence, where most do that were taken in; else 0."""
    cut = stats.get(UNENDED, 0)
    return int(cut) if cut >= SEVERAL and 2 * cut > _taken(stats) else 0


def doubts(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each thing that a person should look at; nothing is owed for it."""
    asked, changed = stats.get(ASKED, 0), stats.get(CHANGED, 0)
    if changed >= SEVERAL and 2 * changed > asked:
        yield sentence(
            f"{changed:,} of {asked:,} articles looked at again had another text: see one with"
            " scrapy show; a counter or a notice may have come into the pages"
        )
    if same := stats.get(SAME_TEXT, 0):
        yield sentence(f"gave the text of other articles: {same:,} pages, kept raw and not taken")
    if cut := of_cut_texts(stats):
        yield sentence(f"{cut:,} articles, new or changed, end within a sentence")
    if alike := of_one_text(stats):
        yield sentence(
            f"{alike:,} articles, new or changed, have the text of another: a notice may stand in"
            " their place"
        )


def _taken(stats: Mapping[str, Any]) -> int:
    """Return how many articles, new or changed, the run took in."""
    return int(stats.get("stored/new", 0) + stats.get(CHANGED, 0))


def _ends(article: Article) -> bool:
    """Tell whether an article is a text with an end, and no caption."""
    return bool(article.paragraphs) and article.kind not in ("foto", "video")
