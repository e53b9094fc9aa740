"""A crawl killed at any instant and started again ends as if nothing had happened.

A small dose, with a fixed seed; `python -m tests.faults` gives a long one.
"""

from pathlib import Path
from random import Random

import pytest

from tests.crawl.truth import without_reasons
from tests.faults.__main__ import judge
from tests.faults.evidence import (
    assert_all_is_accounted_for,
    assert_cited_is_there,
    assert_sound,
    held,
)
from tests.faults.killing import Killer
from tests.portal import PortalServer, Site
from tests.scrapy_runs import Workplace


@pytest.fixture
def disturbed(tmp_path: Path, archive_url: str) -> Workplace:
    folder = tmp_path / "disturbed"
    folder.mkdir()
    return Workplace(folder, archive_url)


def test_a_crawl_killed_three_times_ends_like_an_undisturbed_one(
    tmp_path: Path, disturbed: Workplace
) -> None:
    undisturbed = Workplace(tmp_path, f"sqlite:///{tmp_path}/undisturbed.db")
    with PortalServer(Site(seed=41, articles=24, sitemap=True)) as portal:
        calm = undisturbed.crawl(portal.url)
        assert calm.status == 0, calm.err
        killer = Killer(disturbed, portal, Random(f"{disturbed.archive_url[:6]}"), longest=35)
        for way in ("requests", "bytes", "commits"):
            killer.run_and_kill(way)
        assert killer.kills
        ended = killer.finish()
    assert ended.status == 0, ended.err
    judge(undisturbed, disturbed)


def test_kills_while_the_portal_publishes_edits_and_removes(disturbed: Workplace) -> None:
    """What was not stored yet is stored as it is now; what was stored stays as it was seen."""
    site = Site(seed=42, articles=18)
    versions = {article.key: [without_reasons(dict(article.truth))] for article in site.articles}
    rng = Random(42)
    with PortalServer(site) as portal:
        killer = Killer(disturbed, portal, rng, longest=30)
        for way in ("requests", "seconds", "requests"):
            killer.run_and_kill(way)
            for article in site.add(4):
                versions[article.key] = [without_reasons(dict(article.truth))]
            for article in rng.sample(site.present, 6):
                site.edit(article.number, article.kind)
                versions[article.key].append(without_reasons(dict(article.truth)))
        ended = killer.finish()
        assert ended.status == 0, ended.err
    kept = held(disturbed.archive_url)
    assert kept.records.keys() == versions.keys()
    for key, record in kept.records.items():
        seen = without_reasons(record)
        assert any({name: seen[name] for name in true} == true for true in versions[key])
        fingerprints = [fingerprint for _, fingerprint, _, _ in kept.readings[key]]
        assert len(fingerprints) == len(set(fingerprints)) == record["revision"]
    assert_cited_is_there(disturbed.archive_url, killer.captures)
    assert_all_is_accounted_for(disturbed.archive_url, killer.captures)
    assert_sound(disturbed.archive_url)
