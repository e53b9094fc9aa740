"""Which answer a revisit record refers to: by its id, by address and time, or by digest."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from antara_crawler.warc.records.exchange import Revisit
from antara_crawler.warc.records.records import Record
from antara_crawler.warc.replay.shelf import Shelf

_MOST_STEPS = 8

Key = tuple[str, int] | tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Reference:
    """A revisit, and the ways to the answer that holds its payload, the surest first."""

    number: int
    ways: tuple[Key, ...]
    at: datetime | None
    digest: str | None


class Revisits:
    """Notes what answers are called and what revisits refer to; `link` brings them together.

    Some tools cut times to the second, some write no digest, some refer to another revisit:
    every way that leads to one answer is taken, unless a digest says that it is another payload.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._ids = array("q")
        self._labels = array("q")
        self._are_revisits = array("B")
        self._references: list[_Reference] = []

    def note(self, number: int, record: Record, revisit: Revisit | None, document: int) -> None:
        """Note an answer, in the order of the numbers.

        `document` is that of the address which a revisit refers to, its own where it names none.
        """
        label = record.field("WARC-Payload-Digest")
        self._ids.append(hash(record.field("WARC-Record-ID") or ""))
        self._labels.append(hash(label.lower()) if label else 0)
        self._are_revisits.append(revisit is not None)
        if revisit is None:
            return
        ways: list[Key] = []
        if referred := record.field("WARC-Refers-To"):
            ways.append(("id", hash(referred)))
        if revisit.captured_at is not None:
            ways.append(("at", document, _second(revisit.captured_at)))
        if revisit.digest:
            ways.append(("digest", hash(revisit.digest.lower())))
        digest = revisit.digest and revisit.digest.lower()
        ways = ways or [("document", document)]
        self._references.append(_Reference(number, tuple(ways), revisit.captured_at, digest))

    def link(self) -> list[int]:
        """Tell the shelf the source of each revisit; return the revisits that have none."""
        wanted = {key for each in self._references for key in each.ways}
        holders: defaultdict[Key, list[int]] = defaultdict(list)
        for number in range(len(self._shelf)) if wanted else ():
            for key in self._keys(number):
                # A payload may stand thousands of times: the first record of it will do.
                if key in wanted and not (key[0] == "digest" and holders[key]):
                    holders[key].append(number)
        found = {each.number: self._source(each, holders) for each in self._references}
        lost = []
        for number in found:
            source = self._end(number, found)
            if source is None:
                lost.append(number)
            else:
                self._shelf.sources[number] = source
        self._references.clear()
        return lost

    def _keys(self, number: int) -> Iterator[Key]:
        document = self._shelf.document[number]
        yield ("id", self._ids[number])
        yield ("at", document, _second(self._shelf.fetched_at(number)))
        if not self._are_revisits[number]:
            yield ("digest", self._labels[number])
            yield ("digest", hash(f"sha256:{self._shelf.payload_sha256(number)}"))
            yield ("document", document)

    def _source(self, of: _Reference, holders: dict[Key, list[int]]) -> int | None:
        for way in of.ways:
            fitting = [n for n in holders.get(way, ()) if n != of.number and self._fits(n, of)]
            if fitting:
                return max(fitting, key=lambda n: self._nearness(n, of))
        return None

    def _fits(self, number: int, of: _Reference) -> bool:
        if self._are_revisits[number] or of.digest is None:
            return True
        known = (self._labels[number], hash(f"sha256:{self._shelf.payload_sha256(number)}"))
        return hash(of.digest) in known or not (known[0] or of.digest.startswith("sha256:"))

    def _nearness(self, number: int, of: _Reference) -> tuple[bool, bool, bool, datetime]:
        at = self._shelf.fetched_at(number)
        earlier = at <= self._shelf.fetched_at(of.number)
        return (at == of.at, self._shelf.is_page(number), earlier, at)

    def _end(self, number: int, found: dict[int, int | None]) -> int | None:
        """Follow revisits of revisits to the one that holds the payload."""
        step: int | None = number
        for _ in range(_MOST_STEPS):
            if step is None or not self._are_revisits[step]:
                return step
            step = found.get(step)
        return None


def _second(at: datetime) -> int:
    return int(at.timestamp())
