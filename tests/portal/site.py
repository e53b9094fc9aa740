"""A portal without a network: its articles, their truth, and an answer to any path."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from random import Random
from urllib.parse import parse_qs, unquote
from zlib import crc32

from tests.portal import listings, templates
from tests.portal.chrome import Chrome
from tests.portal.edits import reword
from tests.portal.faults import FATAL, Faults
from tests.portal.generator import Generator
from tests.portal.model import Article, Truth
from tests.portal.places import EXTRA_LISTINGS, FORBIDDEN, PLACES, SECTIONS, clock
from tests.portal.traps import traps_of

START = datetime(2014, 3, 1, 8, 0, tzinfo=clock("WITA"))
TODAY = datetime(2025, 12, 30, 16, 20, tzinfo=clock("WITA"))
_KINDS = ("berita", "foto", "video", "rilis-pers")


@dataclass(frozen=True)
class Reply:
    """An HTTP answer: status, headers in order, body."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


class Site:
    """A portal of `articles` articles, spread from `start` to `today`, newest last.

    `today` is the portal's clock: pass the real time where relative times on cards must fit
    it. `paging` is 'path' (/terkini/2) or 'query' (/terkini?page=2). `sitemap` switches
    /sitemap.xml and its line in robots.txt on; `feed_bom` and `feed_gzip` disguise the feed.
    With `missing` all articles are /berita/, numbered one by one but for that share of numbers.
    """

    def __init__(
        self, seed: int = 1, articles: int = 60, portal: str = "kalsel", *,
        start: datetime = START, today: datetime = TODAY, per_page: int = 10,
        paging: str = "path", sitemap: bool = False, feed_bom: bool = False,
        feed_gzip: bool = False, feed_items: int = 20, validators: bool = True,
        crawl_delay: float | None = None, missing: float | None = None,
    ) -> None:  # fmt: skip
        self.place = PLACES[portal]
        self.portal, self.seed = portal, seed
        self.start, self.today = start, today
        self.per_page, self.paging = per_page, paging
        self.has_sitemap, self.validators = sitemap, validators
        self.crawl_delay = crawl_delay
        self.feed_bom, self.feed_gzip, self.feed_items = feed_bom, feed_gzip, feed_items
        self.articles: list[Article] = []
        self._newest: list[Article] | None = None
        self.gone: dict[tuple[str, int], int] = {}
        self._generator = Generator(str(seed), self.place, missing)
        self._by_key: dict[tuple[str, int], Article] = {}
        for at in self._moments(articles):
            self._publish(at)
        self.initial = len(self.articles)

    @property
    def host(self) -> str:
        return self.place.host

    @property
    def truth(self) -> list[Truth]:
        """The export records of all articles that are there now, oldest first."""
        return [article.truth for article in self.present]

    @property
    def present(self) -> list[Article]:
        return self.newest[::-1]

    @property
    def newest(self) -> list[Article]:
        """The articles that are there now, newest first."""
        if self._newest is None:
            kept = (article for article in self.articles if article.key not in self.gone)
            self._newest = list(kept)[::-1]
        return self._newest

    @property
    def traps(self) -> dict[str, list[tuple[str, int]]]:
        """Every trap by name, with the (kind, number) of the articles that have it."""
        found: dict[str, list[tuple[str, int]]] = {}
        for article in self.articles:
            for trap in sorted(traps_of(article)):
                found.setdefault(trap, []).append(article.key)
        return found

    def article(self, number: int, kind: str = "berita") -> Article:
        return self._by_key[kind, number]

    def add(self, count: int = 1) -> list[Article]:
        """Publish new articles on top, a minute apart; the clock moves on when it must."""
        latest = (
            max(article.published for article in self.articles) if self.articles else self.start
        )
        made = [self._publish(latest + timedelta(minutes=n + 1)) for n in range(count)]
        now = max(self.today, latest + timedelta(minutes=count + 1))
        self.today = now.astimezone(self.today.tzinfo)
        return made

    def edit(
        self, number: int, kind: str = "berita", *, title: str | None = None,
        paragraph: str | None = None,
    ) -> Article:  # fmt: skip
        """Change an article's wording (by default a paragraph of it), as its page then shows."""
        article = self.article(number, kind)
        reword(article, title=title, paragraph=paragraph)
        self.today += timedelta(minutes=1)
        article.version += 1
        article.changed = self.today
        return article

    def remove(self, number: int, kind: str = "berita", status: int = 410) -> None:
        """Take an article off: its address answers `status` from now on, no listing names it."""
        self.gone[self.article(number, kind).key] = status
        self._newest = None

    def respond(
        self, path: str, query: str = "", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Return the answer to a GET of `path` with its query string."""
        path = unquote(path)
        if path == "/robots.txt":
            return self._text(self._robots())
        if path.startswith("/rss/"):
            return _if_changed(self._feed(path), headers or {})
        if path.startswith("/sitemap") and self.has_sitemap:
            return _if_changed(self._sitemap(path), headers or {})
        parts = [part for part in path.split("/") if part]
        found = article_in(path)
        if found:
            return self._article(found, parts[0] == "amp", query, headers or {})
        if not parts:
            return self._html(listings.home_html(self.newest[:12], self._chrome()))
        return self._listing(parts, query)

    def _moments(self, count: int) -> list[datetime]:
        """Moments of publication from start to today; the last ones within the last day."""
        rng = Random(f"{self.seed}/moments")
        recent = min(6, count // 4)
        span = (self.today - timedelta(days=1) - self.start) / max(1, count - recent)
        old = [self.start + span * (number + rng.random()) for number in range(count - recent)]
        new = [self.today - timedelta(minutes=2 + 190 * n) for n in range(recent)]
        return old + new[::-1]

    def _publish(self, at: datetime) -> Article:
        article = self._generator.make(at)
        article.changed = article.published
        self.articles.append(article)
        self._newest = None
        self._by_key[article.key] = article
        return article

    def _chrome(self) -> Chrome:
        return Chrome(self.place, self.today, self.newest[:60])

    def _robots(self) -> str:
        lines = ["User-agent: *", f"Disallow: {FORBIDDEN[0]}", "Disallow: /search", "Allow: /"]
        if self.crawl_delay is not None:
            lines.append(f"Crawl-delay: {self.crawl_delay}")
        if self.has_sitemap:
            lines += ["", f"Sitemap: https://{self.host}/sitemap.xml"]
        return "\n".join(lines) + "\n"

    def _feed(self, path: str) -> Reply:
        if path != "/rss/terkini.xml":
            return self.not_found()
        body = listings.feed_xml(
            self.newest[: self.feed_items], self._chrome(), bom=self.feed_bom, zipped=self.feed_gzip
        )
        return Reply(200, [("Content-Type", "application/rss+xml; charset=utf-8")], body)

    def _sitemap(self, path: str) -> Reply:
        size = 50
        count = -(-len(self.present) // size)
        if path == "/sitemap.xml":
            body = listings.sitemap_index(f"https://{self.host}", count)
        else:
            name = path.removeprefix("/sitemap-").removesuffix(".xml")
            number = int(name) if name.isdecimal() else 0
            if not 1 <= number <= count:
                return self.not_found()
            body = listings.sitemap_part(self.newest[(number - 1) * size : number * size])
        return Reply(200, [("Content-Type", "application/xml")], body)

    def listed(self, path: str) -> Sequence[Article] | None:
        """The articles of a listing, newest first; None when there is no such listing."""
        if path in {"/terkini", "/top-news", *dict(EXTRA_LISTINGS), FORBIDDEN[0]}:
            return self.newest
        if path in dict(SECTIONS):
            return [a for a in self.newest if a.section and a.section[0] == path]
        return None

    def readable(self, faults: Faults) -> list[Truth]:
        """The records that a patient client can get in spite of these faults, oldest first."""
        plan = faults.plan(self)
        return [a.truth for a in self.present if plan.get(a.key) not in FATAL]

    def wild_listing(self, path: str, number: int, *, repeating: bool) -> Reply:
        """A page of a listing without end: the first page again, or all articles in a ring."""
        articles = self.newest
        first = 0 if repeating else (number - 1) * self.per_page
        here = [articles[(first + n) % len(articles)] for n in range(self.per_page)]
        form = path + ("?page={}" if self.paging == "query" else "/{}")
        html = listings.listing_html(here, self._chrome(), path, number, number + 1000, form)
        return self._html(html)

    def _listing(self, parts: list[str], query: str) -> Reply:
        numbered = parts[-1].isdecimal()
        path = "/" + "/".join(parts[:-1] if numbered else parts)
        asked = parts[-1] if numbered else parse_qs(query).get("page", ["1"])[0]
        articles = self.listed(path)
        if articles is None or not asked.isdecimal():
            return self.not_found()
        number = max(1, int(asked))
        last = max(1, -(-len(articles) // self.per_page))
        form = path + ("?page={}" if self.paging == "query" else "/{}")
        here = articles[(number - 1) * self.per_page : number * self.per_page]
        name = dict((*SECTIONS, *EXTRA_LISTINGS)).get(path, "Terkini")
        return self._html(listings.listing_html(here, self._chrome(), name, number, last, form))

    def _article(
        self, key: tuple[str, int], amp: bool, query: str, headers: Mapping[str, str]
    ) -> Reply:
        if key in self.gone:
            return self.not_found(self.gone[key])
        article = self._by_key.get(key)
        if article is None:
            return self.not_found()
        validators = self._validators(article, amp, query) if self.validators else []
        if _unchanged(dict(validators), {name.lower(): value for name, value in headers.items()}):
            return Reply(304, validators)
        if amp:
            return self._html(templates.amp_html(article, self._chrome()), validators)
        asked = parse_qs(query).get("page", ["1"])[0]
        number = int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(article.pages) else 1
        html = templates.article_html(article, self._chrome(), number, whole=asked == "all")
        return self._html(html, validators)

    def _validators(self, article: Article, amp: bool, query: str) -> list[tuple[str, str]]:
        mark = f'"{article.kind}-{article.number}-{article.version}{"-amp" if amp else ""}{query}"'
        changed = (article.changed or article.published).astimezone(UTC).replace(microsecond=0)
        return [("ETag", mark), ("Last-Modified", format_datetime(changed, usegmt=True))]

    def _html(self, html: str, headers: Sequence[tuple[str, str]] = ()) -> Reply:
        return Reply(200, [("Content-Type", "text/html; charset=UTF-8"), *headers], html.encode())

    def _text(self, text: str) -> Reply:
        return Reply(200, [("Content-Type", "text/plain")], text.encode())

    def not_found(self, status: int = 404) -> Reply:
        html = self._chrome().page(
            "<title>Halaman tidak ditemukan</title>", "<h1>Halaman tidak ditemukan</h1>"
        )
        return Reply(status, [("Content-Type", "text/html; charset=UTF-8")], html.encode())


def article_in(path: str) -> tuple[str, int] | None:
    """The (kind, number) that a path names; any slug, or none, will do."""
    parts = [part for part in path.split("/") if part]
    parts = parts[1:] if parts[:1] == ["amp"] else parts
    kind = parts[0] if parts else ""
    if kind == "nasional" and parts[1:2] == ["berita"]:
        parts = parts[1:]
    elif kind not in _KINDS:
        return None
    # '/foto/2' is the second page of a listing: articles have long numbers.
    if len(parts) < 2 or not parts[1].isdecimal() or len(parts[1]) < 4:
        return None
    return kind, int(parts[1])


def _if_changed(reply: Reply, headers: Mapping[str, str]) -> Reply:
    mark = [("ETag", f'"{crc32(reply.body):x}"')]
    if _unchanged(dict(mark), {name.lower(): value for name, value in headers.items()}):
        return Reply(304, mark)
    return Reply(reply.status, [*reply.headers, *mark], reply.body)


def _unchanged(ours: Mapping[str, str], asked: Mapping[str, str]) -> bool:
    if "if-none-match" in asked:
        return ours.get("ETag") == asked["if-none-match"].removeprefix("W/")
    since = asked.get("if-modified-since")
    if not since or "Last-Modified" not in ours:
        return False
    return parsedate_to_datetime(ours["Last-Modified"]) <= parsedate_to_datetime(since)
