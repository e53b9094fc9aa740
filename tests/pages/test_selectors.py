"""Selectors of templates: any that parsel knows, found where they stand, in linear time."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from parsel import Selector

from antara_crawler.pages.selectors import lookup
from antara_crawler.pages.tree import Tree

URL = "https://kalsel.antaranews.com/berita/382470/judul"
HTML = (
    "<html><head><meta name='k' content='isi'></head><body><div class='a b'><p class='c'>satu"
    "<b class='a'>dua</b></p></div><p class='c' itemprop='d'>tiga</p>"
    "<nav><p class='c'>menu</p></nav></body></html>"
)


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        (".c", ["satu", "tiga"]), (".a .c", ["satu"]), (".a.b > p", ["satu"]), (".a>p.c", ["satu"]),
        (".a .a", ["dua"]), (".c:not([itemprop])", ["satu"]), ("[itemprop=d]", ["tiga"]),
        (".a + p", ["tiga"]), ("b, .d, p", ["satu", "dua", "tiga"]), (".z .c", []),
        ("p.c::text", ["satu", "tiga"]), ("meta[name=k]::attr(content)", ["isi"]),
        ("//div/p", ["satu"]), (".//b/text()", ["dua"]), ("(//p)[2]/@itemprop", ["d"]),
        ("//p[re:test(., '^t')]", ["tiga"]), ("//*[has-class('a', 'b')]/p", ["satu"]),
    ],
)  # fmt: skip
def test_a_template_may_use_any_selector_of_parsel(selector: str, texts: list[str]) -> None:
    assert [element.text for element in Tree(HTML, URL, menus=False).all(selector)] == texts


def test_a_selector_looks_in_the_room_first_and_then_on_the_page() -> None:
    tree = Tree(HTML, URL)
    tree.look_in(tree.first("div"))
    assert [element.text for element in tree.all(".c")] == ["satu"]
    assert [element.text for element in tree.all("[itemprop=d]")] == ["tiga"]
    assert list(tree.inside("[itemprop=d]")) == []
    assert [element.text for element in tree.anywhere("p.c")] == ["satu", "tiga", "menu"]


@pytest.mark.parametrize("selector", ["p[", "", "//p[", "p::nothing", "p:nothing"])
def test_what_is_no_selector_is_named(selector: str) -> None:
    with pytest.raises(ValueError, match="not a selector"):
        lookup(selector)


CLASSES = st.sampled_from(["", "a", "b", "a b", " b\ta ", "ab", "A"])
TAGS = st.sampled_from(["div", "span", "section", "h1"])


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def whole(tag: str, names: str, said: str, within: list[str]) -> str:
        return f'<{tag} class="{names}"{said}>t{"".join(within)}</{tag}>'

    said = st.sampled_from(["", ' itemprop="x"', ' itemprop="a"'])
    return st.builds(whole, TAGS, CLASSES, said, st.lists(inner, max_size=4))


PAGES = st.recursive(st.just("<p class='a'>p</p>"), _element, max_leaves=25)
STEPS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "div", "span", "*", "p"]),
        st.sampled_from([".a", ".b", ".a.b", "[itemprop=x]", ".a[itemprop=x]"]),
    ),
)
SELECTORS = st.builds(
    lambda steps, between, end: between.join(steps) + end,
    st.lists(STEPS, min_size=1, max_size=3),
    st.sampled_from([" ", " > ", ", "]),
    st.sampled_from(["", " span", " h1.a"]),
)


@given(PAGES, SELECTORS)
@example("<div class='a'><div class='a'><p class='a'>p</p></div></div>", ".a .a")
def test_a_plain_selector_finds_what_parsel_finds(page: str, selector: str) -> None:
    tree = Tree(f"<html><body>{page}</body></html>", "https://kalsel.antaranews.com/", menus=False)
    expected = [each.root for each in Selector(root=tree.root).css(selector)]
    assert list(tree.anywhere(selector)) == expected
