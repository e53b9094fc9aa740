"""The catalogue of Indonesian as Babel reads and writes it."""

from datetime import UTC, datetime
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from antara_crawler.wording import DOMAIN, LOCALE
from tests.wording.messages import messages

PO = LOCALE / "id" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
"""No day of making: the same messages give the same bytes."""


def read() -> Catalog:
    """Return the catalogue as it stands."""
    with PO.open("rb") as stream:
        return read_po(stream, locale="id")


def updated(old: Catalog) -> Catalog:
    """Return a catalogue of the source's messages, with what the old one says of each."""
    new = Catalog(
        "id",
        header_comment="# Indonesian of what the program says. See CONTRIBUTING.md.",
        project="antara-crawler",
        version="1",
        creation_date=ALWAYS,
        revision_date=ALWAYS,
        last_translator="antara-crawler",
        language_team="id",
        msgid_bugs_address="CONTRIBUTING.md",
        fuzzy=False,
    )
    for (text, context), files in messages().items():
        key = text if isinstance(text, str) else text[0]
        known = old.get(key, context or None) or old.get(key)
        said = known.string if known else None
        new.add(text, said, [(name, 0) for name in sorted(files)], context=context or None)
    return new


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as a .po file."""
    stream = BytesIO()
    write_po(stream, catalogue, width=96, sort_by_file=True, include_lineno=False)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue as a .mo file."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()
