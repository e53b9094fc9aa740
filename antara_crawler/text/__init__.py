"""Pure functions of text, in linear time: tidy it, tell the same apart, take out repeats."""

from antara_crawler.text.normalise import LEAST_WORDS, is_prose, paragraph_key, tidy, word_count
from antara_crawler.text.repeats import JOINED, REPEATED, REPEATED_IN_RUN, without_repeats

__all__ = [
    "JOINED",
    "LEAST_WORDS",
    "REPEATED",
    "REPEATED_IN_RUN",
    "is_prose",
    "paragraph_key",
    "tidy",
    "without_repeats",
    "word_count",
]
