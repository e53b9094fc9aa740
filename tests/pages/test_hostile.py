"""Pages that mean harm or are broken: read, or unreadable, but never another error."""

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antara_crawler.errors import Cause, UnreadablePage
from antara_crawler.pages import further_pages, read_article, read_listing
from antara_crawler.pages.tree import LARGEST
from antara_crawler.portals import portal
from tests.examples import examples

KALSEL = portal("kalsel")
URL = "https://kalsel.antaranews.com/berita/382470/judul"
LEAD = "Pemerintah kabupaten membangun tanggul baru di tepi sungai."

FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<br>", "<div>", "</div>", "<span class='baca-juga'>", "</span>", "<b>", "</b>",
     "<a href='/berita/1/x'>", "<a href='http://['>", "</a>", "<table>", "<tr>", "<td>", "</table>",
     "<ul>", "<li>", "<figure>", "<figcaption>", "</figure>", "<img src='/a.jpg'>", "<blockquote>",
     "<script>", "</script>", "<!--", "-->", "<ins>", "<h2>", "</h2>", "<div class='post-content'>",
     "<h1>Judul</h1>", "<article>", "Baca juga:", " Judul polos ", "Pewarta: ", "Siti Aminah ",
     "Editor :", "COPYRIGHT © ANTARA 2020", "Dilarang keras mengambil konten", "(ANTARA/HO-X)",
     "Barabai (ANTARA) - ", "id a, b", "17 Oktober 2023 10:00", "&#0;", "&#x110000;", "&amp;nbsp;",
     "\x00", "\ud7ff", "Kalimat biasa yang cukup panjang di sini.", "(", ")", "|", "\n"]
)  # fmt: skip


def page(body: str, head: str = "") -> str:
    return (
        f"<html><head>{head}</head><body><h1>Judul berita</h1>"
        f"<div class='post-content'>{body}</div></body></html>"
    )


@given(st.lists(FRAGMENTS | st.text(max_size=20), max_size=40))
@settings(max_examples=examples(150))
def test_any_soup_is_an_article_or_unreadable(fragments: list[str]) -> None:
    html = page("".join(fragments))
    try:
        article = read_article(html, URL, KALSEL)
    except UnreadablePage as error:
        assert str(error).startswith(URL)
    else:
        assert article.paragraphs
        assert all(text == " ".join(text.split()) != "" for text in article.paragraphs)
    read_listing(html, URL, KALSEL)
    further_pages(html, URL, KALSEL)


@given(st.text(max_size=300))
def test_any_text_in_place_of_a_page_is_an_article_or_unreadable(html: str) -> None:
    for reader in (read_article, read_listing):
        try:
            reader(html, URL, KALSEL)
        except UnreadablePage as error:
            assert str(error).startswith(URL)


@pytest.mark.parametrize(
    "tag",
    ["div", "span", "b", "p class='baca-juga'", "table><tr><td", "figure", "article", "ul><li"],
)
def test_a_page_is_read_to_its_end_however_deep_or_it_is_unreadable(tag: str) -> None:
    within = tag.replace("p class", "div class")
    html = page(f"<p>{LEAD}</p>" + f"<{within}>" * 300 + "Kalimat yang dalam.")
    assert read_article(html, URL, KALSEL).paragraphs[0] == LEAD
    for reader in (read_article, read_listing):
        # the parser gives up in the middle of it, and would drop what follows in silence
        with pytest.raises(UnreadablePage, match="too deep to be read"):
            reader(page(f"<p>{LEAD}</p>" + f"<{within}>" * 10_000 + "dalam"), URL, KALSEL)


MANY = 80_000


@pytest.mark.parametrize(
    "attributes",
    [" ".join(f"a{n}" for n in range(MANY)), " ".join(f"a{n}='>'" for n in range(MANY)),
     "".join(f'a{n}="1"' for n in range(MANY)), "/".join(f"a{n}" for n in range(MANY)),
     "\n".join(f"a{n} = {n}" for n in range(MANY)), "x " * MANY],
    ids=["bare", "quoted >", "no blanks", "slashes", "lines", "the same"],
)  # fmt: skip
@pytest.mark.parametrize("before", ["", "<!-- <a b=' -->", "<script>i<n</script>", "<P>"])
def test_a_tag_with_countless_attributes_is_refused_before_it_is_parsed(
    attributes: str, before: str
) -> None:
    for reader in (read_article, read_listing):
        with pytest.raises(UnreadablePage, match="over 1,000 attributes"):
            reader(page(f"{before}<p {attributes}>{LEAD}</p>"), URL, KALSEL)


@pytest.mark.parametrize(
    "harmless",
    ["<script>for (i=0; i<n; i++) " + "x = y; " * 5000 + "</script>",
     "<style>a<b " + "x " * 5000 + "</style>", "<!-- <p " + "x " * 5000 + "-->",
     "<p class='" + "a " * 5000 + "'></p>", "<p>3 < 5 " + "kata " * 5000 + "</p>",
     "<p " + " ".join(f"a{n}='{n}'" for n in range(1000)) + "></p>"],
)  # fmt: skip
def test_many_words_that_are_no_attributes_are_none_of_its_business(harmless: str) -> None:
    assert LEAD in read_article(page(f"{harmless}<p>{LEAD}</p>"), URL, KALSEL).paragraphs


@pytest.mark.parametrize(
    "piece",
    [
        "<b>Baca juga: x</b>", "<p class='text-muted'>a</p>", "<span itemprop='author'>A</span>",
        "<time itemprop='datePublished' datetime='x'>y</time>", "<figure><img src='/a'></figure>",
        "<tr><td>a</td></tr>", "<p>17 Oktober 2023</p>", "&lt;", "<!-- -->", "</p>", "((((((((",
        "<article class='simple-post'><a href='/x'>y</a></article>", "Editor: ",
        "COPYRIGHT © ANTARA ",
        "<nav><a href='/ekonomi'>x</a></nav>", "id a,", "<p>A-A.A-</p>",
        "<ul class='blog-tags'><a>t</a></ul>", "<tr>" + "<td><p>a</p></td>" * 3,
        "<div class='x'><h4><a href='/berita/1/x'>Sungai meluap</a></h4><p>Kabar ...</p></div>",
    ],
)  # fmt: skip
def test_ten_thousand_times_the_same_takes_linear_time(piece: str) -> None:
    html = page(f"<p>{LEAD}</p>" + piece * 10_000)
    assert LEAD in read_article(html, URL, KALSEL).paragraphs
    read_listing(html, URL, KALSEL)


def test_a_row_of_a_hundred_thousand_cells_takes_linear_time() -> None:
    cells = "<td><p>a</p></td>" * 100_000
    html = page(f"<p>{LEAD}</p><table><tr>{cells}</tr></table>")
    assert LEAD in read_article(html, URL, KALSEL).paragraphs


@pytest.mark.parametrize(
    ("holder", "piece"),
    [("<div class='blog-tags'>", "<a href='/x'>t</a>"), ("<nav>", "<a href='/ekonomi'>x</a>"),
     ("<div class='breadcrumb'>", "<li><a>t</a></li>"),
     ("<div class='simple-here'>", "<time class='article-date'>x</time>")],
)  # fmt: skip
def test_a_selector_of_two_elements_takes_linear_time_on_nested_holders(
    holder: str, piece: str
) -> None:
    html = page(f"<p>{LEAD}</p>").replace("</body>", f"{holder * 100}{piece * 5000}</body>")
    assert read_article(html, URL, KALSEL).paragraphs == (LEAD,)
    read_listing(html, URL, KALSEL)


def test_a_huge_attribute_and_a_huge_word_are_read() -> None:
    html = page(f"<p class='{'a ' * 500_000}'>{LEAD}</p><p>{'x' * 1_000_000}</p>")
    assert read_article(html, URL, KALSEL).paragraphs[0] == LEAD


def test_a_page_over_the_bound_is_unreadable() -> None:
    with pytest.raises(UnreadablePage, match=f"over {LARGEST:,}") as raised:
        read_article("<p>" + "x" * LARGEST, URL, KALSEL)
    assert raised.value.cause is Cause.DAMAGED


@pytest.mark.parametrize("html", ["", "   ", "Service Unavailable", "{}", "<!-- x -->", "\x00\x00"])
def test_no_page_at_all_is_unreadable(html: str) -> None:
    with pytest.raises(UnreadablePage):
        read_article(html, URL, KALSEL)


def test_a_challenge_page_is_unreadable_and_names_what_was_sought() -> None:
    html = (
        "<html><head><title>Just a moment...</title></head><body><script>x</script></body></html>"
    )
    with pytest.raises(UnreadablePage, match=r"382470.*div\.post-content"):
        read_article(html, URL, KALSEL)


def test_a_page_of_another_portal_is_unreadable() -> None:
    with pytest.raises(UnreadablePage, match="not the address of an article of kalsel"):
        read_article(page(LEAD), "https://www.antaranews.com/berita/1/x", KALSEL)


def test_the_canonical_link_serves_where_the_url_does_not() -> None:
    html = page(LEAD, f"<link rel='canonical' href='{URL}'>")
    assert read_article(html, "http://127.0.0.1:8000/lihat?id=1", KALSEL).url == URL


def test_a_page_without_a_title_is_unreadable_and_names_the_selectors() -> None:
    html = f"<html><body><div class='post-content'>{LEAD}</div></body></html>"
    with pytest.raises(UnreadablePage, match=r"no title at .*h1\.post-title"):
        read_article(html, URL, KALSEL)


@pytest.mark.parametrize(
    "script",
    ["[" * 100_000, '{"@type":"NewsArticle","datePublished":{"a":[]}}', "null", "1e999", '"a',
     '{"@type":"NewsArticle","author":[[],{},{"name":7}],"image":[null]}',
     '{"@graph":{"@graph":[]}}',
     '{"@type":"NewsArticle","datePublished":"9999-99-99"}'],
)  # fmt: skip
def test_hostile_json_ld_is_passed_over(script: str) -> None:
    html = page(LEAD, f"<script type='application/ld+json'>{script}</script>")
    article = read_article(html, URL, KALSEL)
    assert article.published_at is None
    assert article.reporters == ()


def test_json_ld_of_many_megabytes_is_not_read() -> None:
    data = f'{{"@type":"NewsArticle","datePublished":"2023-10-17","x":"{"y" * 600_000}"}}'
    html = page(LEAD, f"<script type='application/ld+json'>{data}</script>")
    assert read_article(html, URL, KALSEL).published_at is None


def test_nothing_is_read_from_menus_and_side_columns_but_breadcrumbs() -> None:
    html = page(LEAD).replace(
        "<h1>",
        "<nav><h1 class='post-title'>Di menu</h1><ul class='blog-tags'><a>menu</a></ul></nav>"
        "<aside><p class='text-muted'>Pewarta: Orang Lain</p>"
        "<div class='post-content'>Di samping.</div></aside>"
        "<nav aria-label='breadcrumb'><ol class='breadcrumb'><li>Home</li><li>Hukum</li></ol></nav>"
        "<h1>",
    )
    article = read_article(html, URL, KALSEL)
    assert (article.title, article.section, article.tags) == ("Judul berita", "Hukum", ())
    assert (article.paragraphs, article.reporters) == ((LEAD,), ())


def test_dates_that_disagree_are_logged_with_the_pages_address(
    caplog: pytest.LogCaptureFixture,
) -> None:
    head = "<meta property='article:published_time' content='2023-10-17T10:00:00+08:00'>"
    shown = "<header class='post-header'><time>Rabu, 18 Oktober 2023 10:00 WITA</time></header>"
    html = page(LEAD, head).replace("<h1>", f"{shown}<h1>")
    with caplog.at_level(logging.INFO):
        article = read_article(html, URL, KALSEL)
    assert article.published_at is not None
    assert article.published_at.day == 17
    assert [URL in message for message in caplog.messages] == [True]
