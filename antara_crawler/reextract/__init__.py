"""Reading stored captures again with today's code: as the crawl reads, without fetching."""

from antara_crawler.reextract.extract import Reader, Reading, answer_of
from antara_crawler.reextract.interrupting import asked_to_stop
from antara_crawler.reextract.job import Rounds
from antara_crawler.reextract.report import Report

__all__ = ["Reader", "Reading", "Report", "Rounds", "answer_of", "asked_to_stop"]
