"""Makes data/sample.warc.gz: `python -m tests.portal.sample` crawls a small portal of ours."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.portal.server import PortalServer
from tests.portal.site import Site
from tests.scrapy_runs import ROOT, Workplace

SAMPLE = ROOT / "data" / "sample.warc.gz"


def main() -> int:
    """Crawl 40 articles and keep the raw records."""
    with tempfile.TemporaryDirectory() as name:
        place = Workplace(Path(name), f"sqlite:///{name}/archive.db")
        with PortalServer(Site(seed=2026, articles=40)) as portal:
            ended = place.crawl(portal.url)
        print(ended.err, file=sys.stderr)
        [capture] = (place.folder / "captures").glob("*.warc.gz")
        shutil.copyfile(capture, SAMPLE)
    print(f"{SAMPLE}: {SAMPLE.stat().st_size} bytes")
    return ended.status


if __name__ == "__main__":
    sys.exit(main())
