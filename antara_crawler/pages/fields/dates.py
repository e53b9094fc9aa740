"""Dates as ANTARA's pages write them, to aware datetimes; no clock, so never 'today'."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from antara_crawler.pages.fields.words import MONTHS, WEEKDAYS, ZONES, change_in
from antara_crawler.text.quick import beginning, remembered

_LABEL = "|".join(sorted(ZONES, key=len, reverse=True))
# Minified pages glue the next word to the label: 'WIBwaktu baca 2 menit'.
_ENDS = r"(?![a-z_/])|(?-i:(?<=WIB|WIT)|(?<=WITA))(?=(?-i:[A-Z]?[a-z]))"
_HOURS = r"(?:0\d|1[0-4])"
_OFFSET = (
    rf"[+-]{_HOURS}:?[0-5]\d(?!\d)|(?<=\d)[+-]{_HOURS}(?![\d:])|(?<=\s)\+{_HOURS}(?=\s*$)"
    r"|(?:(?<=[a-z])|(?<=[a-z]\s))\+(?:1[0-4]|0?\d)(?![\d:])|(?<=gmt|utc)-(?:1[0-2]|0?\d)(?![\d:])"
)
_ZONE = (
    rf"(?:\s*\(?(?:(?P<label>{_LABEL})(?:{_ENDS}))?"
    rf"(?:\s*\(?(?:gmt|utc)?\s*?(?P<offset>{_OFFSET}))?\)?)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s?:\s?|\.)(?P<minute>\d{2}|(?<=:)\d(?!\d))(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?(?!\d)"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
)
_JOINT = r"[\s,;|/•·()@–—-]"
_AT = r"(?:(?:pukul|jam|pkl|pk|at|waktu|time)\b(?:\s(?:tayang|terbit))?\s*[.:|]?)?\s*"
_GLUED = r"(?=\d{1,2}[:.]\d\d(?!\d))"
"""Where a time begins right behind a year: elements with nothing between them."""
_TO_TIME = rf"{_JOINT}+(?:pada\s+)?{_AT}|pukul\s*|(?<=\d){_GLUED}"
_TIME = rf"(?:(?:{_TO_TIME}){_CLOCK}{_ZONE})?"
_ENDS_YEAR = rf"(?:(?!\d)|{_GLUED})"
_YEAR = (
    rf"(?P<year>\d{{4}}{_ENDS_YEAR}"
    r"|['’]?\d{2}(?=\s*$|[\s,|(]+(?:pukul|pkl|jam)?\W{0,3}\d{1,2}[:.]\d{2}))"
)
_FLAGS = re.I | re.A
_WORDED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+(?P<month>[a-z]{{2,9}})[\s.,/-]+{_YEAR}{_TIME}",
    _FLAGS,
)
_ENGLISH = re.compile(
    rf"\b(?P<month>[a-z]{{2,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_ENDS_YEAR}"
    rf"{_TIME}",
    _FLAGS,
)
_NUMBERED = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:\s*(?P<mark>[/-])\s*|\.)(?P<month>\d{1,2})(?(mark)\s*(?P=mark)\s*|\.)"
    rf"(?(mark){_YEAR}|(?P<whole_year>\d{{4}}){_ENDS_YEAR}){_TIME}",
    _FLAGS,
)
# PHP prints the zone's name for a 'T' that its writer forgot to escape: '2023-10-17WITA15:47:12'.
_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    rf"{_ENDS_YEAR}(?:(?:\s*(?:t|(?P<between>{_LABEL})|[a-z]{{2,5}}(?=[\d:]{{5,8}}\s?[+-]\d\d))\s*"
    rf"|{_TO_TIME}){_CLOCK}{_ZONE})?",
    _FLAGS,
)
_FORMS = (_ISO, _WORDED, _ENGLISH, _NUMBERED)
_WHOLE_ISO = re.compile(rf"[\d-]{{8,10}}T[\d:]{{6,8}}(?P<offset>[+-]{_HOURS}:?[0-5]\d)", re.A)
"""What metadata say, nearly always."""
_TIME_BEFORE = re.compile(
    rf"(?<![\d:.]){_CLOCK}{_ZONE}[\s,|•·/–—-]+(?:(?:{WEEKDAYS})[\s,]+)?$", _FLAGS
)
CLOCK_ALONE = re.compile(
    rf"{_JOINT}*{_AT}{_CLOCK}{_ZONE}(?P<rest>[\s|).]*|\s*[|•·–—-]\s*(?!\d{{1,2}}[:.]\d\d).{{1,25}})",
    _FLAGS,
)
"""A line that is a time of day, with no more than a counter: 'Pukul 10.11 WIB'."""
_ZONE_ALONE = re.compile(rf"\(?(?:{_LABEL})\)?", _FLAGS)
_LONGEST_CLOCK, _MOST_ITEMS = 60, 3
_TWO_NUMBERS = re.compile("[0-9][^0-9]+[0-9]")
"""What each date has: a text without it, as most headlines are, needs no closer look."""
_NEAR = 60
_BEFORE_DATE = re.compile(
    r"(?:(?:di)?(?:terbitkan|publikasikan|muat|tayang(?:kan)?|posting)|terbit|tanggal|pada|hari"
    rf"|published|posted|date|on|[\s:|,•·(-]|(?:{WEEKDAYS})\b\.?)*",
    re.I,
)
_may_begin = beginning(
    *("di", "te", "pu", "mu", "ta", "po", "pa", "ha", "da", "on"),
    *("ah", "fr", "ju", "ka", "mi", "mo", "ra", "sa", "se", "su", "th", "tu", "we"),
    *(name[:2] for name in MONTHS),
)  # fmt: skip
"""The first two letters of what may begin a line that is a date."""
_WEEKDAY_BEFORE = re.compile(rf"(?:{WEEKDAYS})[\s,.(]*$", re.I)
_OF_PUBLICATION = re.compile(
    r"\b(?:(?:di)?(?:terbitkan|publikasikan|tayangkan)|terbit|tayang|published|posted)\b\W*", re.I
)
_LONGEST, _FEW_LETTERS = 300, 60
_MIDDAY, _MIDNIGHT = 12, 24


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found in a text: the moment, and what of it the text itself says."""

    moment: datetime
    zone: str | None
    """The zone as the text names it ('WITA', '+07:00'); None when it names none."""
    timed: bool
    """Whether the text says a time of day, too."""
    begin: int
    end: int


def find_date(text: str, zone: str) -> Stamp | None:
    """Return the first date in `text`, or None when there is none that is whole and possible.

    Read are ISO 8601, RFC 822, '17 Okt 2023 pukul 15.47 WIB' with month names in Indonesian
    and English, whole or cut short, 'October 17, 2023 3:47 PM' and '17/10/2023'; the time may
    stand before the date. Without a zone the date is on the clock of `zone` (an IANA name);
    without a time, midnight.
    """
    said = _first_date(text[:_LONGEST])
    if said is None or said.zone is not None:
        return said
    try:
        span = ZoneInfo(zone).utcoffset(said.moment.replace(tzinfo=None)) or timedelta(0)
    except OverflowError:
        return None
    moment = said.moment.replace(tzinfo=timezone(span))
    return Stamp(moment, None, said.timed, said.begin, said.end)


@remembered
def _first_date(text: str) -> Stamp | None:
    """Return the first date, on the clock of UTC where the text names no zone.

    A page's own date is looked at several times: in its place, and as a line of the header.
    """
    whole = _WHOLE_ISO.fullmatch(text)
    if whole:
        try:
            return Stamp(datetime.fromisoformat(text), whole["offset"], True, 0, len(text))
        except ValueError:
            pass  # 24:00:00, which other forms may read
    if not _TWO_NUMBERS.search(text):
        return None
    for form in _FORMS:
        for match in form.finditer(text):
            try:
                found = _stamp(match, text)
            except (ValueError, OverflowError):
                continue
            if found is not None:
                return found
    return None


def read_date(text: str, zone: str) -> datetime | None:
    """Return the first date in `text` as an aware datetime (see `find_date`), or None."""
    found = find_date(text, zone)
    return found.moment if found else None


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else: 'Terbit: Kamis, 5 Juni 2025 10:11 WIB'."""
    if len(text) > _LONGEST or not _may_begin(text[:2]) or not _TWO_NUMBERS.search(text):
        return False
    found = _first_date(text)
    if found is None or text[found.end :].strip(" .|)"):
        return False
    return _BEFORE_DATE.fullmatch(text, 0, found.begin) is not None


def with_clock(texts: Sequence[str], place: int) -> str:
    """Return the text at a `place`; a date without a time of day with the clock that stands alone
    behind it, else before it. Other items of a row, as names and counters, may stand between.
    """
    text = texts[place]
    found = _first_date(text[:_LONGEST])
    if found is None or found.timed or text[found.end :].strip(" .|),-"):
        return text
    behind = _clock_in(texts[place + 1 : place + 1 + _MOST_ITEMS])
    clock = behind or _clock_in(texts[max(0, place - _MOST_ITEMS) : place][::-1])
    return f"{text} {clock}".rstrip()


def _clock_in(texts: Sequence[str]) -> str:
    """Return the first text that is a time of day, with its zone, if no other date is before it."""
    for place, text in enumerate(texts):
        if match := CLOCK_ALONE.fullmatch(text[:_LONGEST_CLOCK]):
            zone = next(filter(_ZONE_ALONE.fullmatch, texts[place + 1 :][:1]), "")
            return f"{text[: match.start('rest')]} {zone}"
        if not text or len(text) > _LONGEST_CLOCK or _first_date(text) is not None:
            break
    return ""


def parted_at_date(text: str, *, timed: bool = True) -> tuple[str, str, str]:
    """Return what stands before the date in a line, the date, and what stands behind it.

    A date comes with its day of the week, and with the word of a change that it is of. One without
    a time of day counts where `timed` is false.
    """
    found = _first_date(text) if len(text) <= _LONGEST and _TWO_NUMBERS.search(text) else None
    if found is None or (timed and not found.timed):
        return text, "", ""
    change = change_in(text[: found.end])
    begin = change.start("word") if change else found.begin
    if change is None or begin > found.begin:
        begin = found.begin
        day = _WEEKDAY_BEFORE.search(text, max(0, begin - _NEAR), begin)
        begin = day.start() if day else begin
    return text[:begin], text[begin : found.end], text[found.end :]


def is_date_among_words(text: str) -> bool:
    """Whether a line is a date, with its time of day, and a few words beside it."""
    date = parted_at_date(text)[1]
    return bool(date) and len(text) - len(date) < _FEW_LETTERS


def is_line_of_dates(text: str) -> bool:
    """Whether a header's line is a date, perhaps with that of a change."""
    change = change_in(text)
    if change is None:
        return is_date(text)
    before = text[: change.start()].strip()
    return is_date(of_change(text)) and (not before or is_date(before))


def beside_change(text: str) -> str:
    """Return a line without what it tells of a change ('Diperbarui: …'): what stands before that,
    else what it says of the publication behind it, or nothing.
    """
    change = change_in(text)
    if change is None or change.start():
        return text[: change.start()] if change else text
    match = _OF_PUBLICATION.search(text)
    return text[match.end() :] if match else ""


def of_change(text: str) -> str:
    """Return what a line says behind the word of a change ('Diperbarui: …'), '' where none is."""
    change = change_in(text)
    return text[change.end() :].lstrip(" :(") if change else ""


def _stamp(match: re.Match[str], text: str) -> Stamp | None:
    said = match.groupdict()
    month: str = said["month"]
    number = int(month) if month.isdecimal() else MONTHS.get(month.lower())
    if number is None:
        return None
    begin = match.start()
    if said["hour"] is None:
        before = _TIME_BEFORE.search(text, max(0, begin - _NEAR), begin)
        if before:
            said |= before.groupdict()
            begin = before.start()
    day = datetime(_year(said.get("whole_year") or said["year"]), number, int(said["day"]))  # noqa: DTZ001
    moment = day + _time_of_day(said)
    label = said["label"] or said.get("between")
    span, name = _offset(label, said["offset"]) or (timedelta(0), None)
    moment = moment.replace(tzinfo=timezone(span))
    return Stamp(moment, name, said["hour"] is not None, begin, match.end())


def _year(text: str) -> int:
    digits = text.strip("'’")
    return int(digits) if len(digits) > len("23") else 2000 + int(digits)


def _time_of_day(said: dict[str, str | None]) -> timedelta:
    """Return the time since midnight; raise ValueError for one that no clock shows."""
    hour, minute, second = (int(said[each] or 0) for each in ("hour", "minute", "second"))
    half = (said["half"] or "").lower()
    if half and hour <= _MIDDAY:
        hour = hour % _MIDDAY + (_MIDDAY if half == "p" else 0)
    if hour > _MIDNIGHT or minute > 59 or second > 60 or (hour == _MIDNIGHT and minute + second):
        raise ValueError(f"no time of day: {hour}:{minute}:{second}")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _offset(label: str | None, offset: str | None) -> tuple[timedelta, str] | None:
    """Return the offset that a zone's label or numbers say, and how they say it."""
    if offset:
        digits = offset.strip(" +-").replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("14") else (digits, "0")
        span = timedelta(hours=int(hours), minutes=int(minutes))
        return (-span if offset[0] == "-" else span), offset.strip()
    if label:
        return timedelta(hours=ZONES[label.lower()]), label
    return None
