"""Captures that lie on another machine are not called missing or damaged, ours still are."""

from pathlib import Path

from tests.portal import PortalServer, Site
from tests.scrapy_runs import Workplace


def test_files_of_another_machine_are_named_with_it_and_our_own_are_missed(
    tmp_path: Path, sqlite_url: str
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    with PortalServer(Site(seed=5, articles=4)) as portal:
        crawled = place.crawl(portal.url, "-s", "CAPTURES_STORE=east")
    assert crawled.status == 0, crawled.err
    (tmp_path / "captures").rename(tmp_path / "carried-off")
    there, here = ("-s", "CAPTURES_STORE=east"), ("-s", "CAPTURES_STORE=west")

    seen = place.run("verify", *here)
    assert seen.status == 0, seen.out
    assert "elsewhere 1 files on east, not seen from here: verify them there" in seen.out
    assert "missing" not in seen.out
    assert seen.out.endswith("all that is seen from here is well\n")
    missed = place.run("verify", *there)
    assert missed.status == 4
    assert "missing file: " in missed.out

    left = place.run("reextract", "--dry-run", "--workers", "1", *here)
    assert left.status == 0, left.err
    assert "4 pages lie on other machines" in left.out
    assert "its captures lie on east" in left.out
    lost = place.run("reextract", "--dry-run", "--workers", "1", *there)
    assert lost.status == 4
    assert "raw records are damaged" in lost.out

    (tmp_path / "carried-off").rename(tmp_path / "captures")
    (tmp_path / "shared").mkdir()
    share = ("-s", f"CAPTURES_SHARED={tmp_path}/shared")
    unsaid = place.run("captures", "move", *there)
    assert (unsaid.status, "say where the shared store is" in unsaid.err) == (2, True)
    moved = place.run("captures", "move", *there, *share)
    assert (moved.status, "moved 1 file, " in moved.out) == (0, True), moved.err
    assert not any((tmp_path / "captures").glob("*.warc.gz"))
    left = place.run("reextract", "--dry-run", "--workers", "1", *here)
    assert "its captures lie on the shared store" in left.out
    read = place.run("reextract", "--dry-run", "--workers", "1", *here, *share)
    assert (read.status, "other machines" in read.out) == (0, False), read.out
    assert place.run("verify", *here, *share).out.endswith("all is well\n")
