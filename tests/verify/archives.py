"""What the tests of `scrapy verify` share: checks in this process, and as a user runs them."""

import json
from pathlib import Path
from typing import Any

from scrapy.utils.project import get_project_settings

from antara_crawler.archive import Archive
from antara_crawler.verify.articles import Finding
from antara_crawler.verify.repair import Repairer
from antara_crawler.verify.report import Checked, verify
from antara_crawler.warc import CaptureFiles
from tests.archive.samples import start_run
from tests.scrapy_runs import Ended, Workplace


def check(place: Workplace, *, repair: bool = False) -> Checked:
    """Check an archive, and mend it."""
    files = CaptureFiles(place.folder / "captures", "here")
    with Archive.open(place.archive_url, read_only=not repair) as archive:

        def leave(finding: Finding) -> None:
            return None

        mend = leave
        if repair:
            run = start_run(archive)
            mend = Repairer(archive, files, get_project_settings(), run)  # type: ignore[assignment]
        return verify(archive, files, mend, lambda: False)


def kinds(checked: Checked) -> set[str]:
    """Return the kinds of what was found."""
    return {finding.kind for finding, _ in checked.findings}


def records(place: Workplace) -> list[dict[str, Any]]:
    """Return the export records of an archive."""
    with Archive.open(place.archive_url, read_only=True) as archive:
        return list(archive.records())


def path_of(place: Workplace, record: dict[str, Any]) -> Path:
    """Return the capture file that a record was read from."""
    path: Path = place.folder / "captures" / record["capture"]["file"]
    return path


def found(place: Workplace, *words: str) -> list[dict[str, Any]]:
    """Run the command, which ends with status 4, and return its findings."""
    ended = place.run("verify", "--json", *words)
    assert ended.status == 4, ended.out + ended.err
    told = json.loads(ended.out)
    assert not told["sound"]
    assert told["found"] == len(told["findings"])
    return list(told["findings"])


def sound(place: Workplace, *words: str) -> Ended:
    """Run the command, which ends with status 0."""
    ended = place.run("verify", *words)
    assert ended.status == 0, ended.out + ended.err
    return ended
