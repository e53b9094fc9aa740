"""A data set for research: Parquet by portal and year, with all that says what it is.

Its version is made of its contents: the same archive and question give the same bytes.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive
from antara_crawler.export.columns import MEANING, UNKNOWN, schema, write_parquet
from antara_crawler.export.output import whole_folder
from antara_crawler.export.selection import Selection
from antara_crawler.portals import portals

TITLE = "Articles of ANTARA's regional news portals"
RIGHTS = "All rights in text and pictures are ANTARA's; for reading, research and checking only"


@dataclass(slots=True)
class Part:
    """One file of articles."""

    portal: str
    year: int | None
    path: str
    rows: int = 0
    size: int = 0
    digest: str = ""


def export_dataset(archive: Archive, selection: Selection, folder: Path) -> int:
    """Write the articles into a new folder; return how many. Needs pyarrow.

    Raises UsageError when nothing is chosen or something is in the folder already, NotWritable
    when it cannot be written.
    """
    rows = archive.by_portal_and_year(selection.rows(archive))
    newest, parts = UNKNOWN, list[Part]()

    def seen(records: Iterable[Mapping[str, Any]], part: Part) -> Iterator[Mapping[str, Any]]:
        nonlocal newest
        for record in records:
            newest = max(newest, datetime.fromisoformat(record["last_seen_at"]))
            part.rows += 1
            yield record

    with whole_folder(folder) as place:
        (place / "data").mkdir()
        for (portal, year), ids in sorted(rows.items(), key=lambda each: str(each[0])):
            part = Part(portal, year, f"data/{portal}-{year or 'undated'}.parquet")
            with (place / part.path).open("wb") as stream:
                write_parquet(seen(archive.records_of(ids), part), stream)
            part.size, part.digest = _digest(place / part.path)
            parts.append(part)
        about = _about(parts, selection, newest)
        _write(place / "schema.json", _json(_table_schema()))
        _write(place / "datapackage.json", _json(about))
        _write(place / "README.md", _datasheet(about, parts))
        names = sorted(path.relative_to(place).as_posix() for path in place.rglob("*.*"))
        sums = "".join(f"{_digest(place / name)[1]}  {name}\n" for name in names)
        _write(place / "SHA256SUMS", sums)
    return sum(part.rows for part in parts)


def _about(parts: list[Part], selection: Selection, newest: datetime) -> dict[str, Any]:
    """Return the descriptor of a Frictionless data package."""
    contents = sha256("".join(part.digest for part in parts).encode()).hexdigest()
    version = f"{newest:%Y.%m.%d}-{contents[:8]}"
    named = sorted({part.portal for part in parts})
    hosts = {name: portals()[name].base_url for name in named if name in portals()}
    return {
        "profile": "data-package",
        "name": "antara-regional-articles",
        "title": TITLE,
        "version": version,
        "created": newest.isoformat(),
        "licenses": [{"name": "other-closed", "title": RIGHTS}],
        "sources": [{"title": name, "path": host} for name, host in hosts.items()],
        "contributors": [{"title": SOFTWARE, "role": "wrangler"}],
        "query": _asked(selection),
        "citation": f"ANTARA. ({newest.year}). {TITLE} (version {version}) [Data set]."
        f" Collected with {SOFTWARE}.",
        "resources": [
            {
                "name": part.path.removeprefix("data/").removesuffix(".parquet"),
                "path": part.path,
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "bytes": part.size,
                "hash": f"sha256:{part.digest}",
                "rows": part.rows,
                "schema": "schema.json",
            }
            for part in parts
        ],
    }


def _datasheet(about: Mapping[str, Any], parts: Sequence[Part]) -> str:
    """Return the sheet that lies in a data set: what it is, whence, and what it is not fit for."""
    held = (
        f"| {part.portal} | {part.year or 'no date'} | {part.rows} | `{part.path}` |"
        for part in parts
    )
    asked = ", ".join(f"{name}: {value}" for name, value in about["query"].items())
    sheet = files("antara_crawler.export").joinpath("datasheet.md").read_text("utf-8")
    return sheet.format(
        **{name: about[name] for name in ("title", "version", "citation")},
        rows=sum(part.rows for part in parts),
        asked=asked or "all articles of the archive",
        software=SOFTWARE,
        rights=RIGHTS,
        held="\n".join(held),
        columns="\n".join(f"| `{name}` | {meaning} |" for name, meaning in MEANING.items()),
    )


def _asked(selection: Selection) -> dict[str, Any]:
    filters = selection.filters
    names = ("portal", "section", "since", "until", "tag", "author", "limit")
    asked = {"words": selection.query, "article": selection.article, "order": selection.order}
    asked |= {name: getattr(filters, name) for name in names}
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in asked.items()
        if value
    }


def _table_schema() -> dict[str, Any]:
    """Return the data dictionary as a Frictionless table schema."""
    kinds: defaultdict[str, str] = defaultdict(lambda: "string")
    kinds |= {"int64": "integer", "list": "array", "struct": "object", "timestamp": "datetime"}
    fields = [
        {
            "name": field.name,
            "type": kinds[str(field.type).partition("<")[0].partition("[")[0]],
            "description": MEANING.get(field.name, ""),
        }
        for field in schema(import_module("pyarrow"))
    ]
    return {"fields": fields, "missingValues": [""]}


def _digest(path: Path) -> tuple[int, str]:
    """Return the size of a file and its SHA-256."""
    with path.open("rb") as file:
        found = file_digest(file, "sha256").hexdigest()
        return file.tell(), found


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
