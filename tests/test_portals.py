"""The registry of portals."""

from zoneinfo import ZoneInfo

import pytest

from antara_crawler.errors import UsageError
from antara_crawler.portals import portal, portals

SITE_MD = (
    "aceh sumut sumbar riau kepri jambi bengkulu sumsel babel lampung banten megapolitan jabar "
    "jateng jogja jatim kalbar kalteng kalsel kaltim kaltara bali mataram kupang makassar sulteng "
    "sultra manado gorontalo ambon papua papuatengah papuabarat kl"
)


def test_every_portal_of_the_site_facts_is_there() -> None:
    assert sorted(portals()) == sorted(SITE_MD.split())


def test_each_portal_is_named_by_its_host_label() -> None:
    assert all(
        p.host == f"{name}.antaranews.com" == p.base_url[8:] for name, p in portals().items()
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [("aceh", "WIB"), ("kalteng", "WIB"), ("kalbar", "WIB"), ("kalsel", "WITA"), ("bali", "WITA"),
     ("ambon", "WIT"), ("papuabarat", "WIT"), ("kl", "MYT")],
)  # fmt: skip
def test_zone_is_the_one_of_its_province(name: str, label: str) -> None:
    assert portal(name).zone_label == label


def test_every_zone_exists_and_has_a_label() -> None:
    for one in portals().values():
        assert ZoneInfo(one.zone)
        assert one.zone_label in {"WIB", "WITA", "WIT", "MYT"}


def test_copyright_name_is_the_one_that_pages_show() -> None:
    assert portal("kalsel").copyright_name == "ANTARA News Kalimantan Selatan"
    assert portal("kalbar").copyright_name == "ANTARA News Kalimantan Barat"


def test_feeds_and_listings_begin_where_every_portal_has_them() -> None:
    assert portal("kalsel").feeds == ("/rss/terkini.xml",)
    assert portal("kalsel").listings == ("/terkini",)


def test_an_older_host_is_an_alias() -> None:
    assert portal("kaltara").aliases == ("kalut.antaranews.com",)


def test_unknown_portal_is_refused_with_the_near_one() -> None:
    with pytest.raises(UsageError, match=r"unknown portal 'kalsle'.*kalsel"):
        portal("kalsle")


@pytest.mark.parametrize(
    "name",
    [
        "Kalsel ",
        "www.kalsel.antaranews.com",
        "https://kalsel.antaranews.com/terkini",
        "kalsel.antaranews.com/berita/1",
        "kalimantan selatan",
    ],
)
def test_a_portal_is_known_by_its_host_and_province_too(name: str) -> None:
    with pytest.raises(UsageError, match=r"did you mean kalsel\?"):
        portal(name)


def test_a_name_like_no_portal_is_refused_with_all_of_them() -> None:
    with pytest.raises(UsageError, match=r"aceh.*papuabarat"):
        portal("zzzzzz")


def test_the_registry_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        portals()["baru"] = portal("kalsel")  # type: ignore[index]
