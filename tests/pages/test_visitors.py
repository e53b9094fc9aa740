"""What a page has for its visitors, beside an article or over it: comments, a call to consent."""

import pytest

from antara_crawler.errors import UnreadablePage
from tests.pages.building import FOOT, PARAGRAPHS, SECOND, page, paragraphs, read, reasons
from tests.pages.test_boxes import FIRST, REST, TEASED, unknown

COMMENT = (
    "<div class='c'><b>Ani Wulan</b> <i>2 jam lalu</i><p>Semoga tanggul itu kuat, pak.</p></div>"
)
OTHERS = COMMENT.replace("Ani", "Ida").replace("2 jam lalu", "5 Mei 2023")


@pytest.mark.parametrize(
    "box",
    [
        f"<div id='comments'><h3>Komentar (2)</h3>{COMMENT}{OTHERS}</div>",
        f"<section class='komentar'><h4>Komentar Pembaca</h4>{OTHERS}{OTHERS}</section>",
        f"<div class='balasan'><h4>Tulis Tanggapan</h4><ol><li>{OTHERS}</li></ol></div>",
        f"<ul class='commentlist'><li itemtype='http://schema.org/Comment'>{OTHERS}{OTHERS}</ul>",
        f"<h3>Komentar</h3><ol class='comment-list'>{COMMENT}{COMMENT}</ol>",
    ],
)
def test_what_readers_write_below_a_text_is_none_of_it(box: str) -> None:
    for article in (unknown(FIRST + REST + box), read(page(FIRST + REST, after=box))):
        assert article.paragraphs == PARAGRAPHS
        assert {why for text, why in reasons(article).items() if "Semoga" in text} == {"comment"}


@pytest.mark.parametrize(
    "box",
    [
        f"<section id='komentar'><h3>Komentar</h3>{paragraphs(TEASED)}</section>",
        f"<div class='comment-text'><b>Ani Wulan</b>{paragraphs(TEASED, SECOND, TEASED)}</div>",
        f"<div class='diskusi'><h3>Diskusi</h3><p><b>Ani Wulan</b>: {TEASED}</p></div>",
        f"<div class='privasi'><p>“Kuki di situs kami perlu persetujuan.”</p>{TEASED}</div>",
    ],
)
def test_a_text_in_a_box_called_as_those_for_visitors_stays(box: str) -> None:
    assert any(TEASED in each for each in unknown(FIRST + box + REST).paragraphs)


@pytest.mark.parametrize(
    "box", ["<div id='cookie-x'>{}</div>", "<div class='gdpr' role=dialog>{}</div>"]
)
def test_a_call_to_consent_is_no_text_and_makes_no_page_an_article(box: str) -> None:
    said = (
        "Situs ini memakai kuki untuk mengenali peranti Anda dan mengukur kunjungan ke laman kami."
    )
    call = box.format(f"<h2>Privasi</h2>{paragraphs(*[said] * 9, 'Pilih “Setuju” untuk lanjut.')}")
    html = page(FIRST + REST, before=call)
    assert read(html).paragraphs == PARAGRAPHS
    assert unknown(FIRST + REST, foot=FOOT + call).paragraphs == PARAGRAPHS
    with pytest.raises(UnreadablePage):
        unknown("<div id='app'></div>", foot=call)
