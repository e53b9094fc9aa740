"""Leaves the menus of a portal out of its pages before they are parsed: most of a page is menus.

No field of an article is looked for in `nav` and `aside`, and one page after the other has the
same ones. One that was seen before is left out where its own markup is closed, so that the rest
is parsed as with it; its element stays, marked. What is asked of such an element, or of one
around it, is asked of the whole page instead (see `tree.Tree`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import HTMLParser, XPath, fromstring

from antara_crawler.pages.bounds import bounded

MARK = "data-menu-left-out"
"""The attribute of an element whose menu is left out."""
_TAGS = (b"nav", b"aside")
_BEGIN = re.compile(rb'<(nav|aside)((?: [a-z-]+="[^"<>]*")*)>')
_OF_PAGE = re.compile(rb"</?(?:html|head|body|frame|frameset|plaintext)\b|data-menu-left-out", re.I)
_SHORTEST = 500
_LONGEST = 200_000
_MOST = 50
"""Menus looked at on a page, and menus known."""
_stands_alone = XPath("/html[count(*) = 1]/body[count(node()) = 2]/div[count(node()) = 2]/hr")


class MenuWanted(Exception):
    """What is asked of a page may depend on a menu that was left out: it must be read whole."""


@dataclass(slots=True)
class Menu:
    """A menu as it stands on pages, and what stands in for it: nothing where it must stay."""

    text: bytes
    stand_in: bytes | None = None
    """None when it was seen once."""


_known: list[Menu] = []


def without_menus(page: bytes) -> tuple[bytes, list[Menu]]:
    """Return a page without the menus that may be left out, and these."""
    left_out: list[Menu] = []
    for tag in _TAGS:
        parts: list[bytes] = []
        at = end = 0
        for _ in range(_MOST):
            begin = page.find(b"<" + tag, end)
            if begin < 0:
                break
            menu = _menu_at(page, begin, tag)
            end = begin + (len(menu.text) if menu else 1)
            if menu and menu.stand_in:
                parts += [page[at:begin], menu.stand_in]
                left_out.append(menu)
                at = end
        if parts:
            page = b"".join([*parts, page[at:]])
    return page, left_out


def keep(menus: Iterable[Menu]) -> None:
    """Leave these menus where they stand from now on: reading came to one of them."""
    for menu in menus:
        menu.stand_in = b""


def _menu_at(page: bytes, begin: int, tag: bytes) -> Menu | None:
    for menu in _known:
        if page.startswith(menu.text, begin):
            if menu.stand_in is None:
                menu.stand_in = _stand_in(menu.text)
            return menu
    closing = b"</%b>" % tag
    end = page.find(closing, begin, begin + _LONGEST) + len(closing)
    if end - begin >= _SHORTEST:
        _known.insert(0, Menu(page[begin:end]))
        del _known[_MOST:]
    return None


def _stand_in(menu: bytes) -> bytes:
    begin = _BEGIN.match(menu)
    if begin is None or b"breadcrumb" in begin[0].lower() or not _is_closed(menu):
        return b""
    return b"<%b %b=''%b></%b>" % (begin[1], MARK.encode(), begin[2], begin[1])


def _is_closed(menu: bytes) -> bool:
    """Whether a parser that begins to read here is, at the end, where it began."""
    if _OF_PAGE.search(menu) or menu.count(b"<p") != menu.count(b"</p>") or not bounded(menu):
        return False
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    root = fromstring(b"<html><body><div>%b<hr></div><hr></body></html>" % menu, parser)
    return bool(_stands_alone(root)) and not parser.error_log
