"""Lines to typed blocks: body text is what remains when everything else has been named.

A sentence is never lost on a guess: a line is something else than text by what it is (byline,
copyright, notice, label with links, date), where it stands (a figure, behind the copyright line)
or because it is shown nowhere. Where a rule would have to guess, the line stays text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from antara_crawler.items import Link, Picture
from antara_crawler.pages.blocks import buttons, captions, leaving, others
from antara_crawler.pages.blocks.block import FOOT, Block, Kind
from antara_crawler.pages.blocks.footer import (
    is_copyright,
    is_foot_text,
    is_keywords,
    is_notice,
    is_terms,
    may_be_foot,
    without_bars,
)
from antara_crawler.pages.blocks.inner import is_announced, is_late, stands_at_end
from antara_crawler.pages.blocks.sources import SOURCE, is_source_line, is_source_of_news
from antara_crawler.pages.fields.bylines import (
    Byline,
    Role,
    before_roles,
    label_of,
    may_be_label,
    photo_byline,
    read_byline,
)
from antara_crawler.pages.fields.datelines import lead_among
from antara_crawler.pages.fields.words import split_names
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import NOWHERE, Line
from antara_crawler.pages.stories.links import Title, beside_links, is_all_link
from antara_crawler.pages.stories.parts import parts_of
from antara_crawler.pages.stories.related import (
    Awaited,
    begins_related,
    is_label_alone,
    is_section_link,
    is_story_link,
    may_relate,
    stands_in_list,
    stories_in,
    titles_below,
)
from antara_crawler.text import is_prose


def blocks_of(lines: Iterable[Line], *, captions: bool = True, above: bool = False) -> list[Block]:
    """Return the blocks that the lines (see `footer.apart`) are, in order.

    With `captions` false (video texts end in credits of their own), only what the page marks as a
    caption is one. Behind a picture `above` a body stands its caption, but for a lead.
    """
    return _Sorter(list(lines), captions, above).run()


@dataclass
class _Sorter:
    lines: Sequence[Line]
    captions: bool
    above: bool
    blocks: list[Block] = field(default_factory=list)
    awaits_titles: Awaited = "no"
    awaits_names: Sequence[Role] = ()
    label_box: str = ""
    names_box: str = ""
    has_body: bool = False
    closed_at: int | None = None
    """The place of the copyright line or the notice among the blocks."""
    picture: Line | None = None
    """A picture whose caption may be the next line."""

    def run(self) -> list[Block]:
        lead = lead_among(self.lines)
        for place, line in enumerate(self.lines):
            self.sort(line, place)
            self.has_body = self.has_body and place >= lead
        self.end_picture()
        if self.closed_at is not None:
            leaving.leave_out_the_end(self.blocks, self.closed_at)
        return others.without_thumbnails(captions.with_credits_below(self.blocks))

    def sort(self, line: Line, place: int) -> None:
        if line.mark == "left out":
            if line.text:
                self.leave_out(line, line.reason)
        elif line.image:
            self.end_picture()
            self.picture = line
            if line.mark == "related":  # another story's
                self.end_picture()
        elif self.closed_at is not None and self.is_behind(line, place):
            self.awaits_titles = "no"
            self.leave_out(line, leaving.BEHIND)
        elif reason := captions.reason_upon(line, self.picture, self.blocks):
            self.leave_out(line, reason)
        elif (
            ((self.awaits_names or self.awaits_titles != "no") and self.is_awaited(line))
            or (line.mark == "related" and self.is_title(line))
            or self.is_foot(line, place)
            or (may_relate(line) and self.is_related(line, place))
        ):
            self.end_picture()
        elif not self.is_caption(line, place):
            self.end_picture()
            if line.aside:
                self.leave_out(line, line.aside if self.closed_at is None else leaving.BEHIND)
            else:
                self.add_text(line)

    def add_text(self, line: Line) -> None:
        if not self.has_body and not (self.above and line.mark in {"item", "row"}):
            self.has_body = line.mark == "row" or is_prose(line.text)
        kind: Kind = line.mark if line.mark in {"heading", "item", "row", "quote"} else "paragraph"
        self.blocks.append(Block(kind, line.number + line.text, line=line))

    def leave_out(self, line: Line, reason: str) -> bool:
        if self.awaits_titles != "no" and reason not in {"date", "related"}:
            self.awaits_titles = "no" if reason == "label" else "links"
        self.blocks.append(Block("left out", line.text, reason=reason, line=line))
        return True

    def end_picture(self) -> None:
        if self.picture:
            found = Picture(self.picture.image, None, None)
            self.blocks.append(Block("caption", "", picture=found, line=self.picture))
            self.picture = None

    def is_awaited(self, line: Line) -> bool:
        """Titles behind a 'Baca juga:' alone on its line; names behind a 'Pewarta:' alone."""
        if self.awaits_titles != "no":
            if not begins_related(line) and not is_foot_text(line.text):
                if is_time_of_story(line.text) or is_section_link(line):
                    return self.leave_out(line, "related" if line.links else "date")
                if self.are_titles(line):
                    return True
            self.awaits_titles = "no"
        return bool(self.awaits_names) and self.are_names(line)

    def are_titles(self, line: Line) -> bool:
        """Whether a line below a label of related stories holds titles of such."""
        before = None
        if self.awaits_titles != "first":
            named = (block.related[-1] for block in reversed(self.blocks) if block.related)
            before = next((link.url for link in named), None)
        titles = titles_below(line, self.awaits_titles, before)
        if not titles or buttons.is_of_buttons(line):
            return False
        self.awaits_titles = "links" if line.links else "more"
        self.picture = None if line.links else self.picture  # a title's own small one
        return self.relate(titles, "label")

    def are_names(self, line: Line) -> bool:
        """Whether a line below the label of a role holds names."""
        roles, self.awaits_names = self.awaits_names, ()
        box = line.place.rpartition(">")[0]
        names = split_names(line.text) if self.names_box in {"", box} else ()
        is_other = buttons.is_furniture(line.text) or buttons.is_button(line.text)
        if not names or is_other or label_of(line.text) or (line.links and not is_all_link(line)):
            return False
        bylines = tuple(Byline(role, names) for role in roles)
        self.blocks.append(Block("byline", line.text, bylines=bylines))
        if box not in {"", self.label_box}:  # a box of names alone, which may hold more
            self.awaits_names, self.names_box = roles, box
        return True

    def is_foot(self, line: Line, place: int) -> bool:
        text = line.text
        is_of_head = self.above or line.aside or not self.has_body
        before = self.blocks[-1].text if self.blocks else ""
        if (may_be_foot(text) or may_be_label(text)) and self.is_named(line, place):
            return True
        if self.blocks and self.blocks[-1].kind in FOOT and self.is_of_foot(text, place):
            return True
        if not self.has_body and is_keywords(text):
            self.blocks.append(Block("keywords", text))
        elif is_of_head and buttons.is_date_line(line, before):
            self.blocks.append(Block("date", text, line=line))
        elif is_source_line(line, before):
            return self.leave_out(line, SOURCE)
        elif buttons.is_furniture(text.replace(" | ", " ")):
            return self.leave_out(line, "advert or button")
        elif line.links and buttons.is_of_buttons(line):
            is_said = is_announced(self.lines, place, self.blocks)
            return not is_said and self.leave_out(line, "tags or buttons")
        else:
            return False
        return True

    def is_named(self, line: Line, place: int) -> bool:
        """Whether a line is a byline, the copyright line or the notice."""
        text = (line.links and buttons.without_call(line)) or without_bars(line)
        below = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        before = self.blocks[-1] if self.blocks else Block("byline", "")
        is_free = before.kind in {"paragraph", "left out"}
        may_be = is_free and (not self.has_body or self.awaits_no_colon(line, place))
        if may_be and (bylines := before_roles(f"{before.text} | {text}")):
            self.blocks[-1] = Block("byline", before.text, bylines=bylines)
            self.blocks.append(Block("byline", text))
        elif roles := label_of(text, below):
            self.awaits_names, self.names_box = roles, ""
            self.label_box = line.place.rpartition(">")[0]
            self.blocks.append(Block("byline", text))
        elif bylines := read_byline(text, uncoloned=self.awaits_no_colon(line, place)):
            self.blocks.append(Block("byline", text, bylines=bylines))
        elif is_copyright(text):
            self.close("copyright", text)
        elif is_notice(text):
            self.close("notice", text)
        else:
            return False
        return True

    def awaits_no_colon(self, line: Line, place: int) -> bool:
        """Whether names stand here: above or beside a text, or at its end."""
        is_beside = self.above or line.aside or (self.blocks and self.blocks[-1].kind in FOOT)
        return bool(is_beside) or (may_be_label(line.text) and stands_at_end(self.lines, place))

    def is_of_foot(self, text: str, place: int) -> bool:
        """Whether a line right behind a foot line is one, too: terms of use, a source, a credit."""
        if is_terms(text):
            self.close("notice", text)
        elif is_source_of_news(text, lambda: stands_at_end(self.lines, place)):
            self.blocks.append(Block("left out", text, reason=SOURCE))
        elif bylines := photo_byline(text):
            self.blocks.append(Block("byline", text, bylines=bylines))
        else:
            return False
        return True

    def is_behind(self, line: Line, place: int) -> bool:
        """Whether a line is behind the article's end, and no late foot line, label or title."""
        if line.loose or is_late(line, self.blocks):
            return False
        last = next((block for block in reversed(self.blocks) if block.text), self.blocks[-1])
        is_named = self.awaits_titles != "no" or bool(last.related) or last.reason == "label"
        is_title = is_named and (is_all_link(line) or is_time_of_story(line.text))
        is_label = bool(line.links) and begins_related(line)
        return not (is_title or is_label or is_label_alone(line, self.lines[place + 1 : place + 3]))

    def close(self, kind: Kind, text: str) -> None:
        self.closed_at = len(self.blocks) if self.closed_at is None else self.closed_at
        self.blocks.append(Block(kind, text))

    def is_related(self, line: Line, place: int) -> bool:
        if is_label_alone(line, self.lines[place + 1 : place + 3]):
            self.leave_out(line, "label")
            self.awaits_titles = "first"
            return True
        is_listed = self.closed_at is not None or (self.blocks and self.blocks[-1].related)
        if is_story_link(line) and (is_listed or stands_in_list(self.lines, place)):
            return self.relate(line.links)
        if titles := stories_in(line):
            self.leave_out(line._replace(text=beside_links(line, titles), links=()), "label")
            return self.relate(titles)
        parts = parts_of(line)
        if len(parts) == 1 and not parts[0].titles:
            return False
        for part in parts:
            if part.text:
                self.add_text(line._replace(text=part.text, links=()))
            if part.titles:
                self.relate(part.titles, "label")
        return True

    def is_title(self, line: Line) -> bool:
        """Whether a line of a box of other stories is the title of one, or its section's name."""
        if is_section_link(line):
            return self.leave_out(line, "related")
        is_one = not begins_related(line) and is_all_link(line)
        return is_one and not buttons.is_of_buttons(line) and self.relate(line.links)

    def relate(self, titles: Iterable[Title], reason: str = "") -> bool:
        found = tuple(Link(title, None if url == NOWHERE else url) for title, url in titles)
        text = " ".join(link.title for link in found)
        self.blocks.append(Block("related", text, related=found, reason=reason))
        return True

    def is_caption(self, line: Line, place: int) -> bool:
        is_beside = self.above or bool(self.picture)
        if captions.is_none(self.lines, place, self.blocks, is_beside=is_beside):
            return False
        before = self.blocks[-1].picture if self.blocks and not self.picture else None
        around = captions.Around(self.picture, before, self.above, self.captions)
        picture, is_rest = captions.caption_of(line, around)
        if picture is None:
            return False
        if is_rest:
            self.blocks.pop()
        url, self.picture = self.picture.image if self.picture else picture.url, None
        self.blocks.append(Block("caption", line.text, picture=replace(picture, url=url)))
        return True
