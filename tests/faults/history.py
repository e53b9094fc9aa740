"""A long past by each road, in runs with a budget and kills between them."""

import argparse
import json
import re
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from tests.crawl.truth import assert_exact
from tests.portal import PortalServer
from tests.portal.history import LongSite
from tests.scrapy_runs import Workplace

ROADS: dict[str, dict[str, Any]] = {
    "listings": {},
    "page100": {"most_pages": 100},
    "numbers": {"most_pages": 3},
    "days": {"most_pages": 1, "by_number": False, "index": "indeks"},
}


def history(words: list[str]) -> None:
    """Walk it; an AssertionError says what was lost, asked for twice or miscounted."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults history", description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--road", choices=ROADS, default="page100")
    parser.add_argument("--runs", type=int, default=5, help="runs with a budget, each then killed")
    given = parser.parse_args(words)
    folder = Path(tempfile.mkdtemp(prefix="antara-history-"))
    try:
        walk(given.articles, given.runs, ROADS[given.road], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def walk(articles: int, runs: int, roads: dict[str, Any], folder: Path) -> None:
    """Walk a portal's past in runs of which every second one is killed; compare with the truth."""
    site = LongSite(7, articles, **roads)
    place = Workplace(folder, f"sqlite:///{folder}/archive.db")
    rng, cut_off = Random(7), set[int]()
    with PortalServer(site) as portal:
        for number in range(runs):
            begun, news = len(portal.requests), {each.number for each in site.add(number and 3)}
            words = ("-a", "since=2012-01-01", "-a", f"limit={articles // (runs + 1)}")
            ended = place.crawl(portal.url, *words, timeout=3600)
            assert ended.status == 0, ended.err
            first = [n for path in portal.paths[begun:] if (n := number_in(path))][: len(news)]
            assert set(first) == news, (first, news)
            print(next(line for line in ended.err.splitlines() if "history" in line), flush=True)
            cut_off |= killed(place, portal, rng.randrange(20, 200))
        begun_at = time.monotonic()
        done = place.crawl(portal.url, "-a", "since=2012-01-01", timeout=7200)
        assert done.status == 0, done.err
        print(done.err[done.err.index("kalsel: ") :], f"{time.monotonic() - begun_at:.0f} s")
    assert_exact(site.truth, place.records())
    judge(site, portal, json.loads(place.run("coverage", "--json").out), cut_off)


def judge(site: LongSite, portal: PortalServer, figures: dict[str, Any], cut_off: set[int]) -> None:
    """Compare the coverage with the truth, and what was asked for with the rule."""
    asked = Counter(n for path in portal.paths if (n := number_in(path)))
    again = {number for number, times in asked.items() if times > 1} - cut_off
    held, missing = {each.number for each in site.articles}, set(site.missing)
    print(f"{len(portal.requests)} requests, {len(again)} numbers twice without a kill")
    assert len(again) <= 3, again  # an article that is held shows whether numbers lead anywhere
    absent = set(asked) - held
    assert (figures["held"], figures["seen"]) == (len(held), len(held))
    assert figures["absent"] == len(absent)
    assert figures["never_asked"] == len(missing - absent)
    print({key: figures[key] for key in figures if key not in ("months", "sections")})


def killed(place: Workplace, portal: PortalServer, requests: int) -> set[int]:
    """Kill a run after so many requests; return the numbers that it asked for."""
    begun = len(portal.requests)
    words = ("-a", f"base_url={portal.url}", "-s", "DOWNLOAD_DELAY=0", "-a", "since=2012-01-01")
    process = place.start("crawl", "kalsel", *words)
    while process.poll() is None and len(portal.requests) < begun + requests:
        time.sleep(0.02)
    process.kill()
    process.communicate()
    return {n for path in portal.paths[begun:] if (n := number_in(path))}


def number_in(path: str) -> int | None:
    """Return the number of the article whose first page a path is."""
    match = re.match(r"/berita/(\d+)(?:/[^?]*)?$", path)
    return int(match[1]) if match else None
