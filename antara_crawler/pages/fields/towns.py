"""Towns and regencies after which bylines name a writer's station: '/ Barabai'."""

from importlib.resources import files

_NAMES = files("antara_crawler.pages.fields").joinpath("towns.txt").read_text("utf-8")
TOWNS = frozenset(" ".join(name.split()).casefold() for name in _NAMES.split(","))
"""Case folded."""
