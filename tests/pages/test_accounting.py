"""Every text of a page's room is accounted for, however the page is broken."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from tests.examples import examples
from tests.pages.building import DATELINE, PARAGRAPHS, TITLE, page, read, titles

STRAY = (
    "<div class='ads'><ins class='adsbygoogle'></ins></div>", "<p>&nbsp;</p>", "<!-- x -->",
    "<div class='iklan'>Advertisement</div>", "<hr>", "<br>",
    "<div class='related'><h4>Berita lain</h4><a href='/berita/380011/x'>Sungai meluap</a></div>",
    "<ul class='share'><li><a href='#'>Facebook</a></li></ul>",
    "<div class='subscribe'><form><input><button>Langganan</button></form></div>",
    "<div class='poll'><p>Setujukah Anda?</p><form><input type=radio><button>Ya</button></form>"
    "</div>",
    "<script>var a = '<p>Bukan isi.</p>';</script>", "<p hidden>Tersembunyi dari siapa pun.</p>",
    "<figure><img src='/a.jpg'><figcaption>Tanggul baru. (ANTARA/Siti)</figcaption></figure>",
)  # fmt: skip
OPENINGS = ("<div>", "<section>", "<span>", "<b>", "<div><div>", "<i><u>")
ENDS = ("", "</div>", "</span>", "</b>", "</section>", "</i>")
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9)
TAGS = ("p", "div", "li", "span", "h3", "b", "blockquote", "td", "aside", "form", "nav", "figure",
        "figcaption", "p class='ads'", "div class='share'", "div class='quote_old'", "p hidden",
        "div class='wp-caption'", "span class='baca-juga'", "a href='/berita/1/x'", "button",
        "a href='#'", "ol", "section class='related'", "p class='text-muted'")  # fmt: skip


@st.composite
def grown(draw: st.DrawFn) -> str:
    """The known paragraphs in an order of their own, with stray boxes and tags around them."""
    parts: list[str] = []
    for number, text in enumerate(PARAGRAPHS):
        parts += draw(st.lists(st.sampled_from(STRAY), max_size=2))
        parts += draw(st.lists(st.sampled_from(OPENINGS), max_size=1))
        shown = f"{DATELINE}{text}" if not number else text
        parts.append(
            draw(st.sampled_from(["<p>{}</p>", "<div>{}</div>", "<br>{}<br>"])).format(shown)
        )
        parts.append(draw(st.sampled_from(ENDS)))
    return "".join([*parts, *draw(st.lists(st.sampled_from(STRAY), max_size=2))])


@given(grown())
@settings(max_examples=examples(100), deadline=None)
def test_the_true_paragraphs_come_out_or_the_page_is_unreadable(body: str) -> None:
    try:
        article = read(page(body))
    except UnreadablePage:
        return
    assert article.paragraphs == PARAGRAPHS, body


@st.composite
def soup(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A body of words that each stand once, in elements of any kind; and the words."""
    words = draw(st.lists(WORDS, min_size=3, max_size=25, unique=True))
    pieces = []
    for word in words:
        tag = draw(st.sampled_from(TAGS))
        end = draw(st.sampled_from([f"</{tag.split()[0]}>", ""]))
        pieces.append(f"<{tag}>{word}{draw(st.sampled_from(['', '.', ' ', ':']))}{end}")
    return "".join(pieces), words


def told(article: Article) -> str:
    """Everything that an article says, and what it says was left out."""
    texts = [*article.paragraphs, *titles(article), *(each.text for each in article.left_out)]
    texts += [each.caption or "" for each in article.images]
    texts += [each.credit or "" for each in article.images]
    texts += [*article.reporters, *article.editors, *article.uploaders, article.title or ""]
    texts += [article.dateline_text or "", article.copyright or "", article.rights or ""]
    return " ".join(texts)


@given(soup())
@settings(max_examples=examples(100), deadline=None)
def test_every_word_is_in_the_article_or_left_out_with_a_reason(
    made: tuple[str, list[str]],
) -> None:
    body, words = made
    article = read(page(f"<p>{PARAGRAPHS[0]}</p>{body}"))
    said = re.findall(r"\w+", told(article))
    for word in words:
        assert any(word in one for one in said), word
    assert TITLE in told(article)
