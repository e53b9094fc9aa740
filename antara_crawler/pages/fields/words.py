"""Words known beforehand: towns, months, days, zones, the portals' names, function words."""

import re
from functools import cache
from importlib.resources import files
from itertools import repeat

from antara_crawler.portals import portals

_NAMES = files("antara_crawler.pages.fields").joinpath("towns.txt").read_text("utf-8")
TOWNS = frozenset(" ".join(name.split()).casefold() for name in _NAMES.split(","))
"""Case folded."""
_NAMES_OF_MONTHS = (
    "januari january", "februari february pebruari", "maret march mrt", "april", "mei may",
    "juni june", "juli july", "agustus august agt agst ags ag", "september",
    "oktober october", "november nopember", "desember december",
)  # fmt: skip
_SHORTEST = 3
MONTHS = {
    name[:length]: number
    for number, names in enumerate(_NAMES_OF_MONTHS, start=1)
    for name in names.split()
    for length in range(min(len(name), _SHORTEST), len(name) + 1)
}
"""Every month by its names, whole or cut behind three letters or more: 'Agust', 'Sept'."""
WEEKDAYS = (
    "senin|selasa|rabu|kamis|jum['’`]?at|juma['’`]?t|sabtu|minggu|ahad"
    "|sen|sel|rab|kam|jum|sab|min|ming"
    "|(?:mon|tues?|wednes|thurs?|fri|satur|sun)day|mon|tues?|wed|thurs?|fri|sat|sun"
)
ZONES = {
    "wib": 7, "wita": 8, "wit": 9, "myt": 8, "gmt": 0, "utc": 0, "ut": 0, "z": 0,
    "waktu indonesia barat": 7, "waktu indonesia tengah": 8, "waktu indonesia timur": 9,
    "asia/jakarta": 7, "asia/pontianak": 7, "asia/makassar": 8, "asia/ujung_pandang": 8,
    "asia/jayapura": 9, "asia/kuala_lumpur": 8,
}  # fmt: skip
_INDONESIAN = frozenset({
    "yang", "dan", "di", "ke", "dari", "untuk", "dengan", "pada", "ini", "itu", "adalah", "akan",
    "tidak", "juga", "dalam", "oleh", "telah", "sudah", "kata", "bahwa", "saat", "para", "karena",
    "sebagai", "tersebut", "ada", "mereka", "kami", "kita", "ia", "dia", "bisa", "dapat",
    "hingga", "secara", "serta", "atau", "saya", "agar", "lebih", "tahun", "warga", "masih",
    "harus", "antara", "bagi", "seperti",
})  # fmt: skip
_ENGLISH = frozenset({
    "the", "of", "and", "to", "in", "is", "was", "were", "that", "for", "with", "on", "by", "at",
    "from", "as", "it", "this", "has", "have", "had", "be", "been", "are", "said", "will",
    "would", "not", "his", "her", "they", "their", "which", "he", "she", "we", "an", "who",
    "after", "also", "its", "but", "more", "than",
})  # fmt: skip
_COUNTS = {word.encode(): 1 for word in _ENGLISH} | {word.encode(): -1 for word in _INDONESIAN}
_OF_PORTAL = re.compile(
    r"\b(?:antara|antaranews(?:\.com)?|berita|daerah|hari ini|indonesia|kabar|news|online|portal"
    r"|terbaru|terkini)\b",
    re.I,
)
_LETTERS_ALONE = bytes(
    ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)
).ljust(256)
_SAMPLE = 2_000


def is_function_word(word: str) -> bool:
    """Whether a word is one of those that every sentence has and no name."""
    return word.casefold() in _INDONESIAN or word.casefold() in _ENGLISH


def language_of(text: str) -> str:
    """Return 'en' when English function words outnumber Indonesian ones, else 'id'."""
    letters = text[:_SAMPLE].encode("ascii", "replace").translate(_LETTERS_ALONE)
    return "en" if sum(map(_COUNTS.get, letters.split(), repeat(0))) > 0 else "id"


def is_site_name(text: str) -> bool:
    """Whether a text is a portal's name and nothing else: 'ANTARA News Kalimantan Selatan'."""
    return site_names()[0].fullmatch(text) is not None


def is_word_of_site(text: str) -> bool:
    """Whether a keyword says no more than that this is a portal's news: 'berita', 'Kalteng'."""
    words = _OF_PORTAL.sub(" ", text).strip()
    return not words or site_names()[2].fullmatch(words) is not None


@cache
def site_names() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a portal's name alone, of one behind a title, and of its region."""
    regions = {name for each in portals().values() for name in (each.name, each.province)}
    regions |= {each.copyright_name.removeprefix("ANTARA News ") for each in portals().values()}
    region = "|".join(map(re.escape, sorted(regions, key=len, reverse=True)))
    name = (
        rf"(?:ANTARA|Antara(?=\s?[Nn]ews))(?:\s?(?i:news)(?:\.com)?(?:\s+(?i:{region}))?)?"
        r"(?:\s+[-|–—]\s+Berita\s.{1,60})?"
    )
    alone = re.compile(rf"{name}|(?i:antara\s+(?:{region}))|(?i:(?:[\w-]+\.)?antaranews\.com)")
    host = r"(?i:(?:[\w-]+\.)?antaranews\.com)"
    behind = re.compile(rf"(?:\s+(?:[-|–—»]|::)|(?<=\w)-)\s+(?:{name}|{host})$")
    return alone, behind, re.compile(region, re.I)
