"""Answers given again from memory: the same ones, and never those of an earlier archive."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, event

from antara_crawler.archive import Archive, Writer
from antara_crawler.web import security
from tests.archive.samples import article, start_run
from tests.web.serving import serving


@pytest.fixture
def statements():
    """The searches put to any database from now on."""
    asked: list[str] = []

    def note(connection, cursor, statement, *_):
        if "search_index" in statement:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


def test_what_was_asked_is_not_searched_again_until_the_archive_changes(archive_url, statements):
    with Archive.open(archive_url, create=True) as writable:
        writer, run = Writer(writable, "test"), start_run(writable)
        writer.write([article(1, title="Banjir di hulu")], run)
        with (
            Archive.open(archive_url, read_only=True) as archive,
            serving(archive, Path("/")) as url,
            httpx.Client(base_url=url, trust_env=False) as web,
        ):
            statements.clear()
            first = {path: web.get(path) for path in ("/?q=banjir", "/api/search?q=banjir")}
            searched = len(statements)
            assert searched > 0
            for path, answer in first.items():
                again = web.get(path)
                assert (again.content, again.headers["content-type"]) == (
                    answer.content,
                    answer.headers["content-type"],
                )
                assert again.headers["x-content-type-options"] == "nosniff"
            assert len(statements) == searched

            writer.write([article(2, title="Banjir di hilir")], run)
            assert web.get("/api/search?q=banjir").json()["total"] == 2
            assert "Banjir</mark> di hilir" in web.get("/?q=banjir").text


def test_no_more_answers_are_kept_than_the_bound(sample, monkeypatch, statements):
    monkeypatch.setattr(security, "MOST_KEPT", 2)
    with (
        Archive.open(sample.url, read_only=True) as archive,
        serving(archive, sample.captures) as url,
        httpx.Client(base_url=url, trust_env=False) as web,
    ):
        for word in ("satu", "dua", "tiga", "tiga", "dua"):
            web.get(f"/?q={word}")
        statements.clear()
        web.get("/?q=dua")
        assert statements == []
        web.get("/?q=satu")
        assert statements
