"""A body as a run of blocks of one kind, and what stands between them: told by place, not by words.

Paragraphs of one body stand in elements of one kind. What stands elsewhere, and is no sentence,
heading above text, list, table, quotation or picture, is none of the text, unless it is words in
elements without a class, as writers make, or in a body that a template knows; neither is what
stands elsewhere behind the foot. Such a line may still be a byline, a date or a label: it comes
`aside`, with the reason for which it is left out if it is nothing that has a name.
"""

import re
from collections.abc import Sequence
from itertools import chain, islice, takewhile

from antara_crawler.pages.blocks.buttons import (
    is_call,
    is_call_to_own_channel,
    is_elsewhere,
    is_labelled_advert,
    leads_away,
    may_be_words,
)
from antara_crawler.pages.blocks.footer import ends_article, is_copyright, is_correction, is_dated
from antara_crawler.pages.fields.bylines import before_roles
from antara_crawler.pages.fields.datelines import MOST_BEFORE_LEAD, dated_among, has_dateline
from antara_crawler.pages.fields.dates import parted_at_date
from antara_crawler.pages.lines.heads import (
    end_of_header,
    is_above_sentence,
    is_badge,
    is_label,
    is_of_facts,
    is_of_headers_list,
    is_of_own_list,
    is_of_several,
)
from antara_crawler.pages.lines.inserts import (
    OF_PARAGRAPHS,
    is_headline,
    is_long,
    is_said,
    is_sentence,
    name_advert,
    name_insert,
    name_offer,
)
from antara_crawler.pages.lines.lines import (
    NOWHERE,
    Box,
    Line,
    Node,
    footer_of,
    is_free,
    nested,
    stands_bare,
)
from antara_crawler.pages.lines.teasers import name_teasers
from antara_crawler.pages.stories.links import is_all_link
from antara_crawler.pages.stories.offers import says_page
from antara_crawler.text import LEAST_WORDS, is_prose

_FEWEST = 2
_PART_OF_BEST = 0.5
_OF_TEXT = frozenset({"item", "quote", "row"})
_HEADED = re.compile(r">b$|\.(?:[^>]* )?h[1-6](?: [^>]*)?$")


def name_inserts(lines: list[Line], boxes: Sequence[Box], body: int) -> None:
    """Mark the boxes above and below a `body`, which stood before that line, by what they hold."""
    run = _Run(lines, [box for box in boxes if not box.first < body < box.end])
    for node in run.root.within:
        run.look_into(node)
    name_teasers(lines, run.root, in_body=False)


def without_inserts(lines: list[Line], boxes: Sequence[Box], *, is_known: bool) -> list[Line]:
    """Return the lines of a body, those that are none of its text marked, or `aside`.

    In one that `is_known` to hold the text, a line of some words without links stays. In one with
    captions and no sentence boxes are told by what they hold.
    """
    run = _Run(lines, boxes)
    run.is_known = is_known
    name_teasers(lines, run.root, in_body=True)
    if sentences := [n for n, line in enumerate(lines) if is_sentence(line)]:
        run.find(sentences)
        run.part()
    elif any(line.mark == "caption" for line in lines):
        run.look_into(run.root)
    return lines


class _Run:
    def __init__(self, lines: list[Line], boxes: Sequence[Box]) -> None:
        self.lines = lines
        self.root = nested(boxes, len(lines))
        self.own: set[str] = set()
        self.near: set[str] = set()
        self.footers: set[str] = set()  # not the text's: they hold more than sentences
        self.in_run = [False] * len(lines)
        self.around = ""
        self.words: dict[tuple[str, str], set[str]] = {}  # without links, by place
        self.is_known = False
        self.lead = self.first = self.headline = self.header = -1
        self.foot = len(lines)  # where the copyright line below the lead is

    def find(self, sentences: Sequence[int]) -> None:
        """Find the places in which sentences stand as paragraphs do, and where the text begins."""
        lines = self.lines
        texts: dict[str, set[str]] = {}
        for n in sentences:
            texts.setdefault(lines[n].place, set()).add(lines[n].text)
        marked = (n for n in sentences[:MOST_BEFORE_LEAD] if lines[n].mark == "lead")
        dated = dated_among(lines, sentences)
        self.lead = next(marked, -1) if dated < 0 else dated
        signed = [n for n in range(self.lead + 1, len(lines)) if is_copyright(lines[n].text)]
        ends = signed if self.lead >= 0 and signed else [len(lines)]  # each part may have a foot
        self.foot = ends[0]
        told = {lines[n].text for n in sentences if self.lead <= n < self.foot}
        weights = {place: sum(map(len, found & told)) for place, found in texts.items()}
        enough = max(weights.values()) * _PART_OF_BEST
        best = next(place for place, weight in weights.items() if weight >= enough)
        if self.lead >= 0 and len(texts.get(lines[self.lead].place, ())) >= _FEWEST:
            best = lines[self.lead].place
        self.around = around = best.rpartition(">")[0]
        self.near = {best, around, f"{around}>p", f"{best}>p", f"{best}>div"} - {""}
        beside = re.compile(rf"{re.escape(around)}>p\.[^>]*")
        self.near |= {p for p in {line.place for line in lines} if beside.fullmatch(p)}
        self.own = {place for place, found in texts.items() if len(found) >= _FEWEST} | self.near
        if not footer_of(best):
            self.footers = {footer_of(line.place) for line in lines if not is_sentence(line)} - {""}
            self.own = {place for place in self.own if footer_of(place) not in self.footers}
        self.in_run = [
            bool(line.text) and line.place in self.own and line.mark in OF_PARAGRAPHS
            for line in lines
        ]
        heads = [n for n, x in enumerate(lines) if x.mark == "heading" and stands_bare(x, around)]
        if all(is_all_link(lines[n]) and any(self.in_run[n + 1 : n + 2]) for n in heads):
            for n in heads if len(heads) > 1 else ():  # of a roundup
                self.in_run[n] = True
        for line in lines:
            if not line.links:
                self.words.setdefault((line.place, line.mark), set()).add(line.text)
        inner = [n for n in sentences if lines[n].place in self.own]
        self.first = min(n for n in (inner[0], self.lead) if n >= 0)
        own = (n for n in inner if n < ends[-1] and lines[n].place == best)
        self.last = max(own, default=self.first)
        self.headline = max((n for n in range(self.first) if is_headline(lines[n])), default=-1)
        self.header = end_of_header(lines, self.root, self.headline, self.first)

    def part(self) -> None:
        """Mark what is none of the text."""
        self.look_into(self.root)
        for place, line in enumerate(self.lines):
            if line.mark == "figure" and is_badge(self.lines, place):
                self.lines[place] = line._replace(aside="above the text")
            elif is_free(line) and place != self.headline:
                if line.links and is_labelled_advert(line):
                    self.lines[place] = line._replace(mark="left out", reason="advert or button")
                elif place < self.first:
                    self.set_aside_above(place, line)
                elif not self.in_run[place]:
                    self.set_aside(place, line)
                elif line.links and not is_said(line) and is_call_to_own_channel(line):
                    self.lines[place] = line._replace(mark="left out", reason="call to follow")
        self.set_aside_behind()

    def look_into(self, node: Node) -> None:
        """Name a box, or the boxes in it."""
        box, lines = node.box, self.lines
        span = range(box.first, box.end)
        is_free = not any(self.in_run[n] and lines[n].mark != "quote" for n in span)
        is_behind = box.first > self.foot
        around = (self.around or ".") if box.first > self.first >= 0 else ""
        may_be = is_free or box.end <= self.lead or is_behind
        is_named = name_advert(lines, box) or (may_be and name_insert(lines, box, around))
        if is_named or (is_behind and name_offer(lines, box)):
            return
        for one in node.within:
            self.look_into(one)

    def set_aside_above(self, place: int, line: Line) -> None:
        """Set aside a line above the first paragraph, but for what is said there, or a deck."""
        is_below = place > self.headline
        is_above = not is_below and not is_prose(line.text)
        is_text = self.in_run[place] and is_below
        is_head = is_below and place < self.header and is_label(line)
        if not (is_above or is_head or is_dated(line, may_tell=is_text) or before_roles(line.text)):
            if is_text:
                return
            is_deck = line.mark == "heading" and line.text.count(" ") >= LEAST_WORDS - 1
            if is_deck or (is_said(line) and not is_call(line)):
                return
            is_bare = line.mark == "text" and stands_bare(line, self.around)  # as writers write
            is_free = leads_away(line) if is_bare else not line.links and may_be_words(line.text)
            if self.is_known and is_free and not parted_at_date(line.text)[1]:
                return
            if is_below and (self.opens_text(place, line) or self.goes_on_from_lead(place, line)):
                return
        self.lines[place] = line._replace(aside="above the text")

    def goes_on_from_lead(self, place: int, line: Line) -> bool:
        """Whether a body that a template knows may begin with a list or heading, its lead above."""
        if not self.is_known or self.lead >= 0 or any(url != NOWHERE for _, url in line.links):
            return False
        if line.mark == "item":
            return not is_of_headers_list(self.lines, place)
        return line.mark == "heading" and self.heads_text(place)

    def opens_text(self, place: int, line: Line) -> bool:
        """Whether a text may open with a line: of a list, table or facts, a heading, or bare."""
        if place >= self.header and is_of_facts(self.lines, place, self.around):
            return True
        is_head = line.mark == "heading" or _HEADED.search(line.place)
        if line.mark not in _OF_TEXT and (line.links or not is_head):
            return False
        at = place if line.mark in _OF_TEXT else place + 1
        if self.lines[at].mark in _OF_TEXT:
            return is_of_own_list(self.lines, at, has_lead=self.lead >= 0)
        homes = (self.around, *(self.lines[max(self.first, n)].place for n in (0, self.lead)))
        is_bare = any(stands_bare(line, home) for home in homes)
        return self.in_run[at] and is_bare and not 0 <= self.headline == place - 1

    def set_aside(self, place: int, line: Line) -> None:
        """Set aside a line between paragraphs, and unlike them, that is no part of the text."""
        is_beside = place > self.last and footer_of(line.place) in self.footers
        if line.mark in {"text", "foot"} and is_call(line):
            self.lines[place] = line._replace(mark="left out", reason="call to follow")
        elif says_page([line], self.around or "."):
            self.lines[place] = line._replace(mark="left out", reason="advert or button")
        elif is_beside and not is_correction(line):
            self.lines[place] = line._replace(aside="below the text")
        elif not (is_said(line) or is_long(line) or self.is_part(place, line)):
            self.lines[place] = line._replace(aside="insert")

    def is_part(self, place: int, line: Line) -> bool:
        """Whether a line unlike paragraphs is of the text for what it is."""
        if line.mark in _OF_TEXT or line.mark == "lead" or self.may_be_text(place, line):
            return not (">aside" in line.place and is_all_link(line))
        if line.mark == "heading" or _HEADED.search(line.place):
            return self.heads_text(place)
        is_alike = len(self.words.get((line.place, line.mark), ())) >= _FEWEST
        is_head = (self.is_known or is_alike) and not line.links and may_be_words(line.text, 1)
        return (is_head and self.heads_text(place)) or is_of_several(self.lines, place)

    def may_be_text(self, place: int, line: Line) -> bool:
        """Whether nothing says that a line is none of the text: then it stays."""
        if line.links and not (self.is_known and leads_away(line)):
            return False
        if stands_bare(line, self.around or ".") or is_above_sentence(self.lines, place):
            return True
        outer = self.around.rpartition(">")[0]
        homes = (self.root.home_of(self.lines, n) for n in (place, self.last))
        if stands_bare(line, outer) and len(set(homes)) == 1:
            return True  # beside boxes that hold a paragraph each
        return self.is_known and not is_all_link(line) and may_be_words(line.text)

    def heads_text(self, place: int) -> bool:
        """Whether text follows a heading, or its box: no label of links, or of buttons if short."""
        behind = [*islice((line for line in self.lines[place + 1 :] if line.text), _FEWEST)]
        if len(behind) == _FEWEST and all(map(is_all_link, behind)):
            return self.lines[place].text.count(" ") > 1 and all(map(is_elsewhere, behind))
        home = self.root.home_of(self.lines, place)
        if any(self.in_run[home.first : home.end]):
            below = range(place + 1, len(self.lines))
            return any(self.in_run[n] or self.lines[n].mark in _OF_TEXT for n in below)
        line = next((line for line in self.lines[place + 1 : home.end] if line.text), None)
        return line is not None and line.mark not in {"left out", "related"} and not line.links

    def set_aside_behind(self) -> None:
        """Set aside what stands in other places than the paragraphs behind the article's foot.

        What a page says there again stays, and all of it where that is most of what is said.
        """
        behind = range(self.last + 1, len(self.lines))
        if not (feet := [n for n in behind if ends_article(self.lines[n])]):
            return
        next_lead = (n for n in behind if n > feet[0] and has_dateline(self.lines[n].text))
        feet = [*takewhile(next(next_lead, len(self.lines)).__gt__, feet)]
        # A poet's name above a poem, say, is no foot where another comes.
        signed = (n for n in feet if is_copyright(self.lines[n].text))
        foot = next(chain(signed, (n for n in reversed(feet) if not self.lines[n].links)), feet[0])
        said = {line.text for line in self.lines[:foot]}
        again = {self.lines[n].place for n in behind if self.lines[n].text in said}
        own = self.own.intersection(line.place for line in self.lines[:foot]) | again | self.near
        others = [n for n in behind if n > foot and self.lines[n].place not in own]
        others = [n for n in others if not self.is_of_body(n)]
        if self.lead < 0 and self.letters(others) > self.letters(range(foot)):
            return
        for n in others:
            self.lines[n] = self.lines[n]._replace(aside=self.lines[n].aside or "below the text")

    def is_of_body(self, place: int) -> bool:
        """Whether a list, a table or a heading above one stands bare among the paragraphs."""
        line = self.lines[place]
        is_one = line.mark in _OF_TEXT or (line.mark == "heading" and self.heads_text(place))
        return is_one and stands_bare(line, self.around)

    def letters(self, places: Sequence[int]) -> int:
        """Count the letters of the sentences among these lines."""
        return sum(len(self.lines[n].text) for n in places if is_sentence(self.lines[n]))
