"""The README's first command has an archive of its own, and what it holds stays apart."""

import re
from pathlib import Path

from antara_crawler.warc import CaptureWriter
from tests.scrapy_runs import ROOT, Workplace
from tests.warc.samples import exchange


def test_the_first_command_of_the_readme_names_an_archive_and_captures_of_its_own() -> None:
    first = re.findall(r"```bash\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)[0]
    assert "-s ARCHIVE_URL=sqlite:///data/sample.db" in first
    assert "-s CAPTURES_DIR=data/sample-captures" in first


def test_a_live_crawl_never_goes_into_the_archive_of_the_sample(tmp_path: Path) -> None:
    place = Workplace(tmp_path, f"sqlite:///{tmp_path}/archive.db")
    assert place.run("crawl", "kalsel", "-a", "captures=data/sample.warc.gz").status == 0
    ended = place.crawl("http://127.0.0.1:9")
    assert ended.status == 2
    assert re.fullmatch(r"scrapy crawl: .*holds the sample's invented articles.*\n", ended.err)
    # What the run kept is a sample as well.
    other = Workplace(tmp_path, f"sqlite:///{tmp_path}/other.db")
    (tmp_path / "dump.txt").write_text("Judul\nIsi artikel ini cukup panjang untuk dibaca orang.\n")
    assert other.run("import", str(tmp_path / "dump.txt"), "--portal", "kalsel").status == 0
    ended = other.run("crawl", "kalsel", "-a", f"captures={tmp_path / 'captures'}")
    assert (ended.status, "holds real articles" in ended.err) == (2, True)
    ended = other.run("import", "data/sample.warc.gz")
    assert (ended.status, "holds real articles" in ended.err) == (4, True)
    assert not [*(tmp_path / "captures" / "imported").iterdir()]
    # Beside a portal's own captures it is named, and they are taken in.
    with CaptureWriter(tmp_path / "captures", "kalteng", software="tests") as captures:
        captures.append(exchange(1))
    ended = other.run("rebuild", "--add")
    assert (ended.status, "rebuilt   1 of 2 runs" in ended.out) == (4, True)
    assert "holds real articles" in ended.err
    assert len(other.records()) == 1
