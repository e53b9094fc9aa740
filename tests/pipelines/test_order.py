"""The three pipelines one after the other, as Scrapy runs them."""

import asyncio
from dataclasses import replace

from scrapy.pipelines import ItemPipelineManager
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from antara_crawler import settings as ours

CLEANING = ("TidyText", "DropRepeats", "CheckRecord")


def sent_through(item):
    whole = Settings()
    whole.setmodule(ours)
    steps = {
        path: order
        for path, order in whole.getdict("ITEM_PIPELINES").items()
        if path.rpartition(".")[2] in CLEANING
    }
    assert [path.rpartition(".")[2] for path in sorted(steps, key=steps.get)] == list(CLEANING)
    crawler = get_crawler(settings_dict={"ITEM_PIPELINES": steps})
    crawler._apply_settings()
    manager = ItemPipelineManager.from_crawler(crawler)
    return asyncio.run(manager.process_item_async(item)), crawler.stats


def test_repeats_that_differ_in_invisible_characters_are_found(article):
    lead, second = article.paragraphs
    untidy = replace(article, paragraphs=(lead, second, "\u00a0", f" {second}\u200b", ""))
    clean, stats = sent_through(untidy)
    assert clean.paragraphs == (lead, second)
    assert [(each.position, each.repeats, each.text) for each in clean.removed] == [(2, 1, second)]
    assert stats.get_value("paragraphs/repeated") == 1


def test_an_article_that_is_empty_when_tidied_is_unreadable(article):
    outcome, stats = sent_through(replace(article, paragraphs=("\u00a0", "\u200b")))
    assert outcome.reason == "no body"
    assert stats.get_value("articles/unreadable") == 1
