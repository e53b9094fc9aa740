"""What a page's own style sheets say of its elements: which are shown nowhere, which end a line.

A script may show what a sheet hides: only little text, and no picture, is believed to be hidden,
by a rule that names it and with no other rule that shows it, so that it is kept whole with its
reason. What ends a line, or keeps those of the source, is put into the element's own style.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from antara_crawler.pages.selectors import classes_of
from antara_crawler.pages.style.declarations import (
    INLINE,
    KEEPS_LINES,
    declared,
    hiding,
    without_comments,
)
from antara_crawler.pages.style.element_style import BLOCKS, BY_TEMPLATE, CELLS, PICTURES, is_little

_LONGEST_SHEET = 100_000
_MOST_SHEETS = 20
_MOST_RULES = 5000
_MOST_LOOKUPS = 200
_MOST_ELEMENTS = 500
_TELLS = re.compile(
    r"\b(?:display|visibility|clip|white-space)\b|(?:left|top|indent)\s*:\s*-\d|height\s*:\s*[01]",
    re.I,
)
_BRACES = re.compile("([{}])")
_NAME = re.compile(r"[.#]-?[_a-zA-Z][\w-]*")
_VALUE = re.compile(r"=[^\]]*")
_LAST = re.compile(r"[^\s>+~]*\Z")
_NAMES_IT = re.compile(r"[.#[]")
_FOR_SCREENS = re.compile(r"\s*(?:@media\s*)?(?:(?:only\s+)?(?:all|screen))?\s*", re.I)
_FOR_OTHERS = re.compile(r"@media\s+(?:only\s+)?(?:print|speech)\b|@[\w-]*keyframes", re.I)
_PASSING = re.compile(r":(?:hover|focus(?:-within|-visible)?|active)\b")
"""States that end when a reader looks elsewhere."""
_BY_STATE = re.compile(r"[:+~]|cloak")
"""In selectors of what a script, or a click, may show."""
_BREAK, _LINES = "break", "lines"
_STYLES = {_BREAK: "display:block", _LINES: "white-space:pre-line"}
_SLOW = frozenset({"height", "max-height", "clip-path"})
"""What a box is opened by, or comes in by."""
_OPENERS = frozenset({"a", "button", "dt", "h2", "h3", "h4", "h5", "h6", "input", "label"})


class _Rule(NamedTuple):
    selector: str
    names: frozenset[str]
    """The classes ('.x') and ids ('#x') in it."""
    does: str
    """The property by which it hides, or what it does to lines."""


class _Sheet(NamedTuple):
    rules: list[_Rule]
    undone: Mapping[str, set[str]]
    """Names of elements of which rules do the opposite."""
    passing: Mapping[str, set[str]]
    """Of which they do so only while a reader points there."""


def heed(
    sheets: Iterable[_Element],
    root: _Element,
    signed: Container[str],
    find: Callable[[str], Iterable[_Element]],
) -> None:
    """Set on the elements of a page what its `style` elements say of them: the attribute `hidden`,
    or a style. `signed` are the classes there are, and `find` looks a selector up.
    """
    texts = [sheet.text or "" for sheet in islice(sheets, _MOST_SHEETS) if _counts(sheet)]
    if not any(map(_TELLS.search, texts)) or sum(map(len, texts)) > _LONGEST_SHEET:
        return
    sheet = _sheet(" ".join(texts))
    of_page = {name for each in (root, *root[:2]) for name in _names_of(each)}
    found = (r for r in sheet.rules if of_page.isdisjoint(r.names) and _is_there(r.names, signed))
    for rule in islice(found, _MOST_LOOKUPS):
        with suppress(ValueError):  # a selector that only browsers know
            for element in islice(find(rule.selector), _MOST_ELEMENTS):
                _heed(element, rule.does, sheet)


def _heed(element: _Element, does: str, sheet: _Sheet) -> None:
    names = _names_of(element)
    if not names.isdisjoint(sheet.undone.get(does, ())):
        return
    is_of_line = element.tag not in BLOCKS and element.tag not in CELLS
    own = element.get("style") or ""
    if style := _STYLES.get(does):
        is_words = is_of_line and element.tag not in PICTURES
        if style not in own and (does == _LINES or is_words):
            element.set("style", f"{style};{own}")
    elif does not in declared(without_comments(own)) and (
        (is_of_line or (names.isdisjoint(sheet.passing.get(does, ())) and not _is_opened(element)))
        and is_little(element)
    ):
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


def _is_there(names: Iterable[str], signed: Container[str]) -> bool:
    return all(name[0] == "#" or name[1:] in signed for name in names)


def _names_of(element: _Element) -> set[str]:
    return {f"#{element.get('id')}", *(f".{name}" for name in classes_of(element.get("class")))}


def _is_opened(block: _Element) -> bool:
    """Whether a block stands right behind what may open it: its button, or its heading."""
    before = block.getprevious()
    if before is None or (before.tail or "").strip():
        return False
    openers = before.iter(*_OPENERS)
    return any(each.tag != "a" or (each.get("href") or "#").startswith("#") for each in openers)


@lru_cache(maxsize=32)
def _sheet(text: str) -> _Sheet:
    sheet = _Sheet([], defaultdict(set), defaultdict(set))
    for selectors, css, around in islice(_rules(without_comments(text)), _MOST_RULES):
        done = {} if any(map(_FOR_OTHERS.match, around)) else _done(css)
        is_sure = all(map(_FOR_SCREENS.fullmatch, around))
        for selector in map(str.strip, selectors.split(",") if done else ()):
            bare = _VALUE.sub("", selector)
            last = "".join(_LAST.findall(bare))
            is_passing = _PASSING.search(bare) is not None
            for does, is_so in done.items():
                if not is_so:
                    undone = sheet.passing if is_passing else sheet.undone
                    undone[does].update(_NAME.findall(last))
                elif is_sure and (
                    not is_passing
                    if does in _STYLES
                    else _NAMES_IT.search(last) and not _BY_STATE.search(selector)
                ):
                    sheet.rules.append(_Rule(selector, frozenset(_NAME.findall(bare)), does))
    return sheet


def _done(css: str) -> dict[str, bool]:
    """Tell of each thing that declarations may do whether they do it, or the opposite."""
    said = declared(css)
    done = hiding(said)
    if said.get("visibility") == "hidden" and said.get("position") not in {"absolute", "fixed"}:
        del done["visibility"]  # until a script has it come in
    if "transition" in said or "animation" in said:
        done = {name: is_so for name, is_so in done.items() if not is_so or name not in _SLOW}
    if (display := said.get("display", "none")) != "none":
        done[_BREAK] = display not in INLINE and said.get("float", "none") == "none"
    if "white-space" in said:
        done[_LINES] = said["white-space"].startswith(KEEPS_LINES)
    return done


def _rules(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the selectors of each rule, what it says, and what it stands in."""
    parts = _BRACES.split(text)
    around: list[str] = []
    for said, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            around.append(said.rpartition(";")[2].strip())
        elif around:
            yield around.pop(), said, tuple(around)
