"""What stands before the items of ordered lists, as a browser shows it: '3. ', 'c. ', 'iii. '."""

import re

from lxml.etree import _Element

LISTS = frozenset({"ol", "ul"})
_BARE_CLASSES = frozenset({"list-unstyled", "list-inline", "list-group", "breadcrumb"})
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z-]+)\s*(?:;|$)", re.I | re.A)
_TYPES = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman",
    "I": "upper-roman",
}  # fmt: skip
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 10_000


class Numbers:
    """The numbers of one list's items, in order; a list with bullets or bare has none."""

    def __init__(self, element: _Element) -> None:
        self._style = _style_of(element) if element.tag == "ol" else ""
        self._step = 1
        self._next = 1
        if self._style and element.get("reversed") is not None:
            self._step, self._next = -1, sum(1 for _ in element.iterchildren("li"))
        if self._style:
            self._next = _number(element.get("start"), self._next)

    def next(self, item: _Element) -> str:
        """Return what stands before the next item: '2. ', or nothing."""
        if not self._style:
            return ""
        number = _number(item.get("value"), self._next)
        self._next = number + self._step
        return f"{_written(number, self._style)}. "


def _style_of(element: _Element) -> str:
    if not _BARE_CLASSES.isdisjoint(element.get("class", "").split()):
        return ""
    styled = _LIST_STYLE.search(element.get("style", ""))
    named = styled[1].lower() if styled else _TYPES.get(element.get("type", "1"), "decimal")
    return "" if named in {"none", "disc", "circle", "square"} else named


def _number(text: str | None, otherwise: int) -> int:
    text = (text or "").strip()
    if re.fullmatch(r"-?[0-9]{1,5}", text):
        return int(text)
    return otherwise


def _written(number: int, style: str) -> str:
    if not 0 < number < _LARGEST or not style.endswith(("alpha", "latin", "roman")):
        return str(number)
    text = _roman(number) if style.endswith("roman") else _letters(number)
    return text.upper() if style.startswith("upper") else text


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
