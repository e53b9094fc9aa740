"""Text comes out as a reader sees it: lists, signs, line breaks, quotes."""

import pytest

from tests.pages.building import DATELINE, LEAD, SECOND, THIRD, page, paragraphs, read


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<ol><li>Satu</li><li>Dua</li></ol>", ["1. Satu", "2. Dua"]),
        ("<ol start=3 type=a><li>Satu</li><li value=7><p>Dua</p></li></ol>", ["c. Satu", "g. Dua"]),
        ("<ol type=I><li>Satu</li><li>Dua</li></ol>", ["I. Satu", "II. Dua"]),
        ("<ol reversed><li>Satu</li><li>Dua</li></ol>", ["2. Satu", "1. Dua"]),
        ("<ol style='list-style: none'><li>Satu</li></ol>", ["Satu"]),
        ("<ol><li>Satu<ul><li>Anak</li></ul></li><li>Dua</li></ol>", ["1. Satu", "Anak", "2. Dua"]),
        ("<dl><dt>Nama</dt><dd>Siti</dd></dl>", ["Nama", "Siti"]),
        ("<pre>Baris satu\nBaris dua</pre>", ["Baris satu", "Baris dua"]),
        ("<span style='display:block'>Baris satu</span><span>dua</span>", ["Baris satu", "dua"]),
        ("<p style='display:inline'>Satu</p><p style='display:inline'> dua</p>", ["Satu dua"]),
        ("<p>Air <img class=emoji alt='💧' src='/e.png'> naik</p>", ["Air 💧 naik"]),
        ("<p>Air <img class=icon alt='' src='/e.png'> naik</p>", ["Air naik"]),
        ("<p>Air <img src='/foto.jpg' width=600> naik</p>", ["Air naik"]),
        ("<p>mem<wbr>per&shy;baiki 100 m<sup>2</sup></p>", ["memperbaiki 100 m2"]),
        ("<p><q>Sudah</q>, kata dia</p>", ["“Sudah”, kata dia"]),
        ("<p>Panjangnya <del>30</del> <ins>35</ins> meter</p>", ["Panjangnya 30 35 meter"]),
        ("<p aria-hidden='true'>Tetap dibaca</p>", ["Tetap dibaca"]),
        (
            "<table><caption>Rincian</caption><tr><th>Desa</th><th>Jiwa</th></tr></table>",
            ["Rincian", "Desa | Jiwa"],
        ),
    ],
)
def test_text_comes_out_as_it_is_seen(html: str, shown: list[str]) -> None:
    body = paragraphs(DATELINE + LEAD, SECOND) + html + paragraphs(THIRD)
    assert read(page(body)).paragraphs == (LEAD, SECOND, *shown, THIRD)
