"""Words known beforehand: towns, months, days, zones, what tells Indonesian from English."""

from importlib.resources import files
from itertools import repeat

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
