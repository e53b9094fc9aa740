"""CSS and XPath as parsel has them, compiled once, CSS in a form that takes linear time.

A selector is CSS, with `::text` and `::attr(name)` as in Scrapy, or XPath when it begins with `/`,
`./` or `(`; `.//` is within the place looked in, `//` anywhere on the page. What it finds are
elements; a text or the value of an attribute comes as an element that holds it.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from cssselect import SelectorError, parse
from cssselect.parser import Attrib, Class, CombinedSelector
from cssselect.parser import Element as Named
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
_SPACES = re.compile("[ \\t\\r\\n]+")


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


class Step(NamedTuple):
    """One element of a selector: 'h1.post-title' in 'header h1.post-title'."""

    tag: str
    """'*' for any."""
    classes: frozenset[str]
    said: tuple[tuple[str, str], ...]
    """Attributes, each with the value that it must have."""
    sign: str
    """A class, or 'itemprop=…', that the element must have; empty where it needs none."""

    def fits(self, element: _Element) -> bool:
        """Whether an element is one of these, wherever it stands."""
        if self.tag not in {"*", element.tag}:
            return False
        if not self.classes.issubset(classes_of(element.get("class"))):
            return False
        return all(element.get(name) == value for name, value in self.said)


class Lookup:
    """A selector, compiled.

    `first` is the element that it begins with, where that has a sign: all it finds stands within
    one. `rest` are those that follow, each within the one before; None where it says more.
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
        steps, is_whole = ([], False) if is_xpath else _steps(selector)
        self.first = steps[0] if steps and steps[0].sign else None
        self.rest = steps[1:] if is_whole else None

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


def _steps(selector: str) -> tuple[list[Step], bool]:
    """Return the elements that a selector names, and whether it says no more than 'a.b c[d=e]'.

    None where it says something else than elements within elements.
    """
    selectors = parse(selector)
    rest: Any = selectors[0].parsed_tree
    is_whole = selectors[0].pseudo_element is None
    steps: list[Step] = []
    while len(selectors) == 1:
        is_inner = isinstance(rest, CombinedSelector) and rest.combinator in {" ", ">"}
        step = _step(rest.subselector if is_inner else rest)
        if step is None:
            break
        steps.insert(0, step)
        if not is_inner:
            return steps, is_whole
        is_whole = is_whole and rest.combinator == " "
        rest = rest.selector
    return [], False


def _step(part: Any) -> Step | None:
    classes: set[str] = set()
    said: list[tuple[str, str]] = []
    while isinstance(part, Class | Attrib):
        if isinstance(part, Class):
            classes.add(part.class_name)
        elif part.operator == "=" and part.value is not None and part.namespace is None:
            said.append((part.attrib.lower(), part.value.value or ""))
        else:
            return None
        part = part.selector
    if not isinstance(part, Named) or part.namespace is not None:
        return None
    marks = [*sorted(classes), *(f"itemprop={value}" for name, value in said if name == "itemprop")]
    tag = (part.element or "*").lower()
    return Step(tag, frozenset(classes), tuple(said), marks[0] if marks else "")


@lru_cache(maxsize=4000)
def classes_of(attribute: str | None) -> frozenset[str]:
    """Return the names in a class attribute, parted as XPath and browsers part them."""
    return frozenset(filter(None, _SPACES.split(attribute or "")))


def _holding(value: object) -> _Element:
    element = Element("span")
    element.text = str(value)
    return element


_linear = _Linear()
lookup = lru_cache(maxsize=4000)(Lookup)
