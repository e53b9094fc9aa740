"""Which article a URL stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.addresses import is_misread
from antara_crawler.pages import absolute, address_of, canonical_listing
from antara_crawler.portals import portal

KALSEL = portal("kalsel")
HOST = "https://kalsel.antaranews.com"
ARTICLE = f"{HOST}/berita/382470/kebakaran-lahan"

FORMS = [
    ARTICLE,
    f"{ARTICLE}/",
    f"{ARTICLE}?utm_source=antaranews&utm_medium=x",
    f"{ARTICLE}/?fullsite=false",
    f"{ARTICLE}?page=all",
    f"{ARTICLE}?page=2",
    f"{ARTICLE}?print",
    f"{ARTICLE}#komentar",
    f"{HOST}/amp/berita/382470/kebakaran-lahan",
    f"{HOST}/print/berita/382470/kebakaran-lahan",
    "http://kalsel.antaranews.com/berita/382470/kebakaran-lahan",
    "HTTPS://KALSEL.antaranews.com:443/berita/382470/kebakaran-lahan",
    "//kalsel.antaranews.com/berita/382470/kebakaran-lahan",
    "https://m.kalsel.antaranews.com/amp/berita/382470/kebakaran-lahan",
    "https://www.kalsel.antaranews.com/berita/382470/kebakaran-lahan",
    "/berita/382470/kebakaran-lahan",
    f"  {HOST}//berita/382470/kebakaran-lahan \n",
    f"{HOST}/Berita/382470/kebakaran-lahan",
    f"{HOST}/%62erita/%3382470/kebakaran-lahan",
    f"{HOST}/./foto/../berita/382470/kebakaran-lahan",
    f"{HOST}/index.php/berita/382470/kebakaran-lahan",
    f"{HOST}/berita/amp/382470/kebakaran-lahan",
    f"{HOST}/berita/382470/kebakaran-lahan;jsessionid=1A2B",
]


@pytest.mark.parametrize("url", FORMS)
def test_every_form_of_a_url_leads_to_the_one_article(url: str) -> None:
    address = address_of(url, KALSEL)
    assert address is not None
    assert (address.portal, address.kind, address.number) == ("kalsel", "berita", 382470)
    assert address.url == ARTICLE


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        *((path, True) for path in (
            "kalsel.antaranews.com/berita/382470/x", "id/berita/382470/x", "berita/382470-judul",
            "berita?id=382470", "buka?u=https%3A%2F%2Fkalsel.antaranews.com%2Fberita%2F382470",
        )),
        *((path, False) for path in (
            "berita/382470/x", "infografik/382470/x", "tag/foto", "berita/382470/@antara", "foto/2",
        )),
    ],
)  # fmt: skip
def test_an_address_that_says_article_in_a_form_of_its_own_is_known(
    path: str, is_one: bool
) -> None:
    assert is_misread(f"{HOST}/{path}", KALSEL) is is_one
    assert not is_misread(f"https://kalteng.antaranews.com/{path}", KALSEL)


def test_a_link_is_read_as_browsers_read_it() -> None:
    assert absolute(r"https:\\kalsel.antaranews.com\berita\382470\kebakaran-lahan", HOST) == ARTICLE
    assert absolute(r"\berita\382470\kebakaran-lahan", HOST) == ARTICLE


@pytest.mark.parametrize(
    ("path", "kind", "canonical"),
    [
        ("/berita/12", "berita", "/berita/12"),
        ("/berita/0012/a", "berita", "/berita/12/a"),
        ("/foto/53353/sungai", "foto", "/foto/53353/sungai"),
        ("/video/2478553/jukung", "video", "/video/2478553/jukung"),
        ("/amp/video/2478553/jukung", "video", "/video/2478553/jukung"),
        ("/rilis-pers/3226949/x", "rilis-pers", "/rilis-pers/3226949/x"),
        ("/nasional/berita/1391998/x?utm_source=a", "nasional", "/nasional/berita/1391998/x"),
        ("/nasional/amp/berita/1391998", "nasional", "/nasional/berita/1391998"),
        ("/amp/nasional/berita/1391998", "nasional", "/nasional/berita/1391998"),
        ("/berita/12/a/3", "berita", "/berita/12/a"),
        ("/berita/12/amp", "berita", "/berita/12"),
        ("/berita/12;jsessionid=1A2B", "berita", "/berita/12"),
        ("/berita/12/<script>", "berita", "/berita/12"),
    ],
)
def test_kind_and_canonical_form(path: str, kind: str, canonical: str) -> None:
    address = address_of(HOST + path, KALSEL)
    assert address is not None
    assert (address.kind, address.url) == (kind, HOST + canonical)


def test_nasional_is_an_identity_of_its_own() -> None:
    own = address_of(f"{HOST}/berita/1391998/x", KALSEL)
    national = address_of(f"{HOST}/nasional/berita/1391998/x", KALSEL)
    assert own is not None
    assert national is not None
    assert (own.kind, own.number) != (national.kind, national.number)


@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/amp/berita/407622/@antara_kalsel",
        f"{HOST}/berita/407622/%40antara_kalsel",
        "https://www.antaranews.com/berita/382470/x",
        "https://kalteng.antaranews.com/berita/382470/x",
        "https://kalsel.antaranews.com.example/berita/382470/x",
        "https://kalsel.antaranews.com@example.com/berita/382470/x",
        "https://kalsel.antaranews.com:8080/berita/382470/x",
        "https://kalsel.antaranews.com:x/berita/1/x",
        "ftp://kalsel.antaranews.com/berita/382470/x",
        "javascript:void(0)",
        "mailto:redaksi@kalsel.antaranews.com",
        f"{HOST}/infografik/382470/x",
        f"{HOST}/berita/0/x",
        f"{HOST}/berita/-3/x",
        f"{HOST}/berita/١٢٣/x",
        f"{HOST}/berita/{'9' * 30}/x",
        f"{HOST}/berita",
        f"{HOST}/nasional",
        f"{HOST}/nasional/2",
        f"{HOST}/nasional/foto/12345/x",
        f"{HOST}/foto/2",
        f"{HOST}/video/3/",
        f"{HOST}/terkini/2",
        f"{HOST}/",
        "",
        "http://[",
        f"{HOST}/berita/1/{'a' * 5000}",
    ],
)
def test_what_is_no_article_of_this_portal_has_no_address(url: str) -> None:
    assert address_of(url, KALSEL) is None


def test_an_older_host_of_the_portal_leads_to_its_present_one() -> None:
    address = address_of("http://kalut.antaranews.com/berita/45/x", portal("kaltara"))
    assert address is not None
    assert address.url == "https://kaltara.antaranews.com/berita/45/x"


@given(st.text(max_size=200))
def test_any_text_gives_an_address_or_none(text: str) -> None:
    address = address_of(text, KALSEL)
    assert address is None or address_of(address.url, KALSEL) == address


@given(
    number=st.integers(1, 10**9),
    slug=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,5}", fullmatch=True),
    kind=st.sampled_from(["berita", "foto", "video", "rilis-pers", "nasional/berita"]),
    form=st.sampled_from(["{}", "{}/", "{}?utm_source=a", "{}#b", "{}/?fullsite=false"]),
    amp=st.booleans(),
)
def test_identity_does_not_depend_on_the_form(
    number: int, slug: str, kind: str, form: str, amp: bool
) -> None:
    path = f"/{kind}/{number}/{slug}"
    address = address_of(form.format(f"{HOST}{'/amp' if amp else ''}{path}"), KALSEL)
    assert address is not None
    assert (address.number, address.url) == (number, f"{HOST}{path}")
    assert address.kind == kind.split("/", maxsplit=1)[0]


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://kalsel.antaranews.com/terkini/2/", "/terkini/2"),
        ("https://m.kalsel.antaranews.com/terkini?page=2&utm_source=x#atas", "/terkini?page=2"),
        ("/kabar-daerah//banjar", "/kabar-daerah/banjar"),
        ("/search?q=banjir&page=3", "/search?q=banjir&page=3"),
        ("https://kalsel.antaranews.com", "/"),
        ("?page=2", "/?page=2"),
    ],
)
def test_a_listing_has_one_form(url: str, canonical: str) -> None:
    assert canonical_listing(url, KALSEL) == HOST + canonical


def test_a_listing_elsewhere_stays_as_it_is() -> None:
    assert canonical_listing("https://www.antaranews.com/a/?b=1", KALSEL) == (
        "https://www.antaranews.com/a/?b=1"
    )


@given(st.text(max_size=100))
def test_canonical_listing_never_raises_and_is_stable(text: str) -> None:
    once = canonical_listing(text, KALSEL)
    assert canonical_listing(once, KALSEL) == once
