"""The books of a run: two sides of each sum, written apart; where they differ, it is told."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.crawl.account.account import Account, Fate, Verdict
from antara_crawler.crawl.account.summary import Ending
from antara_crawler.errors import Cause
from antara_crawler.items import Found, Page
from tests.faults.balance import balanced

KEYS = st.tuples(st.sampled_from(["berita", "foto"]), st.integers(0, 2**62))
INDEX = Page("kalsel", "listing", "https://kalsel.antaranews.com/terkini")


def read_one(account: Account, role: str = "listing", verdict: Verdict = Verdict.READ) -> None:
    account.answer(account.ask(role, f"https://kalsel.antaranews.com/{role}"), verdict)


def ending(account: Account, **how: object) -> Ending:
    return Ending(account, {}, **how)  # type: ignore[arg-type]


@given(st.lists(st.tuples(KEYS, st.sampled_from(Fate)), max_size=60))
def test_the_last_word_on_an_entry_holds_and_every_entry_is_counted_once(
    said: list[tuple[tuple[str, int], Fate]],
) -> None:
    account = Account()
    account.show(key for key, _ in said)
    for key, fate in said:
        account.settle(key, fate)
    last = dict(said)
    assert account.shown == len(last) == sum(account.fates.values())
    for fate in Fate:
        assert account.fates[fate] == list(last.values()).count(fate)
    assert account.imbalance() == []
    balanced(ending(account).counts)


@given(st.sets(KEYS, min_size=1, max_size=20), st.data())
def test_an_entry_of_which_nothing_is_said_is_named(
    keys: set[tuple[str, int]], data: st.DataObject
) -> None:
    account = Account()
    account.show(keys)
    silent = data.draw(st.sampled_from(sorted(keys)))
    for key in keys - {silent}:
        account.settle(key, Fate.NEW)
    [told] = account.imbalance()
    assert f"{silent[0]}/{silent[1]}" in told
    read_one(account)
    assert ending(account).exit_status == 1


def test_an_outcome_of_what_nothing_showed_is_named() -> None:
    account = Account()
    account.settle(("berita", 7), Fate.NEW)
    assert "berita/7" in account.imbalance()[0]


def test_a_document_without_an_outcome_is_named_and_one_with_two_is_counted_once() -> None:
    account = Account()
    asked = account.ask("feed", "https://kalsel.antaranews.com/rss/terkini.xml")
    assert "/rss/terkini.xml" in account.imbalance()[0]
    account.answer(asked, Verdict.FAILED)
    account.answer(asked, Verdict.UNREADABLE)
    assert account.imbalance() == []
    assert account.documents(Verdict.FAILED) == 1
    assert account.documents(Verdict.UNREADABLE) == 0


def test_a_page_whose_entries_do_not_add_up_is_named() -> None:
    account = Account()
    account.take(Found(INDEX, (Page("kalsel", "article", "u", "berita", 1),), shown=3, strays=1))
    assert INDEX.url in account.imbalance()[0]


def test_what_is_owed_decides_the_exit_status() -> None:
    for verdict, status in (
        (Verdict.READ, 0), (Verdict.UNCHANGED, 0), (Verdict.ABSENT, 0), (Verdict.NOT_CAPTURED, 0),
        (Verdict.FAILED, 4), (Verdict.UNREADABLE, 4),
    ):  # fmt: skip
        account = Account()
        read_one(account)
        read_one(account, "sitemap", verdict)
        account.show([("berita", 1)])
        account.settle(("berita", 1), Fate.NOT_DUE)
        assert ending(account).exit_status == status, verdict
    for fate, status in (
        (Fate.NEW, 0), (Fate.NOT_DUE, 0), (Fate.GONE, 0), (Fate.OUT_OF_RANGE, 0), (Fate.LIMIT, 0),
        (Fate.DATES, 0), (Fate.FAILED, 4), (Fate.UNREADABLE, 4), (Fate.NOT_CAPTURED, 4),
    ):  # fmt: skip
        account = Account()
        read_one(account)
        account.show([("berita", 1), ("berita", 2)])
        account.settle(("berita", 1), Fate.NOT_DUE)
        account.settle(("berita", 2), fate)
        assert ending(account).exit_status == status, fate


def test_a_run_that_read_no_feed_sitemap_or_listing_fetched_nothing() -> None:
    account = Account()
    read_one(account, "robots")
    read_one(account, "feed", Verdict.ABSENT)
    ended = ending(account)
    assert ended.exit_status == 3
    assert [*ended.why()]


def test_a_page_that_was_left_in_the_middle_is_owed() -> None:
    account = Account()
    read_one(account)
    account.take(Found(INDEX, (Page("kalsel", "article", "u", "berita", 1),), shown=1))
    account.settle(("berita", 1), Fate.NOT_DUE)
    account.take(Found(INDEX, cut_short="over 50 MB"))
    assert ending(account).exit_status == 4
    words = ending(account).in_words("kalsel", 1)
    assert "done, but something may be missing" in words
    assert "over 50 MB" in words
    assert "is asked for with -a since=DATE" in words
    assert "stay queued" not in words


def test_a_feed_that_is_an_old_copy_is_owed_and_one_that_may_be_is_told() -> None:
    account = Account()
    read_one(account)
    shown = (Page("kalsel", "article", "u", "berita", 1),)
    account.take(Found(INDEX, shown, shown=1, note="it may be an old copy"))
    account.settle(("berita", 1), Fate.NOT_DUE)
    assert ending(account).exit_status == 0
    assert [*ending(account).why()] == ["it may be an old copy"]
    account.old_copies["https://kalsel.antaranews.com/terkini"] = timedelta(days=3, hours=5)
    assert ending(account).exit_status == 4
    words = ending(account).in_words("kalsel", 1)
    assert "1 page of feeds and listings came as old copies" in words
    assert "/terkini: 3 days old" in words
    assert "a cache on the way keeps old answers" in words


def test_a_text_in_doubt_is_named_and_no_run_that_took_in_a_wall_is_well() -> None:
    account = Account()
    read_one(account)
    account.odd = [f"https://kalsel.antaranews.com/berita/{n}: it is short" for n in range(7)]
    assert ending(account).exit_status == 0
    assert "it is as the portal sent it" in ending(account).in_words("kalsel", 1)
    account.walled = 1
    assert ending(account).exit_status == 4
    words = ending(account).in_words("kalsel", 1)
    assert "done, but some texts are in doubt" in words
    assert "in doubt: the text of https://kalsel.antaranews.com/berita/4: it is short" in words
    assert "in doubt: the texts of 7 articles in all" in words
    assert "the next run looks at them again" in words


def test_a_paragraph_in_most_texts_is_told_and_what_leaves_it_out() -> None:
    call = "Unduh aplikasi kami untuk membaca berita pilihan setiap hari di telepon Anda, gratis."
    account = Account()
    read_one(account)
    for n in range(20):
        assert not [*account.recurring.told()]
        account.recurring.add((f"Paragraf {n}.", *([call, call] if n % 4 == 3 else ())))
    [line] = account.recurring.told()
    assert (
        line.startswith("“Unduh aplikasi kami untuk membaca") and "in the texts of 5 of 20" in line
    )
    account.recurring.add(("Paragraf lain.",))
    assert not [*account.recurring.told()]
    account.recurring.add((call,))
    assert ending(account).exit_status == 0
    assert "left out by `without` in a template" in ending(account).in_words("kalsel", 1)


def test_what_failed_in_an_earlier_run_is_owed_though_nothing_names_it_now() -> None:
    account = Account()
    read_one(account)
    account.show([("berita", 2)])
    account.settle(("berita", 2), Fate.NOT_DUE)
    assert ending(account).exit_status == 0
    account.waiting_for_retry = 2, "https://kalsel.antaranews.com/berita/1"
    words = ending(account).in_words("kalsel", 1)
    assert ending(account).exit_status == 4
    assert "2 pages: failed in an earlier run, and not due for the next try yet" in words


def test_a_redesign_is_told_as_one_and_says_what_to_do() -> None:
    account = Account()
    read_one(account, verdict=Verdict.UNREADABLE)
    account.explain(Cause.UNKNOWN_FORM, INDEX.url, "no template")
    words = ending(account).in_words("kalsel", 61)
    assert "FETCHED, BUT NOTHING COULD BE READ in 1 min 1 s (exit status 3)" in words
    assert "no template reads it: kept raw" in words
    assert "scrapy reextract" in words


def test_what_the_user_left_waits_and_is_no_failure() -> None:
    account = Account()
    read_one(account)
    account.show([("berita", 1), ("berita", 2)])
    account.settle(("berita", 1), Fate.LIMIT)
    account.settle(("berita", 2), Fate.STOPPED)
    ended = ending(account, stopped=True)
    assert ended.exit_status == 0
    assert "waiting   1 for the limit, 1 since the run was ended" in ended.in_words("kalsel", 1)


def test_the_summary_says_how_far_the_past_is_walked_and_which_days_are_silent() -> None:
    account = Account()
    read_one(account)
    account.history = {
        "since": "2012-01-01",
        "held": 118204,
        "about": 431000,
        "left": 9,
        "runs": 14,
    }
    account.silent_days = ["2025-03-09", "2025-03-02"]
    words = ending(account).in_words("kalsel", 1.0)
    assert (
        "118,204 of about 431,000 articles from 2012-01-01 on; at this pace 14 more runs" in words
    )
    assert "2 days have fewer articles than usual: 2025-03-09, 2025-03-02" in words
    account.history |= {"left": 0}
    assert "no road leads to more" in ending(account).in_words("kalsel", 1.0)
