"""Names of persons in a byline, apart from each other and from degrees, stations and desks."""

import re

from antara_crawler.pages.fields.words import TOWNS, is_function_word

_BETWEEN = re.compile(
    r"(\s*[,;/|&+•·]\s*(?:(?:dan|and|serta)\s+)?|\s+[-–—]\s+|\s+(?:dan|and|serta)\s+)", re.I
)
_ASIDE = re.compile(
    r"\s+@\w+(?=$|\s)|\s*(?:\([^()]{1,60}\)|\[[^\[\]]{1,60}\]|<[^<>]{1,60}>)"
    r"|\s+[^\s@,;<(\[]{1,60}@[^\s@,;]{1,60}"
)
_ENDS = " ,;:|/•·*)-–—\t"
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
    "bin", "binti", "al", "de", "van", "von", "der", "el", "dr.", "drg.", "drh.", "ns.", "apt.",
})  # fmt: skip
_ELISIONS = frozenset({"d'", "d’", "l'", "l’"})
_NO_NAME = re.compile(
    r"(?:baca|berita|lihat|simak|tags?|topik|related|copyright|komentar|terkait|bagikan|share)\b.*",
    re.I,
)
_AGENCY = re.compile(
    r"(?:lkbn\s+)?antara(?:\s*news)?(?:\s+\w+){0,3}|redaksi|admin|tim\s+redaksi", re.I
)
_DESK = re.compile(
    r"(?:lkbn|antara|kontributor|koresponden|kontri|biro|humas|mc|media center|diskominfo|kominfo"
    r"|magang|mahasiswa|tim|dkk|pewarta|wartawan|reporter|editor|redaktur)\b\.?.*",
    re.I,
)
_OF_REGION = re.compile(r"(?:Kota|Kab(?:\.|upaten)|Prov(?:\.|insi)|Kec(?:\.|amatan))\s+[A-Z]")
_CODE = re.compile(r"@\S+|\S+@\S+|[a-z]{1,4}\d{0,3}")
_LONGEST_NAME = 60


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in 'A, B dan C'; nothing when a part is no name of a person.

    A degree after a comma stays with its name. What stands in parentheses behind a name
    ('(Kontributor)'), or behind a stroke or comma and is a town, a desk or a writer's short sign
    ('/ Barabai', '/ikb'), says where or what the person is and is no other name.
    """
    whole = text.strip()
    if whole.startswith("(") and whole.endswith(")"):
        whole = whole[1:-1]
    pieces = _BETWEEN.split(_FULL_STOP.sub("", _ASIDE.sub("", whole).strip(_ENDS).lstrip(".")))
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


def is_person(text: str) -> bool:
    """Whether metadata names a person here, and not the agency or its desk."""
    return is_name(text) and _AGENCY.fullmatch(text) is None


def _is_no_other_name(part: str, names: list[str]) -> bool:
    if part.casefold() in TOWNS or _OF_REGION.match(part) or _DESK.fullmatch(part):
        return True
    return not names[0].islower() and _CODE.fullmatch(part) is not None


def _is_lower_case(text: str) -> bool:
    is_words = _LOWER_CASE.fullmatch(text) is not None and not _NO_NAME.fullmatch(text)
    return is_words and not any(map(is_function_word, text.split()))
