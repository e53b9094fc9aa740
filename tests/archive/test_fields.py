"""A new field of an article is told to its dataclass and its column, and to nothing else."""

import json
import subprocess
import sys
from pathlib import Path

from pyarrow import parquet

MADE_UP = """
import sys
from dataclasses import dataclass, replace
from antara_crawler import items

@dataclass(frozen=True, slots=True, kw_only=True)
class Article(items.Article):
    subheading: str | None = None

items.Article = Article
from sqlalchemy import Text, text
from sqlalchemy.orm import mapped_column
from antara_crawler.archive.tables.articles import Extractions
Extractions.subheading = mapped_column(Text)
from antara_crawler.archive import Archive, Writer
from antara_crawler.archive.tables.rows import digest
from antara_crawler.export.formats import FORMATS
from antara_crawler.verify.articles import wrong_readings
from antara_crawler.web.schemas import Record
from tests.archive.samples import article, start_run
from collections import Counter

plain = article(1)
given = replace(plain, subheading="Air surut di tiga desa")
assert digest(given) != digest(plain)
with Archive.open(sys.argv[1], create=True) as archive:
    Writer(archive, "test").write([given], start_run(archive))
    assert list(wrong_readings(archive, Counter())) == []
    assert archive.article("1").subheading == given.subheading
    for name, form in FORMATS.items():
        with open(f"{sys.argv[2]}/all.{name}", "wb") as target:
            form.write(archive.records(), target)
    with archive.writing() as connection:
        connection.execute(text("UPDATE extractions SET subheading = 'x'"))
    [finding] = wrong_readings(archive, Counter())
    assert "digest" in finding.message
assert "subheading" in Record.__annotations__
"""


def test_a_field_that_nobody_knows_comes_back_in_every_form(
    sqlite_url: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", MADE_UP, sqlite_url, str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.stderr == ""
    record = json.loads((tmp_path / "all.jsonl").read_text("utf-8"))
    assert record["subheading"] == "Air surut di tiga desa"
    [row] = parquet.read_table(tmp_path / "all.parquet").to_pylist()
    assert row["subheading"] == record["subheading"]
    assert row.keys() - record.keys() == {"published_local", "modified_local"}
    assert "subheading" in (tmp_path / "all.csv").read_text("utf-8").splitlines()[0]
