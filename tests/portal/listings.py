"""Listing pages, the home page, the feed and the sitemap, written from a list of articles."""

import gzip
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.portal.chrome import Chrome
from tests.portal.model import Article
from tests.portal.places import clock, worded

UTM = "utm_source=antaranews&utm_medium=nasional&utm_campaign=antaranews"
_DAY = timedelta(hours=24)


def href_of(article: Article) -> str:
    """The link as a card writes it: whole or relative, now and then with what must come off."""
    if article.kind == "nasional":
        return f"{article.url}?{UTM}"
    form = article.number % 7
    if form == 1:
        return article.path
    if form == 2:
        return f"{article.url}?utm_source=antaranews&utm_medium=terkini&utm_campaign=x#top"
    if form == 3:
        return f"{article.url}/?fullsite=false"
    return article.url


def thumbnail(article: Article) -> str:
    return f"https://img.antaranews.com/cache/255x170/{article.number}.jpg"


def shown_date(article: Article, now: datetime) -> str:
    """'5 jam lalu' within a day of `now`, else the date on the portal's own clock."""
    age = now - article.published
    if timedelta(0) <= age < _DAY:
        minutes = int(age.total_seconds() // 60)
        return f"{minutes} menit lalu" if minutes < 60 else f"{minutes // 60} jam lalu"
    return worded(article.published, padded=article.number % 3 != 1)


def regional_card(article: Article, now: datetime) -> str:
    title, href = escape(article.title), escape(href_of(article))
    local = shown_date(article, now)
    section = article.section[1] if article.section else ""
    return (
        '<article class="simple-post simple-big clearfix"><div class="simple-thumb">'
        f'<a href="{href}" title="{title}"><img data-src="{thumbnail(article)}" alt="{title}"></a>'
        f'</div><header><h3><a title="{title}" href="{href}">{title}</a></h3>'
        f'<p class="simple-share"><span>{local}</span> '
        f'<a href="/bagikan">{escape(section)}</a> <a href="@antara_{article.portal}">@</a></p>'
        "</header></article>\n"
    )


def newer_card(article: Article, now: datetime) -> str:
    title, href = escape(article.title), escape(href_of(article))
    return (
        '<div class="card__post card__post-list card__post__transition mt-30"><div class="row">'
        f'<a href="{href}"><img src="{thumbnail(article)}" alt="{title}"></a>'
        '<div class="card__post__content"><div class="card__post__author-info mb-2">'
        f'<span>{shown_date(article, now)}</span></div><div class="card__post__title">'
        f'<h2 class="post_title"><a href="{href}">{title}</a></h2></div></div></div></div>\n'
    )


def listing_html(
    articles: Sequence[Article], chrome: Chrome, title: str, number: int, last: int, form: str
) -> str:
    """Return a listing page; `form` is how its pager names pages, e.g. '/terkini/{}'."""
    now = chrome.today
    card = newer_card if number % 3 == 2 else regional_card
    cards = "".join(card(article, now) for article in articles)
    strangers = (
        '<article class="simple-post simple-big clearfix"><header><h3>'
        '<a href="https://otomotif.antaranews.com/berita/1234567/mobil-baru">Mobil baru</a></h3>'
        '<p class="simple-share"><span>2 jam lalu</span></p></header></article>'
        '<a href="https://iklan.example/berita/99/beli">Iklan</a>'
        f'<a href="/amp/berita/407622/@antara_{chrome.place.name}">@</a>'
    )
    empty = "" if articles else "<p>Tidak ada berita.</p>"
    main = (
        f'<div class="col-md-8"><h1>{escape(title)}</h1>{cards}{empty}{strangers}'
        f"{_pager(number, last, form)}</div>"
    )
    head = f"<title>{escape(title)} - {chrome.place.copyright_name}</title>"
    return chrome.page(head, main, sidebar=number % 2 == 1)


def _pager(number: int, last: int, form: str) -> str:
    if last < 2 or number > last:
        return ""
    near = sorted({1, *range(max(1, number - 2), min(last, number + 2) + 1), last})
    items = "".join(
        f'<li class="active"><span>{n}</span></li>'
        if n == number
        else f'<li><a href="{escape(form.format(n))}">{n}</a></li>'
        for n in near
    )
    if number < last:
        items += f'<li><a href="{escape(form.format(number + 1))}">Next</a></li>'
    return f'<ul class="pagination pagination-sm">{items}</ul>'


def home_html(newest: Sequence[Article], chrome: Chrome) -> str:
    """The home page: the newest articles in cards of their own kind."""
    now = chrome.today
    cards = "".join(regional_card(article, now) for article in newest)
    head = f"<title>{chrome.place.copyright_name} - Berita Terkini</title>"
    return chrome.page(head, f'<div class="terkini col-md-8">{cards}</div>')


def feed_xml(
    newest: Sequence[Article], chrome: Chrome, *, bom: bool = False, zipped: bool = False
) -> bytes:
    """The RSS feed; with a byte order mark or gzip-compressed without saying so, as was seen."""
    items = "".join(_item(article) for article in newest)
    built = format_datetime(chrome.today.astimezone(clock("WIB")))
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{chrome.place.copyright_name}</title><link>{chrome.base}</link>"
        f"<lastBuildDate>{built}</lastBuildDate>\n{items}</channel></rss>\n"
    )
    data = text.encode("utf-8-sig" if bom else "utf-8")
    return gzip.compress(data, mtime=0) if zipped else data


def _item(article: Article) -> str:
    """One feed item; the clock of pubDate is not always the portal's own."""
    at = article.published
    if article.number % 2:
        at = at.astimezone(clock("WIB"))
    first = article.truth["paragraphs"][0]
    teaser = f'<img src="{thumbnail(article)}" />{first[:90]} ...'
    link = f"{article.url}?{UTM}" if article.kind == "nasional" else article.url
    return (
        f"<item><title><![CDATA[{article.title}]]></title><link>{escape(link)}</link>"
        f"<pubDate>{format_datetime(at)}</pubDate><guid>{escape(article.url)}</guid>"
        f"<description>{escape(teaser)}</description></item>\n"
    )


def sitemap_index(base: str, count: int) -> bytes:
    names = (f"{base}/sitemap-{number}.xml" for number in range(1, count + 1))
    return _xml("sitemapindex", "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names))


def sitemap_part(articles: Sequence[Article]) -> bytes:
    return _xml(
        "urlset",
        "".join(
            f"<url><loc>{article.url}</loc><lastmod>{article.published.isoformat()}</lastmod></url>\n"
            for article in articles
        ),
    )


def _xml(root: str, inner: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declaration}\n<{root} xmlns="{space}">{inner}</{root}>'.encode()
