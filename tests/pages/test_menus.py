"""Menus that one page after the other has are not parsed; what is read is what the page says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages import menus, read_article
from antara_crawler.pages.article import article_of, laid_out
from antara_crawler.pages.menus import MenuWanted, without_menus
from antara_crawler.pages.templates import TEMPLATES, Template
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import portal
from tests.pages.building import BODY, PARAGRAPHS, URL, page, read, reasons
from tests.portal.site import Site

SAID = "Pemerintah kota membuka pasar malam di lapangan itu pada hari Sabtu."
LINKS = f"<ul><li><a href='/berita/1'>{SAID}</a><li><a href='/tag/banjir'>Banjir</a></ul>"
MENU = f'<nav class="menu">{LINKS}</nav>'
PIECES = (
    MENU, f"<aside>{LINKS}</aside>", f"<nav>{LINKS}", f'<nav id="x"><div>{LINKS}</nav>',
    f"<nav>{LINKS}</div></nav>", f"<nav>{LINKS}</p></nav>", "<nav>", "</nav>", "</aside>", "<div>",
    "</div>", "<p>", "</p>", "<!--", "-->", "<script>", "</script>", "<div title='", "'>",
    "</article>", "</header>", "<ul><li>", "</ul>", "<b>", "</b>", "<table><tr><td>", "</table>",
    f"<p>{SAID}</p>", "<div class='post-content'>", "<h1>Judul lain</h1>", "<textarea>",
)  # fmt: skip
grown = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@pytest.fixture(autouse=True)
def no_menu_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(menus, "_known", [])
    monkeypatch.setattr(menus, "_SHORTEST", 0)
    yield


def whole(html: str) -> Article | str:
    try:
        return article_of(laid_out(html, URL, portal("kalsel")), URL, portal("kalsel"))
    except UnreadablePage as error:
        return str(error)


def without(html: str) -> Article | str:
    """Read a page for the third time, when its menus are known."""
    for _ in range(3):
        try:
            found: Article | str = replace(read(html), agreements=())
        except UnreadablePage as error:
            found = str(error)
    return found


def is_left_out(menu: str) -> bool:
    html = f"<html><body><div>{menu}</div></body></html>".encode()
    assert without_menus(html) == (html, [])
    return bool(without_menus(html)[1])


def test_a_menu_seen_before_is_left_out_and_the_article_is_the_same() -> None:
    assert is_left_out(MENU)
    html = page(before=MENU)
    tree = Tree(html, URL, menus=False, whole=False)
    assert SAID not in "".join(tree.root.itertext())
    assert without(html) == whole(html)


def test_every_page_of_a_portal_is_read_the_same_without_its_menus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(menus, "_SHORTEST", 500)
    site = Site(4, 20, "kalsel")
    for article in site.articles:
        html = site.respond(article.path, "").body.decode()
        url = f"https://{site.host}{article.path}"
        found = replace(read_article(html, url, portal("kalsel")), agreements=())
        assert found == article_of(laid_out(html, url, portal("kalsel")), url, portal("kalsel"))
    assert any(menu.stand_in for menu in menus._known)


@given(grown, grown, grown, grown)
def test_wherever_menus_stand_and_however_broken_a_page_says_the_same(
    before: str, head: str, body: str, after: str
) -> None:
    menus._known.clear()
    html = page(body + BODY, before=before, head=head, after=after)
    assert without(html) == whole(html)


@pytest.mark.parametrize(
    "menu",
    [
        f"<nav>{LINKS}</div></nav>",
        f"<nav>{LINKS}</p></nav>",
        f"<nav><div>{LINKS}</nav>",
        f"<nav><nav>{LINKS}</nav></nav>",
        f"<nav aria-label='breadcrumb'>{LINKS}</nav>",
        f'<nav aria-label="breadcrumb">{LINKS}</nav>',
        f"<nav><!-- {LINKS}</nav>",
        f"<nav>{LINKS}<body class='x'></nav>",
        f"<navigation>{LINKS}</nav>",
        "<nav>" + "<a " + "".join(f"a{n} " for n in range(1001)) + "></a></nav>",
    ],
)
def test_a_menu_that_is_not_closed_or_is_none_stays(menu: str) -> None:
    assert not is_left_out(menu)


def test_the_text_of_a_menu_in_the_articles_room_is_accounted_for() -> None:
    html = page(after=f"<nav><a href='/x'>{SAID[:-1]}</a></nav>")
    for _ in range(3):
        assert reasons(read(html))[SAID[:-1]] == "menu"
    assert all(menu.stand_in == b"" for menu in menus._known), "it is parsed only once from now on"


def test_a_template_that_looks_into_a_menu_finds_what_is_there() -> None:
    class Odd(Template):
        name = "odd"
        body = ("div.post-content",)
        title = ("//nav//a/text()",)

    html = page(before=MENU)
    for _ in range(3):
        assert read_article(html, URL, portal("kalsel"), templates=(Odd, *TEMPLATES)).title == SAID


def test_a_menu_in_a_comment_or_a_script_is_no_menu() -> None:
    for begin, end in (("<!--", "-->"), ("<script>", "</script>"), ("<div title='", "'></div>")):
        html = page(before=begin + MENU + end)
        Tree(html, URL, menus=False, whole=False)
        with pytest.raises(MenuWanted):
            Tree(html, URL, menus=False, whole=False)
        assert read(html).paragraphs == PARAGRAPHS
        menus._known.clear()
