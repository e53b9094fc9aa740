"""Which share of a portal is held is told exactly, month by month, with what it rests on."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from antara_crawler.archive import Archive, Backfill, Frontier, Month, Span, Writer
from antara_crawler.items import Article, Outcome, Page
from antara_crawler.portals import portal
from tests.archive.samples import article, at, page

WITA = ZoneInfo("Asia/Makassar")


def published(number: int, day: date, section: str = "Ekonomi") -> Article:
    when = datetime(day.year, day.month, day.day, 9, tzinfo=WITA)
    text = (f"Kabar nomor {number} dari kampung di tepi sungai.",)
    return article(number, published_at=when, section=section, paragraphs=text)


def guessed(number: int) -> Page:
    return page(number, guessed=True)


def absent(archive: Archive, writer: Writer, run: int, numbers: list[int]) -> None:
    Frontier(archive).queue([guessed(n) for n in numbers], run=run, now=at(0))
    outcomes = [Outcome(guessed(n), "gone", "HTTP 404", 404, seen_at=at(1)) for n in numbers]
    assert {each.outcome for each in writer.write(outcomes, run)} == {"absent"}


def months(archive: Archive) -> dict[str, Month]:
    [found] = archive.completeness("kalsel")
    return {f"{each.month:%Y-%m}" if each.month else "": each for each in found.months}


def figures(month: Month) -> tuple[int, int, int, int]:
    return month.held, month.seen, month.absent, month.unasked


def test_each_number_counts_once_in_its_month(archive: Archive, writer: Writer, run: int) -> None:
    writer.write([published(n, date(2025, 5, 1) + timedelta(days=n)) for n in (1, 2, 5, 8)], run)
    writer.write([published(n, date(2025, 6, 10), "Hukum") for n in (12, 13)], run)
    Frontier(archive).queue([page(14, published_at=at(-6000))], run=run, now=at(0))
    absent(archive, writer, run, [3, 4, 7])
    found = months(archive)
    assert figures(found["2025-05"]) == (4, 4, 3, 3)  # 6; of 9 to 11, those two nearer to May
    assert figures(found["2025-06"]) == (2, 3, 0, 1)
    assert found["2025-06"].sections == {"Hukum": 2}
    assert found["2025-06"].share is None
    assert found["2025-06"].at_least == 2 / 4
    absent(archive, writer, run, [6, 9, 10, 11])
    assert [each.unasked for each in months(archive).values()] == [0, 0]
    assert months(archive)["2025-05"].share == 1.0
    [whole] = archive.completeness("kalsel")
    assert (whole.total.rests_on, whole.total.share) == ("numbers", 6 / 7)


def test_a_month_rests_on_the_index_of_each_of_its_days(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([published(n, date(2025, 5, 12)) for n in (1, 9)], run)
    roads = Backfill(archive, portal("kalsel"), Span())
    days = [date(2025, 5, 1) + timedelta(days=n) for n in range(31)]
    for day in days[1:]:
        roads.note_day(day, 0, at(0))
    assert months(archive)["2025-05"].rests_on is None
    roads.note_day(days[0], 2, at(0))
    assert (months(archive)["2025-05"].rests_on, months(archive)["2025-05"].share) == (
        "day index",
        1.0,
    )


def test_an_absent_number_is_asked_for_twice_and_again_when_it_is_named(
    archive: Archive, writer: Writer, run: int
) -> None:
    frontier = Frontier(archive)
    absent(archive, writer, run, [3])
    assert list(frontier.pending("kalsel", at(24 * 29))) == []
    month = at(24 * 31)
    [again] = frontier.pending("kalsel", month)
    assert (again.number, again.guessed) == (3, True)
    [twice] = writer.write([Outcome(again, "gone", "HTTP 404", 404, seen_at=month)], run)
    assert twice.outcome == "absent"
    assert list(frontier.pending("kalsel", at(9000))) == []
    [named] = frontier.queue([page(3)], run=run, now=at(2))
    assert (named.standing, named.page.guessed) == ("due", False)
    [owed] = writer.write([Outcome(named.page, "gone", "HTTP 404", 404, seen_at=at(24 * 32))], run)
    assert owed.outcome == "failed"
    absent(archive, writer, run, [5, 6])
    assert Backfill(archive, portal("kalsel"), Span()).take_back(at(0)) == 2
    assert {each.number for each in frontier.pending("kalsel", at(24 * 33))} == {3, 5, 6}


def test_what_a_road_gave_is_remembered_until_it_is_to_be_asked_anew(archive: Archive) -> None:
    roads = Backfill(archive, portal("kalsel"), Span(since=at(-24 * 9)))
    assert roads.road("indeks") is None
    roads.note_road("indeks", True, "articles of the day", at(0))
    roads.note_road("indeks", False, "HTTP 404", at(1))
    assert roads.road("indeks") is False
    assert roads.road("indeks", at(24 * 30)) is False
    for now in (at(24 * 31), at(-24 * 400)):
        assert roads.road("indeks", now) is None, "one that failed is tried again some day"
    roads.note_road("search", True, "articles of the day", at(0))
    assert roads.road("search", at(2)) is True
    last = at(0).date()
    assert len(list(roads.days(last))) == 10
    roads.note_day(last - timedelta(days=3), 4, at(0))
    assert last - timedelta(days=3) not in list(roads.days(last))
    roads.forget()
    assert (roads.road("indeks"), len(list(roads.days(last)))) == (None, 10)


def test_a_place_that_was_empty_is_looked_at_again_some_day(
    archive: Archive, writer: Writer, run: int
) -> None:
    frontier = Frontier(archive)
    place = Page("kalsel", "sitemap", "https://kalsel.antaranews.com/sitemap.xml", guessed=True)
    assert not frontier.is_absent(place, at(0))
    writer.write([Outcome(place, "gone", "HTTP 404", 404, seen_at=at(1))], run)
    assert frontier.is_absent(place, at(24 * 29))
    assert not frontier.is_absent(place, at(24 * 31))


def test_an_index_is_a_days_where_cards_leave_open_on_which_side_of_midnight(
    archive: Archive,
) -> None:
    near = datetime(2026, 2, 28, 0, 20, tzinfo=WITA)  # shown as '9 jam lalu'
    loose = [page(n, published_at=near, margin=timedelta(hours=1)) for n in (3, 4)]
    other = [page(n, published_at=near + timedelta(hours=7)) for n in (5, 6)]
    Frontier(archive).queue([*loose, *other], run=None, now=at(0))
    backfill = Backfill(archive, portal("kalsel"), Span())
    assert backfill.is_of_day(loose, date(2026, 2, 27))
    assert backfill.is_of_day([*loose, *other], date(2026, 2, 28))
    assert not backfill.is_of_day([*loose, *other], date(2026, 2, 27))
    assert not backfill.is_of_day([page(7)], date(2026, 2, 27))
