"""Days and moments in words, Indonesian or English."""

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from antara_crawler.portals import portals
from antara_crawler.wording import tables

_NAMES: dict[str, dict[str, list[str]]] = tables("dates.toml")
DAYS, SHORT_DAYS, MONTHS = (_NAMES[each] for each in ("days", "short_days", "months"))
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}


def day(on: date, lang: str) -> str:
    """Return a day as '17 Oktober 2023'."""
    return f"{on.day} {MONTHS[lang][on.month - 1]} {on.year}"


def moment(at: datetime, lang: str, portal: str | None = None) -> str:
    """Return an aware time on its own clock: 'Selasa, 17 Oktober 2023 pukul 15.47 WITA'.

    `portal` decides what to call an offset that two countries share (WITA, MYT).
    """
    name = DAYS[lang][at.weekday()]
    return f"{name}, {day(at.date(), lang)} {_clock(at, lang)} {zone(at, portal)}"


def stamp(at: datetime, lang: str) -> str:
    """Return an aware time of ours on its own clock: '1 Maret 2026 pukul 01.00 UTC'."""
    return f"{day(at.date(), lang)} {_clock(at, lang)} {zone(at)}"


def _clock(at: datetime, lang: str) -> str:
    return f"pukul {at:%H.%M}" if lang == "id" else f"{at:%H:%M}"


def local(at: datetime, portal: str) -> datetime:
    """Return an aware time on a portal's own clock; of one we do not know, as it is."""
    known = portals().get(portal)
    return at.astimezone(ZoneInfo(known.zone)) if known else at


def zone(at: datetime, portal: str | None = None) -> str:
    """Return what people call the offset of an aware time: WIB, WITA, WIT, UTC or UTC+05:30."""
    offset = at.utcoffset() or timedelta()
    known = portals().get(portal or "")
    if known is not None and at.astimezone(ZoneInfo(known.zone)).utcoffset() == offset:
        return known.zone_label
    hours = offset / timedelta(hours=1)
    if hours in _ZONES:
        return _ZONES[int(hours)]
    return str(timezone(offset))
