"""The saved pages, one per trap of SITE.md and more, against what must come out."""

from pathlib import Path

import pytest

from antara_crawler.portals import portals
from tests.pages.cases import all_cases, read_case


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_saved_page_is_read_as_its_item_says(case: Path) -> None:
    wanted, found = read_case(case)
    assert found == wanted


def test_saved_pages_are_of_known_portals() -> None:
    cases = all_cases()
    assert len(cases) > 30
    assert {case.parent.name for case in cases} <= set(portals())
