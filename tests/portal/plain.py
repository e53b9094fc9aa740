"""A page as a reader sees it, and a record's texts: how tests hold one against the other."""

import re
from html.parser import HTMLParser

from tests.portal.model import Article, Truth
from tests.portal.site import Site

UNSEEN = re.compile("[\u200b\u2060\ufeff]")
_BLOCKS = ("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "blockquote", "figure", "header")


class Reader(HTMLParser):
    """A page as plain text: block elements and breaks end a line, scripts are left out."""

    BLOCKS = frozenset(
        [
            "p",
            "div",
            "br",
            "li",
            "ul",
            "ol",
            "h1",
            "h2",
            "h3",
            "blockquote",
            "figure",
            "figcaption",
            "header",
        ]
    )
    UNREAD = frozenset(("script", "style", "title", "nav", "aside"))

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.numbers: list[int] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in self.UNREAD
        if tag in self.BLOCKS:
            self.text.append("\n")
        if tag == "ol":
            self.numbers.append(int(dict(attrs).get("start") or 1))
        if tag == "li" and self.numbers:
            self.text.append(f"{self.numbers[-1]}. ")
            self.numbers[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in self.UNREAD
        if tag == "ol":
            self.numbers.pop()
        if tag in self.BLOCKS:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.text.append(" ".join(f"|{data}|".split())[1:-1] if data.strip() else " ")


def shown(html: str) -> str:
    """The lines of a page, each with single spaces and nothing invisible."""
    reader = Reader()
    reader.feed(html)
    lines = UNSEEN.sub("", "".join(reader.text)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def html_of(site: Site, path: str, query: str = "") -> str:
    return site.respond(path, query).body.decode()


def whole(site: Site, article: Article) -> str:
    """The HTML of an article with all its pages on one."""
    return html_of(site, article.path, "page=all" if len(article.pages) > 1 else "")


def spoken(truth: Truth) -> list[str]:
    """Every text of a record that must stand on its page."""
    found = [truth["title"], *truth["paragraphs"], *truth["tags"]]
    found += [removed["text"] for removed in truth["removed_paragraphs"]]
    found += [link["title"] for link in truth["related"]]
    found += truth["reporters"] + truth["editors"] + truth["uploaders"]
    found += [value for shot in truth["images"] for value in (shot["caption"], shot["credit"])]
    found += [truth["dateline"], truth["copyright"], truth["section"]]
    return [text for text in found if text]
