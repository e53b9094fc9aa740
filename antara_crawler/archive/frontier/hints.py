"""What feeds and cards said of a page, as its row keeps it: of each kind the latest."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from antara_crawler.items import Hint

Kept = Mapping[str, Mapping[str, Any]]
"""By source, what it said."""


def hints_of(kept: Kept | None) -> tuple[Hint, ...]:
    """Return what a row keeps as hints."""
    return tuple(_hint(source, said) for source, said in (kept or {}).items())


def with_hints(kept: Kept | None, hints: tuple[Hint, ...]) -> Kept | None:
    """Return what a row is to keep; the same object where nothing new was said.

    A time that only says again about when it was, as '5 jam lalu' does each hour, is not new. The
    section is the first in whose listing the page stood.
    """
    new = {hint.source: hint for hint in hints if not _is_known(hint, kept)}
    if not new:
        return kept
    found: dict[str, Mapping[str, Any]] = dict(kept or {})
    for source, hint in new.items():
        section = found.get(source, {}).get("section") or hint.section
        said = {
            "title": hint.title,
            "teaser": hint.teaser,
            "section": section,
            "at": hint.published_at and hint.published_at.isoformat(),
            "within": round(hint.within.total_seconds()),
        }
        found[source] = {name: value for name, value in said.items() if value}
    return found


def _hint(source: Any, said: Mapping[str, Any]) -> Hint:
    at = said.get("at")
    within = timedelta(seconds=said.get("within", 0))
    moment = datetime.fromisoformat(at) if at else None
    return Hint(source, said.get("title"), said.get("teaser"), said.get("section"), moment, within)


def _is_known(hint: Hint, kept: Kept | None) -> bool:
    if not kept or hint.source not in kept:
        return False
    before = _hint(hint.source, kept[hint.source])
    if (before.title, before.teaser) != (hint.title, hint.teaser):
        return False
    if hint.section and not before.section:
        return False
    if hint.published_at is None or before.published_at is None:
        return hint.published_at is before.published_at
    return abs(hint.published_at - before.published_at) <= max(hint.within, before.within)
