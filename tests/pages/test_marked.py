"""A date that the page's elements mark as that of publication."""

import pytest

from antara_crawler.pages import read_article
from antara_crawler.portals import portal

URL = "https://kalsel.antaranews.com/berita/410001/judul"
LEAD = "Barabai (ANTARA) - Petani memanen padi unggul di dua puluh desa pada pekan ini."
AT = "2023-10-17T15:47:00+08:00"


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("<abbr class='published' title='{}'>Selasa 17 Oktober 2023</abbr>", AT),
        ("<i>di <abbr itemprop='datePublished' title='{}'>15.47</abbr></i>", AT),
        ("<time class='entry-date published updated' datetime='{}'>Selasa</time>", AT),
        ("<p><abbr class='published' title='{}'>17 Oktober</abbr>, oleh Siti</p>", AT),
        ("<span class='dt-published'>Selasa, 17 Oktober 2023 15:47 WITA</span>", AT),
        ("<abbr class='published' title='diterbitkan'>Selasa</abbr>", None),
        ("<aside><abbr class='published' title='{}'>15.47</abbr></aside>", None),
        (
            "<b class='published' title='{}'>1</b><b class='published' title='2023-10-18'>2</b>",
            None,
        ),
    ],
)
@pytest.mark.parametrize("place", ["{1}{0}", "{0}{1}"])
def test_a_date_marked_as_that_of_publication_is_read(
    marked: str, wanted: str | None, place: str
) -> None:
    text = f"<div class='post-content'><p>{LEAD}</p></div>"
    html = f"<h1>Panen raya</h1><main>{place.format(text, marked.format(AT))}</main>"
    article = read_article(html, URL, portal("kalsel"))
    said = article.published_at
    assert (said.isoformat() if said else None) == wanted
