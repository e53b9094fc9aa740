"""Words that a search treats apart: those not asked for, of a number, in one piece or two."""

import tomllib
from importlib.resources import files

_WORDS: dict[str, str] = tomllib.loads(
    files("antara_crawler.archive.index").joinpath("lexicon.toml").read_text("utf-8")
)
STOP_WORDS, PREFIXES, CURRENCIES = (
    frozenset(_WORDS[name].split()) for name in ("stop_words", "prefixes", "currencies")
)
UNITS = {unit: same.split() for same in _WORDS["units"].split(",") for unit in same.split()}
COMPOUNDS = {"".join(each.split()): each.strip() for each in _WORDS["compounds"].split(",")}
"""What is rightly two words, by how it is written in one."""
