"""How well the search finds what it should, and that both databases find the same."""

import pytest

from antara_crawler.archive import Archive
from tests.archive.retrieval.queries import QUERIES
from tests.archive.retrieval.scoring import fill, found, score, stemmed, unstemmed

# That both databases find the same is shown below: one is scored.
on_one = pytest.mark.parametrize("archive_url", ["sqlite"], indirect=True)


@pytest.fixture
def stories(archive: Archive) -> Archive:
    fill(archive)
    return archive


@on_one
def test_nearly_all_that_is_relevant_is_among_the_first_ten(stories: Archive) -> None:
    result = score(stories, stemmed)
    assert len(QUERIES) >= 40
    assert result.recall >= 0.994
    assert result.precision >= 0.97


@on_one
def test_roots_find_much_that_words_as_they_stand_miss(stories: Archive) -> None:
    with_roots, without = score(stories, stemmed), score(stories, unstemmed)
    assert with_roots.recall - without.recall >= 0.25
    assert with_roots.precision >= without.precision


def test_both_databases_find_the_same_in_the_same_order(sqlite_url: str, postgres_url: str) -> None:
    with (
        Archive.open(sqlite_url, create=True) as one,
        Archive.open(postgres_url, create=True) as other,
    ):
        fill(one)
        fill(other)
        for query, _ in QUERIES:
            for form in (stemmed, unstemmed):
                assert found(one, form(query)) == found(other, form(query)), query
