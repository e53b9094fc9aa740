"""The lines at an article's foot: copyright, notice, and how they stand glued together."""

import re
from collections.abc import Iterable, Sequence

from antara_crawler.pages.fields.bylines import label_of, read_byline
from antara_crawler.pages.fields.dates import is_date_among_words, parted_at_date
from antara_crawler.pages.fields.words import change_in, is_full_name
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.stories.links import beside_links
from antara_crawler.text import is_prose
from antara_crawler.text.quick import remembered

_SIGN = r"(?:(?:[ÃÂ]‚?){0,3}©|ï¿½|\ufffd{1,3}|\?|\(c\))"
"""The sign, also encoded twice or lost."""
_YEARS = r"(?:19|20)\d\d(?!\d)(?:\s?[–—-]\s?(?:19|20)\d\d(?!\d))?+"
_HOST = r"(?:[\w-]+\.){0,2}antaranews\.com\b"
_COPYRIGHT = re.compile(
    rf"(?:copyright|hak cipta)?\s*{_SIGN}\s*"
    rf"(?:(?:lkbn\s+)?antara\b(?:\s+[^\W\d_]+){{0,5}}?|{_HOST})(?:\s*[,|–—-])?\s*{_YEARS}(?![\"”’']*,?\s+(?-i:[a-z]))"
    rf"|(?:(?:copyright|hak cipta)\s*|^){_SIGN}\s*{_YEARS}\s+(?:perum\s+)?(?:lkbn\s+)?"
    r"(?-i:ANTARA|Antara)\b(?:\s+(?-i:[A-Z])\w+){0,5}+(?![\"”’']*,?\s+(?-i:[a-z]))",
    re.I,
)
"""What goes on in lower case behind the year is a sentence about such a line."""
_NAME = rf"(?:{_HOST}|(?-i:[A-Z][\w.&]*|dan|of))"
_COPYRIGHT_ALONE = re.compile(
    rf"(?:(?:copyright|hak cipta)\s*{_SIGN}|©)\ufe0f?\s*(?=\S)(?:{_YEARS}[\s,.|-]*)?"
    rf"(?:{_NAME}(?:[\s,|-]+{_NAME}){{0,7}}[\s,|-]*)?(?:{_YEARS})?[\s,.|-]*"
    r"(?:(?:all rights|seluruh hak|hak cipta)\b.{0,60})?"
    rf"|copyright\s*[@:]?\s*(?-i:ANTARA)\b(?-i:(?:\s+[A-Z]\w*){{0,4}})\s+{_YEARS}\W*",
    re.I,
)
"""Behind the sign stand a year or names, and no sentence that speaks of one."""
_NOTICE = re.compile(
    r"(?!.*,\s*(?:kata|ujar|tutur|ucap|ungkap|jelas|tegas|sebut|tulis|demikian)(?:nya)?\b)"
    r"dilarang keras\s+(?:mengambil konten\b|(?=.*\bizin\b)(?=.*(?:\bkonten\b|(?-i:\bANTARA\b))))",
    re.I,
)
_ENDS_NOTICE = re.compile(r"\bANTARA\b\W*$")
_TERMS = re.compile(
    r"\W{0,3}(?:(?:perhatian|peringatan|catatan|notice|disclaimer)\W{1,3})?(?:any )?"
    r"(?=(?:dilarang|tidak diper(?:bolehkan|kenankan)|unauthori[sz]ed|prohibited|no part of"
    r"|(?:it is )?(?:strictly )?(?:prohibited|forbidden)|all rights reserved|seluruh hak cipta)\b)"
    r"(?:.*\b(?:izin|permission|consent)\b.*\b(?-i:ANTARA)\b|.*\b(?-i:ANTARA)\b.*\b(?:izin|permission"
    r"|consent)\b|all rights reserved\W*$|seluruh hak cipta.{0,40}$)",
    re.I,
)
_GLUED = re.compile(
    rf"(?<=[^\s\"“‘'(])\s*(?=(?:copyright|hak cipta)\s*{_SIGN})"
    r"|(?<=\d{4})\s*(?=dilarang keras\b)",
    re.I,
)
_BEGINS = ("copyright", "hak cipta", "dilarang keras")
"""How what is glued to a line begins, or a line of its own."""
_CORRECTION = re.compile(
    r"\W{0,3}(?:ralat|koreksi|catatan (?:redaksi|editor)|hak jawab|correction|editor['’]s note)"
    r"(?:\s*\([^()]{1,40}\))?\s*[:：–-]\s*\S",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d\.?", re.A)
_UNCOLONED = frozenset({"ol", "by", "di"})
"""How a byline or a notice begins that has no colon."""
TAG_PAGE = re.compile(
    r"(?:https?://[\w.-]+)?/(?:(?:en|id|blog|news|berita|artikel)/)?(?:tags?|tagar|hashtags?"
    r"|topi(?:k|cs?)|labels?|kata-?kunci|keywords?|th?emas?|isu|subjects?|subjek)/[^/]",
    re.I,
)
"""The address of a page of all articles with a tag, whatever a portal calls it."""
_BARS = re.compile(r"\s*\|?\s*([:：])\s*\|?\s*")
_BARS_OF_HEAD = re.compile(r"\s*[|•·●]\s*|\s+[-–—/]\s+")
_MAY_PART = re.compile(r"[|•·●]|\s[–—/-]\s|\s(?:Oleh|OLEH|By|BY)\s")
_BEFORE_DATE = re.compile(r"\s+(?:pada|on|at)$")
_BEHIND_PICTURE = re.compile(r"(.{2,60}?)\s+((?:Oleh|OLEH|By|BY)\s+(.+))")
_KEYWORDS = re.compile(r"id\s+(?:(?![.!?]\s)[^,]){1,60}(?:,(?:(?![.!?]\s)[^,]){1,60}){1,50}")
_MARKS = ",|•·●-–—/()"
_LONGEST_HEAD = 150
_GLANCE = 40
_SHORT = 100
_FIRST_LETTERS = frozenset("BbOoDdCc©HhPp")
_LONGEST_COPYRIGHT = 200
_LONGEST_BYLINE = 300
_LONGEST_NOTICE = 600
_MOST_NOTICE_LINES = 3
_LEAST_TOLD = _FEW_TOLD = _WORDS_TOLD = 4


@remembered
def is_copyright(text: str) -> bool:
    """Whether a line is 'COPYRIGHT © ANTARA News Kalimantan Selatan 2023' or the like.

    The sign may have been encoded twice ('Â©').
    """
    if not _is_signed(text):
        return False
    match = _COPYRIGHT.match(text)
    if match is not None and match.end() >= len(text.rstrip(" .")):
        return True
    return len(text) <= _LONGEST_COPYRIGHT and _COPYRIGHT_ALONE.fullmatch(text) is not None


@remembered
def _is_signed(text: str) -> bool:
    if not text.isascii() and ("©" in text or "\ufffd" in text):
        return True
    if text[:9].lower() == "copyright":
        return True
    return "(" in text and ("(c)" in text or "(C)" in text)


def is_notice(text: str) -> bool:
    """Whether a line is the notice 'Dilarang keras mengambil konten …'.

    A sentence may begin with 'Dilarang keras', too: the notice speaks of content, or of the
    agency and its permission.
    """
    return text[:1] in {"D", "d"} and _NOTICE.match(text) is not None


def is_keywords(text: str) -> bool:
    """Whether a line is a page's language and its keywords: 'id banjir, tanggul, desa'."""
    return text[:2] == "id" and _KEYWORDS.fullmatch(text) is not None


def is_terms(text: str) -> bool:
    """Whether a line behind a foot line says what may not be done with the page."""
    return len(text) <= _LONGEST_NOTICE and _TERMS.match(text) is not None


@remembered
def is_foot_text(text: str) -> bool:
    """Whether a byline, a copyright line or the notice is in the text."""
    return bool(
        read_byline(text[:_LONGEST_BYLINE])
        or label_of(text)
        or (_is_signed(text) and _COPYRIGHT.search(text))
        or is_notice(text)
    )


def ends_article(line: Line) -> bool:
    """Whether a line behind the text ends it: a byline, a copyright line, a row of tags."""
    if line.mark == "left out" or not line.text:
        return False
    if line.links and all(TAG_PAGE.match(url or "") for _, url in line.links):
        return not (is_prose(line.text) or " " in beside_links(line).strip(" :,|•·#"))
    return may_be_foot(line.text) and is_foot_text(line.text)


def is_correction(line: Line) -> bool:
    """Whether a line corrects the article: it belongs to what a reader reads."""
    if line.links or line.mark == "left out":
        return False
    return _CORRECTION.match(line.text) is not None


def without_bars(line: Line) -> str:
    """Return the text of a line; that of a row of a table 'Pewarta | : | Siti' without bars."""
    return _BARS.sub(r"\1", line.text) if line.mark == "row" else line.text


def apart(lines: Iterable[Line], *, above: bool = False) -> list[Line]:
    """Return the lines as the foot lines they are: glued ones parted, broken ones whole.

    Lines of a header, `above` the body or `aside`, are parted at their date and their bars.
    """
    given = list(lines)
    found: list[Line] = []
    place = 0
    while place < len(given):
        line = given[place]
        place += 1
        if (above or line.aside) and len(items := items_of(line)) > 1:
            found += [part for item in items for part in _parts(item)]
        elif may_be_foot(line.text):
            found += _parts(line)
            for _ in range(_broken_off(found[-1].text, given[place : place + _MOST_NOTICE_LINES])):
                found[-1] = found[-1]._replace(text=f"{found[-1].text} {given[place].text}")
                place += 1
        else:
            found.append(line)
    return found


def items_of(line: Line) -> Sequence[Line]:
    """Return the items of a header's line, which may hold section, date, names and counters."""
    text = line.text
    if line.mark not in {"text", "item", "foot"} or line.image:
        return (line,)
    if len(text) > _LONGEST_HEAD or text.endswith((".", "!", "?")):
        return (line,)
    before, date, behind = parted_at_date(text, timed=False)
    names = [name for each in read_byline(text) for name in each.names] if "/" in text else []
    if not (date or _MAY_PART.search(text)) or (names and all(map(is_full_name, names))):
        return (line,)
    is_set_off = before.rstrip()[-1:] in _MARKS and behind.lstrip()[:1] in _MARKS
    texts = [*_BARS_OF_HEAD.split(before), date, *_BARS_OF_HEAD.split(behind)]
    items = [part for each in texts for part in _at_name(_bare(each))]
    items = [item for item in items if item and not item.endswith(":")]
    if len(items) < 2 or not (
        parted_at_date(date)[1]
        or any(map(read_byline, items))
        or (is_set_off and all(i == date or is_full_name(i) for i in items))
    ):
        return (line,)
    return tuple(
        line._replace(text=item, links=tuple(link for link in line.links if link[0] in item))
        for item in items
    )


def is_dated(line: Line, *, may_tell: bool) -> bool:
    """Whether a line is one of a header: a date and few words, or items. Of one that `may_tell`
    what was then words are left in lower case: '<date>: Relawan bantu warga'.
    """
    text = line.text
    is_date = is_date_among_words(text) and not text.endswith(".")
    if not (is_date or len(items_of(line)) > 1):
        return False
    before, date, behind = parted_at_date(text)
    is_head = before.strip(" (") or change_in(behind) or is_foot_text(behind.lstrip(" ,|-"))
    if is_head or not (may_tell and date):
        return True
    words = [word for word in behind.split() if word.isalpha() and word.islower()]
    told = sum(len(word) >= _LEAST_TOLD for word in words)
    _, colon, said = behind.rpartition(":")
    return told < _FEW_TOLD and not (told and colon and said.count(" ") >= _WORDS_TOLD)


def _bare(text: str) -> str:
    """Return an item without the signs around it; '(Kontributor)' behind a name stays whole."""
    bare = text.strip(" ,-–—/|•·()")
    return f"{bare})" if bare.count("(") > bare.count(")") else bare


def _at_name(text: str) -> Sequence[str]:
    """Part 'Foto Siti Aminah Oleh Siti Aminah' in two; drop the word that joins a date."""
    match = _BEHIND_PICTURE.fullmatch(text)
    is_hers = match is not None and not set(match[1].split()).isdisjoint(match[3].split())
    return match.groups()[:2] if match and is_hers else (_BEFORE_DATE.sub("", text),)


@remembered
def may_be_foot(text: str) -> bool:
    """Whether a look is worth while: nearly no line of a body is a foot line."""
    is_whole = text[:1] in _FIRST_LETTERS or len(text) <= _SHORT
    near = text if is_whole else text[:_GLANCE]
    if ":" in near or "：" in near or text.lstrip("(")[:2].lower() in _UNCOLONED:
        return True
    return _is_signed(text)


def _broken_off(text: str, below: Sequence[Line]) -> int:
    """Return how many of the lines `below` are the rest of a foot line that a `<br>` broke.

    A copyright line goes on with its year; a notice up to the agency's name, or in lower case.
    """
    if _is_signed(text) and below:
        return int(_YEAR.fullmatch(below[0].text) is not None and is_copyright(text))
    more = 0
    if text[:8].lower() != "dilarang" or _ENDS_NOTICE.search(text):
        return more
    for count, line in enumerate(below, start=1):
        is_one = bool(line.text) and line.mark != "left out" and not is_foot_text(line.text)
        if not is_one or text.endswith(".") or len(text) + len(line.text) > _LONGEST_NOTICE:
            break
        was_notice, text = is_notice(text), f"{text} {line.text}"
        if is_notice(text) and _ENDS_NOTICE.search(text):
            return count
        if was_notice and more == count - 1 and line.text[0].islower():
            more = count
    return more


def _parts(line: Line) -> Iterable[Line]:
    if line.image or line.mark == "left out" or not is_foot_text(line.text):
        return (line,)
    is_whole = not _is_signed(line.text) or _COPYRIGHT.search(line.text)  # no words of a sentence
    behind = line.text[1:].casefold() if is_whole else ""
    may_be_glued = any(begin in behind for begin in _BEGINS)
    parts: list[str] = []
    for part in _GLUED.split(line.text) if may_be_glued else [line.text]:
        match = _COPYRIGHT.match(part)
        if match and match.end() < len(part.rstrip(" .")) and not is_copyright(part):
            parts += [part[: match.end()], part[match.end() :]]
        else:
            parts.append(part)
    stripped = [part.strip() for part in parts if part.strip()]
    return (line,) if len(stripped) == 1 else tuple(Line(part, line.mark) for part in stripped)
