"""Everything around an article or a listing: head, today's date, live menus, sidebars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from tests.portal.model import Article
from tests.portal.places import EXTRA_LISTINGS, FORBIDDEN, SECTIONS, Place, worded

_SISTERS = ("aceh", "bali", "jatim", "kaltim", "lampung", "papua", "sumut")


@dataclass(frozen=True)
class Chrome:
    """What a page's surroundings show: the portal, its day, its newest articles by section."""

    place: Place
    today: datetime
    newest: Sequence[Article]

    @property
    def base(self) -> str:
        return f"https://{self.place.host}"

    def top(self) -> str:
        """The header: today's date first of all dates, then menus with whole titles."""
        sisters = "".join(
            f'<li><a href="https://{name}.antaranews.com">{name.title()}</a></li>'
            for name in _SISTERS
        )
        listings = (*SECTIONS, *EXTRA_LISTINGS, FORBIDDEN)
        menus = "".join(self._menu(path, name) for path, name in listings)
        return (
            '<div id="topbar"><ul class="topbar-left"><li><a href="/top-news">Top News</a></li>'
            '<li><a href="/terkini">Terkini</a></li><li><a href="/rilis-pers">Rilis Pers</a></li>'
            '<li><a href="https://www.antaranews.com">Antaranews.com</a></li>'
            '<li><a href="/tentang-kami">Tentang Kami</a></li></ul>'
            f'<span class="today">{worded(self.today, time=False)}</span>'
            f'<a href="@antara_{self.place.name}" class="twitter">Ikuti kami</a></div>'
            f'<nav id="main-nav"><ul class="nav"><li><a href="/">Home</a></li>'
            f'<li class="dropdown"><a href="#">Nusantara</a><ul>{sisters}</ul></li>'
            f"{menus}</ul></nav>"
        )

    def _menu(self, path: str, name: str) -> str:
        items = [one for one in self.newest if one.section and one.section[0] == path]
        cards = "".join(self._menu_item(article) for article in items[:5])
        return (
            f'<li class="dropdown mega"><a href="{self.base}{path}">{escape(name)}</a>'
            f'<div class="mega-menu">{cards}</div></li>'
        )

    def _menu_item(self, article: Article) -> str:
        title = escape(article.title)
        at = worded(article.published, padded=article.number % 2 == 0)
        return (
            f'<div class="simple-thumb"><a href="{article.url}" title="{title}">'
            f'<img src="https://img.antaranews.com/cache/255x170/x.jpg" alt="{title}"></a></div>'
            f'<h3><a href="{article.url}">{title}</a></h3><span>{at}</span>'
        )

    def aside(self) -> str:
        """The sidebar: popular articles, an article of another host, and share links."""
        cards = "".join(
            f'<article class="simple-post"><header><h3><a href="{article.url}">'
            f"{escape(article.title)}</a></h3>"
            f'<p class="simple-share"><span>{worded(article.published)}</span></p></header>'
            "</article>"
            for article in self.newest[:6]
        )
        return (
            f'<aside class="col-md-4"><h4>Terpopuler</h4>{cards}'
            '<p class="text-muted">Waktu baca 3 menit</p>'
            '<a href="https://otomotif.antaranews.com/berita/1234567/mobil-baru">Otomotif</a>'
            f'<a href="@antara_{self.place.name}">Bagikan</a></aside>'
        )

    def bottom(self) -> str:
        return (
            f'<footer id="footer"><p>Hak cipta {self.today.year} {self.place.copyright_name}</p>'
            '<a href="/ketentuan-penggunaan">Ketentuan</a></footer>'
        )

    def page(self, head: str, main: str, *, sidebar: bool = True) -> str:
        """Return a whole page of the ordinary layout."""
        aside = self.aside() if sidebar else ""
        return (
            f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n{head}\n</head>\n'
            f'<body>\n{self.top()}\n<div id="main-container" class="container"><div class="row">\n'
            f"{main}\n{aside}\n</div></div>\n{self.bottom()}\n</body>\n</html>\n"
        )
