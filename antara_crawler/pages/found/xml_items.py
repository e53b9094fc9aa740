"""Takes the items out of untrusted XML one by one: streaming, bounded, without any entities.

A document is cut into its items before it is parsed, so that one bad item costs itself only and
memory stays flat however long the document is. Of what a document declares nothing is used.
"""

import html
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from antara_crawler.errors import UnreadablePage
from antara_crawler.pages.found.xml_text import Text
from antara_crawler.wording import sentence

LONGEST_ITEM = 2_000_000
"""Characters of an item beyond which it is left out as damaged."""

_TOGETHER = 200
"""Items parsed at once; one by one where that fails."""
_STRAY = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)([a-z][a-z0-9]{1,30};)?", re.I
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.S)
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]{0,40}):(?=[A-Za-z_])")
_MISC = re.compile(
    r"\s+|<\?.{0,2000}?\?>|<!--.{0,20000}?-->"
    r"|<!DOCTYPE(?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^>\[\"']){0,500}(\[|>)",
    re.I | re.S,
)
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?([\w.-]{1,40})(?=[\s/>])")
_LONGEST_PROLOG = 100_000
_LONGEST_TAG = 2100
_MOST_PREFIXES = 200


@dataclass(frozen=True, slots=True)
class Segment:
    """The text of one item; None, and why, for one that is torn."""

    name: str
    text: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its local name in lower case, and its element, None where it cannot be read."""

    name: str
    element: _Element | None
    why: str = ""


class Items:
    """The items of a document, to be iterated once.

    `root` is the local name of its root element, `cut_short` says afterwards why not all of
    it was read. Raises UnreadablePage, here or at the first item, for what is no such document.
    """

    def __init__(
        self, body: bytes, url: str, *, roots: Collection[str], names: Collection[str], most: int
    ) -> None:
        self.url = url
        self._text = Text(body, most)
        self._texts = iter(self._text)
        self._unclosed: str | None = None
        self.root, self._begun = self._open(roots)
        listed = "|".join(names)
        self._token = re.compile(
            rf"<!\[CDATA\[|<!--|<(?P<end>/?)(?P<name>(?:[\w.-]{{1,40}}:)?(?:{listed}))"
            rf"(?=[\s/>])[^>]{{0,2000}}>|(?P<root></(?:[\w.-]{{1,40}}:)?{self.root}\s*>)",
            re.I,
        )

    @property
    def head(self) -> str:
        """What stands before the first item, and some of what follows."""
        return self._begun

    @property
    def cut_short(self) -> str | None:
        """Why not all of it was read."""
        return self._text.cut_short or self._unclosed

    def __iter__(self) -> Iterator[Item]:
        """Yield the items in order."""
        none_yet = True
        segments = self._segments()
        while some := list(islice(segments, _TOGETHER)):
            for item in _parsed(some):
                none_yet = none_yet and item.element is None
                yield item
        if none_yet and self.cut_short:
            raise UnreadablePage(f"{self.url}: {self.cut_short}")

    def _open(self, roots: Collection[str]) -> tuple[str, str]:
        """Return the root element's name, and the text from it on that was read so far."""
        text, place = "", 0
        for more in self._texts:
            text += more
            while match := _MISC.match(text, place):
                if match[1] == "[":
                    raise UnreadablePage(f"{self.url}: it defines entities of its own: refused")
                place = match.end()
            if root := _ROOT.match(text, place):
                name = root[1].lower()
                if name not in roots:
                    wanted = ", ".join(f"<{each}>" for each in roots)
                    raise UnreadablePage(f"{self.url}: root element <{name}>, wanted {wanted}")
                return name, text[place:]
            text, place = text[place:], 0
            if len(text) > _LONGEST_PROLOG:
                break
        raise UnreadablePage(f"{self.url}: {self.cut_short or 'not well-formed XML: no element'}")

    def _segments(self) -> Iterator[Segment]:
        cutter = _Cutter(self._token, self._begun)
        yield from cutter.cut(last=False)
        for text in self._texts:
            cutter.buffer += text
            yield from cutter.cut(last=False)
        yield from cutter.cut(last=True)
        if not cutter.closed:
            self._unclosed = sentence(f"not well-formed XML: it ends before </{self.root}>")


class _Cutter:
    """Cuts a text that arrives in pieces into items, past comments and CDATA sections."""

    def __init__(self, token: re.Pattern[str], buffer: str) -> None:
        self.buffer = buffer
        self.closed = False
        self._token = token

    def cut(self, *, last: bool) -> Iterator[Segment]:
        """Yield the items that are whole by now; with the last text also what is left of one."""
        text, place = self.buffer, 0
        start: re.Match[str] | None = None
        waiting: re.Match[str] | None = None
        self._unended: set[str] = set()
        while waiting is None and (token := self._token.search(text, place)):
            place = token.end()
            if token["root"]:
                self.closed = True
            elif token["name"] is None:
                end = self._end(text, token)
                torn = start and self._tear(start["name"], text, place, end)
                if start is not None and torn:
                    yield Segment(_local(start["name"]), None, "its CDATA section has no end")
                    start, place = None, torn
                elif end is None:
                    waiting = token
                else:
                    place = end
            elif start is not None and token["name"] == start["name"]:
                if token["end"]:
                    yield Segment(_local(start["name"]), text[start.start() : place])
                else:
                    yield Segment(_local(start["name"]), None, "it has no end")
                start = None if token["end"] else token
            elif start is None and not token["end"]:
                start = None if token[0].endswith("/>") else token
                if start is None:
                    yield Segment(_local(token["name"]), token[0])
        held = start or waiting
        self.buffer = text[held.start() if held else _last_tag(text, place) :]
        if start is not None and (last or len(self.buffer) > LONGEST_ITEM):
            yield Segment(
                _local(start["name"]), None, "it is cut off" if last else "it is too long"
            )
        if last or len(self.buffer) > LONGEST_ITEM:
            self.buffer = ""

    def _end(self, text: str, opening: re.Match[str]) -> int | None:
        """Return where the comment or CDATA section ends that `opening` begins."""
        mark = "-->" if opening[0] == "<!--" else "]]>"
        if mark in self._unended:
            return None
        found = text.find(mark, opening.end())
        if found < 0:
            self._unended.add(mark)
            return None
        return found + len(mark)

    def _tear(self, name: str, text: str, place: int, end: int | None) -> int:
        """Return where an item ends though a section in it goes on into the next; 0 for nowhere.

        A section without an end reaches to that of a later item: two items would become one.
        """
        seam = re.compile(rf"</{re.escape(name)}\s*>(?=\s*<{re.escape(name)}[\s/>])")
        found = seam.search(text, place, len(text) if end is None else end)
        return found.end() if found else 0


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _last_tag(text: str, place: int) -> int:
    """Return where a tag begins at the end of the text, of which more may follow."""
    found = text.rfind("<", max(place, len(text) - _LONGEST_TAG))
    return found if found >= 0 else len(text)


def _parsed(segments: Sequence[Segment]) -> Iterator[Item]:
    """Yield the items of some segments: parsed together, or one by one where that fails."""
    whole = [each for each in segments if each.text is not None]
    elements = _elements([each.text for each in whole if each.text is not None])
    if elements is None:
        alone = [_elements([each.text]) for each in whole if each.text is not None]
        elements = [each[0] if each else None for each in alone]
    read = iter(elements)
    for each in segments:
        element = next(read) if each.text is not None else None
        yield Item(each.name, element, each.why or "not well-formed XML")


def _elements(texts: list[str]) -> list[_Element | None] | None:
    """Return the elements of items, None when they are not well-formed XML."""
    inner = _mended("".join(texts))
    prefixes = sorted(set(_PREFIX.findall(inner)) - {"xml", "xmlns"})
    if len(prefixes) > _MOST_PREFIXES:
        return None
    named = "".join(f' xmlns:{each}="urn:{each}"' for each in prefixes)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(f"<r{named}>{inner}</r>".encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return list(root) if len(root) == len(texts) else None


def _mended(text: str) -> str:
    """Read HTML's named entities and write stray '&' as '&amp;', outside CDATA sections."""
    if "&" not in text:
        return text
    parts = _CDATA.split(text)
    for position in range(0, len(parts), 2):
        parts[position] = _STRAY.sub(_character, parts[position])
    return "".join(parts)


def _character(match: re.Match[str]) -> str:
    meant = html.unescape(match[0]) if match[1] else match[0]
    return html.escape(meant) if meant != match[0] else f"&amp;{match[1] or ''}"
