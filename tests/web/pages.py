"""Reads a page of the reader as a browser would."""

from urllib.parse import urljoin, urlsplit

import httpx
from parsel import Selector


class Shown:
    """An answer that is a page."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.page = Selector(answer.text)

    @property
    def title(self) -> str:
        return self.text("title")

    def text(self, css: str) -> str:
        """The text of the first element that fits, spaces joined."""
        found = self.page.css(css)
        assert found, f"no {css} in {self.answer.url}"
        return " ".join("".join(found[0].css("::text").getall()).split())

    def texts(self, css: str) -> list[str]:
        """The text of every element that fits."""
        return [" ".join("".join(e.css("::text").getall()).split()) for e in self.page.css(css)]

    def link(self, words: str) -> str:
        """The address behind the first link whose text begins so."""
        for element in self.page.css("a[href]"):
            text = " ".join("".join(element.css("::text").getall()).split())
            if text.startswith(words):
                return urljoin(str(self.answer.url), element.attrib["href"])
        raise AssertionError(f"no link {words!r} in {self.answer.url}")


def see(web: httpx.Client, path: str, status: int = 200, **params: object) -> Shown:
    """Open a page and check its status."""
    given = {name: str(value) for name, value in params.items()}
    answer = web.get(path, params=given or None, follow_redirects=True)
    assert answer.status_code == status, answer.text[:2000]
    return Shown(answer)


def unsafe(shown: Shown) -> list[str]:
    """What a browser could run or load in a page that did not come from us."""
    found = [
        element.get()
        for element in shown.page.css("script, iframe, object, embed, svg, img, base")
        if element.attrib.get("type") != "application/ld+json"  # a browser runs no data
    ]
    for element in shown.page.css("*"):
        for name, value in element.attrib.items():
            outside = name in ("href", "src", "action") and urlsplit(value).scheme not in (
                "http",
                "https",
                "",
            )
            if name.startswith("on") or name == "style" or outside:
                found.append(f"{name}={value}")
    return found
