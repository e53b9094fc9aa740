"""The table of how readings compare with what else says the same, and a reading's row in it."""

import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from antara_crawler.archive.tables.articles import Base
from antara_crawler.archive.tables.types import AnyRow, Code
from antara_crawler.items import UNNAMED, Article, Field
from antara_crawler.portals import portal

FIELDS: tuple[Field, ...] = ("title", "lead", "time", "section", "body")
FILLED = {
    "d": "dateline", "m": "modified_at", "r": "reporters", "e": "editors", "u": "uploaders",
    "s": "section", "t": "tags", "i": "images", "l": "related", "k": "copyright",
}  # fmt: skip
"""Which fields have a value, a letter each; 'c' is a caption, 'n' a note on the date."""
MIDDAY = timedelta(hours=-5)
"""From UTC to a clock whose days end at noon in Jakarta: one night's run is of one day."""


class Evidence(Base):
    """How a reading compares with what a source beside its template says.

    For each field the sources with '+' where they agree and '-' where not: 'og+ld+feed-'; empty
    where nothing else says it. `differences` has both values, as lists of field, source, read and
    said. `night` is when the page was fetched, `age` how many days after its publication.
    `filled` are letters (see FILLED); sizes are characters: of the text, of what was left out,
    and of that part of it for which no rule had a name.
    """

    __tablename__ = "evidence"
    extraction_id: Mapped[int] = mapped_column(
        ForeignKey("extractions.id"), primary_key=True, autoincrement=False
    )
    night: Mapped[date] = mapped_column(Date)
    age: Mapped[int | None]
    portal: Mapped[str] = mapped_column(Code)
    kind: Mapped[str] = mapped_column(Code)
    template: Mapped[str] = mapped_column(Code)
    title: Mapped[str] = mapped_column(Code)
    lead: Mapped[str] = mapped_column(Code)
    time: Mapped[str] = mapped_column(Code)
    section: Mapped[str] = mapped_column(Code)
    body: Mapped[str] = mapped_column(Code)
    filled: Mapped[str] = mapped_column(Code)
    text_size: Mapped[int]
    left_out_size: Mapped[int]
    unnamed_size: Mapped[int]
    differences: Mapped[list[list[str]] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index(None, "night"),)


COMPARED = (*FIELDS, "filled", "text_size", "left_out_size", "unnamed_size")
"""The columns by which two readings of a fetch have the same evidence."""
_OF_OTHER_PAGES = re.compile(r"(?:feed|card|listing|generic)[+-]")
"""Not compared: a feed or listing read later, or an extra, makes no difference of a reading."""

COLUMNS = tuple(getattr(Evidence, name).label(f"evidence_{name}") for name in COMPARED)
"""The same for a query that is outer joined with the table."""


def evidence_row(article: Article) -> dict[str, Any] | None:
    """Return a reading's row but for its key; None for a text that was not fetched."""
    seen = article.seen_at or next((each.captured_at for each in article.captures), None)
    if seen is None or not article.captures:
        return None
    night = (seen + MIDDAY).date()
    at = article.published_at
    left = [(len(each.text), each.reason in UNNAMED) for each in article.left_out]
    differences = [
        [each.field, each.source, each.read, each.said]
        for each in article.agreements
        if not each.agrees
    ]
    codes: dict[str, str] = dict.fromkeys(FIELDS, "")
    for each in article.agreements:
        codes[each.field] += f"{each.source}{'+' if each.agrees else '-'}"
    filled = [letter for letter, name in FILLED.items() if getattr(article, name)]
    filled += ["c"] if any(each.caption for each in article.images) else []
    filled += ["n"] if article.published_note else []
    return {
        "night": night,
        "age": max(0, (night - portal(article.portal).local_date(at)).days) if at else None,
        "portal": article.portal,
        "kind": article.kind,
        "template": article.template,
        **codes,
        "filled": "".join(filled),
        "text_size": sum(map(len, article.paragraphs)),
        "left_out_size": sum(size for size, _ in left),
        "unnamed_size": sum(size for size, unnamed in left if unnamed),
        "differences": differences or None,
    }


def compared(article: Article) -> tuple[Any, ...] | None:
    """Return the values of COMPARED for a reading; None where it has no evidence."""
    row = evidence_row(article)
    return None if row is None else tuple(_of_page(row[name]) for name in COMPARED)


def evidence_in(row: AnyRow) -> tuple[Any, ...] | None:
    """Return the values of COMPARED of a row that COLUMNS are in; None where there is none."""
    values = tuple(_of_page(getattr(row, f"evidence_{name}")) for name in COMPARED)
    return None if values[0] is None else values


def _of_page(value: Any) -> Any:
    return _OF_OTHER_PAGES.sub("", value) if isinstance(value, str) else value
