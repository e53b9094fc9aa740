"""The sheet that lies in a data set: what it is, whence, and what it is not fit for."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from antara_crawler.export.dictionary import MEANING


class Part(Protocol):
    """One file of articles."""

    portal: str
    year: int | None
    path: str
    rows: int


def datasheet(about: Mapping[str, Any], parts: Sequence[Part]) -> str:
    """Return the text, in Markdown."""
    asked = ", ".join(f"{name}: {value}" for name, value in about["query"].items())
    held = "\n".join(
        f"| {part.portal} | {part.year or 'no date'} | {part.rows} | `{part.path}` |"
        for part in parts
    )
    columns = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in MEANING.items())
    return f"""# {about["title"]}

Version {about["version"]}, {sum(part.rows for part in parts)} articles.
Asked for: {asked or "all articles of the archive"}. Made by {about["contributors"][0]["title"]}.

Cite it as: {about["citation"]}

## What it is for

Research on regional news in Indonesia, and checking what was published. It may not be published
again: {about["licenses"][0]["title"]}.

## What it holds

One row an article, in the wording last seen. `SHA256SUMS` (`sha256sum -c`) has the digest of each
file, `datapackage.json` and `schema.json` describe them to programs.

| portal | year | articles | file |
|---|---|---|---|
{held}

## How it was collected

Each page was fetched from the portal, kept raw, and read by rules, without a language model. A
paragraph that stands twice on a page is kept once; `removed_paragraphs` has the other. Dates are
the pages' own claims; `published_note` says where they were in doubt.

## What is missing

Articles that the portals had taken down before the first visit, and days that were not crawled: a
year with few articles here need not have had few. Pictures and videos are not in it. Names are as
the bylines have them: one person may have several.

## How to read it

```sql
SELECT portal, year(published_local) AS year, count(*) AS articles
FROM read_parquet('data/*.parquet')
WHERE array_to_string(paragraphs, ' ') ILIKE '%banjir%'
GROUP BY ALL ORDER BY ALL;  -- DuckDB
```

In Python `pandas.read_parquet("data")` or `polars.read_parquet("data/*.parquet")`; on many machines
`spark.read.parquet("data")` or `dask.dataframe.read_parquet("data")`. No column needs a cast.

| column | what |
|---|---|
{columns}
"""
