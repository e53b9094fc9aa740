"""What a librarian, an editor and a researcher copy from the README does what it says."""

import csv
import re
import shlex
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import bagit
import openpyxl
import pyarrow.dataset
import pytest

from tests.scrapy_runs import ROOT, Ended, Workplace

README = (ROOT / "README.md").read_text("utf-8")
CALL = re.compile(r"^\.venv/bin/scrapy (.+)$", re.MULTILINE)


def lines(heading: str) -> list[str]:
    """Return the commands in the first block under a heading, as they stand."""
    block = README.split(f"## {heading}\n")[1].split("```bash\n")[1].split("```")[0]
    return CALL.findall(block)


LINES = [*lines("Search, read, export"), *lines("What changed, what is gone")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    folder = tmp_path_factory.mktemp("sample")
    place = Workplace(folder, f"sqlite:///{folder}/archive.db")
    crawled = place.run("crawl", "kalsel", "-a", f"captures={ROOT}/data/sample.warc.gz")
    assert crawled.status == 0, crawled.err
    return place


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """A folder of the reader's own, in which what is exported lands."""
    yield tmp_path


def typed(place: Workplace, line: str, folder: Path) -> Ended:
    """Run a line as it stands; the files that it names are made in a folder."""
    words = shlex.split(line, comments=True)
    for place_of_name in (n + 1 for n, word in enumerate(words) if word in ("-o", "--dataset")):
        words[place_of_name] = str(folder / words[place_of_name])
    return place.run(*words)


@pytest.mark.parametrize("line", [line for line in LINES if line != "serve"])
def test_each_line_ends_well_and_says_something(
    sample: Workplace, line: str, tmp_path: Path
) -> None:
    ended = typed(sample, line, tmp_path)
    assert ended.status == 0, ended.err
    assert ended.out or ended.err
    assert "Traceback" not in ended.err


def test_a_librarian_opens_what_was_found_in_excel_and_deposits_it(
    sample: Workplace, tmp_path: Path
) -> None:
    for line in (line for line in LINES if line.startswith("export")):
        assert typed(sample, line, tmp_path).status == 0
    rows = list(openpyxl.load_workbook(tmp_path / "banjir.xlsx", read_only=True).active.values)
    assert len(rows) > 1
    text = (tmp_path / "tabalong.csv").read_text("utf-8-sig")
    table = list(csv.DictReader(text.splitlines(keepends=True), delimiter=";"))
    assert table
    assert {row["section"] for row in table} == {"Tabalong"}
    bagit.Bag(str(tmp_path / "setoran")).validate()
    parts = pyarrow.dataset.dataset(list(map(str, (tmp_path / "penelitian").rglob("*.parquet"))))
    assert parts.count_rows() > len(table)


def test_an_editor_reads_it_in_a_browser_and_cites_it(sample: Workplace, tmp_path: Path) -> None:
    cited = typed(sample, next(line for line in LINES if "--cite" in line), tmp_path).out
    server = sample.start("serve", "--port", "0")
    try:
        assert server.stdout
        address = re.search(r"http://[\d.:]+", server.stdout.readline())
        assert address
        with urlopen(f"{address[0]}/kalsel/berita/40692", timeout=120) as page:
            assert "Kepala Sekolah: penanganan kabut asap" in page.read().decode()
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=120)
    assert "kalsel.antaranews.com/berita/40692" in cited
