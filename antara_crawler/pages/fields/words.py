"""Words known beforehand, as towns, months, days, zones and the portals' names; names of persons.

These are told apart from each other, and from degrees, stations and desks.
"""

import re
from functools import cache
from importlib.resources import files
from itertools import repeat

from antara_crawler.portals import portals
from antara_crawler.text.quick import remembered

_NAMES = files("antara_crawler.pages.fields").joinpath("towns.txt").read_text("utf-8")
_TOWNS = frozenset("".join(name.split()).casefold() for name in _NAMES.split(","))
"""Case folded, without spaces: a town may be written in one word or two."""
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
_BETWEEN_NAMES = re.compile(
    r"(\s*[,;/|&+•·]\s*(?:(?:dan|and|serta)\s+)?|\s+[-–—]\s+|\s+(?:dan|and|serta)\s+)", re.I
)
_BESIDE_NAME = re.compile(
    r"\s+@\w+(?=$|\s)|\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\]|<[^<>]{1,60}>)"
    r"|\s+[^\s@,;<(\[]{1,60}@[^\s@,;]{1,60}"
)
_ENDS_OF_NAME = " ,;:|/•·*)-–—\t"
_FULL_STOP = re.compile(r"(?<!\b[^\W\d_])(?<!\.[^\W\d_]{2})(?<!\.[^\W\d_]{3})\.+$")
_DEGREE = re.compile(
    r"[SMADB]\.?\s?(?:[ITK]\.?)?(?:AB|AP|Ag|Ak|Ars|Cs|Ds|Ec|Eng|Farm|Fil|Gz|Han|HI?|Hum|Hut|IP|IK|Keb"
    r"|Ked|Kep|Kes|Kom|KM|KPm|Ling|Mar|Mat|Md|Ked|ME|MT|Or|PI|Pd|Pel|Pi|Psi|PSDA|Pt|Pust|Sc|Si|Sn|Sos"
    r"|ST|STP|Stat|Sy|TP|Tani|Tek|Th|Tr|Turk|A|B|E|K|M|P|S|T)\.?(?:[IKEH]\.?){0,2}(?:Kep|Keb|Kes|Gz|Pd)?\.?"
    r"|S\.?H\.?I?\.?|Ph\.?\s?D\.?|Dr\.?|Lc\.?|Jr\.?|Sr\.?|LL\.?M\.?|MBA|MPA|MPH|CPA|CA|Ak\.?|Gr\.?|Apt\.?"
    r"|Sp\.?\s?[A-Z]{1,4}\.?|Amd\.?(?:Kep|Keb|Ak)?\.?|I{1,3}|IV"
)
_WORD = r"(?:[^\W\d_][^\W\d_.'’`-]*(?:[.'’`-][^\W\d_]*)*)"
_PERSON = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,6}}")
_LOWER_CASE = re.compile(r"[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20}){0,2}")
_SMALL_WORDS = frozenset({
    "bin", "binti", "al", "de", "del", "la", "van", "von", "der", "el", "dr.", "drg.", "drh.",
    "ns.", "apt.",
})  # fmt: skip
_ELISIONS = frozenset({"d'", "d’", "l'", "l’"})
_NO_NAME = re.compile(
    r"(?:baca|berita|lihat|simak|tags?|topik|related|copyright|komentar|terkait|bagikan|share)\b.*",
    re.I,
)
_DESK = re.compile(
    r"(?:lkbn|antara|kontributor|koresponden|kontri|biro|humas|mc|media center|diskominfo|kominfo"
    r"|magang|mahasiswa|tim|dkk|pewarta|wartawan|reporter|editor|redaktur)\b\.?.*"
    r"|(?:\w+\s){1,3}(?:editor|reporter|writer|correspondent|wartawan|jurnalis)",
    re.I,
)
_OF_REGION = re.compile(r"(?:Kota|Kab(?:\.|upaten)|Prov(?:\.|insi)|Kec(?:\.|amatan))\s+[A-Z]")
_CODE = re.compile(r"@\S+|\S+@\S+|[a-z]{1,4}\d{0,3}")
_LONGEST_NAME = 60
_AGENCY = re.compile(
    r"(?:(?:lkbn|kantor\s+berita)\s+)?antara(?:\s*news)?(?:\s+\w+){0,3}|(?:tim\s+)?redaksi|admin"
    r"|indonesia",
    re.I,
)
_POST = re.compile(
    r"editor|reporters?|redak\w+|pewarta|wartawan|penulis|jurnalis|koresponden|kontributor|sta[fr]f?"
    r"|senior|muda|madya|utama|pelaksana|writers?|authors?|correspondent|desk|tim|team|biro|oleh|by",
    re.I,
)
_OF_CHANGE = re.compile(
    r"\W*(?P<word>(?P<last>terakhir\s+|last\s+)?(?:(?:di)?(?:perba(?:r|har)ui|ubah|perbaiki|mutakhirkan|update)"
    r"|revisi|pemutakhiran|pembaruan|(?:up-?dated?|modified|edited)\b)(?P<at_last>\s+terakhir\b)?)",
    re.I,
)
_TELLS_WHEN = re.compile(r"\s*(?:[:：(]|(?:pada|tanggal|on|at)\b)", re.I)
_SETS_OFF = re.compile(r"\W*[|•·(–—-]")
_GOES_ON = re.compile(r"\s*[^\W_]")
_LIKE_A_DATE = re.compile(r"\d[:.]\d\d|\b(?:19|20)\d\d\b", re.A)
_LETTERS_ALONE = bytes(
    ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)
).ljust(256)
_SAMPLE = 2_000
_OF_TWO = 2


def is_function_word(word: str) -> bool:
    """Whether a word is one of those that every sentence has and no name."""
    return word.casefold() in _INDONESIAN or word.casefold() in _ENGLISH


def is_town(text: str) -> bool:
    """Whether a text is the name of a town that is known."""
    return "".join(text.split()).casefold() in _TOWNS


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
    long = (words for each in portals().values() if len(words := each.province.split()) > _OF_TWO)
    regions |= {"".join(word[0] for word in words) for words in long}  # NTB
    region = "|".join(map(re.escape, sorted(regions, key=len, reverse=True)))
    name = (
        r"(?:ANTARA|Antara(?=\s?[Nn]ews))(?:\s?(?i:news)(?:\.com)?"
        rf"(?:\s+(?:(?i:{region})|[A-Z][a-z]+))?)?"
        r"(?:\s+[-|–—]\s+Berita\s.{1,60})?"
    )
    alone = re.compile(rf"{name}|(?i:antara\s+(?:{region}))|(?i:(?:[\w-]+\.)?antaranews\.com)")
    host = r"(?i:(?:[\w-]+\.)?antaranews\.com)"
    behind = re.compile(rf"(?:\s+(?:[-|–—»]|::)|(?<=\w)-)\s+(?:{name}|{host})$")
    return alone, behind, re.compile(region, re.I)


@remembered
def split_names(text: str) -> tuple[str, ...]:
    """Return the names in 'A, B dan C'; nothing when a part is no name of a person.

    A degree after a comma stays with its name. What stands in parentheses behind a name
    ('(Kontributor)'), or behind a stroke or comma and is a town, a desk or a writer's short sign
    ('/ Barabai', '/ikb'), says where or what the person is and is no other name.
    """
    whole = text.strip()
    if whole.startswith("(") and whole.endswith(")"):
        whole = whole[1:-1]
    bare = _BESIDE_NAME.sub("", whole).strip(_ENDS_OF_NAME).lstrip(".")
    pieces = _BETWEEN_NAMES.split(_FULL_STOP.sub("", bare) if bare.endswith(".") else bare)
    names: list[str] = []
    for joint, raw in zip(("", *pieces[1::2]), pieces[::2], strict=True):
        part = raw.strip(" *")
        if not part:
            continue
        if names and joint.strip() == "," and _DEGREE.fullmatch(part):
            names[-1] = f"{names[-1]}, {part}"
        elif names and not joint.strip().isalpha() and _is_no_other_name(part, names):
            continue
        elif is_name(part) or _is_lower_case(part):
            names.append(part)
        else:
            return ()
    return tuple(dict.fromkeys(names))


def is_name(text: str) -> bool:
    """Whether `text` is shaped like a name: up to seven words, capitals at their beginnings."""
    if len(text) > _LONGEST_NAME or not _PERSON.fullmatch(text) or _NO_NAME.fullmatch(text):
        return False
    words = text.split()
    return all(
        word[0].isupper() or word[:2] in _ELISIONS or word.casefold() in _SMALL_WORDS
        for word in words
    )


def _is_no_other_name(part: str, names: list[str]) -> bool:
    if is_town(part) or _OF_REGION.match(part) or _DESK.fullmatch(part):
        return True
    return not names[0].islower() and _CODE.fullmatch(part) is not None


def _is_lower_case(text: str) -> bool:
    is_words = _LOWER_CASE.fullmatch(text) is not None and not _NO_NAME.fullmatch(text)
    return is_words and not any(map(is_function_word, text.split()))


def is_post(text: str) -> bool:
    """Whether a word says what somebody is: 'Redaktur', and behind that 'Senior'."""
    return _POST.fullmatch(text) is not None


@remembered
def change_in(text: str) -> re.Match[str] | None:
    """Return the word of a change that speaks of a date, with the signs before it.

    'Diperbaiki' also ends headlines, and 'Pembaruan' is a section, as the crumbs beside a date
    may say: it must be a label, or begin its part of the line and go on without a sign.
    """
    for match in _OF_CHANGE.finditer(text):
        before, end = text[: match.start()], match.end()
        if match["last"] or match["at_last"] or _TELLS_WHEN.match(text, end):
            return match
        begins = not before or _SETS_OFF.match(match[0]) or _LIKE_A_DATE.search(before)
        if begins and _GOES_ON.match(text, end):
            return match
    return None


def is_person(text: str) -> bool:
    """Whether metadata names a person here, and not the agency or its desk."""
    return is_name(text) and _AGENCY.fullmatch(text) is None


def is_full_name(text: str) -> bool:
    """Whether a text is a person's whole name, and neither a place nor a post."""
    if " " not in text or not is_person(text) or any(map(is_post, text.split())):
        return False
    return not (is_town(text) or _OF_REGION.match(text) or is_word_of_site(text))
