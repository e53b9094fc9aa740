"""Settings that are not what they should be: one line before any work, status 2."""

import re

import pytest
from scrapy.settings import BaseSettings, Settings, default_settings
from scrapy.utils.project import get_project_settings

from antara_crawler import settings as own
from antara_crawler.cli.mistyped import OF_ENVIRONMENT, refuse_misspelt, refuse_mistyped
from antara_crawler.errors import UsageError
from tests.scrapy_runs import ROOT

NUMBERS = sorted(
    name
    for module in (default_settings, own)
    for name, value in vars(module).items()
    if name.isupper() and isinstance(value, bool | int | float)
)


def with_value(name: str, value: object) -> Settings:
    settings = get_project_settings()
    settings.set(name, value, priority="cmdline")
    return settings


def test_the_defaults_are_what_they_should_be() -> None:
    refuse_mistyped(get_project_settings())


@pytest.mark.parametrize("name", sorted({*NUMBERS}))
def test_every_number_and_every_yes_or_no_is_checked(name: str) -> None:
    for value in ("abc", "", "nan", "1,5"):
        with pytest.raises(UsageError, match=f"{name}={value} is not"):
            refuse_mistyped(with_value(name, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOWNLOAD_DELAY", "-1"),
        ("DOWNLOAD_TIMEOUT", "inf"),
        ("RETRY_TIMES", "1.5"),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", "0"),
        ("ROBOTSTXT_OBEY", "2"),
        ("HTTPCACHE_ENABLED", "1"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_means_nothing_is_refused(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=name):
        refuse_mistyped(with_value(name, value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DOWNLOAD_DELAY", "0.25"),
        ("DOWNLOAD_DELAY", 0),
        ("ROBOTSTXT_OBEY", "False"),
        ("DOWNLOAD_TIMEOUT", "7.5"),
        ("RETRY_PRIORITY_ADJUST", "-2"),
        ("TELNETCONSOLE_ENABLED", "False"),
        ("STATS_DUMP", "true"),
        ("LOG_LEVEL", "DEBUG"),
    ],
)
def test_a_value_that_means_something_is_taken(name: str, value: object) -> None:
    refuse_mistyped(with_value(name, value))


def test_a_name_that_is_nearly_one_is_told() -> None:
    with pytest.raises(UsageError, match="did you mean DOWNLOAD_DELAY"):
        refuse_misspelt({"DOWNLOAD_DELY": "1"}, {})
    refuse_misspelt({"DOWNLOAD_DELAY": "1", "MY_OWN": "x"}, {})


def test_a_variable_that_would_go_unread_is_told() -> None:
    for name, mend in {
        "ANTARA_ARCHIV_URL": "did you mean ANTARA_ARCHIVE_URL",
        "ANTARA_CAPTURE_DIR": "did you mean ANTARA_CAPTURES_DIR",
        "ANTARA_DOWNLOAD_DELAY": "say -s DOWNLOAD_DELAY=",
    }.items():
        with pytest.raises(UsageError, match=mend):
            refuse_misspelt({}, {"PATH": "/bin", name: "x"})
    refuse_misspelt({}, {f"ANTARA_{name}": "x" for name in (*OF_ENVIRONMENT, "FOR_SOMETHING_ELSE")})


def test_the_variables_that_are_known_are_those_that_are_read() -> None:
    source = "".join(path.read_text() for path in (ROOT / "antara_crawler").rglob("*.py"))
    assert {*re.findall(r'environ\.get\(\s*"ANTARA_(\w+)"', source)} == {*OF_ENVIRONMENT}


@pytest.mark.parametrize("name", ["CAPTURES_DIR", "INDEX_DIR", "TEMPLATES_FILE"])
def test_an_empty_place_is_refused_and_not_taken_for_the_working_folder(name: str) -> None:
    with pytest.raises(UsageError, match=f"{name} is empty"):
        refuse_mistyped(with_value(name, " "))


def test_settings_of_no_kind_are_left_alone() -> None:
    settings = BaseSettings({"LOG_LEVEL": "INFO", "BOT_NAME": "x"})
    refuse_mistyped(settings)
