"""Who wrote, edited and put up an article, from lines such as 'Pewarta: X' and 'Editor : Y'."""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["reporter", "translator", "editor", "uploader"]

_ROLES: dict[str, Role] = {
    "pewarta": "reporter", "penulis": "reporter", "oleh": "reporter", "reporter": "reporter",
    "wartawan": "reporter", "kontributor": "reporter", "pewarta foto": "reporter",
    "writer": "reporter", "written by": "reporter",
    "penerjemah": "translator", "penerjemah/editor": "translator", "translator": "translator",
    "translated by": "translator",
    "editor": "editor", "redaktur": "editor", "penyunting": "editor", "edited by": "editor",
    "uploader": "uploader", "pengunggah": "uploader", "uploaded by": "uploader",
}  # fmt: skip
_NAMES_OF_ROLES = "|".join(sorted(map(re.escape, _ROLES), key=len, reverse=True))
_LABEL = re.compile(rf"({_NAMES_OF_ROLES})\s*:\s*", re.I)
_UNCOLONED = re.compile(r"(?:Oleh|OLEH)\s+(?=[A-Z])")
_BETWEEN = re.compile(r"\s*[,;/|&+]\s*|\s+(?:dan|and)\s+", re.I)
_DEGREE = re.compile(
    r"[SMAD]\.?(?:I\.?)?(?:Ag|Ak|Eng|Farm|Gz|HI?|Hum|Hut|IP|Kom|Keb|Ked|Kep|Kes|Ling|Md|Or|Pd|Psi|Pt|Sc"
    r"|Si|Sos|Th|Tr|AP|A|E|M|P|T)\.?(?:I\.?)?|Ph\.?\s?D\.?|Lc\.?|Jr\.?"
)
_WORD = r"(?:[^\W\d_][^\W\d_.'’`-]*(?:[.'’`-][^\W\d_]*)*)"
_PERSON = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,6}}")
_LOWER_CASE = re.compile(r"[^\W\d_]{2,20}(?:\s[^\W\d_]{2,20}){0,2}")
_SMALL_WORDS = frozenset({"bin", "binti", "al", "de", "van", "von", "der", "el"})
_AGENCY = re.compile(
    r"(?:lkbn\s+)?antara(?:\s*news)?(?:\s+\w+){0,3}|redaksi|admin|tim\s+redaksi", re.I
)
_LONGEST_LABEL = 40
_LONGEST_NAME = 60
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Byline:
    """One labelled part of a byline and the names in it, as written."""

    role: Role
    names: tuple[str, ...]


def read_byline(text: str) -> tuple[Byline, ...]:
    """Return the roles and names in a line, or nothing when the line is not wholly a byline.

    Labels may follow each other without a break ('Pewarta: A BEditor : C').
    """
    if ":" not in text[:_LONGEST_LABEL] and text[:4].casefold() != "oleh":
        return ()
    if len(text) > _LONGEST or not (_LABEL.match(text) or _UNCOLONED.match(text)):
        return ()
    begin, *parts = _LABEL.split(text)
    found = _uncoloned(begin)
    if begin.strip() and not found:
        return ()
    for label, rest in zip(parts[::2], parts[1::2], strict=True):
        names = split_names(rest)
        if not names and rest.strip(" .-"):
            return ()
        found.append(Byline(_ROLES[label.casefold()], names))
    return tuple(found)


def label_of(text: str) -> Role | None:
    """Return the role when the line is a label alone ('Pewarta:'), its names being the next."""
    match = _LABEL.fullmatch(text) if len(text) <= _LONGEST_LABEL else None
    return _ROLES[match[1].casefold()] if match else None


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in 'A, B dan C'; nothing when a part is no name of a person.

    A degree after a comma stays with its name.
    """
    names: list[str] = []
    for raw in _BETWEEN.split(text.strip(" .-–\t")):
        part = raw.strip()
        if not part:
            continue
        if names and _DEGREE.fullmatch(part):
            names[-1] = f"{names[-1]}, {part}"
        elif is_name(part) or _LOWER_CASE.fullmatch(part):
            names.append(part)
        else:
            return ()
    return tuple(dict.fromkeys(names))


def is_name(text: str) -> bool:
    """Whether `text` is shaped like a name: up to seven words, capitals at their beginnings."""
    if len(text) > _LONGEST_NAME or not _PERSON.fullmatch(text):
        return False
    words = text.split()
    return all(word[0].isupper() or word.casefold() in _SMALL_WORDS for word in words)


def is_person(text: str) -> bool:
    """Whether metadata names a person here, and not the agency or its desk."""
    return is_name(text) and _AGENCY.fullmatch(text) is None


def _uncoloned(text: str) -> list[Byline]:
    """'Oleh Nama Orang', as features begin or end; no sentence ('Oleh Bupati ….') is one."""
    match = _UNCOLONED.match(text)
    names = split_names(text[match.end() :]) if match and not text.endswith(".") else ()
    return [Byline("reporter", names)] if names and all(map(_is_written_name, names)) else []


def _is_written_name(text: str) -> bool:
    return is_name(text.partition(",")[0])
