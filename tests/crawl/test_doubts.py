"""What a person should look at is said in the summary, and nothing is owed for it."""

from antara_crawler.crawl.account.summary import ASKED, CHANGED, SAME_TEXT, doubts


def test_most_rechecks_with_another_text_are_told() -> None:
    [line] = doubts({ASKED: 10, CHANGED: 6})
    assert line.startswith("6 of 10 articles looked at again had another text")


def test_few_rechecks_or_few_changes_are_nothing_to_tell() -> None:
    for asked, changed in ((0, 0), (9, 9), (10, 5), (1000, 500)):
        assert list(doubts({ASKED: asked, CHANGED: changed})) == []


def test_one_text_for_many_articles_is_told() -> None:
    assert "12 pages gave the text of other articles" in next(doubts({SAME_TEXT: 12}))
