"""What of the lines below a body is the rest of its text: it fell out, or has a box of its own."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from antara_crawler.pages.blocks.buttons import may_be_words
from antara_crawler.pages.blocks.footer import (
    apart,
    ends_article,
    is_copyright,
    is_foot_text,
    is_notice,
    is_terms,
)
from antara_crawler.pages.fields.bylines import Role, are_bylines, label_of, read_byline
from antara_crawler.pages.fields.datelines import is_lead
from antara_crawler.pages.fields.dates import is_line_of_dates, of_change
from antara_crawler.pages.lines.inserts import OF_PARAGRAPHS
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.stories.labels import label_at_begin
from antara_crawler.pages.stories.links import is_all_link, is_story
from antara_crawler.pages.stories.related import is_label_alone, is_story_link
from antara_crawler.text import is_prose

_LONGEST_DATE = 100
_MOST_BESIDE = 10


def with_rest(
    body: Sequence[Line], below: Sequence[Line], around: str, behind: Sequence[Line]
) -> list[Line]:
    """Return the lines below a body, those free that are the rest of it in boxes of their own, and
    a next story among them left out.

    They stand between the body and the article's foot. `around` is the place that the body stands
    in. Where no foot is `below`, they end at a heading or another lead; where none is right
    `behind` either, they stand in elements of the kind that its paragraphs stand in.
    """
    if is_signed(body):
        return tied(below)
    foot = next((n for n, line in enumerate(below) if is_foot(line)), -1)
    if foot >= 0 and not any(map(_is_said, below[:foot])):
        return list(below)
    if foot >= 0:
        below, foot = _without_next_story(body, below, foot)
        return [*_with_boxes(body, below[:foot], around), *below[foot:]]
    rest = list(takewhile(lambda line: line.mark != "heading" and not is_lead(line), below))
    if any(map(is_foot, behind)):
        found = _with_boxes(body, rest, around)
    else:
        own = {around + line.place.removeprefix(".") for line in body if _is_said(line)}
        is_own = (line.loose or (line.place in own and _is_said(line)) for line in rest)
        found = [line._replace(loose=loose) for line, loose in zip(rest, is_own, strict=True)]
    return [*found, *below[len(rest) :]]


def _with_boxes(body: Sequence[Line], lines: Sequence[Line], around: str) -> list[Line]:
    """Return the lines between a body, which has no foot of its own, and a foot: those free in
    whose box are sentences, more than links to other stories, and no second lead.

    A box that begins with a link is a card, and one sentence with a link is an offer.
    """
    boxed = [(line, _box(line.place, around)) for line in lines]
    first = {box: line for line, box in reversed(boxed) if line.text}
    links = Counter(box for line, box in boxed if is_all_link(line))
    stories = Counter(box for line, box in boxed if is_story_link(line))
    texts = Counter(box for line, box in boxed if _is_said(line) and not is_all_link(line))
    said = {
        box
        for box, n in texts.items()
        if not links[box] or (n > max(1, stories[box]) and not is_all_link(first[box]))
    }
    if not said or any(map(is_foot, body)):
        return list(lines)
    leads = {line.text for line in body if is_lead(line)}
    said -= {box for line, box in boxed if leads and is_lead(line) and line.text not in leads}
    return [line._replace(loose=True) if box in said else line for line, box in boxed]


def is_signed(lines: Iterable[Line]) -> bool:
    """Whether a copyright line is among the lines: nothing behind it is text."""
    return any(is_copyright(line.text) for line in lines)


def tied(lines: Iterable[Line]) -> list[Line]:
    """Return the lines as those that belong to what is beside the text."""
    return [line._replace(loose=False) if line.loose else line for line in lines]


def _without_next_story(
    body: Sequence[Line], below: Sequence[Line], foot: int
) -> tuple[list[Line], int]:
    """Return the lines below a body, and where the article's foot is; a whole next story left out
    that stands above: its title or lead, its text, and a `foot`, right behind which another stands.
    """
    may_begin = (n for n, line in enumerate(below[:foot]) if _is_title(line) or is_lead(line))
    begin = next(may_begin, foot)
    end = _second_foot(below, foot) if any(map(_is_said, below[begin:foot])) else 0
    leads = {line.text for line in body if is_lead(line)} if end else set()
    if not end or not (_is_title(below[begin]) or (leads and below[begin].text not in leads)):
        return list(below), foot
    begin = next((n for n in range(begin) if below[n].mark == "heading"), begin)
    story = (line._replace(mark="left out", reason="related") for line in below[begin:end])
    return [*below[:begin], *story, *below[end:]], end


def _second_foot(lines: Sequence[Line], first: int) -> int:
    """Return where a role is named again, no text before it, behind the `first` foot line; or 0."""
    found = 0
    seen: set[Role] = set()
    before: set[Role] = set()
    for n, line in enumerate(lines[first:], start=first):
        below = lines[n + 1].text if n + 1 < len(lines) else ""
        roles = {each.role for each in read_byline(line.text)} or set(label_of(line.text, below))
        if is_prose(line.text) and not (is_foot(line) or is_terms(line.text)):
            seen = set()
        elif seen & roles and roles != before:
            found, seen = n, set()
        seen |= roles
        before = roles or before
    return found


def _is_title(line: Line) -> bool:
    return line.mark == "heading" and is_all_link(line)


def _box(place: str, around: str) -> str:
    """Return the outermost box in which a place stands beside the body."""
    names, shared = place.split(">"), 0
    for name, other in zip(names, around.split(">"), strict=False):
        if name != other:
            break
        shared += 1
    return ">".join(names[: shared + 1])


def _is_said(line: Line) -> bool:
    return line.mark in OF_PARAGRAPHS and not line.aside and is_prose(line.text)


def is_foot(line: Line) -> bool:
    """Whether a line is a byline, a copyright line, or what else ends an article."""
    return is_foot_text(line.text) or is_copyright(line.text)


def is_missing_foot(box: Sequence[Line], inside: Sequence[Line], behind: Sequence[Line]) -> bool:
    """Whether the lines of a box behind an article's room, closed early, are the article's foot.

    The box holds bylines, or the article's tags, beside them dates and buttons at most, and no foot
    stands `inside` the room or `behind` it; or it holds foot lines alone, below others. Nor has a
    next story begun.
    """
    lines = [line for line in apart(box) if line.text and line.mark != "left out"]
    before = [line for line in (*inside[-_MOST_BESIDE:], *behind) if line.text]
    while before and _is_button(before[-1]):
        before.pop()
    last = [line.text for line in before[-2:]]
    if last and (is_foot_text(last[-1]) or are_bylines(last)):
        return all(_is_end(line) or is_foot(line) for line in lines)
    names = [line.text for line in lines if not (_is_end(line) or _is_button(line))]
    are_tagged = not names and any(line.links and ends_article(line) for line in lines)
    if not (are_tagged or are_bylines(names)) or any(map(is_foot, (*inside, *behind))):
        return False
    return not _begins_story(behind)


def _is_end(line: Line) -> bool:
    return is_copyright(line.text) or is_notice(line.text) or is_terms(line.text)


def _is_button(line: Line) -> bool:
    """Whether a line in a foot is none of it: buttons, tags, their label, a date."""
    if line.links:
        return not (is_foot(line) or any(is_story(url) for _, url in line.links))
    return is_line_of_dates(line.text) or (line.mark == "heading" and " " not in line.text)


def _begins_story(behind: Sequence[Line]) -> bool:
    """Whether a lead stands there, or a title that no label names, with text or nothing below."""
    texts = [line for line in behind if line.text]
    if any(is_lead(line) or _is_title(line) for line in texts):
        return any(map(_is_said, texts)) or is_all_link(texts[-1])
    is_named = any(label_at_begin(line.text) for line in texts)
    return bool(texts) and is_story_link(texts[-1]) and not is_named


def _ends_text(text: str) -> bool:
    if is_foot_text(text):
        return True
    return len(text) < _LONGEST_DATE and bool(of_change(text)) and is_line_of_dates(text)


def _fell_with(foot: Line, line: Line) -> bool:
    """Whether a line is some words that stand free right where the foot does, too."""
    is_beside = foot.loose and line.place.rpartition(">")[0] == foot.place.rpartition(">")[0]
    return is_beside and not (line.links or line.image) and may_be_words(line.text)


def fallen_lines(below: Sequence[Line]) -> list[Line]:
    """Return the lines below a body that fell out of it, up to the foot.

    They stand in no element of their own, as a stray end tag leaves them, and one is a sentence,
    or all stand where the foot does; the last is one where no foot is below. Boxes may stand among
    them, and links that no label names.
    """
    above_foot = list(takewhile(lambda line: not _ends_text(line.text), below))
    lines: list[Line] = []
    is_named = False
    before: Line | None = None
    for line in above_foot:
        if is_link := is_all_link(line):
            is_named = is_named or (before is not None and is_label_alone(before, [line]))
        is_free = line.loose and not line.aside and line.mark != "left out"
        if is_free and (is_named or not is_link):
            lines.append(line)
        is_named, before = is_named and is_link, line if line.text else before
    foot = next(islice(below, len(above_foot), None), None)
    if foot is not None and (any(map(_is_said, lines)) or all(_fell_with(foot, n) for n in lines)):
        return lines
    while lines and not is_prose(lines[-1].text):
        lines.pop()
    return lines
