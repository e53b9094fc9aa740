"""Which answer a revisit record refers to: by its id, by address and time, or by digest.

Some tools cut times to the second, some write no digest, some refer to another revisit: every way
that leads to one answer is taken, unless a digest says that it is another payload.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from antara_crawler.warc.records.exchange import Revisit
from antara_crawler.warc.records.records import Record
from antara_crawler.warc.replay.shelf import Shelf

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
