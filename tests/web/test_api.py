"""The JSON side: the same reads as the Python API, bounded, and described by OpenAPI."""

from datetime import date

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from antara_crawler.archive import Archive, Filters
from tests.examples import examples
from tests.web.samples import Sample

CHECKS = [
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
    content_type_conformance,
]
PATHS = [
    "/api/search",
    "/api/articles",
    "/api/articles/{id}",
    "/api/articles/{portal}/{kind}/{number}",
    "/api/overview",
    "/api/coverage",
    "/api/runs",
    "/api/failures",
]


def get(web: httpx.Client, path: str, **params: object) -> object:
    answer = web.get(path, params={name: str(value) for name, value in params.items()})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_a_search_gives_what_the_door_gives(web: httpx.Client, sample: Sample) -> None:
    filters = Filters(section="Hulu Sungai Tengah", since=date(2020, 1, 1))
    with Archive.open(sample.url, read_only=True) as archive:
        found = archive.search("jembatan", filters, order="oldest", limit=5)
    told = get(
        web,
        "/api/search",
        q="jembatan",
        section="Hulu Sungai Tengah",
        since="2020-01-01",
        order="oldest",
        limit=5,
    )
    assert isinstance(told, dict)
    assert told["total"] == found.total > 0
    assert [hit["id"] for hit in told["hits"]] == [hit.id for hit in found.hits]
    assert told["by_year"] == [{"year": year, "articles": n} for year, n in found.by_year]
    assert told["hits"][0]["published_at"] == "2023-10-17T15:47:00+08:00"
    assert {"text": "jembatan", "hit": True} in told["hits"][0]["title_spans"]


def test_an_article_is_its_export_record_and_its_history(web: httpx.Client, sample: Sample) -> None:
    with Archive.open(sample.url, read_only=True) as archive:
        [record] = [each for each in archive.records() if each["article_id"] == 496552]
    told = get(web, f"/api/articles/{sample.bridge}")
    assert isinstance(told, dict)
    assert told["record"] == record
    assert [revision["number"] for revision in told["revisions"]] == [1, 2, 3]
    assert [capture["revision"] for capture in told["captures"]] == [1, 2, 3]
    assert told == get(web, "/api/articles/kalsel/berita/496552")


def test_the_list_goes_through_all_records_once(web: httpx.Client, sample: Sample) -> None:
    with Archive.open(sample.url, read_only=True) as archive:
        records = list(archive.records())
    told = []
    for offset in range(0, len(records) + 25, 25):
        page = get(web, "/api/articles", limit=25, offset=offset)
        assert isinstance(page, dict)
        assert page["total"] == len(records)
        told += [each["record"] for each in page["articles"]]

    def by_name(record: dict[str, object]) -> tuple[object, object]:
        return record["kind"], record["article_id"]

    assert sorted(told, key=by_name) == sorted(records, key=by_name)


def test_the_overview_coverage_runs_and_failures_are_told(
    web: httpx.Client, sample: Sample
) -> None:
    with Archive.open(sample.url, read_only=True) as archive:
        overview, held = archive.overview(), archive.coverage("kalsel", year=2023)
        runs, failures = archive.runs(), archive.failures()
    told = get(web, "/api/overview")
    assert isinstance(told, dict)
    assert told["articles"] == overview.articles
    assert told["by_section"] == [{"name": name, "articles": n} for name, n in overview.by_section]
    days = get(web, "/api/coverage", portal="kalsel", year=2023)
    assert isinstance(days, dict)
    assert days["days"] == {day.isoformat(): count for day, count in held.days.items()}
    assert len(days["gaps"]) == len(held.gaps())
    listed = get(web, "/api/runs", limit=1)
    assert isinstance(listed, list)
    assert [run["id"] for run in listed] == [runs[0].id]
    failed = get(web, "/api/failures")
    assert isinstance(failed, list)
    assert [page["url"] for page in failed] == [page.url for page in failures]


@pytest.mark.parametrize(
    "path",
    [
        "/api/search?limit=0",
        "/api/search?limit=101",
        "/api/search?limit=x",
        "/api/search?limit=99999999999999999999999999",
        "/api/search?offset=-1",
        "/api/search?offset=10001",
        "/api/search?offset=99999999999999999999999999",
        "/api/search?order=random",
        "/api/search?since=yesterday",
        "/api/search?until=2024-02-30",
        "/api/search?tag=a%00b",
        "/api/search?author=",
        "/api/articles?section=" + "x" * 201,
        "/api/articles/0",
        "/api/articles/-1",
        "/api/articles/x",
        "/api/articles/9223372036854775808",
        "/api/articles/kalsel/berita/99999999999999999999",
        "/api/articles/kal%00sel/berita/1",
        "/api/coverage?year=0",
        "/api/coverage?year=10000",
        "/api/coverage?year=99999999999999999999999999",
        "/api/runs?limit=1000",
        "/api/runs?portal=%00",
        "/api/failures?limit=1.5",
        "/api/search?since=2025-01-01&until=2024-01-01",
        "/api/search?section=tiada+di+sini",
        "/api/articles?tag=tiada+di+sini",
        "/api/coverage?section=tiada+di+sini",
        "/api/runs?portal=tiada",
        "/api/search?secton=Banjar",
        "/api/overview?portal=kalsel",
        "/api/articles/1?lang=id",
    ],
)
def test_wrong_values_are_refused_and_named(web: httpx.Client, path: str) -> None:
    answer = web.get(path)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_what_may_have_been_meant_is_named(web: httpx.Client) -> None:
    for asked, meant in (
        ("portal=kalsell", "did you mean kalsel"),
        ("secton=Banjar", "did you mean section?"),
        ("author=siti+rahma", "did you mean Siti Rahmah"),
    ):
        [fault] = web.get(f"/api/search?{asked}").json()["detail"]
        assert meant in fault["msg"]
        assert fault["loc"] == ["query", asked.partition("=")[0]]


def test_the_largest_number_that_may_be_asked_for_is_not_there(web: httpx.Client) -> None:
    for path in ("/api/articles/9223372036854775807", "/api/articles/kalsel/berita/999999"):
        answer = web.get(path)
        assert answer.status_code == 404
        assert answer.json() == {"detail": "the archive holds no such article"}


def test_the_description_names_every_read(web: httpx.Client) -> None:
    described = get(web, "/api/openapi.json")
    assert isinstance(described, dict)
    assert list(described["paths"]) == PATHS
    record = described["components"]["schemas"]["Record"]["properties"]
    assert {"paragraphs", "removed_paragraphs", "capture"} <= set(record)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_the_description_allows_or_forbids_breaks_it(reader: str, path: str) -> None:
    described = schemathesis.openapi.from_url(f"{reader}/api/openapi.json")
    operation = described[path]["GET"]

    @settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.one_of(
            operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
            operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
        )
    )
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
