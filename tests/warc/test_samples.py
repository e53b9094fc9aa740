"""A capture file says of itself that it is a sample; its copies do, and folders do not mix."""

import gzip
import shutil
from pathlib import Path

import pytest

from antara_crawler.errors import UsageError
from antara_crawler.warc import CaptureWriter, is_sample
from tests.scrapy_runs import ROOT
from tests.warc.samples import exchange

SAMPLE = ROOT / "data" / "sample.warc.gz"


def written(folder: Path, *, sample: bool) -> Path:
    with CaptureWriter(folder, "kalsel", software="test 1", sample=sample) as captures:
        captures.append(exchange())
    return folder


def test_the_sample_of_this_project_is_marked() -> None:
    assert is_sample(SAMPLE)


def test_what_a_run_over_a_sample_keeps_is_marked(tmp_path: Path) -> None:
    assert is_sample(written(tmp_path / "sample", sample=True))
    assert not is_sample(written(tmp_path / "live", sample=False))


def test_a_folder_of_both_is_refused(tmp_path: Path) -> None:
    written(tmp_path, sample=False)
    shutil.copy(SAMPLE, tmp_path)
    with pytest.raises(UsageError, match=r"sample\.warc\.gz is a sample .* keep them apart"):
        is_sample(tmp_path)


def test_a_word_in_a_page_marks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"sample: yes"))
    (tmp_path / "b.warc").write_bytes(b"")
    assert not is_sample(tmp_path)
