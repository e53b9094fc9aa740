"""Reading stored captures again with today's code: as the crawl reads, without fetching."""

from antara_crawler.rereading.comparing import Report
from antara_crawler.rereading.interrupting import asked_to_stop
from antara_crawler.rereading.reader import Reader, Reading, answer_of
from antara_crawler.rereading.rounds import Rounds

__all__ = ["Reader", "Reading", "Report", "Rounds", "answer_of", "asked_to_stop"]
