"""The portals that can be played: host, names, clock, towns, menu, and how numbers follow dates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from antara_crawler.portals import portals

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9, "MYT": 8}


@dataclass(frozen=True)
class Place:
    """A portal as its readers know it; `zone` is the label of its clock."""

    name: str
    zone: str
    copyright_name: str
    short: str
    towns: tuple[str, ...]

    @property
    def host(self) -> str:
        return f"{self.name}.antaranews.com"


_TOWNS = ("Sungai Raya", "Muara Teweh", "Kota Baru", "Tanjung Harapan", "Pulang Pisau")
PLACES = {
    place.name: place
    for place in (
        Place(
            "kalsel",
            "WITA",
            "ANTARA News Kalimantan Selatan",
            "Kalsel",
            ("Banjarmasin", "Barabai", "Banjarbaru", "Kandangan", "Hulu Sungai Tengah", "Tabalong"),
        ),
        Place("kalteng", "WIB", "ANTARA News Kalimantan Tengah", "Kalteng", _TOWNS),
        Place("kaltim", "WITA", "ANTARA News Kalimantan Timur", "Kaltim", _TOWNS),
        Place("jatim", "WIB", "ANTARA News Jawa Timur", "Jatim", _TOWNS),
        Place("lampung", "WIB", "ANTARA News Lampung", "Lampung", _TOWNS),
        Place("papua", "WIT", "ANTARA News Papua", "Papua", _TOWNS),
    )
}
PLACES |= {
    name: Place(name, each.zone_label, each.copyright_name, name.capitalize(), _TOWNS)
    for name, each in portals().items()
    if name not in PLACES
}
SECTIONS = (
    ("/hukum", "Hukum"),
    ("/ekonomi", "Ekonomi & Bisnis"),
    ("/pariwisata", "Pariwisata & Lingkungan Hidup"),
    ("/kabar-daerah/banjar", "Kabupaten Banjar"),
    ("/kabar-daerah/tabalong", "Tabalong"),
    ("/nasional", "Nasional"),
    ("/foto", "Foto"),
    ("/video", "Video"),
    ("/rilis-pers", "Rilis Pers"),
)
EXTRA_LISTINGS = (("/sorotan", "Sorotan"), ("/khas", "Khas Daerah"))
"""Listings beside the sections, which the faults make endless and repeating."""
FORBIDDEN = ("/khusus", "Khusus Pelanggan")
"""A listing that robots.txt forbids, though the menu names it."""

# Numbers seen with dates (pages/SITE.md, Portals).
_OWN = (
    (2011, 8000), (2014.5, 19247), (2017.02, 42642), (2018.4, 67489), (2020.17, 149258),
    (2021.29, 247814), (2022.43, 330945), (2023.2, 364545), (2024.73, 431547), (2025.95, 496552),
    (2026.6, 529420), (2030, 700000),
)  # fmt: skip
_NATIONAL = (
    (2011, 289902), (2016.1, 544165), (2019.65, 1030378), (2020.25, 1393982), (2021.8, 2478553),
    (2024.3, 4058370), (2025.4, 4845841), (2026.5, 5678453), (2030, 7000000),
)  # fmt: skip


def number_for(kind: str, at: datetime) -> int:
    """The number that an article of that moment bears: own for berita and foto, else www's."""
    year = 1970 + (at - datetime(1970, 1, 1, tzinfo=UTC)).days / 365.2425
    anchors = _OWN if kind in {"berita", "foto"} else _NATIONAL
    before = max((pair for pair in anchors if pair[0] <= year), default=anchors[0])
    after = min((pair for pair in anchors if pair[0] > year), default=anchors[-1])
    if after[0] == before[0]:
        return before[1]
    share = (year - before[0]) / (after[0] - before[0])
    return int(before[1] + share * (after[1] - before[1]))


def clock(label: str) -> timezone:
    return timezone(timedelta(hours=ZONES[label]))


def worded(at: datetime, *, time: bool = True, padded: bool = True, short: bool = False) -> str:
    """'Selasa, 17 Oktober 2023 15:47' on the clock that `at` is on."""
    month = MONTHS[at.month - 1]
    day = f"{WEEKDAYS[at.weekday()]}, {at.day} {month[:3] if short else month} {at.year}"
    if not time:
        return day
    return f"{day} {at.hour:02d}:{at.minute:02d}" if padded else f"{day} {at.hour}:{at.minute:02d}"
