"""'Baca juga' lines: their labels, and the titles behind them."""

import re

from antara_crawler.pages.walk import Line

_LABEL = re.compile(
    r"[\s(*•\-–—>]*(?:baca (?:juga|pula)|lihat (?:juga|pula)|simak juga|berita terkait"
    r"|related news|read also|also read|see also|read more)\s*(?P<colon>[:：]|[-–—]\s)?\s*",
    re.I,
)
_JOINTS = re.compile(r"[\s•*\-–—,;|]+")
_LONGEST_TITLE = 300
_LONGEST_TITLE_BELOW = 200
_HEADLINE_WORDS = 4
_ENDS = (".", "!", '."', ".”", "!”", "?”", ",", ";", ":")

Title = tuple[str, str | None]
"""A title and, where it was a link, its address."""


def begins_related(line: Line) -> bool:
    """Whether the line begins with 'Baca juga' or the like."""
    return _LABEL.match(line.text) is not None


def is_label_alone(line: Line) -> bool:
    """Whether the line is 'Baca juga:' and no more: what it names follows."""
    match = _LABEL.match(line.text)
    if match is None or line.text[match.end() :].strip(" )"):
        return False
    return bool(match["colon"] or line.mark == "related" or line.links)


def titles_of(line: Line) -> tuple[tuple[Title, ...], str]:
    """Return the titles that a related line names, and what text follows the last link.

    Nothing for an ordinary line: the label counts with a colon, in an element that the page
    marks as related, or when all behind it is a link; 'Baca juga tulisan saya, kata dia.' is
    a sentence.
    """
    match = _LABEL.match(line.text)
    if match is None:
        marked = line.mark == "related"
        return ((line.links or ((line.text, None),)) if marked else ()), ""
    rest = line.text[match.end() :]
    if not (match["colon"] or line.mark == "related" or _is_link_behind_label(line, rest)):
        return (), ""
    links = [(title[_end_of_label(title) :].strip(), url) for title, url in line.links]
    links = [(title, url) for title, url in links if title]
    if not links:
        plain = rest.strip().removesuffix(")") if line.text.startswith("(") else rest.strip()
        return (((plain, None),) if plain and len(plain) <= _LONGEST_TITLE else ()), ""
    _, _, tail = rest.rpartition(links[-1][0])
    begin = rest.find(links[0][0])
    if begin > 0 and rest[:begin].strip(" •*-–—("):
        links[0] = (rest[: begin + len(links[0][0])].strip(), links[0][1])
    return tuple(links), tail.strip() if tail != rest and tail.strip(" .)*") else ""


def is_all_link(line: Line) -> bool:
    """Whether the line is a link, or several, and nothing more."""
    titles = "".join(title for title, _ in line.links)
    return bool(line.links) and _solid(titles) == _solid(line.text)


def is_like_title(line: Line, *, first: bool) -> bool:
    """Whether a line without links below a lone label may be a title: no sentence, no sub-head.

    Behind the first one a title needs a headline's length, since sub-heads are short.
    """
    return (
        line.mark in {"text", "item"}
        and not line.links
        and len(line.text) <= _LONGEST_TITLE_BELOW
        and not line.text.endswith(_ENDS)
        and (first or len(line.text.split()) >= _HEADLINE_WORDS)
    )


def _is_link_behind_label(line: Line, rest: str) -> bool:
    if not line.links or not _solid(line.text).endswith(_solid(line.links[-1][0])):
        return False
    return _solid(rest) in _solid("".join(title for title, _ in line.links))


def _end_of_label(text: str) -> int:
    match = _LABEL.match(text)
    return match.end() if match else 0


def _solid(text: str) -> str:
    return _JOINTS.sub("", text)
