"""Where each answer of a replay lies and what became of it: numbers in arrays, no texts.

Half a million answers take about 100 MB; what they say is read from the files when asked for.
A revisit refers to another answer by its id, by address and time, or by digest. Some tools cut
times to the second, some write no digest, some refer to another revisit: every way that leads to
one answer is taken, unless a digest says that it is another payload.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from antara_crawler.items import Capture
from antara_crawler.warc.records.exchange import Revisit
from antara_crawler.warc.records.records import Record
from antara_crawler.warc.replay.spelling import Spelling

_EPOCH = datetime.fromtimestamp(0, UTC)
_MICROSECOND = timedelta(microseconds=1)
_SHA256 = 32


class Fate(IntEnum):
    """What became of an answer; one that was never asked for is to a POST or a HEAD."""

    WAITING = 0
    USED = 1
    DAMAGED = 2
    NEVER_ASKED = 3


Standing = tuple[bool, int, int]
"""How well an answer stands for a URL: whether it is a page, how alike it is spelled, when."""


class Shelf:
    """The answers by number, in the order in which they were met, and by document."""

    def __init__(self) -> None:
        self.sources: dict[int, int] = {}
        """For revisits the number of the answer that holds the payload."""
        self._files: dict[str, int] = {}
        self._names: list[str] = []
        self.newest: dict[int, int] = {}
        """The last answer that was met of each document."""
        self._older = array("l")
        self._file = array("L")
        self._offset = array("Q")
        self._length = array("Q")
        self._raw = bytearray()
        self._payload = bytearray()
        self.status = array("H")
        self._fetched = array("q")
        self._exact = array("q")
        self._plain = array("q")
        self.document = array("q")
        self.id, self.request, self.moment = array("q"), array("q"), array("q")
        """What an answer calls itself and its request, and when it was made of which address."""
        self.label = array("q")
        """Its payload's digest as the record has it; 0 where it has none."""
        self.own = array("B")
        """Whether an answer is of the site that is replayed."""
        self.fate = array("B")
        """What became of each: a Fate."""

    def __len__(self) -> int:
        return len(self.fate)

    def put(self, capture: Capture, spelling: Spelling, record: Record, *, own: bool) -> int:
        """Take an answer and return its number."""
        number = len(self.fate)
        if capture.file not in self._files:
            self._files[capture.file] = len(self._names)
            self._names.append(capture.file)
        document = hash(spelling.document)
        self._file.append(self._files[capture.file])
        self._offset.append(capture.offset)
        self._length.append(capture.length)
        self._raw += bytes.fromhex(capture.sha256)
        self._payload += bytes.fromhex(capture.payload_sha256)
        self.status.append(capture.status)
        self._fetched.append((capture.captured_at - _EPOCH) // _MICROSECOND)
        self._exact.append(hash(spelling.exact))
        self._plain.append(hash(spelling.plain))
        self.document.append(document)
        self.id.append(hash(record.field("WARC-Record-ID") or ""))
        self.request.append(hash(record.field("WARC-Concurrent-To") or ""))
        self.moment.append(moment_of(record))
        self.label.append(hash((record.field("WARC-Payload-Digest") or "").lower()))
        self.own.append(own)
        self.fate.append(Fate.WAITING)
        self._older.append(self.newest.get(document, -1))
        self.newest[document] = number
        return number

    def of_document(self, spelling: Spelling) -> Iterator[int]:
        """Yield the answers of the document that a URL names, the last one met first."""
        number = self.newest.get(hash(spelling.document), -1)
        while number >= 0:
            yield number
            number = self._older[number]

    def standing(self, number: int, spelling: Spelling) -> Standing:
        """Return how well an answer stands for a URL of its document: the highest answers."""
        held = self.sources.get(number, number)
        alike = int(self._exact[number] == hash(spelling.exact))
        alike += int(self._plain[number] == hash(spelling.plain))
        return (self.status[held] == 200, alike, self._fetched[number])

    def capture(self, number: int, url: str) -> Capture:
        """Return where an answer lies."""
        return Capture(
            url=url,
            status=self.status[number],
            captured_at=self.fetched_at(number),
            file=self._names[self._file[number]],
            offset=self._offset[number],
            length=self._length[number],
            sha256=self._raw[number * _SHA256 : (number + 1) * _SHA256].hex(),
            payload_sha256=self.payload_sha256(number),
        )

    def fetched_at(self, number: int) -> datetime:
        """Return when an answer was fetched."""
        return _EPOCH + self._fetched[number] * _MICROSECOND

    def payload_sha256(self, number: int) -> str:
        """Return the digest of an answer's payload."""
        return self._payload[number * _SHA256 : (number + 1) * _SHA256].hex()

    def is_page(self, number: int) -> bool:
        """Return whether an answer holds a page: its status is 200."""
        return self.status[number] == 200


def moment_of(record: Record) -> int:
    """Return the number of a record's address and time: a request and its answer share it."""
    return hash((record.field("WARC-Target-URI"), record.field("WARC-Date")))


_MOST_STEPS = 8

Key = tuple[str, int] | tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """A revisit, and the ways to the answer that holds its payload, the surest first."""

    number: int
    ways: tuple[Key, ...]
    at: datetime | None
    digest: str | None


def reference(number: int, record: Record, revisit: Revisit, document: int) -> Reference:
    """Return what a revisit refers to; `document` is that of the address which it names."""
    digest = revisit.digest and revisit.digest.lower()
    ways: list[Key] = []
    if referred := record.field("WARC-Refers-To"):
        ways.append(("id", hash(referred)))
    if revisit.captured_at is not None:
        ways.append(("at", document, _second(revisit.captured_at)))
    if digest:
        ways.append(("digest", hash(digest)))
    return Reference(number, tuple(ways or [("document", document)]), revisit.captured_at, digest)


def link(shelf: Shelf, references: Sequence[Reference]) -> list[int]:
    """Tell the shelf the source of each revisit; return the revisits that have none."""
    wanted = {key for each in references for key in each.ways}
    revisits = {each.number for each in references}
    holders: defaultdict[Key, list[int]] = defaultdict(list)
    for number in range(len(shelf)) if wanted else ():
        for key in _keys(shelf, number, number in revisits):
            # A payload may stand thousands of times: the first record of it will do.
            if key in wanted and not (key[0] == "digest" and holders[key]):
                holders[key].append(number)

    def fits(number: int, of: Reference) -> bool:
        if number in revisits or of.digest is None:
            return number != of.number
        known = (shelf.label[number], hash(f"sha256:{shelf.payload_sha256(number)}"))
        return hash(of.digest) in known or not (known[0] or of.digest.startswith("sha256:"))

    def nearness(number: int, of: Reference) -> tuple[bool, bool, bool, datetime]:
        at = shelf.fetched_at(number)
        return (at == of.at, shelf.is_page(number), at <= shelf.fetched_at(of.number), at)

    found: dict[int, int] = {}
    for each in references:
        for way in each.ways:
            if fitting := [number for number in holders.get(way, ()) if fits(number, each)]:
                found[each.number] = max(fitting, key=lambda n, each=each: nearness(n, each))  # type: ignore[misc]
                break
    lost = []
    for number in sorted(revisits):
        source: int | None = number
        for _ in range(_MOST_STEPS):  # revisits of revisits, to the one that holds the payload
            source = found.get(source) if source in revisits else source
        if source is None or source in revisits:
            lost.append(number)
        else:
            shelf.sources[number] = source
    return lost


def _keys(shelf: Shelf, number: int, is_revisit: bool) -> Iterator[Key]:
    document = shelf.document[number]
    yield ("id", shelf.id[number])
    yield ("at", document, _second(shelf.fetched_at(number)))
    if not is_revisit:
        yield ("digest", shelf.label[number])
        yield ("digest", hash(f"sha256:{shelf.payload_sha256(number)}"))
        yield ("document", document)


def _second(at: datetime) -> int:
    return int(at.timestamp())
