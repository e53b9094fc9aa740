"""Articles of several pages."""

from typing import Any

import pytest

from antara_crawler.errors import CutPage
from antara_crawler.items import SHOWN_AGAIN, Article, Link, Picture
from antara_crawler.pages import further_pages, join_pages
from antara_crawler.portals import portal

KALSEL = portal("kalsel")
HOST = "https://kalsel.antaranews.com"
URL = f"{HOST}/berita/433027/pawang-api"


def page(*hrefs: str) -> str:
    links = "".join(f'<a href="{href}">x</a>' for href in hrefs)
    return f"<html><body><div class='post-content'>Teks.</div><p>{links}</p></body></html>"


def test_the_whole_at_once_is_preferred() -> None:
    html = page(f"{URL}?page=2", "?page=3", f"{URL}?page=all")
    named = (f"{URL}?page=all", f"{URL}?page=2", f"{URL}?page=3")
    assert further_pages(html, URL, KALSEL) == named


def test_the_other_pages_are_named_in_order_each_once() -> None:
    html = page(
        "?page=3", f"{URL}?page=2", "/berita/433027/pawang-api?page=2&utm_source=x", "?page=1"
    )
    assert further_pages(html, f"{URL}?utm_source=a", KALSEL) == (f"{URL}?page=2", f"{URL}?page=3")


@pytest.mark.parametrize("asked", [f"{URL}?page=3", f"{URL}?page=all", f"{HOST}/terkini"])
def test_the_last_page_the_whole_or_a_listing_names_none(asked: str) -> None:
    assert further_pages(page(f"{URL}?page=2", f"{URL}?page=3"), asked, KALSEL) == ()


def test_a_later_page_names_those_that_follow_it() -> None:
    named = further_pages(page(f"{URL}?page=1", f"{URL}?page=3"), f"{URL}?page=2", KALSEL)
    assert named == (f"{URL}?page=3",)


@pytest.mark.parametrize("first", ["?page=0", URL])
def test_a_pager_that_counts_from_0_is_followed_from_its_1(first: str) -> None:
    html = f'<a href="{first}">1</a><a href="?page=1">2</a><a href="?page=2">3</a>'
    assert further_pages(html, URL, KALSEL) == (f"{URL}?page=1", f"{URL}?page=2")


def test_pages_may_be_numbered_in_the_path() -> None:
    html = page(f"{URL}/1", f"{URL}/2", f"{URL}/3", "/berita/9/lain/2")
    assert further_pages(html, URL, KALSEL) == (f"{URL}/2", f"{URL}/3")
    assert further_pages(html, f"{URL}/3", KALSEL) == ()
    pictures = f"{HOST}/foto/433027/pawang-api"
    assert further_pages(page(f"{pictures}/2"), pictures, KALSEL) == ()


def test_pages_of_other_articles_and_listings_are_not_its_own() -> None:
    html = page(
        "/berita/1/lain?page=2", "/terkini?page=2", "?page=x", "?page=-2", "https://[?page=2"
    )
    assert further_pages(html, URL, KALSEL) == ()


def test_an_endless_pager_is_bounded() -> None:
    html = page(*(f"?page={n}" for n in range(2, 900)))
    assert len(further_pages(html, URL, KALSEL)) == 49


def article(*paragraphs: str, **fields: Any) -> Article:
    given: dict[str, Any] = {"url": URL, "title": "Judul", "paragraphs": paragraphs, **fields}
    return Article(portal="kalsel", kind="berita", article_id=433027, **given)


def test_pages_are_joined_in_order_with_the_first_of_every_field() -> None:
    first = article(
        "Satu.", "Dua.", dateline="Barabai", dateline_text="Barabai (ANTARA) - ", tags=("a",),
        related=(Link("A", "u"), Link("B", "v")), images=(Picture("p", None, None),),
    )  # fmt: skip
    second = article(
        "Tiga.", reporters=("Siti",), editors=("Budi",), copyright="© ANTARA 2024", tags=("a", "b"),
        related=(Link("A", "u"), Link("C", None)), images=(Picture("p", "Warga", None),),
    )  # fmt: skip
    joined = join_pages([first, second])
    assert joined.paragraphs == ("Satu.", "Dua.", "Tiga.")
    assert (joined.dateline, joined.reporters, joined.editors) == ("Barabai", ("Siti",), ("Budi",))
    assert joined.tags == ("a", "b")
    assert [link.title for link in joined.related] == ["A", "B", "C"]
    assert joined.images == (Picture("p", "Warga", None),)
    assert joined.copyright == "© ANTARA 2024"


def test_the_whole_takes_the_place_of_its_first_page() -> None:
    whole = article("Satu.", "Dua.", "Tiga.", dateline_text="x")
    assert join_pages([article("Satu.", "Dua."), whole]).paragraphs == ("Satu.", "Dua.", "Tiga.")


def test_a_page_that_shows_an_earlier_one_again_among_others_is_a_fault() -> None:
    one, two, three = article("Satu."), article("Dua."), article("Tiga.")
    with pytest.raises(CutPage, match="its page 3 shows an earlier page again"):
        join_pages([one, two, two, three])


def test_where_no_further_page_shows_more_the_first_is_the_article_and_says_so() -> None:
    joined = join_pages([article("Satu.", "Dua."), article("Satu.", "Dua.")])
    assert [(each.position, each.reason) for each in joined.left_out] == [(2, SHOWN_AGAIN)]


def test_a_single_page_is_the_article() -> None:
    only = article("Satu.")
    assert join_pages([only]) == only


def test_no_pages_are_an_error() -> None:
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])
