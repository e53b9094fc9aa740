"""What a portal shows later: new, edited and removed articles; runs that want only a part."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from antara_crawler.archive import Archive
from antara_crawler.archive.tables.crawl import Pages
from antara_crawler.warc import scan
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.portal.model import Truth
from tests.scrapy_runs import Workplace


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


@pytest.fixture
def on_either(tmp_path: Path, archive_url: str) -> Workplace:
    return Workplace(tmp_path, archive_url)


def make_all_due(place: Workplace) -> None:
    """Let so much time pass that every article is due for a recheck."""
    past = datetime.now(UTC) - timedelta(days=1)
    with Archive.open(place.archive_url) as archive, archive.writing() as connection:
        known = Pages.number.is_not(None)
        connection.execute(update(Pages).where(known).values(next_attempt_at=past))


def key(truth: Truth) -> tuple[str, int | None]:
    return truth["kind"], truth["article_id"]


def test_new_articles_are_found_by_the_next_run(place: Workplace) -> None:
    site = Site(seed=5, articles=20)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
        site.add(17)
        assert "17 new" in place.crawl(portal.url).err
    assert_exact(site.truth, place.records())


def test_scrapys_limit_on_the_length_of_addresses_drops_none_that_was_taken(
    place: Workplace,
) -> None:
    with PortalServer(Site(seed=5, articles=3)) as portal:
        ended = place.crawl(portal.url, "-s", "URLLENGTH_LIMIT=20")
    assert (ended.status, "3 new" in ended.err) == (0, True), ended.err


def test_a_crawl_after_an_older_archive_was_put_back_says_so_till_it_is_rebuilt(
    place: Workplace, tmp_path: Path
) -> None:
    older = tmp_path / "older.db"
    site = Site(seed=5, articles=6)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
        with Archive.open(place.archive_url) as archive:
            assert archive.path is not None
            path = archive.path
        shutil.copy(path, older)
        site.add(3)
        assert place.crawl(portal.url).status == 0
        older.replace(path)
        ended = place.crawl(portal.url)
        assert (ended.status, "scrapy rebuild --add takes them in" in ended.err) == (4, True)
        assert place.run("rebuild", "--add").status == 0
        assert place.crawl(portal.url).status == 0


def test_a_feed_that_goes_on_while_the_listing_stands_still_is_told(place: Workplace) -> None:
    site = Site(seed=5, articles=12, feed_items=4)
    kept, follows = list(site.newest)[site.feed_items :], site.listed
    site.listed = lambda path: kept if follows(path) else None  # type: ignore[method-assign]
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0  # nothing came before what the first feed names
        site.add(9)
        ended = place.crawl(portal.url)
        assert (ended.status, "4 new" in ended.err) == (4, True), ended.err
        assert "rss/terkini.xml: none of its articles was known, nor is one on a" in ended.err
        site.listed = follows  # type: ignore[method-assign]
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_an_edited_article_gets_a_second_revision_and_the_others_none(
    on_either: Workplace,
) -> None:
    place = on_either
    site = Site(seed=5, articles=12)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
        edited = next(a for a in site.newest if a.kind == "berita" and not a.traps & {"english"})
        site.edit(edited.number, edited.kind, title="Judul yang diganti redaksi kemudian")
        make_all_due(place)
        ended = place.crawl(portal.url)
        assert "0 new, 1 revised, 11 unchanged" in ended.err
        statuses = [seen.status for seen in portal.requests if edited.path in seen.path]
        unchanged = [seen.status for seen in portal.requests if seen.status == 304]
        assert statuses[-1] == 200
        # Those of several pages are asked for in full.
        assert len(unchanged) == sum(len(a.pages) == 1 for a in site.newest if a is not edited)
    revisions = {(r["kind"], r["article_id"]): r["revision"] for r in place.records()}
    assert revisions.pop(edited.key) == 2
    assert set(revisions.values()) == {1}
    assert_exact(site.truth, place.records())


def test_a_removed_article_stays_and_is_gone_after_a_second_look_on_another_day(
    place: Workplace,
) -> None:
    site = Site(seed=5, articles=12)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
        before = site.truth
        removed = next(article for article in site.newest if article.kind == "berita")
        site.remove(removed.number, removed.kind)
        make_all_due(place)
        assert place.crawl(portal.url).status == 0
        assert [r for r in place.records() if r["gone_at"]] == []
        make_all_due(place)
        with Archive.open(place.archive_url) as archive, archive.writing() as connection:
            yesterday = datetime.now(UTC) - timedelta(days=1)
            connection.execute(
                update(Pages).values(missed_at=yesterday).where(Pages.missed_at.is_not(None))
            )
        assert place.crawl(portal.url).status == 0
    assert_exact(before, place.records())
    assert {key(r) for r in place.records() if r["gone_at"]} == {removed.key}


def test_limit_stores_so_many_and_the_next_run_goes_on(place: Workplace) -> None:
    site = Site(seed=6, articles=30)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, "-a", "limit=9").status == 0
        assert len(place.records()) == 9
        with Archive.open(place.archive_url) as archive, archive.writing() as connection:
            again = update(Pages).where(Pages.state == "stored", Pages.number.is_not(None))
            connection.execute(again.values(next_attempt_at=datetime.now(UTC)))
        assert place.crawl(portal.url, "-a", "limit=9").status == 0
        assert len(place.records()) >= 14  # what is looked at again takes half of the limit
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_since_and_until_choose_by_publication_date(place: Workplace) -> None:
    site = Site(seed=7, articles=21)
    days = sorted(truth["published_at"][:10] for truth in site.truth)
    since, until = days[7], days[14]
    with PortalServer(site) as portal:
        ended = place.crawl(portal.url, "-a", f"since={since}", "-a", f"until={until}")
        assert ended.status == 0, ended.err
        chosen = [t for t in site.truth if since <= t["published_at"][:10] <= until]
        assert_exact(chosen, place.records())
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_cards_that_say_how_long_ago_still_choose_by_date(place: Workplace) -> None:
    now = datetime.now(UTC)
    site = Site(seed=4, articles=20, start=now - timedelta(days=90), today=now)
    since = f"{now - timedelta(days=30):%Y-%m-%d}"
    with PortalServer(site) as portal:
        assert place.crawl(portal.url, "-a", f"since={since}").status == 0
    assert_exact([t for t in site.truth if t["published_at"][:10] >= since], place.records())


@pytest.mark.parametrize(
    "site",
    [
        Site(seed=3, articles=15, feed_items=1, sitemap=True),
        Site(seed=3, articles=15, feed_items=15, feed_bom=True, feed_gzip=True),
    ],
    ids=["sitemap", "feed"],
)
def test_an_article_that_no_listing_shows_is_found_elsewhere(
    tmp_path: Path, sqlite_url: str, site: Site
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(site, Faults(on={"/terkini": "e503_for_ever"})) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 4
    assert "1 failed" in ended.err
    assert_exact(site.truth, place.records())


def test_pages_numbered_by_a_query_are_walked_too(tmp_path: Path, sqlite_url: str) -> None:
    place = Workplace(tmp_path, sqlite_url)
    site = Site(seed=3, articles=33, paging="query")
    with PortalServer(site, compress=True) as portal:
        assert place.crawl(portal.url).status == 0
    assert_exact(site.truth, place.records())


def test_an_unchanged_page_is_kept_as_a_revisit_of_the_first_record(
    tmp_path: Path, sqlite_url: str
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    site = Site(seed=5, articles=4, validators=False)
    with PortalServer(site) as portal:
        assert place.crawl(portal.url).status == 0
        for _ in range(2):
            make_all_due(place)
            assert "4 unchanged" in place.crawl(portal.url).err
    refers: dict[str, set[datetime | None]] = {}
    for scanned in scan(place.folder / "captures"):
        if scanned.exchange and scanned.exchange.revisit:
            refers.setdefault(scanned.capture.url, set()).add(scanned.exchange.revisit.captured_at)
    assert {len(moments) for moments in refers.values()} == {1}


def test_no_page_is_asked_for_twice_in_a_run(place: Workplace) -> None:
    """Sections without a pager, of one page each, are looked at again by each run."""
    with PortalServer(Site(seed=5, articles=45)) as portal:
        for _ in range(2):
            before = len(portal.paths)
            assert place.crawl(portal.url).status == 0
            asked = portal.paths[before:]
            assert len(asked) == len(set(asked)), asked
