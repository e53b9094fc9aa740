"""Which articles are asked for: by options, or by section: since: and the like in a query."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, literal_column, select

from antara_crawler.archive.tables.articles import (
    Articles,
    Authors,
    Bylines,
    Extractions,
    ExtractionTags,
    Tags,
)
from antara_crawler.archive.tables.rows import folded
from antara_crawler.archive.tables.types import Code, UtcDateTime
from antara_crawler.dates import MONTHS
from antara_crawler.errors import UsageError
from antara_crawler.portals import portals

_TAGGED = select(ExtractionTags.extraction_id).join(Tags, Tags.id == ExtractionTags.tag_id)
_WRITTEN = select(Bylines.extraction_id).join(Authors, Authors.id == Bylines.author_id)


class Shown:
    """The columns of `articles AS a` that a search filters and sorts by: of ix_articles_search.

    Search writes its join out as text, so that these name no table.
    """

    id: ColumnElement[int] = literal_column("a.id", Integer)
    portal: ColumnElement[str] = literal_column("a.portal", Code)
    section_key: ColumnElement[str | None] = literal_column("a.section_key", Code)
    section: ColumnElement[str | None] = literal_column("a.section", Code)
    published_on: ColumnElement[date] = literal_column("a.published_on", Date)
    published_at: ColumnElement[datetime] = literal_column("a.published_at", UtcDateTime)
    extraction_id: ColumnElement[int] = literal_column("a.extraction_id", Integer)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an article must fit; None fits all.

    `since` and `until` are the portal's local dates, both included. Section, tag and author are
    whole names, in capitals or not. `limit` is how many articles at most. Raises UsageError
    for a `since` after `until`.
    """

    portal: str | None = None
    section: str | None = None
    since: date | None = None
    until: date | None = None
    tag: str | None = None
    author: str | None = None
    template: str | None = None
    """What read it: 'generic' for those that no template recognised."""
    limit: int | None = None

    def __post_init__(self) -> None:
        """Raise UsageError for dates that no article can lie between."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"since {self.since} is after until {self.until}: exchange them")

    def conditions(
        self, articles: type[Articles] | type[Shown] = Articles
    ) -> list[ColumnElement[bool]]:
        """Return the conditions on `articles`, or on those columns; the limit is not among them."""
        found: list[ColumnElement[bool]] = []
        if self.portal is not None:
            found.append(articles.portal == sound(self.portal))
        if self.section is not None:
            found.append(articles.section_key == folded(sound(self.section)))
        if self.since is not None:
            found.append(articles.published_on >= self.since)
        if self.until is not None:
            found.append(articles.published_on <= self.until)
        for name, named, read in ((self.tag, Tags, _TAGGED), (self.author, Authors, _WRITTEN)):
            if name is not None:
                fitting = read.where(named.key == folded(sound(name)))
                found.append(articles.extraction_id.in_(fitting))
        if self.template is not None:
            name = sound(self.template)
            read = select(Extractions.id).where(
                (Extractions.template == name)
                | Extractions.template.startswith(f"{name}@", autoescape=True)
            )
            found.append(articles.extraction_id.in_(read))
        return found


def sound(name: str) -> str:
    """Return a name without what no database takes and no name has."""
    return name.replace("\0", "").encode(errors="ignore").decode()


_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})", re.ASCII)
_YEARS = re.compile(r"(\d{4})(?:-|–|\.\.)(\d{4})", re.ASCII)
_MONTHS = {
    name.casefold(): number
    for names in MONTHS.values()
    for number, month in enumerate(names, 1)
    for name in (month, month[:3])
}
_MONTH = re.compile(rf"[\s.-]*\b({'|'.join(_MONTHS)})\b[\s.-]*", re.IGNORECASE)


def filters_of(key: str, value: str) -> Filters | None:
    """Return what a key narrows the search to; None where its value means nothing."""
    if key in ("since", "until", "date"):
        days = _days(value)
        if days is None:
            return None
        first, last = days
        return Filters(
            since=None if key == "until" else first, until=None if key == "since" else last
        )
    if not value:
        return None
    if key == "portal":
        name = value.casefold()
        of = {each.province.casefold(): each.name for each in portals().values()}
        value = of.get(name, name.partition(".")[0])  # by its province or host
    named: dict[str, Any] = {key: value}
    return Filters(**named)


def _days(text: str) -> tuple[date, date] | None:
    """Return the first and last day of a year, a month or a day: 30-09-2024, 30 September 2024.

    Also of some years: 2019-2021.
    """
    if years := _YEARS.fullmatch(text):
        some = [_days(year) for year in years.groups()]
        return (some[0][0], some[1][1]) if some[0] and some[1] and some[0] < some[1] else None
    text = _MONTH.sub(lambda name: f"-{_MONTHS[name[1].casefold()]}-", text).strip("-")
    match, day_first = _DAY.fullmatch(text), _DAY_FIRST.fullmatch(text)
    if day_first is not None:
        parts = [int(part) if part else None for part in reversed(day_first.groups())]
    elif match is not None:
        parts = [int(part) if part else None for part in match.groups()]
    else:
        return None
    year, month, day = parts
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last = month or 12
    return first, date(first.year, last, monthrange(first.year, last)[1])
