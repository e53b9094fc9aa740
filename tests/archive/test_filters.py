"""Filters find and count the same articles, in whichever way the database is asked."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from antara_crawler.archive import Archive, Filters, Writer
from antara_crawler.archive.search import in_database
from antara_crawler.archive.search.conditions import ORDERS
from antara_crawler.items import Article
from antara_crawler.portals import portal
from tests.archive.samples import start_run
from tests.bench.corpus import articles

SOME_FILTERS = (
    Filters(section="berita a"),
    Filters(since=date(2015, 1, 1), until=date(2018, 12, 31)),
    Filters(since=date(2015, 1, 2), until=date(2018, 12, 30)),
    Filters(section="BERITA B", since=date(2016, 1, 1)),
    Filters(portal="kalsel", until=date(2020, 12, 31)),
    Filters(section="Nirgendwo"),
)


@pytest.mark.parametrize("many", [False, True])
def test_filters_find_and_count_what_fits_however_many_that_is(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    if many:
        monkeypatch.setattr(in_database, "MOST_RANKED", 2)
        monkeypatch.setattr(in_database, "_DENSE", 0)
    stories = list(articles(40))
    Writer(archive, "test").write(stories, start_run(archive))

    def days(each: Article) -> date:
        assert each.published_at
        return portal(each.portal).local_date(each.published_at)

    for query in ("", "yang", "-yang"):
        found = {hit.article_id for hit in archive.search(query, limit=80).hits}
        for wanted in SOME_FILTERS:
            fit = [
                each
                for each in stories
                if each.article_id in found
                and wanted.portal in (None, each.portal)
                and (wanted.section or each.section or "").lower() == (each.section or "").lower()
                and (wanted.since or date.min) <= days(each) <= (wanted.until or date.max)
            ]
            for order in ORDERS:
                results = archive.search(query, wanted, order=order, limit=80)
                assert {hit.article_id for hit in results.hits} == {each.article_id for each in fit}
                assert results.total == len(fit) == len(results.hits)
                assert dict(results.by_year) == Counter(days(each).year for each in fit)
                assert dict(results.by_section) == Counter(each.section for each in fit)
            latest = archive.search(query, wanted, order="date", limit=5).hits
            assert [hit.article_id for hit in latest] == [each.article_id for each in fit[:-6:-1]]


def test_counts_follow_the_archive(archive: Archive) -> None:
    first, second, third = islice(articles(3), 3)
    run = start_run(archive)
    for number, each in enumerate((first, second, third), 1):
        Writer(archive, "test").write([replace(each, section="Banjar")], run)
        for query in ("", "section:banjar"):
            assert archive.search(query).by_section == (("Banjar", number),)
