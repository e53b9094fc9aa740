"""The README in Indonesian keeps step with the English one, section by section."""

import re
from pathlib import Path

import pytest

from antara_crawler.wording import tr

ROOT = Path(__file__).parent.parent
PAGES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.id.md")}
ENGLISH, INDONESIAN = PAGES.values()

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
HEADING = re.compile(r"^(#+) (.+)$", re.M)


def prose(text: str) -> str:
    """Return a page without its blocks of code."""
    return FENCED.sub("", text)


def blocks(text: str) -> list[tuple[str, str | list[list[str]]]]:
    """Return language and lines of each block, without comments; of what is shown the figures."""
    return [
        (kind, re.sub(r" +# .*$", "", code, flags=re.M) if kind else figures(code))
        for kind, code in FENCED.findall(text)
    ]


def figures(shown: str) -> list[list[str]]:
    """Return the figures of each line."""
    return [re.findall(r"\d+", line) for line in shown.splitlines()]


def in_indonesian(span: str) -> str:
    """Return what the program says in Indonesian in the place of an English word or sentence."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", "id_ID.UTF-8")
        return tr(span.removesuffix(":")) + ":" * span.endswith(":")


def sections(text: str) -> list[str]:
    """Return the prose of each section; the first is what stands before the first heading."""
    return re.split(r"^#+ .+$", prose(text), flags=re.M)


def spans(section: str) -> set[str]:
    """Return the commands, options and names that a section quotes."""
    return {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", section)}


def tables(section: str) -> list[tuple[int, str]]:
    """Return of each table row the number of columns, and the first one where it is not prose."""
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.startswith("|")]
    return [
        (len(row), row[0] if re.match(r" (`[^`]+`[ ,]*)+$| \d+ $", row[0]) else "") for row in rows
    ]


def test_the_headings_are_of_the_same_levels_in_order() -> None:
    levels = [[len(marks) for marks, _ in HEADING.findall(prose(page))] for page in PAGES.values()]
    assert levels[0] == levels[1]


def test_the_blocks_of_code_are_the_same_but_for_comments() -> None:
    assert blocks(ENGLISH) == blocks(INDONESIAN)


def test_each_section_quotes_the_same_commands_options_and_names() -> None:
    for one, other in zip(sections(ENGLISH), sections(INDONESIAN), strict=True):
        said = {span: {span, in_indonesian(span)} for span in spans(one)}
        assert {span for span, ways in said.items() if not ways & spans(other)} == set()
        assert spans(other) - set().union(*said.values()) == set()


def test_the_tables_have_the_same_rows() -> None:
    for (columns, first), other in zip(tables(ENGLISH), tables(INDONESIAN), strict=True):
        said = re.sub(r"`([^`]+)`", lambda span: f"`{in_indonesian(span[1])}`", first)
        assert other in {(columns, first), (columns, said)}


@pytest.mark.parametrize("name", PAGES)
def test_each_links_to_the_other_and_its_anchors_lead_to_headings(name: str) -> None:
    (other,) = PAGES.keys() - {name}
    assert f"]({other})" in PAGES[name].partition("\n## ")[0]
    titles = [title for _, title in HEADING.findall(prose(PAGES[name]))]
    slugs = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    anchors = set(re.findall(r"\]\(#([^)]+)\)", PAGES[name]))
    assert anchors and anchors <= slugs
