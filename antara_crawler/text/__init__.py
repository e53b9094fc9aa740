"""Pure functions of text, in linear time: tidy it, tell the same apart, take out repeats."""

from antara_crawler.text.normalise import LEAST_WORDS as LEAST_WORDS
from antara_crawler.text.normalise import LONG_WORDS as LONG_WORDS
from antara_crawler.text.normalise import is_prose as is_prose
from antara_crawler.text.normalise import paragraph_key as paragraph_key
from antara_crawler.text.normalise import tidy as tidy
from antara_crawler.text.normalise import word_count as word_count
from antara_crawler.text.repeats import DIVIDED as DIVIDED
from antara_crawler.text.repeats import JOINED as JOINED
from antara_crawler.text.repeats import REPEATED as REPEATED
from antara_crawler.text.repeats import REPEATED_IN_RUN as REPEATED_IN_RUN
from antara_crawler.text.repeats import without_repeats as without_repeats
