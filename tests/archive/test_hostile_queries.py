"""A thousand queries that nobody should type: each finds something or nothing, and never fails."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antara_crawler.archive import Archive, Filters, Writer
from tests.archive.samples import article, start_run
from tests.examples import examples
from tests.hostile import QUERIES

PIECES = st.sampled_from(
    [
        *"\"'-*^:(){}[]<>|&!~\\%_;,.@#$?/+=` \t\n\0",
        *("AND", "OR", "NOT", "NEAR", "banjir", "desa", "section:", "since:", "-", '"desa', "2024"),
        *("\ud800", "\u202e", "é", "😀", "ﷺ", "م", "\u0301", "İ", "ß", "x" * 70),
    ]
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('hostile')}/archive.db"
    else:
        url = request.getfixturevalue("postgres_server").new_database()
    with Archive.open(url, create=True) as archive:
        stories = [article(number, title="<script>desa</script> & banjir") for number in (1, 2, 3)]
        Writer(archive, "test").write(stories, start_run(archive))
    with Archive.open(url, read_only=True) as archive:
        yield archive


def ask(archive: Archive, query: str) -> None:
    results = archive.search(query, limit=5)
    assert len(results.hits) == min(results.total, 5)
    for hit in results.hits:
        assert "".join(piece.text for piece in hit.title_spans) == hit.title
    results.understood.encode()


def test_every_query_of_the_list_is_answered(opened: Archive) -> None:
    assert len(QUERIES) >= 300
    for query in QUERIES:
        ask(opened, query)


@settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=200))
def test_any_text_is_answered(opened: Archive, query: str) -> None:
    ask(opened, query)


@settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.text(max_size=50))
def test_any_name_may_be_a_filter(opened: Archive, name: str) -> None:
    filters = Filters(portal=name, section=name, tag=name, author=name)
    assert opened.search("desa", filters).total == 0
    assert opened.search(f'desa author:"{name}" -tag:"{name}" section:"{name}x"').total <= 3


@settings(max_examples=examples(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.text(max_size=80) | st.lists(PIECES, max_size=8).map("/".join))
def test_any_text_may_name_an_article(opened: Archive, name: str) -> None:
    found = opened.article(name)
    assert found is None or found.article_id in (1, 2, 3)
