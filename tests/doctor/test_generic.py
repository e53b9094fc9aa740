"""A page that no template reads: by which rule it is read, and that this replaces nothing."""

import pytest

from antara_crawler.archive import Archive, Filters, Writer
from antara_crawler.errors import UnreadablePage
from antara_crawler.items import GENERIC
from tests.archive.samples import article, at, start_run
from tests.pages import building

SAYS = '<meta property="og:type" content="article">'
CARDS = "".join(
    f'<div><a href="/berita/3800{n}/a">Judul berita lain yang panjang sekali nomor {n}</a></div>'
    for n in range(20)
)


def unknown(body: str, head: str = SAYS) -> str:
    return (
        f"<html><head>{head}</head><body><div>{CARDS}</div><main><h1>{building.TITLE}</h1>"
        f'<div class="isi">{body}</div></main><div>{CARDS}</div></body></html>'
    )


@pytest.mark.parametrize(
    "body",
    [
        building.BODY,
        f"{building.DATELINE}{'<br><br>'.join(building.PARAGRAPHS)}",
        f"<div>{building.DATELINE}{'</div><div>'.join(building.PARAGRAPHS)}</div>",
    ],
)
def test_the_densest_room_is_the_body_of_a_page_without_a_template(body):
    read = building.read(unknown(body))
    assert (read.template, read.paragraphs) == (GENERIC, building.PARAGRAPHS)


def test_a_page_that_does_not_say_it_is_an_article_is_not_read():
    with pytest.raises(UnreadablePage, match="no template"):
        building.read(unknown(building.BODY, head=""))


def test_a_template_reads_what_it_knows_before_the_plain_rule_does():
    assert building.read(building.page()).template == "regional"


def test_a_reading_without_a_template_takes_no_better_ones_place(sqlite_url):
    known = article(template="regional")
    text = ("Menu utama dan iklan baris saja.",)
    worse = article(seen=at(48), template=GENERIC, paragraphs=text)
    with Archive.open(sqlite_url, create=True) as archive:
        writer, run = Writer(archive, "test"), start_run(archive)
        assert [each.outcome for each in writer.write([known], run)] == ["new"]
        (told,) = writer.write([worse], run)
        assert told.outcome == "unreadable"
        assert "no template reads the page any more" in (told.reason or "")
        (shown,) = archive.articles()
        assert shown.paragraphs == known.paragraphs


def test_a_template_takes_the_place_of_the_plain_rule_though_the_text_is_the_same(sqlite_url):
    plain = article(template=GENERIC)
    with Archive.open(sqlite_url, create=True) as archive:
        writer, run = Writer(archive, "test"), start_run(archive)
        writer.write([plain], run)
        assert len(list(archive.articles(Filters(template=GENERIC)))) == 1
        (told,) = writer.write([article(template="new@123456")], run)
        assert told.outcome == "reread"
        assert list(archive.articles(Filters(template=GENERIC))) == []
        assert len(list(archive.articles(Filters(template="new")))) == 1
