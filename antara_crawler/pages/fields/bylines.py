"""Who wrote, edited and put up an article, from lines such as 'Pewarta: X' and 'Editor : Y'."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Literal

from antara_crawler.pages.fields.words import is_name, is_person, is_post, is_town, split_names
from antara_crawler.text.quick import remembered

Role = Literal["reporter", "photographer", "translator", "editor", "uploader", "designer"]

_LABELS: dict[Role, str] = {
    "reporter": "pewarta|penulis|ditulis oleh|oleh|reporters?|wartawan|jurnalis|kontributor"
    "|koresponden|correspondents?|writers?|authors?|written by|report(?:ed|ing) by|by"
    r"|(?:foto\s*(?:dan|&|/)\s*)?(?:teks|naskah)(?:\s*(?:dan|&|/)\s*foto)?"
    r"|text(?:\s*(?:and|&)\s*photos?)?",
    "photographer": r"pewarta foto|foto ?grafer|juru foto|photographer",
    "translator": "penerjemah|alih bahasa|diterjemahkan oleh|translator|translated by",
    "editor": r"editors?(?: bahasa| foto)?|(?:asisten )?redaktur(?: pelaksana)?|penyunting"
    "|(?:disunting|diedit) oleh|edited by|editing by|copy editor",
    "designer": "desain(?:er)?(?: grafis)?|(?:info)?grafis|ilustrator|videografer|designer"
    "|illustrator|videographer",
    "uploader": "uploader|pengunggah|diunggah oleh|uploaded by",
}
_ROLE = "|".join(f"(?:{forms})" for forms in (_LABELS["photographer"], *_LABELS.values()))
_JOINT = r"\s*(?:[/&,+-]|\bdan\b|\band\b)\s*"
_ASIDE = r"(?:\s*[(\[][^()\[\]:：]{1,30}[)\]])?"
"""What a label says in brackets: 'Pewarta (Kontributor):'."""
_BEHIND_NAMES = re.compile(
    r"(?<=\w)[\s|•·,–-]+\d[\d.,]{0,8}(?:\s?(?:k|rb|jt)\b)?"
    r"(?:\s(?:views?|kali|dilihat|dibaca|(?:detik|menit|jam|hari|minggu|bulan|tahun)(?: yang)? lalu"
    r"|(?:second|minute|hour|day|week|month|year)s? ago))?\s*$",
    re.I,
)
"""What a page counts, or how old it is, in one line behind the names."""
_LONGEST_LABEL = 40
# 'Pewarta: Siti BEditor : Budi' stands glued on pages: then a capital begins the label.
_LABEL = re.compile(
    rf"(?:(?<![^\W\d_])|(?=(?-i:[A-Z])))(?!oleh-oleh)(?P<roles>(?:{_ROLE})(?:{_JOINT}(?:{_ROLE}|foto)){{0,2}}){_ASIDE}\s*[:：]\s*",
    re.I,
)
_BEGIN = re.compile(
    rf"(?!oleh-oleh)\(?\s*(?:(?:{_ROLE})[^:：]{{0,{_LONGEST_LABEL}}}[:：]|oleh\s|by\s)", re.I
)
_NAMES_FIRST = re.compile(
    rf"\(?(?=[A-Z])[^:：.]{{5,90}}[\s,|/•·–—-](?:{_LABELS['editor']}|{_LABELS['translator']})\s*[:：]",
    re.I,
)
_ROLES_ALONE = re.compile(rf"(?:{_ROLE})(?:{_JOINT}(?:{_ROLE})){{0,2}}", re.I)
_ANY_LABEL = re.compile(
    rf"(?:(?<![^\W\d_])|(?=(?-i:[A-Z])))(?P<roles>{_ROLES_ALONE.pattern}){_ASIDE}(?:\s*[:：|;.,/»>–—-]{{1,2}}\s*|\s+|(?-i:(?<=[a-z])))(?=(?-i:[A-Z]))",
    re.I,
)
_HEADS = frozenset({
    "ali", "asi", "aut", "by ", "cop", "cor", "des", "die", "dis", "dit", "diu", "edi", "fot",
    "gra", "ill", "ilu", "inf", "jur", "kon", "kor", "nas", "ole", "pen", "pew", "pho", "red",
    "rep", "tek", "tex", "tra", "upl", "vid", "war", "wri",
})  # fmt: skip
_TAILS = frozenset({
    "arta", "ulis", "rter", "awan", "alis", "utor", "nden", "itor", "ktur", "ting", "afer", "emah",
    "ator", "ader",
})  # fmt: skip
_LAST = frozenset("aghnrs)AGHNRS")
_PARTS_OF_LINE = re.compile(r"\s*[|,()•·–—/]\s*|\s+-\s+")
_BEFORE_LINE = "-–—•·*|/» \t"
_ONE_ROLE = re.compile(_ROLE, re.I)
_FORMS = {role: re.compile(forms, re.I) for role, forms in reversed(_LABELS.items())}
_UNCOLONED = re.compile(r"(?:(?:Oleh|OLEH)\s+|(?:By|BY)\s+(?=\S+\s))(?=[A-Z])")
_UNCOLONED_HEADS = frozenset({"ol", "by"})
_SPELLED: dict[str, Role] = {
    **dict.fromkeys(("pewarta", "penulis", "wartawan", "kontributor", "reporter"), "reporter"),
    **dict.fromkeys(("editor", "redaktur", "penyunting"), "editor"),
    **dict.fromkeys(("uploader", "pengunggah"), "uploader"),
}
"""Labels that are known though a letter is wrong."""
_MAY_BE_MISSPELT = re.compile(r"([EKPRUW][A-Za-z]{4,11})\s*[:：]\s*(?=[A-Z])")
_NEAR = 0.9
"""So like are a word of seven letters and the same with one more or less."""
_PHOTO = re.compile(r"(?:foto|photos?)(?:\s+(?:oleh|by))?\s*:\s*", re.I)
_LONGEST = 300
_LONGEST_NAMED = 120
_FEWEST_UNCOLONED = 2


@dataclass(frozen=True, slots=True)
class Byline:
    """One labelled part of a byline and the names in it, as written."""

    role: Role
    names: tuple[str, ...]


def may_be_label(text: str) -> bool:
    """Whether a text begins or ends as a role does."""
    if text[:3].lower() in _HEADS:
        return len(text) <= _LONGEST and not text.endswith(".")
    return text[-1:] in _LAST and text.rstrip(")")[-4:].lower() in _TAILS


@remembered
def read_byline(text: str, *, uncoloned: bool = False) -> tuple[Byline, ...]:
    """Return the roles and names in a line, or nothing when the line is not wholly a byline.

    With `uncoloned`, where names are awaited, a role needs no colon: 'Pewarta Siti Aminah'; nor
    do two anywhere: 'Pewarta Siti Aminah Editor Budi Karim'. There it may also stand behind the
    names: 'Siti Aminah | Pewarta'.

    Labels may follow each other without a break ('Pewarta: A BEditor : C'), and one label may
    say several roles ('Pewarta/Editor: A'). A label without a name has none ('Editor :').
    """
    if text[:1] in _BEFORE_LINE:
        text = text.lstrip(_BEFORE_LINE)
    is_coloned = ":" in text or "：" in text
    is_one = is_coloned or text.lstrip("(")[:2].lower() in _UNCOLONED_HEADS
    begins = is_one and len(text) <= _LONGEST and _BEGIN.match(text)
    found = _parsed(text) if begins or (is_coloned and _NAMES_FIRST.match(text)) else ()
    if may_be_label(text):
        least = max(len(found) + 1, 1 if uncoloned else _FEWEST_UNCOLONED)
        found = _without_colons(text, least) or found
    if not found and is_coloned:
        return _misspelt(text)
    return found or (before_roles(text) if uncoloned else ())


def photo_byline(text: str) -> tuple[Byline, ...]:
    """Return who took the photo in 'Foto: Siti Aminah', which is a byline beside others alone."""
    match = _PHOTO.match(text)
    names = split_names(text[match.end() :]) if match and len(text) <= _LONGEST else ()
    return (Byline("photographer", names),) if names else ()


def label_of(text: str, below: str = "") -> Sequence[Role]:
    """Return the roles when the line is a label alone ('Pewarta:'), its names being the next.

    It needs no colon when the line `below` is names and no more.
    """
    if len(text) > _LONGEST_LABEL:
        return ()
    if ":" not in text and "：" not in text:
        is_alone = below and _ROLES_ALONE.fullmatch(text) and split_names(below)
        return _roles(text) if is_alone else ()
    match = _LABEL.fullmatch(text)
    return _roles(match["roles"]) if match else ()


def are_bylines(texts: Sequence[str]) -> bool:
    """Whether lines are bylines, or labels with names below them, of others than photographers, and
    nothing else.
    """
    if any(len(text) > _LONGEST for text in texts):
        return False
    if over := before_roles(" | ".join(texts)):  # each name above its role
        return all(byline.role != "photographer" for byline in over)
    named = False
    for text, below in zip(texts, (*texts[1:], ""), strict=False):
        roles = [byline.role for byline in read_byline(text)] or label_of(text, below)
        if "photographer" in roles or not (roles or split_names(text)):
            return False
        named = named or bool(roles)
    return named


def _misspelt(text: str) -> tuple[Byline, ...]:
    """'Pewata: Siti Aminah': a label with a letter too many, too few or in another's place.

    Another letter in its stead may make another word: pewarna, hartawan.
    """
    match = _MAY_BE_MISSPELT.match(text)
    if match is None:
        return ()
    word, names = match[1].lower(), split_names(text[match.end() :])
    if not names or not all(" " in name and is_person(name) for name in names):
        return ()
    near = get_close_matches(word, _SPELLED, 1, _NEAR)
    near += [label for label in _SPELLED if sorted(label) == sorted(word)]
    return (Byline(_SPELLED[near[0]], names),) if near else ()


@remembered
def _parsed(text: str) -> tuple[Byline, ...]:
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    labels = list(_LABEL.finditer(text))
    begin = text[: labels[0].start()] if labels else text
    found = (_uncoloned(begin) or _unlabelled(begin, labels)) if begin.strip() else []
    if begin.strip() and not found:
        return ()
    if not labels:
        return tuple(found)
    for label, rest in _parts(text, labels):
        names = split_names(_BEHIND_NAMES.sub("", rest))
        if not names and any(map(str.isalnum, rest)):
            return ()
        found += [Byline(role, names) for role in _roles(label["roles"])]
    return tuple(found)


def _parts(text: str, labels: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each label with what stands behind it, up to the next one."""
    ends = [label.start() for label in labels[1:]]
    for label, end in zip(labels, (*ends, len(text)), strict=True):
        yield label, text[label.end() : end]


@lru_cache(maxsize=500)
def _roles(label: str) -> tuple[Role, ...]:
    """Return the roles that a label names, in order: two for 'Pewarta/Editor'."""
    roles: list[Role] = []
    for one in _ONE_ROLE.findall(label):
        roles += [role for role, form in _FORMS.items() if form.fullmatch(one)][:1]
    return tuple(dict.fromkeys(roles))


def _uncoloned(text: str) -> list[Byline]:
    """'Oleh Nama Orang', as features begin or end; no sentence ('Oleh Bupati ….') is one."""
    match = _UNCOLONED.match(text)
    names = split_names(text[match.end() :]) if match and not text.endswith(".") else ()
    return [Byline("reporter", names)] if names and all(map(_is_written_name, names)) else []


def _unlabelled(text: str, labels: Sequence[re.Match[str]]) -> list[Byline]:
    """Names before the label of another role are the writers': 'Siti Aminah, Editor: Budi K.'"""
    if not labels or "reporter" in _roles(labels[0]["roles"]):
        return []
    names = split_names(text.strip(" ,|/–—-•·"))
    is_written = all(" " in name and _is_written_name(name) for name in names)
    return [Byline("reporter", names)] if names and is_written else []


@lru_cache(maxsize=2000)
def _without_colons(text: str, least: int) -> tuple[Byline, ...]:
    """Return the roles and names of a line with `least` labels, which may have no colon."""
    labels = list(_ANY_LABEL.finditer(text))
    if len(labels) < least or labels[0].start():
        return ()
    found: list[Byline] = []
    for label, rest in _parts(text, labels):
        names = split_names(rest.strip(" |•·-–—/"))
        if not names or not all(map(_is_written_name, names)):
            return ()
        found += [Byline(role, names) for role in _roles(label["roles"])]
    return tuple(found)


def before_roles(text: str) -> tuple[Byline, ...]:
    """Return the names of a line, each with the role behind it; nothing where more stands there."""
    if len(text) > _LONGEST_NAMED or text.rstrip(")")[-4:].lower() not in _TAILS:
        return ()
    found: list[Byline] = []
    names: list[str] = []
    for part in filter(None, _PARTS_OF_LINE.split(text)):
        if names and _ROLES_ALONE.fullmatch(part):
            found += [Byline(role, tuple(names)) for role in _roles(part)]
            names = []
        elif " " in part and _is_written_name(part):
            names.append(part)
        else:
            return ()
    return () if names else tuple(found)


def _is_written_name(text: str) -> bool:
    return is_name(text.partition(",")[0]) and not (is_town(text) or is_post(text))
