"""What DropRepeats takes out of an article, and how it counts it."""

from dataclasses import replace

from antara_crawler.items import Outcome, Page, Removed
from antara_crawler.text import REPEATED
from pipelines.drop_repeats import DropRepeats


def test_repeats_go_to_the_removed_ones_and_are_counted(crawler, article):
    lead, second = article.paragraphs
    again = article.dateline_text + lead
    page = replace(article, paragraphs=(lead, second, again, second))
    clean = DropRepeats.from_crawler(crawler).process_item(page)
    removed = (Removed(2, 0, again, REPEATED), Removed(3, 1, second, REPEATED))
    assert clean == replace(article, removed=removed)
    assert crawler.stats.get_value("paragraphs/repeated") == 2


def test_the_counter_sums_up_over_articles(crawler, article):
    pipeline = DropRepeats.from_crawler(crawler)
    for times in (1, 2, 3):
        pipeline.process_item(replace(article, paragraphs=article.paragraphs * times))
    assert crawler.stats.get_value("paragraphs/repeated") == 0 + 2 + 4


def test_an_article_without_repeats_comes_out_as_it_went_in(crawler, article):
    assert DropRepeats.from_crawler(crawler).process_item(article) == article


def test_what_is_no_article_passes_untouched(crawler):
    outcome = Outcome(Page("kalsel", "feed", "https://kalsel.antaranews.com/rss"), "failed", "x")
    assert DropRepeats.from_crawler(crawler).process_item(outcome) is outcome
