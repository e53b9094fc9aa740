"""The README's table of what the morning mail says has a row for each message, in its words."""

from pathlib import Path

import pytest

from antara_crawler.crawl.account import summary
from antara_crawler.errors import Cause
from antara_crawler.wording import words

README = (Path(__file__).parent.parent.parent / "README.md").read_text("utf-8")
ROWS = README.partition("### When the morning mail says …")[2].partition("\n\nTwo runs")[0]
SOURCE = Path(summary.__file__).read_text("utf-8")


@pytest.mark.parametrize("words", [cause.words for cause in Cause])
def test_each_cause_has_its_row(words: str) -> None:
    assert f"| `{words}` |" in ROWS


@pytest.mark.parametrize("kind", words("health"))
def test_each_kind_of_finding_has_its_row(kind: str) -> None:
    assert f"`{kind}:`" in ROWS


def test_each_row_quotes_what_is_said() -> None:
    known = {cause.words for cause in Cause} | {f"{kind}:" for kind in words("health")}
    quoted = [each for row in ROWS.splitlines()[4:] for each in row.split("|")[1].split("`")[1::2]]
    assert len(quoted) > len(known)
    assert [text for text in quoted if text not in known and text not in SOURCE] == []
