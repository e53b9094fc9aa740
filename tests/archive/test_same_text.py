"""One text under many addresses is an alarm, and no revision of anything."""

from dataclasses import replace
from typing import Any

import pytest

from antara_crawler.archive import Archive, Frontier, Writer, export_records
from antara_crawler.archive.store import refusals
from antara_crawler.archive.store.refusals import MOST_PAGES_ALIKE
from antara_crawler.errors import Cause
from tests.archive.samples import article, at

FOREIGN: dict[str, Any] = {
    "title": "Situs dalam perbaikan",
    "paragraphs": (
        "Mohon maaf, situs ini sedang dalam perbaikan sejak pagi dan akan kembali pada sore hari.",
        "Kami berterima kasih atas kesabaran para pembaca yang setia.",
    ),
}


def test_articles_on_record_do_not_change_into_one_another(
    archive: Archive, frontier: Frontier, writer: Writer, run: int
) -> None:
    numbers = range(1, 13)
    writer.write([article(number) for number in numbers], run)
    night = [article(number, at(6), **FOREIGN) for number in numbers]
    said = [stored for each in night for stored in writer.write([each], run)]
    assert [each.outcome for each in said] == ["revised", *["unreadable"] * 11]
    assert [each.same_text for each in said] == [False, *[True] * 11]
    failures = frontier.failures()
    assert {each.cause for each in failures} == {Cause.UNKNOWN_FORM}
    assert all(each.reason and "text is that of other articles" in each.reason for each in failures)
    good = writer.write([article(number, at(12)) for number in numbers], run)
    assert [each.outcome for each in good] == ["returned", *["unchanged"] * 11]
    assert frontier.failures() == []
    assert {each["title"] for each in export_records(archive)}.isdisjoint({FOREIGN["title"]})


def test_new_articles_may_share_a_text_but_not_a_page(writer: Writer, run: int) -> None:
    made = [article(number, **FOREIGN) for number in range(6)]
    assert [each.outcome for each in writer.write(made, run)] == ["new"] * 6
    pages = [article(number, **FOREIGN) for number in range(10, 16)]
    one = [
        replace(each, captures=(replace(each.captures[0], payload_sha256="ab" * 32),))
        for each in pages
    ]
    said = writer.write(one, run)
    assert [each.outcome for each in said] == ["new"] * MOST_PAGES_ALIKE + ["unreadable"] * 4


def test_a_text_of_too_many_articles_is_an_alarm(
    writer: Writer, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_ALIKE", 7)
    made = [article(number, **FOREIGN) for number in range(9)]
    said = [each.outcome for each in writer.write(made, run)]
    assert said == ["new"] * 7 + ["unreadable"] * 2


def test_two_articles_of_one_text_may_be_corrected_alike(writer: Writer, run: int) -> None:
    corrected = {**FOREIGN, "title": "Situs selesai diperbaiki"}
    writer.write([article(number, **FOREIGN) for number in (1, 2)], run)
    said = writer.write([article(number, at(6), **corrected) for number in (1, 2)], run)
    assert [each.outcome for each in said] == ["revised", "revised"]


def test_a_short_caption_may_stand_under_many_pictures(writer: Writer, run: int) -> None:
    caption = {"title": "Foto", "paragraphs": ("Warga beraktivitas di pasar terapung.",)}
    said = writer.write([article(number, kind="foto", **caption) for number in range(6)], run)
    assert [each.outcome for each in said] == ["new"] * 6


def test_the_articles_of_two_portals_may_have_one_text(writer: Writer, run: int) -> None:
    for portal in ("kalsel", "kalteng", "kalbar", "kaltim", "kaltara"):
        made = article(7, portal=portal, captures=(), **FOREIGN)
        assert [each.outcome for each in writer.write([made], run)] == ["new"]
