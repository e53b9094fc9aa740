"""CSS and XPath as parsel has them, compiled once, CSS in a form that takes linear time.

A selector is CSS, with `::text` and `::attr(name)` as in Scrapy, or XPath when it begins with `/`,
`./` or `(`; `.//` is within the place looked in, `//` anywhere on the page. What it finds are
elements; a text or the value of an attribute comes as an element that holds it.
"""

import re
from functools import cache
from typing import Any

from cssselect import SelectorError
from cssselect.xpath import XPathExpr
from lxml.etree import Element, XPath, XPathError, XPathSyntaxError, _Element
from parsel import Selector
from parsel.csstranslator import HTMLTranslator

_CALLED = re.compile(r"([\w:.-]+)\s*\(")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FUNCTIONS = frozenset({
    *("last", "position", "count", "id", "local-name", "namespace-uri", "name", "string"),
    *("concat", "starts-with", "contains", "substring-before", "substring-after", "substring"),
    *("string-length", "normalize-space", "translate", "boolean", "not", "true", "false", "lang"),
    *("number", "sum", "floor", "ceiling", "round", "re:test", "re:match", "re:replace"),
    *("text", "node", "comment", "processing-instruction", "and", "or", "div", "mod"),
})  # fmt: skip
_IS_XPATH = ("/", "./", "(")
_SIGN = re.compile(r"\.([a-zA-Z_-][\w-]*)|\[(itemprop=[\w-]+)\]", re.A)
_FIRST = re.compile(r"[\s>]+")
_PLAIN = re.compile(r"[\w\s.#>-]*(?:\[[\w-]+=[\w-]+\][\w\s.#>-]*)?(?:::[\w()-]+)?", re.A)


class _Linear(HTMLTranslator):
    """Translates 'A B' to a B with an A around it, as the browsers read it.

    'Every B within every A', as parsel writes it, looks at an element as often as there are As
    around it, and compares what it finds each time with all it found before: hours for a page
    that was made for it.
    """

    def xpath_descendant_combinator(self, left: XPathExpr, right: XPathExpr) -> XPathExpr:
        if left.path or right.path:
            return super().xpath_descendant_combinator(left, right)
        return right.add_condition(f"ancestor::{left}")


class Lookup:
    """A selector, compiled.

    `signs` are the classes (and 'itemprop=…') that a page must have for it to find any,
    `begins_with` is one that its first element must have: neither is known of every selector.
    """

    def __init__(self, selector: str) -> None:
        """Raise ValueError, naming the selector, when it is none."""
        is_xpath = selector.startswith(_IS_XPATH)
        try:
            path = selector if is_xpath else _linear.css_to_xpath(selector)
            spaces = Selector._default_namespaces if is_xpath else None
            self._path = XPath(path, namespaces=spaces, smart_strings=False)
        except (SelectorError, XPathSyntaxError) as error:
            raise ValueError(f"not a selector: {selector!r} ({error})") from error
        is_plain = not is_xpath and _PLAIN.fullmatch(selector) is not None
        self.signs = tuple(map(_sign, _SIGN.finditer(selector))) if is_plain else ()
        begin = _SIGN.search(_FIRST.split(selector.strip(), maxsplit=1)[0]) if is_plain else None
        self.begins_with = _sign(begin) if begin else None

    def __call__(self, place: _Element) -> list[_Element]:
        """Return what is found in an element, in document order."""
        found: Any = self._path(place)
        values = found if isinstance(found, list) else [found]
        return [one if isinstance(one, _Element) else _holding(one) for one in values]


def check_selector(selector: str) -> None:
    """Raise ValueError for a text that is no selector, or one that cannot be looked up."""
    try:
        lookup(selector)(Element("html"))
    except XPathError as error:
        raise ValueError(f"not a selector: {selector!r} ({error})") from error
    if selector.startswith(_IS_XPATH):
        # Of a function that there is not, libxml2 speaks only where it comes to call it.
        for name in _CALLED.findall(_QUOTED.sub("''", selector)):
            if name not in _FUNCTIONS:
                raise ValueError(f"not a selector: {selector!r} (there is no function {name}())")


def _sign(match: re.Match[str]) -> str:
    return match[1] or match[2]


def _holding(value: object) -> _Element:
    element = Element("span")
    element.text = str(value)
    return element


_linear = _Linear()
lookup = cache(Lookup)
