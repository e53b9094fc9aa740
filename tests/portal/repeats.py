"""Plants what stands twice on a page, each kind by name, and notes what repeats what."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from tests.portal import words
from tests.portal.deck import pack
from tests.portal.markup import dress
from tests.portal.model import Block, Foot, Paragraph, unnumbered
from tests.portal.sentences import paragraph

KINDS = pack(
    none=9, body_twice=2, behind_copyright=3, lead_again=2, single_later=2, short_run=1, joined=2,
    p_then_br=1, nbsp=1, zero_width=1, quotes=1, case=1, whole_body_with_dateline=1, thrice=1,
    one_change=2,
)  # fmt: skip
_STRAIGHT = str.maketrans("“”", '""')
_CURLY = str.maketrans({'"': "”"})


def again(
    block: Paragraph, rng: Random, *, text: str | None = None, manner: str = "plain",
    style: str | None = None, dateline: bool = False,
) -> Paragraph:  # fmt: skip
    """Return the same paragraph once more, perhaps written in another way."""
    text = block.text if text is None else text
    before, before_html = (block.before, block.before_html) if dateline else ("", "")
    html = dress(unnumbered(text, block.form), rng, manner)
    return Paragraph(text, html, block.form, before, before_html, block, style)


def copies(
    blocks: Sequence[Block], rng: Random, *, style: str | None = None, dateline: bool = False
) -> list[Block]:
    """Return a run of blocks once more: paragraphs as repeats, everything else as it is."""
    return [
        again(block, rng, style=style, dateline=dateline) if isinstance(block, Paragraph) else block
        for block in blocks
        if not isinstance(block, Foot)
    ]


def plant(kind: str, story: list[Block], foot: Callable[[], Foot], rng: Random) -> list[Block]:
    """Return the story with a repetition of this kind put into it; `foot` makes a page's foot."""
    long = [
        block
        for block in story[1:]
        if isinstance(block, Paragraph) and block.form == "line" and len(block.text.split()) > 9
    ]
    if kind in {"nbsp", "zero-width", "single-later"}:
        manner = "plain" if kind == "single-later" else kind
        return [*story, again(long[0], rng, manner=manner)]
    if kind == "body-twice":
        return [*story, *copies(story, rng)]
    if kind == "whole-body-with-dateline":
        return [*story, *copies(story, rng, dateline=True)]
    if kind == "thrice":
        return [*story, *copies(story, rng), *copies(story, rng)]
    if kind == "behind-copyright":
        return [*story, foot(), *copies(story[1:], rng), *([foot()] if rng.random() < 0.5 else [])]
    if kind == "lead-again":
        return [story[0], *copies(story[:1], rng), *story[1:]]
    if kind == "p-then-br":
        style = "br" if story[0].style == "p" else "p"  # type: ignore[union-attr]
        return [*story, *copies(story, rng, style=style)]
    if kind == "one-change":
        return [*story, *_with_one_change(story, long, rng)]
    if kind == "joined":
        return _joined(story, rng)
    if kind == "short-run":
        return _short_run(story, long[0], rng)
    if kind in {"quotes", "case"}:
        return _disguised(kind, long, story, rng)
    return story


def _joined(story: list[Block], rng: Random) -> list[Block]:
    """Two paragraphs that follow each other, later once more as one."""
    stood = [block for block in story if isinstance(block, Paragraph)]
    first, second = next(
        (a, b) for a, b in pairwise(stood[1:]) if a.form == b.form == "line" and len(b.text) > 60
    )
    return [*story, again(first, rng, text=f"{first.text} {second.text}")]


def _with_one_change(story: list[Block], long: list[Paragraph], rng: Random) -> list[Block]:
    """The body once more, in which one paragraph is another by a single figure: that one stays."""
    changed = long[len(long) // 2]
    text = f"{changed.text[:-1].rstrip()} pada tahap 2."
    return [
        Paragraph(text, dress(unnumbered(text, changed.form), rng), changed.form)
        if isinstance(block, Paragraph) and block.repeats is changed
        else block
        for block in copies(story, rng)
    ]


def _short_run(story: list[Block], anchor: Paragraph, rng: Random) -> list[Block]:
    """A long paragraph with two short lines behind it, all three once more later on."""
    lines = [Paragraph(text, dress(text, rng)) for text in rng.sample(words.SHORT[:4], 2)]
    place = story.index(anchor) + 1
    between = paragraph(rng)
    return [
        *story[:place],
        *lines,
        *story[place:],
        Paragraph(between, dress(between, rng)),
        *copies([anchor, *lines], rng),
    ]


def _disguised(kind: str, long: list[Paragraph], story: list[Block], rng: Random) -> list[Block]:
    """A paragraph once more in capitals, or with quotes of the other style."""
    if kind == "case":
        return [*story, again(long[0], rng, text=long[0].text.upper())]
    quoted = next((block for block in long if '"' in block.text or "“" in block.text), None)
    if quoted is None:
        text = f"“{paragraph(rng)}”"
        quoted = Paragraph(text, dress(text, rng))
        story = [story[0], quoted, *story[1:]]
    straight = quoted.text.translate(_STRAIGHT)
    text = straight if straight != quoted.text else quoted.text.translate(_CURLY)
    return [*story, again(quoted, rng, text=text)]


def amp_blocks(
    story: list[Block], foot: Callable[[], Foot], rng: Random, *, twice: bool, dateline: bool
) -> list[Block]:
    """The story as the AMP page has it: mostly without dateline, on older pages doubled."""
    first = story[0]
    if isinstance(first, Paragraph) and first.before and not dateline:
        story = [Paragraph(first.text, first.html, first.form), *story[1:]]
    if not twice:
        return [*story, foot()]
    tail = [foot()] if rng.random() < 0.5 else []
    return [*story, foot(), *copies(story[1:], rng), *tail]
