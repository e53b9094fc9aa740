"""What goes wrong as a page, and the figures that Prometheus reads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from antara_crawler.archive import Archive, Writer
from antara_crawler.health.history import Finding
from antara_crawler.health.record import keep
from tests.archive.samples import article, start_run
from tests.web.pages import see
from tests.web.serving import serving

SILENT = Finding("silent kalsel", "silent", "kalsel", "kalsel: <b>nothing</b> new for 2 days")
DISK = Finding("disk", "disk", None, "the disk is full in 3 days")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The reader over an archive of one article, in which one thing goes wrong and one is over."""
    folder = tmp_path_factory.mktemp("health")
    url, now = f"sqlite:///{folder}/archive.db", datetime.now(UTC)
    with Archive.open(url, create=True) as archive:
        Writer(archive, "tests 0").write([article(1)], start_run(archive))
        keep(archive, [SILENT, DISK], now - timedelta(days=2))
        keep(archive, [SILENT], now)
    with (
        Archive.open(url, read_only=True) as archive,
        serving(archive, folder) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client


def test_what_goes_wrong_is_shown_with_what_to_do_and_what_is_over(web: httpx.Client) -> None:
    shown = see(web, "/health", lang="en")
    first, second = shown.texts("tbody tr")
    assert "<b>nothing</b> new for 2 days" in first and "Next: look whether" in first
    assert "disk the disk is full" in second
    assert "Next" not in second
    assert "Tindakan: lihat di peramban" in see(web, "/health").texts("tbody tr")[0]


def test_prometheus_reads_the_figures(web: httpx.Client) -> None:
    answer = web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    assert 'antara_health_findings{kind="silent",portal="kalsel"} 1' in lines
    assert any(line.startswith('antara_articles{portal="kalsel"} ') for line in lines)
    named = {line.split("{")[0].split(" ")[0] for line in lines if not line.startswith("#")}
    assert named <= {line.split()[2] for line in lines if line.startswith("# TYPE")}
