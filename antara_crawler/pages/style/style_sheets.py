"""What a page's own style sheets display nowhere, by rules for one class or one id alone.

A script may show what a sheet hides: only little text, and no picture, is believed to be hidden, so
that it is kept whole with its reason.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from lxml.etree import _Element

from antara_crawler.pages.style.element_style import (
    BY_TEMPLATE,
    display_of,
    is_little,
    without_comments,
)

_LONGEST_SHEET = 100_000
_MOST_SHEETS = 20
_MOST_HIDDEN = 500
_HIDES = re.compile(r"display\s*:\s*none", re.I)
_BRACES = re.compile("([{}])")
_NAME = re.compile(r"[.#][\w-]+")
_FOR_SCREENS = re.compile(r"\s*(?:all|screen)?\s*", re.I)


def hide(
    root: _Element, sheets: Iterable[_Element], of_class: Mapping[str, list[_Element]]
) -> None:
    """Set the attribute `hidden` on the elements of a page that its `style` elements do not
    display, `of_class` being those with a class.

    One of which another rule displays a class or the id, wherever that stands, is displayed.
    """
    texts = [sheet.text or "" for sheet in islice(sheets, _MOST_SHEETS) if _counts(sheet)]
    if not any(map(_HIDES.search, texts)) or sum(map(len, texts)) > _LONGEST_SHEET:
        return
    hidden, shown = _names(" ".join(texts))
    found: list[Iterable[_Element]] = [of_class.get(name[1:], ()) for name in hidden]
    if any(name.startswith("#") for name in hidden):
        found.append(each for each in root.iter() if f"#{each.get('id')}" in hidden)
    for element in islice(chain.from_iterable(found), _MOST_HIDDEN):
        if shown.isdisjoint(_names_of(element)) and _may_be_hidden(element):
            element.set("hidden", "")


def leave_out(elements: Iterable[_Element], bodies: Iterable[_Element]) -> None:
    """Have nothing read in elements, but in those that are or hold one of the bodies."""
    kept = {around for body in bodies for around in (body, *body.iterancestors())}
    for element in elements:
        if element not in kept:
            element.set("hidden", BY_TEMPLATE)


def _counts(sheet: _Element) -> bool:
    """Whether a sheet is for screens, and not only for readers without scripts."""
    is_for_screens = _FOR_SCREENS.fullmatch(sheet.get("media") or "") is not None
    return is_for_screens and next(sheet.iterancestors("noscript"), None) is None


def _names(text: str) -> tuple[set[str], set[str]]:
    """Return the names ('.x', '#x') that rules hide, and those that stand in rules that show."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, said, is_within in _rules(without_comments(text)):
        how = display_of(said)
        if how == "none" and not is_within:
            names = (each.strip() for each in selectors.split(","))
            hidden.update(name for name in names if _NAME.fullmatch(name))
        elif how and how != "none":
            shown.update(_NAME.findall(selectors))
    return hidden - shown, shown


def _rules(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the selectors of each rule, what it says, and whether it stands in another one."""
    parts = _BRACES.split(text)
    around: list[str] = []
    for said, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            around.append(said.rpartition(";")[2])
        elif around:
            yield around.pop(), said, bool(around)


def _names_of(element: _Element) -> Iterator[str]:
    yield f"#{element.get('id')}"
    yield from (f".{name}" for name in (element.get("class") or "").split())


def _may_be_hidden(element: _Element) -> bool:
    if display_of(element.get("style") or "") not in {"", "none"}:
        return False
    return is_little(element)
