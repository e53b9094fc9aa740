"""What a box is that stands among paragraphs and holds none: told by what is in it, not by a name.

A picture with its words, titles of stories with their label, a form, a call to follow. A box that
is none of these may hold one: then each part of it is asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from antara_crawler.pages.blocks.buttons import (
    is_call,
    is_furniture,
    leads_away,
    leads_to_own_channel,
)
from antara_crawler.pages.blocks.credits import ends_in_day, is_told, read_caption
from antara_crawler.pages.blocks.footer import is_correction, is_foot_text
from antara_crawler.pages.blocks.leaving import PROFILE
from antara_crawler.pages.fields.bylines import are_bylines
from antara_crawler.pages.fields.datelines import is_lead
from antara_crawler.pages.fields.dates import is_date_among_words, parted_at_date
from antara_crawler.pages.lines.lines import OF_LINK, Box, Line, tag_of
from antara_crawler.pages.stories.labels import PROMOTED, is_advert_label
from antara_crawler.pages.stories.links import is_all_link, is_story
from antara_crawler.pages.stories.offers import are_linked_figures, is_offer, says_page
from antara_crawler.pages.stories.related import begins_related
from antara_crawler.pages.style.element_style import Mark
from antara_crawler.text import LONG_WORDS, is_prose

OF_PARAGRAPHS = frozenset({"text", "quote", "lead", "foot"})
"""The marks that a paragraph may have."""
_ENDS = (".", "!", "?", "…", '"', "”", ":", ",", ";")
"""How what is said ends; labels of a page have no such end."""
_MOST_SENTENCES = 2
_LONGEST_SAID = 75
"""What a box says of itself is short: half a body with a button or a call in it says more."""
_MOST_OF_CAPTION = 3
_LONGEST_CAPTION = 700
_LONGEST_UNSIGNED = 80
_MOST_LABELS = 2
_OF_PICTURE = frozenset({"caption", "figure"})
_LONGEST_LABEL = 60
_MOST_OF_FORM = 12
_MOST_OF_CALL = 4
_FORM = 2
_ENTRY = 100
"""How much of a form an element to enter something makes a box; a button counts one."""
_MOST_OF_ADVERT = 4
_LONGEST_ADVERT = 400
_QUOTES = frozenset('"“”„«»')
_DATED = re.compile(r"/(?:19|20)\d\d/\d\d/\d\d/")
"""In the address of a picture: it is an article's, and nobody's portrait."""
_OF_SITE = re.compile(
    r"\W*(?:berita\s+)?(?:ter|paling )?(?:baru|hangat|kini|popul[ae]r|utama|viral|banyak)\b"
    r"|\W*(?:latest|most |popular|top (?:news|stories)|trending)",
    re.I,
)
"""How a list of stories is called that is of the whole site, and of no article."""
_TYPED_NUMBER = re.compile(r"\d{1,3}[.)]\s")


def name_insert(lines: list[Line], box: Box, around: str = "") -> bool:
    """Mark the lines of a box without a paragraph as what the box is; whether that is known.

    `around` is the place that the paragraphs stand in.
    """
    held = list(enumerate(lines[box.first : box.end], start=box.first))
    span = range(box.first, box.end)
    texts = [n for n, line in held if line.text and line.mark != "left out"]
    images = [n for n, line in held if line.image]
    found = [lines[n] for n in texts]
    if not images and _is_form(found, box.fields):
        for n in span:
            if is_prose(lines[n].text):
                mark_as(lines, n, "left out", "form")
            else:
                lines[n] = lines[n]._replace(aside="form")
    elif _is_call([*found, *(line for _, line in held if line.reason == OF_LINK)]):
        _leave_out(lines, span, "call to follow")
    elif _are_links_away(found) or _is_of_page(found, held, around):
        _leave_out(lines, span, "advert or button")
    elif images and are_bylines([line.text for line in found]):
        _leave_out(lines, (n for n in images if not _DATED.search(lines[n].image or "")), PROFILE)
    elif _are_stories(found):
        is_of_site = any(_OF_SITE.match(line.text) for line in found if not line.links)
        for n in (*texts, *images):
            is_title = is_all_link(lines[n]) and not is_of_site
            is_label = lines[n].text and not lines[n].links
            if lines[n].links and begins_related(lines[n]):
                continue  # it names what it links to
            reason = "" if is_title else "label" if is_label else "related"
            mark_as(lines, n, "related" if is_title else "left out", reason)
    else:
        return len(images) == 1 and bool(texts) and _is_picture(lines, images[0], texts)
    return True


def _is_of_page(found: Sequence[Line], held: Sequence[tuple[int, Line]], around: str) -> bool:
    """Whether a box is what a page says of itself, and nothing of an article's head or foot."""
    if any(line.mark in _OF_PICTURE or is_of_head(line) for line in found):
        return False
    return says_page(found, around) or are_linked_figures(found) or is_offer([n for _, n in held])


def name_advert(lines: list[Line], box: Box) -> bool:
    """Mark a small box with an advert's label and a link; whether it is one.

    The label begins it; or ends it, below a title that leads to another site.
    """
    if not any(is_advert_label(lines[n].text) for n in (box.first, box.end - 1)):
        return False
    texts = [line for line in lines[box.first : box.end] if line.text and line.mark != "left out"]
    if not 1 < len(texts) <= _MOST_OF_ADVERT:
        return False
    label, *rest = texts if is_advert_label(texts[0].text) else (texts[-1], *texts[:-1])
    if sum(len(line.text) for line in rest) > _LONGEST_ADVERT or any(map(is_of_head, rest)):
        return False
    is_sure = PROMOTED.fullmatch(label.text) is None
    first = label if label is texts[0] and label.links else rest[0]
    is_away = all(is_all_link(line) and leads_away(line) for line in ([first] if is_sure else rest))
    is_headed = is_sure and label is texts[0] and any(line.links for line in rest)
    if not (is_away or is_headed):
        return False
    _leave_out(lines, range(box.first, box.end), "advert or button")
    return True


def name_offer(lines: list[Line], box: Box) -> bool:
    """Mark a small box behind the foot with a link alone, to no story; whether it is one."""
    texts = [n for n in range(box.first, box.end) if lines[n].text]
    found = [lines[n] for n in texts if lines[n].mark != "left out"]
    if not found or len(found) > _MOST_OF_CALL or any(map(is_of_head, found)):
        return False
    links = [line for line in found if line.links and is_all_link(line)]
    said = [line.text for line in found if is_prose(line.text)]
    is_short = sum(map(len, said)) <= _MOST_SENTENCES * _LONGEST_SAID
    if not (links and is_short) or any(is_story(url) for line in links for _, url in line.links):
        return False
    _leave_out(lines, texts, "below the text")
    return True


def is_of_head(line: Line) -> bool:
    """Whether a line is the headline, or has a date or a byline."""
    return is_headline(line) or bool(parted_at_date(line.text)[1]) or is_foot_text(line.text)


def is_headline(line: Line) -> bool:
    """Whether a line stands in an h1."""
    return tag_of(line.place) == "h1"


def _is_form(found: Sequence[Line], fields: int) -> bool:
    if fields < _FORM or len(found) > _MOST_OF_FORM:
        return False
    if any(is_headline(line) or is_foot_text(line.text) for line in found):
        return False
    said = [line.text for line in found if is_prose(line.text)]
    if fields < _ENTRY and not all(text.endswith("?") for text in said):
        return False  # buttons alone stand below a question
    return len(said) <= _MOST_SENTENCES and sum(map(len, said)) <= _MOST_SENTENCES * _LONGEST_SAID


def _is_call(lines: Sequence[Line]) -> bool:
    """Whether a box says no more than where the agency may be followed, with a link there."""
    linked = [line for line in lines if line.links]
    if not linked or len(lines) > _MOST_OF_CALL or not all(map(is_call, linked)):
        return False
    for line in lines:
        is_long = len(line.text) > _LONGEST_SAID or not _QUOTES.isdisjoint(line.text)
        if is_long and is_prose(line.text) and not line.links:
            return False  # a page says little of itself, and quotes nobody
    if any(line.mark == "quote" for line in lines) and not all(map(leads_to_own_channel, linked)):
        return False  # what somebody posted is quoted, too
    return not any(map(is_of_head, lines))


def _are_links_away(lines: Sequence[Line]) -> bool:
    """Whether a box is a label and, below it, several links to other sites that are no list."""
    label, *linked = lines or [Line("", "text")]
    if not linked or label.links or not may_be_label(label) or label.text.endswith(":"):
        return False
    if any(line.mark in {"item", "row"} or not is_all_link(line) for line in linked):
        return False
    return sum(len(line.links) for line in linked) > 1 and all(map(leads_away, linked))


def _are_stories(lines: Sequence[Line]) -> bool:
    """Whether a box holds titles of stories, and beside them only labels and when they came."""
    linked = [line for line in lines if _leads_to_story(line)]
    others = [line for line in lines if line not in linked]
    if len(linked) > 1 and others[:1] == [lines[0]] and lines[0].mark == "quote":
        others[0] = lines[0]._replace(mark="text")  # a list in a box for quotations: no pull-quote
    if not linked or len(others) > _MOST_LABELS + len(linked):
        return False
    are_said = all(is_prose(line.text) and line.text.rstrip('"”')[-1] == "." for line in linked)
    is_list = any(line.number or _TYPED_NUMBER.match(line.text) for line in linked)
    if not others and (are_said or is_list):
        return False  # a sentence, or a numbered list, is of the text, though its items are links
    return all(map(may_be_label, others))


def _leads_to_story(line: Line) -> bool:
    if not line.links or not all(is_story(url) for _, url in line.links):
        return False
    is_title = is_all_link(line) and not is_headline(line)
    return is_title and not is_date_among_words(line.links[0][0])


def may_be_label(line: Line) -> bool:
    """Whether a line is short, and neither a sentence nor anything that has a name."""
    if line.mark in {*_OF_PICTURE, "quote"} or len(line.text) > _LONGEST_LABEL:
        return False
    return not (is_prose(line.text) or is_headline(line) or is_foot_text(line.text))


def _is_picture(lines: list[Line], image: int, texts: Sequence[int]) -> bool:
    """Mark the words in the box of a picture as its caption, or an advert as what it is."""
    words = [lines[n] for n in texts]
    if len(words) == 1 and is_furniture(words[0].text):
        mark_as(lines, image, "left out", "advert or button")
        return False
    if len(words) > _MOST_OF_CAPTION or image > texts[0] or not all(_may_be_caption(words)):
        return False
    for n in texts:
        mark_as(lines, n, "figure", "")
    return True


def _may_be_caption(lines: Sequence[Line]) -> Iterator[bool]:
    yield sum(len(line.text) for line in lines) <= _LONGEST_CAPTION
    for line in lines:
        is_bare = line.mark in OF_PARAGRAPHS and not line.links
        yield is_bare and not (is_lead(line) or is_of_head(line))
    # Sentences beside a picture are a paragraph: of a caption one is signed, or it says little.
    said = [line for line in lines if is_prose(line.text)]
    is_text = any(tag_of(line.place) == "p" or is_told(line.text) for line in said)
    is_signed = any(read_caption(line.text, beside_picture=True) for line in lines)
    is_signed = is_signed or all(ends_in_day(x.text) and not x.place.endswith(">p") for x in lines)
    yield is_signed or (not is_text and sum(len(line.text) for line in said) <= _LONGEST_UNSIGNED)


def _leave_out(lines: list[Line], places: Iterable[int], reason: str) -> None:
    for n in places:
        mark_as(lines, n, "left out", reason)


def mark_as(lines: list[Line], n: int, mark: Mark, reason: str) -> None:
    """Give a line of `lines` another mark, unless it is left out."""
    if lines[n].mark != "left out":
        lines[n] = lines[n]._replace(mark=mark, reason=reason)


def is_sentence(line: Line) -> bool:
    """Whether a line may be a paragraph: a sentence that is no mere link."""
    return line.mark in OF_PARAGRAPHS and is_prose(line.text) and not is_all_link(line)


def is_long(line: Line) -> bool:
    """Whether a line is said by its length, though its full stop was forgotten."""
    return line.text.count(" ") >= LONG_WORDS and not line.links and "|" not in line.text


def is_said(line: Line) -> bool:
    """Whether a line is words of somebody, and no label of a page; a verse is in another script."""
    if (text := line.text).endswith(_ENDS) or is_prose(text) or is_correction(line):
        return True
    letters = [] if text.isascii() else [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any(letter < "\u0250" for letter in letters)
