"""The saved pages of this folder: what was asked for, the page, and what must come out."""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages import read_article
from antara_crawler.portals import portal

FOLDER = Path(__file__).parent
UNSET = ("removed", "agreements", "captures", "seen_at")
SELDOM = ("published_text", "published_note")


def all_cases() -> list[Path]:
    return sorted(page.parent for page in FOLDER.glob("*/*/page.html"))


def as_json(article: Article, kept: Collection[str]) -> dict[str, Any]:
    """Return the article as item.json has it: dates as ISO 8601 with their offset.

    What is left out is compared where item.json says what it is to be.
    """
    unset = {*UNSET, *({"left_out"} - set(kept))}
    record = {name: value for name, value in asdict(article).items() if name not in unset}
    record = {name: value for name, value in record.items() if value or name not in SELDOM}
    for name, value in record.items():
        if isinstance(value, datetime):
            record[name] = value.isoformat()
    return json.loads(json.dumps(record, ensure_ascii=False))


def read_case(case: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what item.json wants and what the page gives: an item, or what is unreadable."""
    wanted = json.loads((case / "item.json").read_text("utf-8"))
    asked = wanted["asked"]
    assert urlsplit(asked).hostname
    html = (case / "page.html").read_text("utf-8")
    kept = wanted.get("item", {}).keys()
    try:
        article = read_article(html, asked, portal(case.parent.name))
    except UnreadablePage as error:
        return wanted, {"asked": asked, "unreadable": str(error)}
    return wanted, {"asked": asked, "item": as_json(article, kept)}
