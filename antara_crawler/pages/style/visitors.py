"""Boxes of a page for its visitors, which no article says: their comments, a call to consent.

One is told by its name and by what it holds, both together: either alone may be of a text.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice

from lxml.etree import XPath, _Element

from antara_crawler.pages.fields.dates import is_date
from antara_crawler.pages.fields.words import is_name
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.style.element_style import COMMENTS

_NAMES = (
    *("comment", "komentar", "disq", "tanggapan", "diskusi", "reply", "replies", "balasan"),
    *("ulasan", "pembaca", "respond", "consent", "cookie", "kuki", "gdpr", "ccpa", "privac"),
    *("privasi", "persetujuan"),
)
"""What such boxes may be called."""
_IDS = XPath("//@id", smart_strings=False)
_WITH_ID = XPath("//*[@id]")
_CALLED_COMMENTS = re.compile("comment|komentar|disq|tanggapan", re.I)
_LABEL = re.compile(
    r"(?P<number>\d+ )?"
    r"(?:komentar|tanggapan|balasan|diskusi|kata|comments?|repl(?:y|ies)|responses?|discussion)"
    r"(?: (?:(?:dari|para) ){0,2}(?:pembaca|warganet|netizen|pengunjung))?"
    r"(?P<count>\s*\(?\d+)?"
    r"|(?P<call>(?:tulis|beri(?:kan)?|tinggalkan|kirim|leave|post|write|add)(?: an?)?"
    r" (?:komentar|tanggapan|balasan|comment|reply)(?: anda)?)",
    re.I,
)
_MARK = re.compile(
    r"berkata|menulis|says|wrote|balas|reply|suka|like|laporkan|report|edit(?:ed)?", re.I
)
"""What stands beside a comment, as the time does."""
_SIGN = re.compile(r"@?[\w.-]{2,30}")
"""The name of a visitor that is no person's."""
_AROUND = " \t\r\n\f\xa0:·•|()-–—,"
_OF_ARTICLE = re.compile(
    r"\(ANTARA|©|copyright|\b(?:pewarta|editor|reporter|penulis|uploader)\s*:", re.I
)
_CONSENT = (
    re.compile(r"\b(?:kuki|cookies?|privasi|privacy|data pribadi|personal data)\b", re.I),
    re.compile(r"\b(?:kami|situs ini|portal ini|we|our|this (?:web ?)?site)\b", re.I),
    re.compile(
        r"\b(?:(?:men|per)?(?:se|ye)tuju(?:i|an)?|izin|mengizinkan|accept|agree|consent)\b", re.I
    ),
)
_QUOTED = re.compile(r'["“]\w[^"“”]{20}')
_NO_WORDS = frozenset({"form", "button", "textarea", "select", "script", "style", "noscript"})
_NO_BOX = frozenset({"body", "html", "head", "script", "style", "template", COMMENTS})
_MOST_BOXES = 200
_MOST_TEXTS = 2000
_LONGEST_CONSENT = 4000
_MOST_OF_NAME, _MOST_OF_MARKED = 2, 10
"""So many texts a name at most; where a label and marks say that they are comments, more."""


def is_comments(box: _Element) -> bool:
    """Whether a box so called holds comments: each begins with a name, and their label or what
    stands beside them says so, too.
    """
    texts = list(islice(_texts(box), _MOST_TEXTS))
    label = _LABEL.fullmatch(texts[0]) if texts else None
    rest = [text for text in (texts[1:] if label else texts) if not _is_figure(text)]
    entries = [text for text in rest if not _is_mark(text)]
    if len(entries) < 2 or not _is_visitor(entries[0]) or any(map(_OF_ARTICLE.search, texts)):
        return False
    names = sum(map(_is_visitor, entries))
    said, marks = len(entries) - names, len(rest) - len(entries)
    is_marked = marks >= names or any(map(_is_typed, box.iterdescendants()))
    if not 0 < said <= names * (_MOST_OF_MARKED if is_marked and label else _MOST_OF_NAME):
        return False
    if label and any(label.groups()):
        return True
    is_sure = is_marked + (names > 1) + bool(label) > 1
    return is_sure and _CALLED_COMMENTS.search(f"{box.get('class')} {box.get('id')}") is not None


def is_consent(box: _Element) -> bool:
    """Whether a box so called turns to its reader about cookies or privacy, and quotes nobody."""
    said = " ".join(islice(_texts(box), _MOST_TEXTS))
    if len(said) > _LONGEST_CONSENT or _QUOTED.search(said) or _OF_ARTICLE.search(said):
        return False
    return all(form.search(said) for form in _CONSENT)


def set_apart(root: _Element, of_class: Mapping[str, list[_Element]]) -> bool:
    """Have nothing read in the boxes of a page that are for its visitors, `of_class` being those
    with a class; whether there are any.
    """
    if not _is_called_so(" ".join((*of_class, *_IDS(root)))):
        return False
    called = chain.from_iterable(map(of_class.__getitem__, filter(_is_called_so, of_class)))
    known = (each for each in _WITH_ID(root) if _is_called_so(each.get("id")))
    found = False
    for box in islice(chain(called, known), _MOST_BOXES):
        if box.tag in _NO_BOX or next(box.iter("h1"), None) is not None:
            continue
        if is_comments(box):
            box.tag, found = COMMENTS, True
        elif is_consent(box):
            box.tag, found = "template", True
    return found


def _is_called_so(name: str) -> bool:
    name = name.lower()
    return any(each in name for each in _NAMES)


def _texts(box: _Element) -> Iterator[str]:
    """Yield the texts in a box, those of each element apart, without signs around them."""
    for each in box.iter():
        is_read = each.tag not in _NO_WORDS
        for text in (each.text if is_read else "", each.tail if each is not box else ""):
            if text and (bare := " ".join(text.split()).strip(_AROUND)):
                yield bare


def _is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None or is_time_of_story(text)


def _is_figure(text: str) -> bool:
    return text.isdecimal() or is_date(text)


def _is_visitor(text: str) -> bool:
    return is_name(text) or _SIGN.fullmatch(text) is not None


def _is_typed(element: _Element) -> bool:
    return (element.get("itemtype") or "").endswith("/Comment")
