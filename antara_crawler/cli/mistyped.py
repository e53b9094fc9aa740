"""Settings, options and files that cannot be what they should be: told before any work."""

import difflib
import json
import logging
import math
from collections.abc import Collection, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from scrapy.settings import BaseSettings, default_settings

from antara_crawler import settings as own_settings
from antara_crawler.errors import UsageError
from antara_crawler.wording import sentence

_KINDS = (bool, int, float, dict)
_YES_OR_NO = frozenset({"0", "1", "true", "false"})
_SECONDS = ("_DELAY", "_TIMEOUT", "_INTERVAL")
"""Scrapy reads these as fractions, whatever kind its own default is."""
_BELOW_ZERO = ("_PRIORITY", "_PRIORITY_ADJUST")
_LEAST_ONE = "CONCURRENT_"
_NEAR, _NEAR_OPTION = 0.85, 0.8
_PLACES = ("CAPTURES_DIR", "INDEX_DIR", "TEMPLATES_FILE")
_NEVER = {
    "HTTPCACHE_ENABLED": sentence(
        "old answers would count as today's: -a captures=PATH answers from what is kept"
    )
}
"""Settings with which a crawl would not be honest."""
_COMPONENTS = (
    *("DOWNLOAD_HANDLERS", "DOWNLOADER_MIDDLEWARES", "EXTENSIONS"),
    *("ITEM_PIPELINES", "SPIDER_MIDDLEWARES"),
)
"""Settings whose parts of ours may be switched off (None), as Scrapy does, and not be lost."""
OF_ENVIRONMENT = (
    *("ARCHIVE_URL", "CAPTURES_SHARED", "CAPTURES_STORE", "CONTACT", "LOG_LEVEL", "NOTIFY_URLS"),
    *_PLACES,
)
"""Settings that the environment may give, as ANTARA_…"""


def refuse_mistyped(settings: BaseSettings) -> None:
    """Raise UsageError for a setting that cannot be what it should be, naming the mend."""
    defaults = _constants(default_settings) | _constants(own_settings)
    for name, default in defaults.items():
        if not isinstance(default, _KINDS):
            continue  # any text will do; and to read a deprecated one warns
        value = settings.get(name)
        if value is not None and (wanted := _wanted(name, default, value)) is not None:
            raise UsageError(f"{name}={value} is not {wanted}")
    for name, why in _NEVER.items():
        if settings.getbool(name):
            raise UsageError(f"{name} must be False: {why}")
    for name in filter(settings.__contains__, _COMPONENTS):
        for part in sorted(getattr(own_settings, name).keys() - settings.getdict(name).keys()):
            raise UsageError(f"{name} must keep {part}: add yours to what settings.py has")
    for name in _PLACES:
        if not str(settings.get(name)).strip():
            raise UsageError(f"{name} is empty: name a place, or leave it out")
    level = settings.get("LOG_LEVEL")
    if not isinstance(logging.getLevelName(str(level)), int):
        raise UsageError(f"LOG_LEVEL={level} is no level: use DEBUG, INFO, WARNING or ERROR")


def refuse_misspelt(given: Mapping[str, str], environment: Mapping[str, str]) -> None:
    """Raise UsageError for a name given with -s that is none, but nearly one.

    And for a variable of the environment that is nearly one of ours, or a setting that is not
    read from there.
    """
    known = {*_constants(default_settings), *_constants(own_settings)}
    for name in given:
        near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=_NEAR)
        if name not in known and near:
            raise UsageError(f"-s {name}=… is no setting: did you mean {near[0]}?")
    for variable in environment:
        name = variable.removeprefix("ANTARA_")
        if name == variable or name in OF_ENVIRONMENT:
            continue
        if near := difflib.get_close_matches(name, OF_ENVIRONMENT, n=1, cutoff=_NEAR):
            raise UsageError(f"{variable} is no variable of ours: did you mean ANTARA_{near[0]}?")
        if name in known:
            raise UsageError(f"{variable} is not read: say -s {name}=…")


def refuse_unknown_options(
    args: list[str], known: Collection[str], arguments: Collection[str] = ()
) -> list[str]:
    """Return the words; UsageError for one that looks like an option: Scrapy passes them on.

    `known` are the options that there are, `arguments` the names that -a takes.
    """
    end = args.index("--") if "--" in args else len(args)
    for word in args[:end]:
        if word.startswith("-") and word != "-" and " " not in word:
            raise UsageError(_unknown(word.split("=")[0], known, arguments))
    return args[:end] + args[end + 1 :]


def _unknown(option: str, known: Collection[str], arguments: Collection[str]) -> str:
    name = option.lstrip("-").replace("-", "_")
    if name in arguments:
        return sentence(f"{option} is an argument of the crawl: say -a {name}=…")
    if near := difflib.get_close_matches(option, known, n=1, cutoff=_NEAR_OPTION):
        return sentence(f"{option} is not an option of this command: did you mean {near[0]}?")
    return sentence(
        f"{option} is not an option of this command: see -h (put -- before words that begin with -)"
    )


def refuse_unwritable(name: str) -> None:
    """Raise UsageError for a file that is to be written and cannot be."""
    try:
        with Path(name).open("ab"):
            pass
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{name} cannot be written ({why}): name another file") from error


def _constants(module: ModuleType) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if name.isupper()}


def _wanted(name: str, default: Any, value: object) -> str | None:
    """Return what the value should have been, None where it is that."""
    text = str(value).strip()
    if isinstance(default, bool) or name.endswith("_ENABLED"):
        return None if text.lower() in _YES_OR_NO else sentence("yes or no: write True or False")
    if isinstance(default, dict):
        example = '{"name": 1}'
        wanted = sentence(f"a JSON object: write it like '{example}'")
        return None if _is_mapping(value) else wanted
    whole = isinstance(default, int) and not name.endswith(_SECONDS)
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        wanted = sentence(f"a whole number: write it like {default}")
        return wanted if whole else sentence(f"a number: write it like {default}")
    if not math.isfinite(number) or (number < 0 and not name.endswith(_BELOW_ZERO)):
        return sentence("a number of at least 0")
    least = name.startswith(_LEAST_ONE) and number < 1
    return sentence("a number of at least 1") if least else None


def _is_mapping(value: object) -> bool:
    if not isinstance(value, str):
        return isinstance(value, Mapping)
    try:
        return isinstance(json.loads(value), dict)
    except ValueError:
        return False
