"""Small pages around one known article, for tests of what is read and what is left out."""

from antara_crawler.items import Article
from antara_crawler.pages import read_article
from antara_crawler.portals import portal

LEAD = "Warga Desa Muara Tapus memperbaiki tanggul yang jebol diterjang banjir pekan lalu."
SECOND = "Kepala Desa Rahmat Hidayat mengatakan perbaikan itu melibatkan seratus orang warga."
THIRD = "Ia berharap bantuan pemerintah kabupaten segera datang sebelum musim hujan tiba."
PARAGRAPHS = (LEAD, SECOND, THIRD)
DATELINE = "Barabai (ANTARA) - "
TITLE = "Tanggul jebol diperbaiki warga desa"
ONE, OTHER = "Sungai meluap di tiga desa", "Relawan bantu korban banjir"
LINK = f'<a href="/berita/380011/sungai">{ONE}</a>'
SECOND_LINK = f'<a href="/berita/380012/relawan">{OTHER}</a>'
URL = "https://kalsel.antaranews.com/berita/375001/tanggul"
FOOT = (
    '<footer class="post-meta"><div class="tags-wrapper"><span itemprop="author">Pewarta: Siti'
    " Aminah</span><br>Editor : Budi Santoso<br>COPYRIGHT © ANTARA News Kalimantan Selatan 2023"
    "</div></footer>"
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


BODY = paragraphs(DATELINE + LEAD, SECOND, THIRD)


def page(
    body: str = BODY, *, head: str = "", before: str = "", after: str = "", foot: str = FOOT
) -> str:
    """A regional page: `head` stands below the headline, `before` above all, `after` the body."""
    return (
        f'<html lang="id"><head><title>{TITLE} - ANTARA News</title></head><body>{before}'
        '<div id="main"><div id="print_content"><article class="post-wrap">'
        '<header class="post-header"><p class="simple-here"><a href="/">Home</a>'
        ' <span class="article-date"><time>Selasa, 17 Oktober 2023 15:47 WITA</time></span></p>'
        f'<h1 class="post-title">{TITLE}</h1>{head}</header>'
        f'<div class="post-content clearfix">{body}</div>{after}{foot}</article></div>'
        "<aside><h3>Terpopuler</h3><p>Ringkasan berita lain yang bukan isi artikel ini.</p>"
        "</aside></div></body></html>"
    )


def read(html: str, url: str = URL) -> Article:
    return read_article(html, url, portal("kalsel"))


def titles(article: Article) -> list[str]:
    return [link.title for link in article.related]


def reasons(article: Article) -> dict[str, str]:
    """Map each line that was left out to its reason."""
    return {line: each.reason for each in article.left_out for line in each.text.split("\n")}
