"""The command line speaks the reader's language; programs read the same in each."""

import json
from argparse import ArgumentParser
from pathlib import Path

import pytest
from scrapy.cmdline import _get_commands_from_module
from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter
from scrapy.utils.project import get_project_settings

from antara_crawler import wording
from antara_crawler.cli import program
from antara_crawler.health.history import Finding
from antara_crawler.health.record import Told, lines_of
from tests.portal import PortalServer, Site
from tests.scrapy_runs import Workplace


@pytest.fixture
def in_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "id:en"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LANGUAGE": "fr:en:id"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "id"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "ide_XY", "LANGUAGE": ""}, "en"),
        ({"LANG": "id_ID.UTF-8", "LC_MESSAGES": ""}, "id"),
    ],
)
def test_the_language_is_the_one_that_gettext_would_take(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wording.language() == language


def test_numbers_and_plurals_are_those_of_english() -> None:
    said = [wording.counted(number, "article") for number in (0, 1, 2, 1234)]
    assert said == ["0 articles", "1 article", "2 articles", "1,234 articles"]
    assert wording.tr("{n:,} requests, {size:.1f} MB", n=1234, size=2.5) == "1,234 requests, 2.5 MB"


@pytest.mark.usefixtures("in_indonesian")
def test_numbers_and_plurals_are_those_of_indonesian() -> None:
    said = [wording.counted(number, "article") for number in (0, 1, 2, 1234)]
    assert said == ["0 artikel", "1 artikel", "2 artikel", "1.234 artikel"]
    assert wording.tr("{n:,} requests, {size:.1f} MB", n=1234, size=2.5) == (
        "1.234 permintaan, 2,5 MB"
    )


@pytest.mark.usefixtures("in_indonesian")
@pytest.mark.parametrize(
    ("english", "indonesian"),
    [
        ("--limit 0 is not a number of at least 1", "--limit 0 bukan angka sekurang-kurangnya 1"),
        (
            "1,234 pages: the portal does not answer (https://a.example/b: HTTP 503, without a"
            " page)",
            "1.234 halaman: portal tidak menjawab (https://a.example/b: HTTP 503, tanpa halaman)",
        ),
        ("'done' is not asked for: see -h", "'done' tidak diperlukan: lihat -h"),
        (
            "no template finds an article's body on it (a: .b, c: d)",
            "tidak ada templat yang menemukan isi artikel di dalamnya (a: .b, c: d)",
        ),
        (
            "2 pages: named by the portal, but not there (https://a.example/b: no template finds an"
            " article's body on it (a: .b))",
            "2 halaman: disebut oleh portal, tetapi tidak ada (https://a.example/b: tidak ada"
            " templat yang menemukan isi artikel di dalamnya (a: .b))",
        ),
        ("{n} {braces} of nobody in 3 pages", "{n} {braces} of nobody in 3 pages"),
        ("", ""),
    ],
)
def test_what_is_kept_in_english_is_told_in_indonesian(english: str, indonesian: str) -> None:
    assert wording.told(english) == indonesian


def test_a_crawl_is_summed_up_in_indonesian_and_programs_read_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    asked = [
        ("stats", "--json"),
        ("stats", "--runs", "--json"),
        ("search", "--json", "di"),
        ("list",),
    ]
    with monkeypatch.context() as patch, PortalServer(Site(seed=3, articles=10)) as portal:
        patch.setenv("LC_ALL", "id_ID.UTF-8")
        ended = place.crawl(portal.url)
        refused = place.run("export", "--section", "Nowhere")
        said = [place.run(*words).out for words in asked]
        shown = place.run("stats", "--runs").out
    assert "kalsel: selesai dalam 0 menit" in ended.err
    assert "  artikel   10 baru, 0 direvisi" in ended.err
    assert "INFO: Spider closed (finished)" in ended.err
    assert refused.err == (
        "scrapy export: --section 'Nowhere' tidak ada dalam arsip (scrapy stats mendaftar apa yang"
        " ada)\n"
    )
    assert "10 baru" in shown
    assert said == [place.run(*words).out for words in asked]
    assert json.loads(said[0])["articles"] == 10
    assert json.loads(said[1])["status"] == "finished"


@pytest.mark.usefixtures("in_indonesian")
def test_a_notice_is_in_indonesian_of_findings_that_are_kept_in_english() -> None:
    what = (
        "kalsel: nothing new in section Ekonomi for 2 days, since 2026-01-02 (longest silence of"
        " the past year: 1)"
    )
    told = Told(
        (1, 2), (Finding("a", "silent", "kalsel", what),), (Finding("b", "disk", None, "x"),)
    )
    assert lines_of(told) == [
        "sepi: kalsel: tidak ada yang baru di rubrik Ekonomi selama 2 hari, sejak 2026-01-02 (sepi"
        " terlama setahun terakhir: 1)",
        f"  {wording.tr(wording.words('health')['silent']['remedy'])}",
        "berakhir: ruang disk: x",
    ]


@pytest.mark.usefixtures("in_indonesian")
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  check         Check spider contracts\n", "  check         Periksa kontrak spider\n"),
        (" Available commands:\n", " Perintah yang tersedia:\n"),
        ("   scrapy <command> [options] [args]\n", "   scrapy <command> [options] [args]\n"),
        ("\n", "\n"),
    ],
)
def test_scrapy_s_list_of_commands_is_told(line: str, told: str) -> None:
    assert program._told(line) == told


def helps(name: str) -> dict[str, str | None]:
    """Return what a command says of itself and of each option."""
    command = commands()[name]
    parser = ArgumentParser(formatter_class=ScrapyHelpFormatter, conflict_handler="resolve")
    command.settings = get_project_settings()
    command.add_options(parser)
    said = {"": command.long_desc(), "in short": command.short_desc(), "page": parser.format_help()}
    return said | {action.dest: action.help for action in parser._actions}


def commands() -> dict[str, ScrapyCommand]:
    """Return our commands by name."""
    return _get_commands_from_module("antara_crawler.commands", inproject=True)


@pytest.mark.parametrize("name", sorted(commands()))
def test_the_whole_help_of_a_command_is_in_indonesian(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = helps(name)
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert [key for key, said in helps(name).items() if said and said == english[key]] == []


@pytest.mark.usefixtures("in_indonesian")
@pytest.mark.parametrize("piece", [": (", "a: b (c) ", " pages: (", "; "])
def test_a_text_that_fits_many_templates_almost_is_looked_at_no_longer(piece: str) -> None:
    text = (piece * 2000)[: wording.LONGEST - 1] + "z"
    assert wording.told(text) == text
