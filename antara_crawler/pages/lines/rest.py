"""What of the lines below a body is the rest of its text: it fell out, or has a box of its own."""

from collections.abc import Sequence
from itertools import islice, takewhile

from antara_crawler.pages.blocks.buttons import may_be_words
from antara_crawler.pages.blocks.footer import is_copyright, is_foot_text
from antara_crawler.pages.blocks.related import is_all_link, is_label_alone
from antara_crawler.pages.fields.dates import is_line_of_dates, of_change
from antara_crawler.pages.lines.inserts import OF_PARAGRAPHS
from antara_crawler.pages.lines.lines import Line
from antara_crawler.text import is_prose

_LONGEST_DATE = 100


def with_rest(body: Sequence[Line], below: Sequence[Line], around: str) -> list[Line]:
    """Return the lines below a body, those free that are the rest of it in boxes of their own.

    They stand between the body, which has no foot of its own, and the article's foot, and in
    their box is a sentence and no link to another story. `around` is the place that the body
    stands in.
    """
    foot = next((n for n, line in enumerate(below) if is_foot(line)), 0)
    boxed = [(line, _box(line.place, around)) for line in below[:foot]]
    said = {box for line, box in boxed if _is_said(line)}
    said -= {box for line, box in boxed if is_all_link(line)}
    if not said or any(map(is_foot, body)):
        return list(below)
    freed = [line._replace(loose=line.loose or box in said) for line, box in boxed]
    return [*freed, *below[foot:]]


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
        if line.loose and not line.aside and (is_named or not is_link):
            lines.append(line)
        is_named, before = is_named and is_link, line if line.text else before
    foot = next(islice(below, len(above_foot), None), None)
    if foot is not None and (any(map(_is_said, lines)) or all(_fell_with(foot, n) for n in lines)):
        return lines
    while lines and not is_prose(lines[-1].text):
        lines.pop()
    return lines
