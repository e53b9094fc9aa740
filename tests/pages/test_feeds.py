"""RSS feeds and sitemaps."""

import gzip
import zlib
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.errors import UnreadablePage
from antara_crawler.pages import Shown, read_feed, read_sitemap
from antara_crawler.pages.found.feeds import BATCH, LARGEST
from antara_crawler.portals import portal

KALSEL = portal("kalsel")
HOST = "https://kalsel.antaranews.com"
URL = f"{HOST}/rss/terkini.xml"


def item(number: int, more: str = "", link: str = "") -> str:
    link = link or f"{HOST}/berita/{number}/judul?utm_source=rss"
    return (
        f"<item><title><![CDATA[Judul & {number}]]></title><link>{link}</link>"
        f"<pubDate>Thu, 28 May 2026 13:27:46 +0700</pubDate>{more}"
        "<description>&lt;img src='x'&gt; Teras ...</description></item>"
    )


def feed(*items: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>ANTARA</title>'
        f"<link>{HOST}</link>{''.join(items)}</channel></rss>"
    ).encode()


def numbers(body: bytes) -> list[int]:
    return [entry.address.number for entry in read_feed(body, URL, KALSEL).entries]


def test_items_are_entries_with_title_and_the_date_as_given() -> None:
    (entry,) = read_feed(feed(item(529420)), URL, KALSEL).entries
    assert entry.address.url == f"{HOST}/berita/529420/judul"
    assert entry.title == "Judul & 529420"
    assert entry.published_at is not None
    assert entry.published_at.isoformat() == "2026-05-28T13:27:46+07:00"


def test_items_elsewhere_and_repeated_ones_are_left_out() -> None:
    other = item(3, link="https://www.antaranews.com/berita/3/x")
    assert numbers(feed(item(2), other, item(2), item(1))) == [2, 1]


def test_the_guid_serves_where_the_link_is_no_article() -> None:
    assert numbers(feed(item(0, f"<guid>{HOST}/berita/7/x</guid>", link=f"{HOST}/lacak"))) == [7]


@pytest.mark.parametrize(
    "disguise",
    [
        lambda body: b"\xef\xbb\xbf" + body,
        lambda body: b"\n  \n" + body,
        gzip.compress,
        lambda body: gzip.compress(b"\xef\xbb\xbf" + body),
        lambda body: body.decode().encode("utf-16"),
        lambda body: body.replace(b"UTF-8", b"iso-8859-1"),
        lambda body: body.replace(b"ANTARA</title>", b"A & B &nbsp; &ldquo;C&rdquo; \x0b</title>"),
        lambda body: body.replace(b"<channel>", b"<!-- x --><?y z?><channel>"),
    ],
)
def test_disguised_and_untidy_feeds_are_read(disguise) -> None:  # type: ignore[no-untyped-def]
    assert numbers(disguise(feed(item(1), item(2)))) == [1, 2]


def test_an_atom_feed_is_read() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Judul</title>'
        f'<link href="{HOST}/berita/5/x"/>'
        "<updated>2026-05-28T13:27:46+08:00</updated></entry></feed>"
    ).encode()
    (entry,) = read_feed(body, URL, KALSEL).entries
    assert entry.address.number == 5
    assert entry.published_at is None  # it says only when the page was last touched


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not well-formed"),
        (b"<html><body>Halaman tidak ditemukan</body></html>", "root element <html>"),
        (feed(item(1))[:200], "not well-formed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not well-formed"),
        (BOMB, "entities"),
        (b'<!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY x "y">]><rss/>', "entities"),
        (gzip.compress(feed(item(1)))[:-20], "ends too early"),
        (b"\x1f\x8b\x08nonsense", "damaged"),
        (b"<rss>" + b"<a>" * 5000, "not well-formed"),
    ],
)
def test_what_is_no_feed_is_unreadable_with_its_address(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePage, match=reason) as error:
        read_feed(body, URL, KALSEL)
    assert str(error.value).startswith(URL)


def test_a_gzip_bomb_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(wbits=31)
    chunk = b" " * 1_000_000
    packed = b"".join(packer.compress(chunk) for _ in range(LARGEST // len(chunk) + 2))
    with pytest.raises(UnreadablePage, match="over 50,000,000 bytes"):
        read_feed(packed + packer.flush(), URL, KALSEL)


def test_an_external_entity_is_never_fetched() -> None:
    body = b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel>&x;</channel></rss>'
    assert read_feed(body, URL, KALSEL).entries == ()


@given(st.binary(max_size=300))
def test_any_bytes_give_entries_or_unreadable(body: bytes) -> None:
    with suppress(UnreadablePage):
        read_feed(body, URL, KALSEL)
    with suppress(UnreadablePage):
        list(read_sitemap(body, URL, KALSEL))


SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def test_a_sitemaps_articles_and_dates_are_read() -> None:
    body = (
        f'<urlset xmlns="{SPACE}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{HOST}/berita/5/x</loc><lastmod>2025-12-30</lastmod></url>"
        f"<url><loc>{HOST}/terkini</loc></url>"
        f"<url><loc> {HOST}/video/4845841/y </loc><news:news><news:publication_date>"
        "2025-12-30T10:00:00+08:00</news:publication_date><news:title>Judul</news:title>"
        "</news:news></url></urlset>"
    ).encode()
    (sitemap,) = read_sitemap(gzip.compress(body), f"{HOST}/sitemap.xml.gz", KALSEL)
    assert [(e.address.kind, e.address.number) for e in sitemap.entries] == [
        ("berita", 5), ("video", 4845841),
    ]  # fmt: skip
    assert sitemap.entries[1].title == "Judul"
    assert sitemap.entries[1].published_at is not None
    assert sitemap.entries[0].published_at is None
    assert (sitemap.shown, sitemap.strays) == (3, 1)
    assert sitemap.children == ()


def test_a_sitemap_index_names_its_children_on_the_same_host() -> None:
    body = (
        f'<sitemapindex xmlns="{SPACE}"><sitemap><loc>{HOST}/sitemap-1.xml</loc></sitemap>'
        "<sitemap><loc>https://example.com/sitemap-2.xml</loc></sitemap>"
        f"<sitemap><loc>{HOST}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    ).encode()
    (sitemap,) = read_sitemap(body, f"{HOST}/sitemap.xml", KALSEL)
    assert sitemap.children == (f"{HOST}/sitemap-1.xml",)
    assert sitemap.entries == ()


def test_a_feed_is_no_sitemap() -> None:
    with pytest.raises(UnreadablePage, match="root element <rss>"):
        list(read_sitemap(feed(item(1)), URL, KALSEL))


def counts(shown: Shown) -> tuple[int, int, int, int, int]:
    return shown.shown, len(shown.entries), shown.repeats, shown.strays, shown.damaged


def test_all_that_stood_there_is_counted() -> None:
    other = item(3, link="https://www.antaranews.com/berita/3/x")
    bad = "<item><title>x</title></item>", item(4, link=f"{HOST}/id/berita/382470/x")
    shown = read_feed(feed(item(2), other, item(2), *bad), URL, KALSEL)
    assert counts(shown) == (5, 1, 1, 1, 2)
    assert shown.stray == "https://www.antaranews.com/berita/3/x"
    assert shown.damage == "it has no link of its own"
    assert shown.cut_short is None


@pytest.mark.parametrize(
    "bad",
    [
        "<item><title>A <b> c</title><link>x</link></item>",
        "<item><title>1 < 2</title></item>",
        "<item><title><![CDATA[tanpa akhir</title></item>",
        "<item><title>tanpa akhir",
        "<item><title>&#0; &#xFFFFFFFF;</title></item>",
        "<item></title></item>",
        "<item/>",
    ],
)
def test_a_bad_item_costs_itself_only(bad: str) -> None:
    shown = read_feed(feed(item(1), bad, item(2), item(3)), URL, KALSEL)
    assert [entry.address.number for entry in shown.entries] == [1, 2, 3]
    assert (shown.shown, shown.damaged) == (4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "<![CDATA[Kelas tentang <!ENTITY di XML]]>",
        "<![CDATA[<!DOCTYPE html [ <!ENTITY a 'b'> ]><item>]]>",
        "&lt;!ENTITY a 'b'&gt; &entah; &nbsp;",
        "<!-- <item><link>x</link></item> ]]> -->",
        "<![CDATA[</item>]]>",
    ],
)
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    shown = read_feed(feed(item(1, f"<summary>{text}</summary>"), item(2)), URL, KALSEL)
    assert counts(shown) == (2, 2, 0, 0, 0)


@pytest.mark.parametrize("rel", ["enclosure", "related", "self", "via", "replies"])
def test_an_entry_is_known_by_its_own_link(rel: str) -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        f'<link rel="{rel}" href="{HOST}/berita/111/lain"/>'
        f'<link rel="alternate" href="{HOST}/berita/5/x"/></entry></feed>'
    ).encode()
    assert numbers(body) == [5]


def test_a_feed_that_breaks_off_gives_what_stood_before_and_says_so() -> None:
    whole = feed(item(1), item(2), item(3))
    shown = read_feed(whole[: whole.index(b"Judul & 3")], URL, KALSEL)
    assert [entry.address.number for entry in shown.entries] == [1, 2]
    assert shown.cut_short == "not well-formed XML: it ends before </rss>"
    assert shown.damaged == 1


@pytest.mark.parametrize(
    "date", ["0001-01-01T00:00:00Z", "-0001-11-30", "1970-01-01T07:00:00+07:00", "kemarin dulu", ""]
)
def test_an_absurd_date_is_none(date: str) -> None:
    body = feed(item(1).replace("Thu, 28 May 2026 13:27:46 +0700", date))
    (entry,) = read_feed(body, URL, KALSEL).entries
    assert entry.published_at is None


def test_a_date_says_how_far_it_may_be_off() -> None:
    day_only = item(2).replace("Thu, 28 May 2026 13:27:46 +0700", "2026-05-28")
    exact, vague = read_feed(feed(item(1), day_only), URL, KALSEL).entries
    assert (exact.margin, vague.margin) == (timedelta(days=1), timedelta(days=2))


@given(
    st.lists(
        st.sampled_from(
            ["<item>", "</item>", "<![CDATA[", "]]>", "<!--", "-->", item(7), "a", "&"]
        ),
        max_size=12,
    )
)
def test_nothing_goes_by_uncounted(pieces: list[str]) -> None:
    with suppress(UnreadablePage):
        shown = read_feed(feed(*pieces), URL, KALSEL)
        assert shown.shown == sum(counts(shown)[1:])


def test_a_long_sitemap_comes_in_parts() -> None:
    total = 2 * BATCH + 500
    rows = "".join(f"<url><loc>{HOST}/berita/{n}/x</loc></url>" for n in range(1, total + 1))
    body = gzip.compress(f'<urlset xmlns="{SPACE}">{rows}</urlset>'.encode())
    parts = list(read_sitemap(body, URL, KALSEL))
    assert [(part.shown, part.more) for part in parts] == [
        (BATCH, True), (BATCH, True), (500, False),
    ]  # fmt: skip
    found = [entry.address.number for part in parts for entry in part.entries]
    assert found == list(range(1, total + 1))


def test_all_members_of_a_gzip_file_are_read() -> None:
    first, second = f'<urlset xmlns="{SPACE}"><url><loc>', f"{HOST}/berita/5/x</loc></url></urlset>"
    body = gzip.compress(first.encode()) + gzip.compress(second.encode())
    (part,) = read_sitemap(body, URL, KALSEL)
    assert [entry.address.number for entry in part.entries] == [5]


@pytest.mark.parametrize(
    "place",
    ["/peta.xml", "//kalsel.antaranews.com/peta.xml", "http://www.kalsel.antaranews.com/peta.xml",
     "HTTPS://KALSEL.ANTARANEWS.COM/peta.xml", "peta.xml"],
)  # fmt: skip
def test_a_part_on_any_host_of_the_portal_is_its_own(place: str) -> None:
    body = f'<sitemapindex xmlns="{SPACE}"><sitemap><loc>{place}</loc></sitemap></sitemapindex>'
    (part,) = read_sitemap(body.encode(), f"{HOST}/sitemap.xml", KALSEL)
    assert part.children == (f"{HOST}/peta.xml",)
    assert (part.shown, part.strays) == (1, 0)
