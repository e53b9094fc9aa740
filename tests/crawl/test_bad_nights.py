"""Nights on which the portal is not itself leave no trace in the archive."""

from pathlib import Path

import pytest

from tests.crawl.test_later_runs import make_all_due
from tests.crawl.truth import assert_exact
from tests.faults.evidence import assert_alike, held
from tests.portal import Faults, PortalServer, Site
from tests.scrapy_runs import Ended, Workplace

QUICK = ("-s", "RETRY_TIMES=0", "-s", "REFUSED_PAUSE=0.01", "-s", "UNREADABLE_AFTER=4")


def bad_night(place: Workplace, site: Site, fault: str) -> Ended:
    make_all_due(place)
    with PortalServer(site, Faults(everywhere=fault)) as portal:
        if fault == "gone":
            portal.stop()
        ended = place.crawl(portal.url, *QUICK)
        told = f"  asked     {len(portal.requests)} requests,"
        assert fault == "gone" or told in ended.err, "what never went out was not asked"
    return ended


def test_four_bad_nights_between_good_ones_change_nothing(tmp_path: Path, sqlite_url: str) -> None:
    site = Site(seed=71, articles=14)
    (tmp_path / "calm").mkdir()
    calm = Workplace(tmp_path / "calm", f"sqlite:///{tmp_path}/calm/archive.db")
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(site) as portal:
        for each in (calm, place):
            assert each.crawl(portal.url).status == 0
        site.add(3)
    for fault, said in (
        ("maintenance", "NOTHING COULD BE READ"),
        ("challenge", "NOTHING COULD BE READ"),
        ("e503_for_ever", "NOTHING COULD BE FETCHED"),
        ("gone", "NOTHING COULD BE FETCHED"),
    ):
        ended = bad_night(place, site, fault)
        assert ended.status == 3, (fault, ended.err)
        assert said in ended.err
        assert "  why  " in ended.err
        assert "  next  " in ended.err
    with PortalServer(site) as portal:
        for each in (calm, place):
            make_all_due(each)
            assert each.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())
    assert_alike(held(place.archive_url), held(calm.archive_url))
    assert not [r for r in place.records() if r["revision"] > 1 or r["gone_at"]]


@pytest.mark.parametrize("fault", ["maintenance", "challenge"])
def test_a_first_night_without_a_page_ends_soon_and_says_why(
    tmp_path: Path, sqlite_url: str, fault: str
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(Site(seed=72, articles=5), Faults(everywhere=fault)) as portal:
        ended = place.crawl(portal.url, *QUICK)
        assert len(portal.requests) < 10
    assert ended.status == 3
    assert "no template reads it: kept raw" in ended.err
