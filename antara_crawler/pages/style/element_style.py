"""What HTML elements mean to a reader: which end a line, which are not seen, which mark text.

A sentence is never lost on a guess: an element is unseen for what it is (a control, a menu, an
advert slot) or because it is shown nowhere, never for a word in its class. What a box is, is told
by its place and by what it holds (see `inserts`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.etree import _Element

from antara_crawler.pages.stories.labels import label_at_begin
from antara_crawler.pages.style.declarations import (
    INLINE,
    KEEPS_LINES,
    declared,
    hiding,
    without_comments,
)

Mark = Literal[
    "text", "heading", "item", "row", "quote",
    "figure", "caption", "related", "foot", "lead", "left out",
]  # fmt: skip

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "comment", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
PICTURES = frozenset({"img", "amp-img"})
STRONG: frozenset[Mark] = frozenset({"related", "caption", "foot", "lead"})
"""Marks that hold for everything within, whatever the elements there are."""
HOLDERS = frozenset({
    "article", "aside", "blockquote", "details", "div", "figure", "footer", "form", "header",
    "main", "section", "table", "nav",
})  # fmt: skip
_BARE = frozenset({"div", "section"})
_OF_WRITERS = frozenset({"blockquote", "figure", "table"})

ADVERT = "advert"
CODE = "code"
CONTROL = "control"
COMMENTS = "comment"
"""The tag, our own, of a box of readers' comments (see `visitors`)."""
KICKER = "kicker"
"""The words before a headline in one element with it; the tag is our own (`Tree.part_kicker`)."""
_UNSEEN = {
    **{COMMENTS: COMMENTS, KICKER: KICKER},
    **dict.fromkeys(("base", "head", "link", "meta", "script", "style", "title"), CODE),
    **dict.fromkeys(("amp-user-notification", "datalist", "noscript", "template"), "hidden"),
    **dict.fromkeys(("button", "input", "select", "textarea"), CONTROL),
    **dict.fromkeys(
        (
            "amp-iframe",
            "audio",
            "canvas",
            "embed",
            "iframe",
            "meter",
            "object",
            "progress",
            "svg",
            "video",
        ),
        "embedded",
    ),
    **dict.fromkeys(("amp-sidebar", "nav"), "menu"),
    **dict.fromkeys(("amp-ad", "amp-analytics", "amp-embed"), ADVERT),
    "amp-social-share": CONTROL,
}
BY_TEMPLATE = "template"
"""The value of `hidden` by which a template leaves an element out, and the reason then."""
_COMPONENT_CONTROL = re.compile(r".+-(?:button|radio|checkbox|input|select|toggle)")
_UNSEEN_CLASSES = frozenset({"sr-only", "visually-hidden", "screen-reader-text"})
_MARKS: dict[str, Mark] = {
    "li": "item", "dd": "item", "dt": "item", "blockquote": "quote", "figcaption": "caption",
    "caption": "heading",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}  # fmt: skip
_CLASS_MARKS: dict[str, Mark] = {
    **dict.fromkeys(("baca-juga", "bacajuga", "baca_juga"), "related"),
    **dict.fromkeys(
        ("caption", "wp-caption-text", "image-caption", "photo-caption", "img-caption",
         "flex-caption", "caption-text", "tr-caption", "img_caption", "gallery-caption",
         "img-desc"),
        "caption",
    ),
    **dict.fromkeys(("wp-caption", "single-image"), "figure"),
    **dict.fromkeys(("text-muted", "copyright"), "foot"),
    **dict.fromkeys(
        ("lead", "teaser", "summary", "excerpt", "standfirst", "subtitle", "sub-title",
         "subheadline", "sinopsis", "ringkasan", "post-lead", "post-excerpt", "intro"),
        "lead",
    ),
    **dict.fromkeys(
        ("subjudul", "sub-judul", "subhead", "sub-head", "subheading", "crosshead"), "heading"
    ),
}  # fmt: skip
_LONGEST_ATTRIBUTE = 300
_MOST_HIDDEN = 500
_POPUPS = frozenset({"alertdialog", "dialog", "tooltip"})
"""Roles of what opens over a page."""
_WIDGETS = frozenset({"progressbar", "radiogroup", "status", "timer", "toolbar"})
_TELLING = frozenset({
    "role", "aria-live", "style", "hidden", "popover", "aria-hidden", "layout", "fallback",
    "placeholder",
})  # fmt: skip
"""Attributes that say how an element looks, beside its class."""
FILLED = frozenset({"select", "textarea"})
"""Controls that hold text of their own."""
_ENTRIES = FILLED | {"input"}
_LONGEST_OF_WIDGET = 75
_SENTENCE_ENDS = (".", "!", "?", ":", "…", '"', "”", ")")
_FAINT = re.compile(
    r"(?:^|;)\s*(?:font-size\s*:\s*0(?:px|pt|em|rem|%)?|opacity\s*:\s*0*(?:0|\.0+)%?)\s*(?:;|$|!)",
    re.I,
)
"""What shows the text of an element nowhere; one within may show its own."""
WITH_RULES = frozenset({"a", "br", "li", "ol", "q", "tr", "ul", *CELLS, *PICTURES})
"""Tags that are more than a line and a mark to a walk."""
_NEVER_INLINE = frozenset({"br", "hr", "li", "tr", *CELLS})


@dataclass(frozen=True, slots=True)
class Style:
    """How an element looks to a reader.

    `unseen` says why nothing within is read, empty for most. `own_line` when its begin and end are
    a line's.
    """

    unseen: str
    mark: Mark | None
    own_line: bool
    keeps_lines: bool
    is_plain: bool
    """Whether no rule asks for more than the line and the mark."""
    name: str
    """Its tag and classes, by which elements are of one kind; empty for words of a line."""


def sets_apart(element: _Element) -> bool:
    """Whether an element sets what it holds apart from what stands beside it; a bare `div` does
    not, nor what writers put into a text.
    """
    tag = element.tag
    return tag in HOLDERS and tag not in _OF_WRITERS and (tag not in _BARE or bool(element.keys()))


def style_of(element: _Element) -> Style:
    """Return the style of an element by its tag and attributes."""
    tag: str = element.tag  # type: ignore[assignment]
    if "-" in tag and tag not in _UNSEEN and any(_words_beside(element)):
        tag = "span"
    items = element.items()
    if tag == "label" and _names_entry(element):
        return _style(tag, None, None, CONTROL)
    if not items:
        return _bare_style(tag)
    if len(items) == 1 and items[0][0] == "class":
        style = _style(tag, items[0][1], None, "hidden" if tag == "dialog" else "")
        if style.mark == "related" and tag not in BLOCKS and _is_in_sentence(element):
            return _bare_style(tag)
        return style
    said = dict(items)
    if _TELLING.isdisjoint(said) and tag not in {"ins", "dialog"}:
        return _style(tag, said.get("class"), None, "")
    if tag == "ins" and any(name.startswith("data-ad-") for name in said):
        return _style(tag, "adsbygoogle", said.get("style"), "")  # whatever it is called
    is_widget = said.get("role") in _WIDGETS or said.get("aria-live") == "polite"
    if is_widget and is_little(element, most=_LONGEST_OF_WIDGET):
        return _style(tag, said.get("class"), None, CONTROL)
    if said.get("role") == "heading":
        tag = "h2"
    css = without_comments(said.get("style") or "")
    hidden = "hidden" in said or "popover" in said or (tag == "dialog" and "open" not in said)
    if not hidden and said.get("role") in _POPUPS:
        hidden = is_little(element, pictures=1)  # that of whom it tells
    elif not hidden and (
        (said.get("aria-hidden") == "true" and tag in HOLDERS) or _waits(element, said)
    ):
        hidden = is_little(element)
    if css and not hidden and (tag not in HOLDERS or not len(element)):
        is_faint = _FAINT.search(css[:_LONGEST_ATTRIBUTE]) is not None
        hidden = is_faint and next(element.iter(*PICTURES), None) is None  # one that loads late
    reason = BY_TEMPLATE if said.get("hidden") == BY_TEMPLATE else "hidden"
    return _style(tag, said.get("class"), css, reason if hidden else "")


def _names_entry(label: _Element) -> bool:
    return label.get("for") is not None or any(each.tag in _ENTRIES for each in label[:2])


def _waits(element: _Element, said: Mapping[str, str]) -> bool:
    """Whether AMP shows an element only when asked to, or where a component does not load; what a
    placeholder quotes is what the component shows, too.
    """
    if said.get("layout") == "nodisplay":
        return "-" in str(element.tag)
    is_instead = "fallback" in said or ("placeholder" in said and element.tag != "blockquote")
    around = element.getparent() if is_instead else None
    return around is not None and str(around.tag).startswith("amp-")


def is_little(element: _Element, *, pictures: int = 0, most: int = _MOST_HIDDEN) -> bool:
    """Whether an element holds little text, no headline in it and no more `pictures`: one that is
    said to be hidden may be shown by a script, and only so much is believed to be.
    """
    held = [each.tag for each in islice(element.iter("h1", *PICTURES), pictures + 2)]
    if element.tag == "h1":
        del held[0]
    if "h1" in held or len(held) > pictures:
        return False
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > most:
            return False
    return True


def _words_beside(element: _Element) -> tuple[str, str]:
    """Return the words right before and right behind an element."""
    before = element.getprevious()
    text = element.getparent() if before is None else before
    said = (text.text if before is None else text.tail) if text is not None else ""
    return (said or "").strip(), (element.tail or "").strip()


def _is_in_sentence(element: _Element) -> bool:
    """Whether an element is bare words amid a sentence: it names no other story."""
    before, behind = _words_beside(element)
    if not (before and behind) or before.endswith(_SENTENCE_ENDS) or len(element):
        return False
    return label_at_begin((element.text or "").strip()) is None


@lru_cache(maxsize=500)
def _bare_style(tag: str) -> Style:
    return _style(tag, None, None, "hidden" if tag == "dialog" else "")


@lru_cache(maxsize=4000)
def _style(tag: str, classes: str | None, css: str | None, unseen: str) -> Style:
    classes = (classes or "")[:_LONGEST_ATTRIBUTE]
    css = (css or "")[:_LONGEST_ATTRIBUTE]
    tokens = classes.split()
    said = declared(css) if css else {}
    display = said.get("display", "")
    unseen = unseen if unseen and tag in FILLED else _UNSEEN.get(tag, unseen)
    if not unseen and "-" in tag and _COMPONENT_CONTROL.fullmatch(tag):
        unseen = CONTROL
    if tag == "ins" and "adsbygoogle" in tokens:
        unseen = ADVERT
    elif (not unseen or tag in FILLED) and (
        any(hiding(said).values()) or not _UNSEEN_CLASSES.isdisjoint(tokens)
    ):
        unseen = "hidden"
    mark = next((_CLASS_MARKS[token] for token in tokens if token in _CLASS_MARKS), None)
    if mark == "foot" and _MARKS.get(tag) == "heading":
        mark = None  # pale type alone makes no foot of a sub-head
    if mark is None and ("quote" in classes or tag == "aside"):
        mark = "quote"
    if mark is None and tag == "figure":
        mark = None if "table" in tokens else "figure"
    own_line = (
        tag in BLOCKS or ("-" in tag and tag not in PICTURES) or tag in CELLS or mark == "related"
    )
    if display in INLINE and tag not in _NEVER_INLINE:
        own_line = False
    elif display and display != "none":
        own_line = True
    mark = mark or _MARKS.get(tag)
    keeps_lines = tag == "pre" or said.get("white-space", "").startswith(KEEPS_LINES)
    is_plain = not (unseen or keeps_lines or mark == "caption" or tag in WITH_RULES)
    name = (
        ""
        if tag not in BLOCKS and tag not in CELLS and "-" not in tag
        else f"{tag}.{classes}"
        if classes
        else "div"
        if tag in _BARE
        else tag
    )
    return Style(unseen, mark, own_line, keeps_lines, is_plain, name)


SUBHEAD = _style("h3", None, None, "")
