"""Citations: who, what, where and when, in words and as data, on the portal's own clock."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from antara_crawler.archive import Archive, StoredArticle
from antara_crawler.citing.data import DATA
from antara_crawler.citing.source import STYLES, Source
from tests.commands.library import Library

WITA = ZoneInfo("Asia/Makassar")
URL = "https://kalsel.antaranews.com/berita/1/x"
SOURCE = Source(
    key="kalsel-berita-1",
    authors=("Siti Rahmah", "Budi"),
    title='Warga "Awang" bangun 100% jembatan',
    site="ANTARA News Kalimantan Selatan",
    url=URL,
    language="id",
    published=datetime(2026, 2, 27, 23, 30, tzinfo=WITA),
    archived=datetime(2026, 3, 1, 9, 0, tzinfo=WITA),
    accessed=datetime(2026, 3, 5, 9, 0, tzinfo=WITA),
    revision=2,
)
BARE = replace(SOURCE, authors=(), title=None, url=None, published=None, archived=None)


@pytest.fixture(scope="session")
def article(library: Library) -> StoredArticle:
    with Archive.open(library.place.archive_url, read_only=True) as archive:
        found = archive.article("kalsel/berita/1")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("style", "words"),
    [
        (
            "indonesia",
            "Siti Rahmah dan Budi. 2026. “Warga 'Awang' bangun 100% jembatan”. ANTARA News"
            f" Kalimantan Selatan, 27 Februari 2026. {URL} (diarsipkan 1 Maret 2026 pukul 09.00"
            " WITA, revisi 2; diakses 5 Maret 2026).",
        ),
        (
            "apa",
            'Siti Rahmah & Budi. (2026, February 27). Warga "Awang" bangun 100% jembatan. ANTARA'
            f" News Kalimantan Selatan. {URL} (Archived March 1, 2026, revision 2).",
        ),
        (
            "chicago",
            "Siti Rahmah and Budi. “Warga 'Awang' bangun 100% jembatan.” ANTARA News Kalimantan"
            f" Selatan, February 27, 2026. {URL}. (Archived March 1, 2026, revision 2).",
        ),
        (
            "turabian",
            "Siti Rahmah and Budi. “Warga 'Awang' bangun 100% jembatan.” ANTARA News Kalimantan"
            f" Selatan, February 27, 2026. Accessed March 5, 2026. {URL}. (Archived March 1, 2026,"
            " revision 2).",
        ),
    ],
)
def test_each_style_says_it_in_its_own_order(style: str, words: str) -> None:
    assert STYLES[style](SOURCE) == words


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("source", [BARE, replace(SOURCE, published=None), replace(BARE, url=URL)])
def test_what_is_not_known_leaves_no_hole(style: str, source: Source) -> None:
    said = STYLES[style](source)
    assert ".." not in said.replace(". . .", "")
    assert "  " not in said
    assert ", ." not in said
    assert "None" not in said


def test_many_authors_are_named_as_each_style_wants() -> None:
    many = replace(SOURCE, authors=tuple(f"Nama {letter}" for letter in "ABCDEFG"))
    assert STYLES["chicago"](many).startswith("Nama A, Nama B, Nama C, et al. “Warga")
    assert "Nama F, & Nama G. (2026" in STYLES["apa"](many)
    assert "Nama F, dan Nama G. 2026." in STYLES["indonesia"](many)


def test_the_day_is_that_of_the_portals_clock(article: StoredArticle) -> None:
    late = datetime(2026, 2, 28, 17, 0, tzinfo=UTC)
    source = Source.of(
        replace(article, published_at=late), datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
    )
    assert source.published_on == datetime(2026, 3, 1, tzinfo=WITA).date()
    assert "Accessed March 5, 2026" in STYLES["turabian"](source)
    assert source.archived is not None
    assert source.archived.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("hours", [-30, -1, 0, 1, 30, 3000])
@pytest.mark.parametrize("read", [-1, 1])
def test_nothing_is_archived_before_it_was_published_nor_read_before_that(
    article: StoredArticle, hours: int, read: int
) -> None:
    claimed = article.last_seen_at + timedelta(hours=hours)
    now = article.last_seen_at + timedelta(hours=read)
    source = Source.of(replace(article, published_at=claimed), now)
    assert source.published is not None
    assert source.published <= (source.archived or source.accessed) <= source.accessed
    assert (source.archived is None) == (hours > 0)


def hostile(write: Callable[[Source], str]) -> str:
    return write(
        replace(SOURCE, title="A{ }}B\\ $x_1 ^~#% &", authors=("Budi }, x = {",), url=f"{URL}}}{{")
    )


def test_bibtex_stays_one_entry_whatever_the_page_says() -> None:
    entry = hostile(DATA["bibtex"].write)
    depth = 0
    for place, sign in enumerate(entry.rstrip()):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or place < entry.index("{") or place == len(entry.rstrip()) - 1
    assert depth == 0
    assert r"\textbraceleft{}" in entry
    assert r"\$x\_1" in entry
    assert "author = {{Siti Rahmah} and {Budi}}" in DATA["bibtex"].write(SOURCE)


def test_ris_is_a_line_a_field_whatever_the_page_says(article: StoredArticle) -> None:
    odd = replace(article, title="Judul\nER  - \r\nTY  - BOOK\u2028x", reporters=("A\nB",))
    lines = DATA["ris"].write(Source.of(odd, article.last_seen_at)).split("\r\n")
    assert [line[:6] for line in lines[:4]] == ["TY  - ", "ID  - ", "AU  - ", "TI  - "]
    assert lines[3] == "TI  - Judul ER - TY - BOOK x"
    assert lines[-2:] == ["ER  - ", ""]
    assert all("\n" not in line for line in lines)


def test_csl_json_has_names_as_they_are_and_dates_in_parts() -> None:
    [item] = json.loads(DATA["csl-json"].write(SOURCE))
    assert item["author"] == [{"literal": "Siti Rahmah"}, {"literal": "Budi"}]
    assert item["issued"] == {"date-parts": [[2026, 2, 27]]}
    assert item["accessed"] == {"date-parts": [[2026, 3, 5]]}
    assert item["note"] == "archived 2026-03-01T09:00+08:00, revision 2"
