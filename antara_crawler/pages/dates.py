"""Dates as ANTARA's pages write them, to aware datetimes; no clock, so never 'today'."""

import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb peb pebruari",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu ags agt agst aug",
            "september sep sept",
            "oktober october okt oct",
            "november nov nopember nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "myt": 8, "gmt": 0, "utc": 0}
_TIME = r"(?:[\s,|-]+(?:pukul|jam|at)?\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?![\d])\s*(am|pm)?)?"
_ZONE = r"(?:\s*\(?\b(wib|wita|wit|myt|gmt|utc)\b)?(?:\s*([+-]\d{2}):?(\d{2})\b)?"
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s-]+([a-z]{{3,9}})\.?,?[\s-]+(\d{{4}})\b{_TIME}{_ZONE}", re.I | re.A
)
_WHOLE = re.compile(rf"(?:[a-z']{{3,9}},?\s+)?{_WORDED.pattern}", re.I | re.A)
_ENGLISH = re.compile(
    rf"\b([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b{_TIME}{_ZONE}", re.I | re.A
)
_SLASHED = re.compile(
    rf"(?<![\d/])(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}})\b{_TIME}{_ZONE}", re.I | re.A
)
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b)?)?"
    rf"{_ZONE}",
    re.I | re.A,
)
_RFC_END = re.compile(r"\d:\d{2}(:\d{2})?\s+([+-]\d{4}|GMT|UT|UTC|Z)\s*$")
_AGO = re.compile(
    r"\b(\d{1,4}|se|satu|a|an|one)[\s-]*"
    r"(detik|menit|jam|hari|minggu|pekan|bulan|tahun|seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
    r"\s+(?:yang\s+)?(?:lalu|ago)\b",
    re.I | re.A,
)
_SPANS = {
    "detik": timedelta(seconds=1), "second": timedelta(seconds=1),
    "menit": timedelta(minutes=1), "minute": timedelta(minutes=1),
    "jam": timedelta(hours=1), "hour": timedelta(hours=1),
    "hari": timedelta(days=1), "day": timedelta(days=1),
    "minggu": timedelta(weeks=1), "pekan": timedelta(weeks=1), "week": timedelta(weeks=1),
    "bulan": timedelta(days=30), "month": timedelta(days=30),
    "tahun": timedelta(days=365), "year": timedelta(days=365),
}  # fmt: skip
_LONGEST = 300


def read_date(text: str, zone: str) -> datetime | None:
    """Return the first date in `text` as an aware datetime, or None when there is none.

    Read are ISO 8601, RFC 822, '17 Oktober 2023 15:47 WIB' with full and short month names in
    Indonesian and English (weekday, time and zone optional, hours unpadded) and '17/10/2023'.
    Without a zone the date is on the clock of `zone` (an IANA name); without a time, midnight.
    """
    text = text[:_LONGEST]
    clock = ZoneInfo(zone)
    for reader in (_iso, _rfc822, _worded, _english, _slashed):
        try:
            found = reader(text, clock)
        except (ValueError, OverflowError):
            continue
        if found is not None:
            return found
    return None


def has_zone(text: str) -> bool:
    """Whether the date in `text` names its own zone or offset."""
    ours = read_date(text, "Asia/Jakarta")
    return ours is not None and ours == read_date(text, "Asia/Jayapura")


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else: 'Kamis, 5 Juni 2025 10:11 WIB'."""
    match = _WHOLE.fullmatch(text) if len(text) <= _LONGEST else None
    return match is not None and match[2].lower() in _MONTHS


def has_time(text: str) -> bool:
    """Whether the date in `text` says a time of day, too."""
    return re.search(r"\d[:.]\d{2}(?!\d)", text[:_LONGEST]) is not None


def read_age(text: str) -> timedelta | None:
    """Return how long ago '5 jam lalu', 'kemarin' or 'baru saja' is, None for anything else."""
    text = text[:_LONGEST].casefold()
    match = _AGO.search(text)
    if match:
        count = int(match[1]) if match[1].isdecimal() else 1
        return count * _SPANS[match[2] if match[2] in _SPANS else match[2].removesuffix("s")]
    if re.search(r"\b(kemarin|yesterday)\b", text):
        return timedelta(days=1)
    if re.search(r"\b(baru saja|just now)\b", text):
        return timedelta(0)
    return None


def _aware(
    numbers: tuple[int, ...], zone: ZoneInfo, label: str | None, offset: str | None
) -> datetime:
    moment = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001
    if offset:
        offset = offset.replace(":", "").ljust(5, "0")
        span = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:5]))
        return moment.replace(tzinfo=timezone(-span if offset[0] == "-" else span))
    if label:
        return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES[label.lower()])))
    return moment.replace(tzinfo=timezone(zone.utcoffset(moment) or timedelta(0)))


def _clock(match: re.Match[str], first: int) -> tuple[int, int, int]:
    hour = int(match[first] or 0)
    half = (match[first + 3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour, int(match[first + 1] or 0), int(match[first + 2] or 0)


def _offset(match: re.Match[str]) -> str | None:
    hours, minutes = match.groups()[-2:]
    return f"{hours}{minutes}" if hours else None


def _iso(text: str, zone: ZoneInfo) -> datetime | None:
    match = _ISO.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, offset, label, hours, minutes = match.groups()
    numbers = tuple(int(part or 0) for part in (year, month, day, hour, minute, second))
    offset = "+0000" if offset in {"Z", "z"} else offset or (f"{hours}{minutes}" if hours else None)
    return _aware(numbers, zone, label, offset)


def _rfc822(text: str, zone: ZoneInfo) -> datetime | None:
    if not _RFC_END.search(text):
        return None
    found = parsedate_to_datetime(text.strip())
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)  # noqa: UP017


def _worded(text: str, zone: ZoneInfo) -> datetime | None:
    for match in _WORDED.finditer(text):
        month = _MONTHS.get(match[2].lower())
        if month:
            numbers = (int(match[3]), month, int(match[1]), *_clock(match, 4))
            return _aware(numbers, zone, match[8], _offset(match))
    return None


def _english(text: str, zone: ZoneInfo) -> datetime | None:
    for match in _ENGLISH.finditer(text):
        month = _MONTHS.get(match[1].lower())
        if month:
            numbers = (int(match[3]), month, int(match[2]), *_clock(match, 4))
            return _aware(numbers, zone, match[8], _offset(match))
    return None


def _slashed(text: str, zone: ZoneInfo) -> datetime | None:
    match = _SLASHED.search(text)
    if match is None:
        return None
    numbers = (int(match[3]), int(match[2]), int(match[1]), *_clock(match, 4))
    return _aware(numbers, zone, match[8], _offset(match))
