"""Makes data/sample.warc.gz: `python -m tests.portal.sample` crawls a small portal of ours."""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from antara_crawler.warc.records.members import Member, walk
from antara_crawler.warc.records.records import compressed, parse
from antara_crawler.warc.writer import INVENTED
from antara_crawler.warc.writer import SAMPLE as SAMPLE_FIELD
from tests.portal.server import PortalServer
from tests.portal.site import Site
from tests.scrapy_runs import ROOT, Workplace

SAMPLE = ROOT / "data" / "sample.warc.gz"


def marked(data: bytes) -> bytes:
    """Return a capture file whose first record says that it is a sample."""
    first = next(walk(BytesIO(data)))
    assert isinstance(first, Member)
    record = parse(first.data)
    own = ("WARC-Type", "WARC-Record-ID", "WARC-Block-Digest", "Content-Type", "Content-Length")
    head = compressed(
        "warcinfo",
        [pair for pair in record.fields if pair[0] not in own],
        record.data[record.start : record.end] + f"{SAMPLE_FIELD}: {INVENTED}\r\n".encode(),
        content_type="application/warc-fields",
        record_id=record.field("WARC-Record-ID"),
    )
    return bytes(head) + data[first.length :]


def main() -> int:
    """Crawl 40 articles and keep the raw records."""
    with tempfile.TemporaryDirectory() as name:
        place = Workplace(Path(name), f"sqlite:///{name}/archive.db")
        with PortalServer(Site(seed=2026, articles=40)) as portal:
            ended = place.crawl(portal.url)
        print(ended.err, file=sys.stderr)
        [capture] = (place.folder / "captures").glob("*.warc.gz")
        SAMPLE.write_bytes(marked(capture.read_bytes()))
    print(f"{SAMPLE}: {SAMPLE.stat().st_size} bytes")
    return ended.status


if __name__ == "__main__":
    sys.exit(main())
