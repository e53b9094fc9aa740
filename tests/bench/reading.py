"""Pages read per second, and how many exactly right: our reader, trafilatura and newspaper4k.

`PYTHONPATH=. python tests/bench/reading.py [pages]`. Every reader gets the same pages of the
loopback portal, in this one process, round after round in turn; a rate is pages a second of
processor time in the reader's best round, with the median behind it. What trafilatura keeps of
earlier pages is forgotten before each round, since in a crawl no page comes twice.

Ours gives a whole record: title, dates, names, section, tags, pictures, paragraphs. What compares
with that is trafilatura's record (`with_metadata`), and its faster extraction of text alone, which
has no title, stands below it.
"""

import gc
import logging
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from unittest import mock

import trafilatura
from scrapy.utils.project import get_project_settings
from trafilatura.deduplication import LRUCache
from trafilatura.meta import reset_caches

from antara_crawler.items import Article
from antara_crawler.pages import article as article_module
from antara_crawler.pages import read_article
from antara_crawler.portals import portal
from antara_crawler.reextract.extract import Cleaning
from antara_crawler.text import paragraph_key, tidy
from tests.portal import Site
from tests.portal.model import Truth

with warnings.catch_warnings(action="ignore", category=UserWarning):  # its summaries want nltk
    import newspaper

PORTALS = ("kalsel", "kalteng", "lampung")
ROUNDS = 5
MUST = 5.0


@dataclass(frozen=True)
class Page:
    """A page, whole: an article of several pages in the form that shows them all."""

    url: str
    html: str
    truth: Truth


@dataclass(frozen=True)
class Said:
    """What a reader takes a page to say; no title from those that are asked for text alone."""

    title: str | None
    paragraphs: list[str]


@dataclass
class Reader:
    """A way to read a page, and the seconds that its rounds took."""

    name: str
    read: Callable[[Page], Any]
    said: Callable[[Any], Said]
    seconds: list[float] = field(default_factory=list)

    def run(self, pages: list[Page]) -> None:
        """Read all pages once and note the time."""
        reset_caches()
        gc.collect()
        begun = time.process_time()
        for page in pages:
            self.read(page)
        self.seconds.append(time.process_time() - begun)


def pages_of(count: int) -> list[Page]:
    """Return so many pages of several portals, in every template."""
    pages: list[Page] = []
    for seed, name in enumerate(PORTALS, start=1):
        site = Site(seed, -(-count // len(PORTALS)), name)
        for article in site.articles:
            query = "page=all" if len(article.pages) > 1 else ""
            html = site.respond(article.path, query).body.decode()
            pages.append(Page(f"https://{site.host}{article.path}", html, article.truth))
    return pages[:count]


def ours() -> Reader:
    """Our reader, up to and with the check: all fields of the record, repeats taken out."""
    cleaning = Cleaning(get_project_settings())
    places = {portal(name).host: portal(name) for name in PORTALS}

    def read(page: Page) -> Any:
        return cleaning(read_article(page.html, page.url, places[page.url.split("/")[2]]))

    def said(article: Any) -> Said:
        assert isinstance(article, Article), article
        return Said(article.title, list(article.paragraphs))

    return Reader("antara_crawler", read, said)


def trafilatura_reader(name: str, **options: Any) -> Reader:
    """trafilatura with these options; what it deduplicates is forgotten between the pages,
    since it would take a page that it sees again for a repeat."""

    def read(page: Page) -> Any:
        given = {**options, "deduplicate": LRUCache(4096)} if "deduplicate" in options else options
        return trafilatura.bare_extraction(page.html, url=page.url, **given)

    def said(document: Any) -> Said:
        if document is None:
            return Said(None, [])
        return Said(document.title, _lines(document.text or ""))

    return Reader(f"trafilatura {name}", read, said)


def newspaper_reader() -> Reader:
    """newspaper4k with the page's HTML given and no pictures fetched."""

    def read(page: Page) -> Any:
        article = newspaper.Article(page.url, language=page.truth["language"], fetch_images=False)
        article.download(input_html=page.html)
        article.parse()
        return article

    return Reader("newspaper4k", read, lambda a: Said(a.title, _lines(a.text)))


def _lines(text: str) -> list[str]:
    return [line for line in map(tidy, text.splitlines()) if line]


def is_exact(said: Said, truth: Truth) -> bool:
    """Whether title and paragraphs are those of the article."""
    return (said.title, said.paragraphs) == (truth["title"], truth["paragraphs"])


def is_clean(said: Said, truth: Truth) -> bool:
    """Whether all true paragraphs are there and nothing else.

    The title is not asked; the dateline may stand before the lead, repeats may stay.
    """
    wanted = [paragraph_key(text) for text in truth["paragraphs"]]
    known = {*wanted, *(paragraph_key(each["text"]) for each in truth["removed_paragraphs"])}
    found = {_without_dateline(paragraph_key(text), wanted) for text in said.paragraphs}
    return set(wanted) <= found <= known


def is_whole(said: Said, truth: Truth) -> bool:
    """Whether all true paragraphs are there, whatever stands between them."""
    wanted = [paragraph_key(text) for text in truth["paragraphs"]]
    found = {_without_dateline(paragraph_key(text), wanted) for text in said.paragraphs}
    return set(wanted) <= found


def _without_dateline(key: str, wanted: list[str]) -> str:
    return wanted[0] if wanted and key.endswith(wanted[0]) else key


def without_evidence(reader: Reader) -> Reader:
    """The same reader, but nothing is compared with what else the page says."""

    def read(page: Page) -> Any:
        with mock.patch.object(article_module, "evidence", lambda *_, **__: ()):
            return reader.read(page)

    return Reader(f"{reader.name}, no evidence", read, reader.said)


def main() -> None:
    """Measure and print; end with status 1 when ours is too slow or not exact."""
    logging.disable(logging.WARNING)
    pages = pages_of(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
    precise = {"favor_precision": True, "include_comments": False}
    record = trafilatura_reader("record, precise", **precise, with_metadata=True)
    readers = [
        ours(),
        without_evidence(ours()),
        trafilatura_reader("record", with_metadata=True),
        record,
        trafilatura_reader(
            "record, precise, deduplicate", **precise, with_metadata=True, deduplicate=True
        ),
        trafilatura_reader("text alone"),
        trafilatura_reader("text alone, precise", **precise),
        trafilatura_reader("text alone, precise, fast", **precise, fast=True),
        newspaper_reader(),
    ]
    for _ in range(ROUNDS):
        for reader in readers:
            reader.run(pages)
    size = sum(len(page.html.encode()) for page in pages) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:.0f} kB on average, {ROUNDS} rounds\n")
    print(f"{'':40}{'pages/s':>9}{'median':>8}{'ours is':>9}{'exact':>9}{'clean':>9}{'whole':>9}")
    fastest = min(readers[0].seconds)
    for reader in readers:
        times = f"{min(reader.seconds) / fastest:8.1f}x"
        print(f"{reader.name:40}{_rates(reader, pages)}{times}{_shares(reader, pages)}")
    first = readers[0]
    print(f"\nevidence costs {1 - min(readers[1].seconds) / fastest:.1%} of reading")
    exact = sum(is_exact(first.said(first.read(page)), page.truth) for page in pages)
    if min(record.seconds) < MUST * fastest or exact < len(pages):
        sys.exit(f"too little: {MUST:.0f} times {record.name} and all pages exact are wanted")


def _rates(reader: Reader, pages: list[Page]) -> str:
    best, middle = min(reader.seconds), median(reader.seconds)
    return f"{len(pages) / best:9.0f}{len(pages) / middle:8.0f}"


def _shares(reader: Reader, pages: list[Page]) -> str:
    said = [(reader.said(reader.read(page)), page.truth) for page in pages]
    counts = (sum(is_so(*each) for each in said) for is_so in (is_exact, is_clean, is_whole))
    return "".join(f"{count / len(pages):9.1%}" for count in counts)


if __name__ == "__main__":
    main()
