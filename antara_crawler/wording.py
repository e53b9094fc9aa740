"""Says things in the reader's language: English as the source has it, Indonesian by a catalogue.

Sentences are raised, kept and given to programs in English. `tr` and `counted` say one on the
spot, for a person; `told` says one that comes from elsewhere: it finds its template.
"""

import os
import re
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from string import Formatter
from typing import TypeVar

LANGUAGES = ("id", "en")
DOMAIN = "antara"
TOLD = "told"
"""The context of messages that come from elsewhere: only these are looked for as templates."""
LOCALE = Path(__file__).parent / "locale"
LONGEST = 2000
"""Of longer texts none is a sentence of ours."""
SENTENCES = {
    *("cause", "cut_short", "error", "holder", "long", "meaning", "message", "pages", "reason"),
    *("remedy", "technical", "trouble", "wanted", "what", "why"),
}
"""Fields of templates that hold sentences themselves; what others hold is told as it is."""

Text = TypeVar("Text", bound=str)

_FIGURE = "__figure"
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


def msgid(text: str) -> str:
    """Return a message as it is: a mark that the catalogue has it, for `tr`."""
    return text


def sentence(text: Text) -> Text:
    """Return a sentence of ours as it is: a mark that the catalogue has it, for `told`."""
    return text


def told(text: str, lang: str | None = None) -> str:
    """Return a sentence of ours in the reader's language, or a given one; others as they are."""
    lang = lang or language()
    if lang == "en" or not text or len(text) > LONGEST:
        return text
    if (whole := _catalogue(lang).gettext(text)) != text:
        return whole
    for longest, template, said in _templates(lang):
        if longest in text and (match := _pattern(template).fullmatch(text)):
            fields = {n: _field(n, value, lang) for n, value in match.groupdict().items()}
            parts = Formatter().parse(said)
            whole = "".join(part + fields.get(_group(*rest[:2]), "") for part, *rest in parts)
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


@cache
def _templates(lang: str) -> list[tuple[str, str, str]]:
    """Return the templates, those that say most first: longest part, both wordings."""
    found = []
    # gettext has no other way to list a catalogue
    for key, said in vars(_catalogue(lang))["_catalog"].items():
        if isinstance(key, tuple):  # a count: 1 page, 2 pages
            templates = [key[0], f"{key[0]}s"]
        else:
            templates = [key.removeprefix(f"{TOLD}\4")] if key.startswith(f"{TOLD}\4") else []
        for template in templates:
            parts = [part for part, *_ in Formatter().parse(template)]
            found.append((sum(map(len, parts)), max(parts, key=len), template, said))
    return [entry[1:] for entry in sorted(found, key=lambda entry: -entry[0])]


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pattern, seen = "", set[str]()
    for part, name, form, _ in Formatter().parse(template):
        group = _group(name, form)
        wanted = r"[\d.,%]+" if group.endswith(_FIGURE) else ".*?"
        known = f"(?P={group})" if group in seen else f"(?P<{group}>{wanted})"
        pattern += re.escape(part) + (known if group else "")
        seen.add(group)
    return re.compile(pattern, re.DOTALL)


def _group(name: str | None, form: str | None) -> str:
    """Return what a field is called where it is found; a figure is one with a comma or a point."""
    figure = form and re.search(r"[,.]", form)
    return f"{name or ''}{_FIGURE if figure else ''}"


def _field(name: str, value: str, lang: str) -> str:
    if name.endswith(_FIGURE):
        return value.translate(_SWAPPED)
    return told(value, lang) if name in SENTENCES else value
