"""Says things in the reader's language: English as the source has it, Indonesian by a catalogue.

Sentences are raised, kept and given to programs in English. `tr` and `counted` say one on the
spot, for a person; `told` says one that comes from elsewhere: it finds its template.
"""

import os
import re
import tomllib
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

LANGUAGES = ("id", "en")
DOMAIN = "antara"
TOLD = "told"
"""The context of messages that come from elsewhere: only these are looked for as templates."""
LOCALE = Path(__file__).parent / "locale"
LONGEST = 2000
"""Of longer texts none is a sentence of ours."""
DEEPEST = 4
"""Sentences within each other, at most."""
SENTENCES = {
    *("cause", "cut_short", "error", "holder", "long", "meaning", "message", "pages", "reason"),
    *("remedy", "technical", "trouble", "wanted", "what", "why"),
}
"""Fields of templates that hold sentences themselves; what others hold is told as it is."""

Text = TypeVar("Text", bound=str)

_PAGE = "{url}: "
_FIGURE = re.compile(r"[\d.,%]+")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_SWAPPED = str.maketrans(",.", ".,")


def language() -> str:
    """Return 'id' or 'en': what LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for, as gettext does."""
    locale = next(filter(None, map(os.environ.get, _VARIABLES)), "C")
    if locale.partition(".")[0] in ("C", "POSIX"):
        return "en"
    asked = (os.environ.get("LANGUAGE") or locale).split(":")
    return next((each[:2] for each in asked if re.match(r"(id|en)([_.@-]|$)", each)), "en")


def tr(message: str, /, **fields: object) -> str:
    """Return a message in the reader's language, with its {fields} filled in."""
    return said(language(), message, **fields)


def said(lang: str, message: str, /, **fields: object) -> str:
    """Return a message in 'id' or 'en'."""
    text = _catalogue(lang).gettext(message) if message else ""
    return _Figures(lang).vformat(text, (), fields) if fields else text


def counted(number: int, thing: str) -> str:
    """Return a number with what it counts: 1 article, 2 articles; 1.234 artikel."""
    lang, one, more = language(), f"{{n:,}} {thing}", f"{{n:,}} {thing}s"
    return _Figures(lang).format(_catalogue(lang).ngettext(one, more, number), n=number)


def figure(value: float, form: str = ",", lang: str | None = None) -> str:
    """Return a number in the reader's language, or a given one: 1,234.5 or 1.234,5."""
    text = format(value, form)
    return text.translate(_SWAPPED) if (lang or language()) == "id" else text


@cache
def tables(file: str) -> dict[str, Any]:
    """Return what a TOML file of this package holds, by its path in it."""
    return tomllib.loads((Path(__file__).parent / file).read_text("utf-8"))


def words(table: str, file: str = "words.toml") -> dict[str, Any]:
    """Return a table of words, in English, of what has a name in the code."""
    found: dict[str, Any] = tables(file)[table]
    return found


def sentence(text: Text) -> Text:
    """Return a sentence of ours as it is: a mark that the catalogue has it, for `told`."""
    return text


def told(text: str, lang: str | None = None) -> str:
    """Return a sentence of ours in the reader's language, or a given one; others as they are."""
    lang = lang or language()
    return text if lang == "en" or len(text) > LONGEST else _told(text, lang, DEEPEST)


@lru_cache(1024)
def _told(text: str, lang: str, depth: int) -> str:
    if not text:  # under it the catalogue has its own head
        return text
    if (whole := _catalogue(lang).gettext(text)) != text:
        return whole
    for template, message in _templates(lang) if depth else ():
        if (fields := template.fields(text)) is not None:
            for name in fields.keys() & SENTENCES:
                fields[name] = _told(fields[name], lang, depth - 1)
            for name in fields.keys() & template.figures:
                fields[name] = fields[name].translate(_SWAPPED)
            parts = Formatter().parse(message)
            whole = "".join(part + fields.get(name or "", "") for part, name, *_ in parts)
            if whole != text:
                return whole
    return text


class _Figures(Formatter):
    """Formats as Python does, numbers as a language writes them."""

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def format_field(self, value: object, form: str) -> str:
        if isinstance(value, int | float) and form:
            return figure(value, form, self._lang)
        return format(value, form)


@cache
def _catalogue(lang: str) -> NullTranslations:
    return translation(DOMAIN, LOCALE, [lang], fallback=lang == "en")


class _Template:
    """An English message with fields, which is found again in what was made of it."""

    def __init__(self, message: str) -> None:
        parts = list(Formatter().parse(message))
        self.names = [name for _, name, _, _ in parts if name is not None]
        self.figures = {name for _, name, form, _ in parts if name and set(form or "") & set(",.")}
        self._literals = [part for part, *_ in parts] + [""] * (parts[-1][1] is not None)
        self.length = sum(map(len, self._literals))

    def fields(self, text: str) -> dict[str, str] | None:
        """Return what stands in the fields, None where the text was not made of this.

        A field ends where what follows it is met first, so that no text takes long.
        """
        first, *others = self._literals
        if not (text.startswith(first) and text.endswith(self._literals[-1])):
            return None
        found: dict[str, str] = {}
        place, last = len(first), len(self.names) - 1
        for number, (name, literal) in enumerate(zip(self.names, others, strict=True)):
            end = len(text) - len(literal) if number == last else text.find(literal, place)
            value = text[place:end]
            if end < place or found.setdefault(name, value) != value:
                return None
            if name in self.figures and not _FIGURE.fullmatch(value):
                return None
            if name == "url" and ": " in value:  # a sentence around an address is none
                return None
            place = end + len(literal)
        return found


@cache
def _templates(lang: str) -> list[tuple[_Template, str]]:
    """Return the templates with what they say in a language, those that say most first."""
    found = []
    # gettext has no other way to list a catalogue
    for key, said in vars(_catalogue(lang))["_catalog"].items():
        if isinstance(key, tuple):  # a count: 1 page, 2 pages
            found += [(_Template(key[0]), said), (_Template(f"{key[0]}s"), said)]
        elif key.startswith(f"{TOLD}\4"):
            message = key.removeprefix(f"{TOLD}\4")
            found.append((_Template(message), said))
            if message.startswith(_PAGE) and said.startswith(_PAGE):  # told without its page, too
                found.append((_Template(message.removeprefix(_PAGE)), said.removeprefix(_PAGE)))
    with_words = [entry for entry in found if entry[0].length]
    return sorted(with_words, key=lambda entry: -entry[0].length)
