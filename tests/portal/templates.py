"""The layouts of an article's page: regional, older, newer, and AMP."""

from html import escape

from tests.portal import feet
from tests.portal.body import body_html, caption_text, picture
from tests.portal.chrome import Chrome
from tests.portal.head import head_html
from tests.portal.model import Article
from tests.portal.places import worded


def article_html(article: Article, chrome: Chrome, page: int = 1, *, whole: bool = False) -> str:
    """Return a page of an article (`page` from 1), or all of it on one page."""
    pages = article.pages
    blocks = [block for part in pages for block in part] if whole else pages[page - 1]
    style = "p" if article.template.endswith("-p") else "br"
    body = body_html(blocks, style, f"{article.key}/{page}")
    parts = "" if whole or len(pages) == 1 else _pager(article, page)
    write = _newer if article.template.startswith("wrap") else _regional
    quote = f'<blockquote class="pull-quote"><p>{escape(article.pull_quote)}</p></blockquote>' if (
        article.pull_quote and page == 1
    ) else ""  # fmt: skip
    return chrome.page(head_html(article, chrome.place), write(article, chrome, quote, body, parts))


def _date(article: Article) -> str:
    """The visible date, in one of the portal's ways of writing it."""
    odd = article.number % 5
    text = worded(article.stamp.at, padded=odd != 1, short=odd == 2)
    return f"{text} {article.stamp.zone}".strip()


def _time_element(article: Article) -> str:
    at, places = article.stamp.at, article.stamp.places
    attribute = ""
    if "iso" in places:
        attribute = at.strftime("%Y-%m-%dT%H:%M:%S%z")
    elif "rfc" in places:
        names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][at.weekday()]
        attribute = f"{day}, {at:%d} {names[at.month - 1]} {at.year} {at:%H:%M:%S %z}"
    elif "text" in places:
        attribute = worded(at, time=False).split(", ")[1]
    stated = f' itemprop="datePublished" datetime="{attribute}"' if attribute else ""
    return f"<time{stated}>{_date(article)}</time>"


def _crumbs(article: Article, style: str) -> str:
    if not (article.section and article.shows_section):
        return ""
    path, name = article.section
    if style == "newer":
        return (
            '<ul class="breadcrumbs"><li class="breadcrumbs__item"><a href="/">Home</a></li>'
            f'<li class="breadcrumbs__item"><a href="{path}">{escape(name)}</a></li></ul>'
        )
    return (
        '<ol class="breadcrumb"><li><a href="/">Home</a></li>'
        f'<li><a href="{path}">{escape(name)}</a></li></ol>'
    )


def _figure(article: Article, css: str) -> str:
    shot = article.header
    if shot is None:
        logo = '<img class="logo" src="/img/logo.png" alt="Logo Small Mobile Antaranews">'
        return logo if article.has_logo else ""
    alt = article.title if article.template.startswith("older") else shot.caption or ""
    image = picture(shot.url or "", alt=alt, lazy=shot.form == "lazy")
    text = caption_text(shot)
    words = f"<figcaption>{text}</figcaption>" if text else ""
    return f'<figure class="{css}">{image}{words}</figure>'


def _tags(article: Article) -> str:
    if not article.tags:
        return ""
    items = "".join(
        f'<li><a href="/tag/{n}">{escape(t)}</a></li>' for n, t in enumerate(article.tags)
    )
    return f'<ul class="blog-tags">{items}</ul>'


def _outer_foot(article: Article) -> str:
    if article.byline.form not in {"footer", "footer-spans"}:
        return ""
    return feet.foot_html(article, article.byline.card)


def _keyword_row(article: Article) -> str:
    if not article.template.startswith("older") or not article.tags:
        return ""
    joint = ", " if article.number % 2 else ","
    return f'<div class="keyword-row">id {escape(joint.join(article.tags))}</div>'


def _regional(article: Article, chrome: Chrome, quote: str, body: str, parts: str) -> str:
    tags = "" if article.template == "older-row-only" else _tags(article)
    css = "print" if article.number % 2 else "font17"
    return (
        f'<div class="col-md-8">{_crumbs(article, "regional")}<div id="print_content">'
        f'<article class="clearfix">{quote}<header class="post-header">'
        f'<h1 class="post-title">{article.headline_html}</h1>'
        f'<p class="simple-here"><span><span class="article-date">'
        f'<i class="fa fa-clock-o"></i> {_time_element(article)}</span></span></p>'
        f"{_keyword_row(article)}{_figure(article, 'image-overlay')}</header>"
        f'<div class="post-content clearfix {css}">\n{body}\n</div>{parts}'
        f'<footer class="post-meta"><div class="tags-wrapper">{_outer_foot(article)}'
        f"{tags}</div></footer></article></div></div>"
    )


def _newer(article: Article, chrome: Chrome, quote: str, body: str, parts: str) -> str:
    return (
        f'<div class="col-md-8">{_crumbs(article, "newer")}'
        f'<div class="wrap__article-detail">{quote}'
        f'<div class="wrap__article-detail-title"><h1>{article.headline_html}</h1></div>'
        '<div class="wrap__article-detail-info"><ul class="list-inline">'
        '<li class="list-inline-item"><span><i class="fa fa-clock"></i> waktu baca 3 menit</span>'
        "</li>"
        '<li class="list-inline-item mr-2"><span class="text-secondary font-weight-normal">'
        f"{_date(article)}</span></li></ul></div>"
        f"{_figure(article, 'wrap__article-detail-image')}"
        f'<div class="wrap__article-detail-content post-content">\n{body}\n</div>{parts}'
        f"{_tags(article)}</div></div>"
    )


def _pager(article: Article, page: int) -> str:
    links = "".join(
        f'<li class="active"><span>{n}</span></li>'
        if n == page
        else f'<li><a href="{article.url}?page={n}">{n}</a></li>'
        for n in range(1, len(article.pages) + 1)
    )
    if article.page_all_linked:
        links += f'<li><a href="{article.url}?page=all">Tampilkan semua</a></li>'
    return f'<ul class="pagination pagination-sm">{links}</ul>'


def amp_html(article: Article, chrome: Chrome) -> str:
    """Return the AMP page: title, date, picture, body and foot, and little else."""
    body = body_html(article.amp, "p", f"{article.key}/amp", amp=True)
    shot = article.header
    figure = ""
    if shot and shot.url:
        text = caption_text(shot)
        words = f"<figcaption>{text}</figcaption>" if text else ""
        figure = f"<figure>{picture(shot.url, alt=article.title, amp=True)}{words}</figure>"
    tags = _tags(article).replace('class="blog-tags"', 'class="blog-tags amp-tags"')
    return (
        f'<!doctype html>\n<html ⚡ lang="id">\n<head>\n<meta charset="utf-8">\n'
        f"{head_html(article, chrome.place, amp=True)}\n"
        '<script async src="https://cdn.ampproject.org/v0.js"></script>\n</head>\n<body>\n'
        '<amp-sidebar id="menu" layout="nodisplay"><ul><li><a href="/terkini">Terkini</a></li></ul>'
        f'</amp-sidebar>\n<span class="today">{worded(chrome.today, time=False)}</span>\n'
        f'<article class="amp-article"><header>{_crumbs(article, "regional")}'
        f'<h1 class="post-title">{article.headline_html}</h1>'
        f'<span class="article-date">{_time_element(article)}</span>{figure}</header>\n'
        f'<div class="post-content clearfix">\n{body}\n</div>{tags}</article>\n</body>\n</html>\n'
    )
