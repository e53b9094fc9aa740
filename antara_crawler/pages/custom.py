"""Templates that a user writes in TOML: selectors for a portal, from a day on, without code."""

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from antara_crawler.errors import UsageError
from antara_crawler.pages.selectors import check_selector
from antara_crawler.pages.templates import TEMPLATES, Generic, Selectors, Template
from antara_crawler.portals import portal

PLACES = (
    "body", "title", "date", "date_room", "crumbs", "picture", "keywords", "byline", "tags",
    "without",
)  # fmt: skip
"""What of a template a user may write: each a list of selectors."""
_OTHER = ("name", "extends", "portals", "since")
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Custom:
    """A template of a user's, the portals that it is for (none: all), and its first day."""

    template: type[Template]
    portals: tuple[str, ...] = ()
    since: date | None = None

    def serves(self, portal_name: str, day: date | None) -> bool:
        """Tell whether it reads the pages of a portal that were fetched on a day."""
        if self.portals and portal_name not in self.portals:
            return False
        return self.since is None or day is None or day >= self.since


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All templates: the user's first, in their order, then the built-in ones."""

    own: tuple[Custom, ...] = ()

    def serving(self, portal_name: str, day: date | None = None) -> tuple[type[Template], ...]:
        """Return those that read a portal's pages as they were on a day."""
        own = (each.template for each in self.own if each.serves(portal_name, day))
        return (*own, *TEMPLATES)


def read_catalogue(text: str, name: str) -> Catalogue:
    """Return the templates in a TOML text; raise UsageError that names the file and the mend."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is no TOML: {error}") from None
    entries = table.pop("template", [])
    if table:
        raise UsageError(f"{name}: {next(iter(table))!r} is not known: write [[template]]")
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise UsageError(f"{name}: write each template under a line [[template]]")
    own = tuple(_custom(entry, f"{name}: template {n}") for n, entry in enumerate(entries, 1))
    return Catalogue(own)


def _custom(entry: Mapping[str, Any], where: str) -> Custom:
    known = (*_OTHER, *PLACES)
    for key in entry:
        if key not in known:
            raise UsageError(f"{where}: {key!r} is not known: use {', '.join(known)}")
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip() or name == Generic.name:
        raise UsageError(f"{where}: give it a name, such as name = 'regional-2027'")
    where = f"{where} ({name})"
    bases = {each.name: each for each in TEMPLATES}
    base = Template
    if "extends" in entry:
        if entry["extends"] not in bases:
            raise UsageError(f"{where}: extends one of {', '.join(bases)}")
        base = bases[entry["extends"]]
    elif not entry.get("body"):
        raise UsageError(f"{where}: body is missing: by it a page is recognised")
    places = {key: _selectors(entry[key], f"{where}: {key}") for key in PLACES if key in entry}
    for one in (portals := _texts(entry.get("portals", []), f"{where}: portals")):
        try:
            portal(one)
        except UsageError as error:
            raise UsageError(f"{where}: {error}") from error
    since = entry.get("since")
    if since is not None and (not isinstance(since, date) or isinstance(since, datetime)):
        raise UsageError(f"{where}: since = {since!r} is no day: write it like 2026-11-01")
    told = json.dumps([base.name if base is not Template else "", places], sort_keys=True)
    version = hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]
    made = type("Custom", (base,), {"name": f"{name}@{version}", **places})
    return Custom(made, portals, since)


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(f"{where} is no list of texts: write it like ['a', 'b']")
    return tuple(value)


def _selectors(value: object, where: str) -> Selectors:
    selectors = _texts(value, where)
    for selector in selectors:
        try:
            check_selector(selector)
        except ValueError as error:
            raise UsageError(f"{where}: {error}") from None
    return selectors


def as_toml(name: str, places: Mapping[str, Iterable[str]], **beside: Any) -> str:
    """Return a template as `read_catalogue` reads it; `beside` are portals, extends and since."""
    lines = ["[[template]]", f"name = {json.dumps(name)}"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in beside.items() if value]
    for key, selectors in places.items():
        if listed := ", ".join(json.dumps(each, ensure_ascii=False) for each in selectors):
            lines.append(f"{key} = [{listed}]")
    return "\n".join(lines) + "\n"


def built_in() -> str:
    """Return the built-in templates, in the order in which they are tried, as TOML."""
    return "\n".join(
        as_toml(each.name, {key: getattr(each, key) for key in PLACES}) for each in TEMPLATES
    )
