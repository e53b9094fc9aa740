"""Portals that no template knows: the test portal, its classes and elements changed at random."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from antara_crawler.doctor.checkup import Look, Seen
from antara_crawler.items import Hint, Page
from tests.portal.model import Article
from tests.portal.site import Site

_CLASS = re.compile(r'\b(class|id)="([^"]*)"')
_TAG = re.compile(r"<(/?)(article|header|footer|time|h1|aside)\b")
_STATED = re.compile(r' itemprop="\w+"(?: datetime="[^"]*")?')
_OTHER_TAGS = {
    "article": ("section", "div"),
    "header": ("div",),
    "footer": ("div",),
    "time": ("span",),
    "h1": ("h1", "h1", "h2"),
    "aside": ("aside", "div"),
}
_SYLLABLES = ("ba", "cu", "di", "ko", "la", "me", "no", "pi", "ra", "su", "te", "wi")


@dataclass
class Redesign:
    """How one portal looks: which classes have other names, which elements other tags."""

    seed: int
    share: float = 1.0
    """Of how many classes the name is changed."""
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = Random(f"redesign/{self.seed}")
        self._rng = rng
        changes = self.share > 0
        self._tags = {
            tag: rng.choice(others) if changes and rng.random() < self.share else tag
            for tag, others in _OTHER_TAGS.items()
        }
        self._unstated = changes and rng.random() < self.share / 2
        self._boxed = changes and rng.random() < self.share / 2

    def __call__(self, html: str) -> str:
        """Return a page of the portal as it looks after the redesign."""
        html = _CLASS.sub(self._renamed, html)
        html = _TAG.sub(lambda m: f"<{m[1]}{self._tags[m[2]]}", html)
        if self._unstated:
            html = _STATED.sub("", html)
        if self._boxed:
            tag = self._tags["h1"]
            html = html.replace(f"<{tag} ", f'<div class="{self._name("box")}"><{tag} ', 1)
            html = html.replace(f"</{tag}>", f"</{tag}></div>", 1)
        return html

    def _renamed(self, match: re.Match[str]) -> str:
        return f'{match[1]}="{" ".join(map(self._name, match[2].split()))}"'

    def _name(self, old: str) -> str:
        if old not in self.names:
            rng = Random(f"{self.seed}/{old}")
            new = "".join(rng.choice(_SYLLABLES) for _ in range(4))
            self.names[old] = new if rng.random() < self.share else old
        return self.names[old]


def layouts_of(site: Site, kind: str) -> list[Article]:
    """Return the articles of one page each that are laid out in one way, oldest first."""
    return [a for a in site.articles if a.template.startswith(kind) and len(a.pages) == 1]


def look_of(site: Site, article: Article, change: Callable[[str], str]) -> Look:
    """Return the look at an article's page, with what the feed would say of it."""
    hint = Hint("feed", article.title, None, None, article.published)
    page = Page(site.portal, "article", article.url, article.kind, article.number, hints=(hint,))
    html = change(site.respond(article.path).body.decode())
    return Look(page, "article", article.url, 200, html)


def visit_of(site: Site, articles: list[Article], change: Callable[[str], str]) -> Seen:
    """Return a visit that saw these articles."""
    return Seen([look_of(site, article, change) for article in articles], "read")
