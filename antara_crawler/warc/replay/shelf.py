"""The answers of a replay: where each lies, by what it is found, and what became of it.

A revisit refers to another answer by its id, by address and time, or by digest. Some tools cut
times to the second, some write no digest, some refer to another revisit: every way that leads to
one answer is taken, unless a digest says that it is another payload.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from antara_crawler.items import Capture
from antara_crawler.warc.records.exchange import Revisit
from antara_crawler.warc.records.records import Record
from antara_crawler.warc.replay.spelling import Spelling


class Fate(StrEnum):
    """What became of an answer; one that was never asked for is to a POST or a HEAD."""

    WAITING = "waiting"
    USED = "used"
    DAMAGED = "damaged"
    NEVER_ASKED = "never_asked"


@dataclass(slots=True, eq=False)
class Answer:
    """One answer. What it is found by is kept as numbers, which are smaller than texts."""

    capture: Capture
    exact: int
    plain: int
    document: int
    """How its address is written, and which document that names."""
    id: int
    request: int
    moment: int
    """What it calls itself and its request, and when it was made of which address."""
    label: int
    """Its payload's digest as the record has it."""
    own: bool
    """Whether it is of the site that is replayed."""
    fate: Fate = Fate.WAITING
    damage: str = ""
    """Where it lies and why it is damaged, if it is."""
    source: "Answer | None" = None
    """Of a revisit the answer that holds the payload."""

    @classmethod
    def of(cls, capture: Capture, spelling: Spelling, record: Record, *, own: bool) -> "Answer":
        """Return the answer that a record keeps."""
        return cls(
            capture,
            exact=hash(spelling.exact),
            plain=hash(spelling.plain),
            document=hash(spelling.document),
            id=hash(record.field("WARC-Record-ID") or ""),
            request=hash(record.field("WARC-Concurrent-To") or ""),
            moment=moment_of(record),
            label=hash((record.field("WARC-Payload-Digest") or "").lower()),
            own=own,
        )

    @property
    def is_page(self) -> bool:
        """Whether it holds a page: its status is 200."""
        return self.capture.status == 200

    def standing(self, spelling: Spelling) -> tuple[bool, int, datetime]:
        """Return how well it stands for a URL of its document: the highest answers.

        That is whether it is a page, how alike it is spelled, when it was fetched.
        """
        alike = (self.exact == hash(spelling.exact)) + (self.plain == hash(spelling.plain))
        return (self.source or self).is_page, alike, self.capture.captured_at


def moment_of(record: Record) -> int:
    """Return the number of a record's address and time: a request and its answer share it."""
    return hash((record.field("WARC-Target-URI"), record.field("WARC-Date")))


_MOST_STEPS = 8

Key = tuple[str, int] | tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Reference:
    """A revisit, and the ways to the answer that holds its payload, the surest first."""

    answer: Answer
    ways: tuple[Key, ...]
    at: datetime | None
    digest: str | None


def reference(answer: Answer, record: Record, revisit: Revisit, document: int) -> Reference:
    """Return what a revisit refers to; `document` is that of the address which it names."""
    digest = revisit.digest and revisit.digest.lower()
    ways: list[Key] = []
    if referred := record.field("WARC-Refers-To"):
        ways.append(("id", hash(referred)))
    if revisit.captured_at is not None:
        ways.append(("at", document, _second(revisit.captured_at)))
    if digest:
        ways.append(("digest", hash(digest)))
    return Reference(answer, tuple(ways or [("document", document)]), revisit.captured_at, digest)


def link(answers: Sequence[Answer], references: Sequence[Reference]) -> list[Answer]:
    """Tell each revisit its source; return the revisits that have none."""
    wanted = {key for each in references for key in each.ways}
    revisits = {each.answer for each in references}
    holders: defaultdict[Key, list[Answer]] = defaultdict(list)
    for answer in answers if wanted else ():
        for key in _keys(answer, answer in revisits):
            # A payload may stand thousands of times: the first record of it will do.
            if key in wanted and not (key[0] == "digest" and holders[key]):
                holders[key].append(answer)

    def fits(answer: Answer, of: Reference) -> bool:
        if answer in revisits or of.digest is None:
            return answer is not of.answer
        known = (answer.label, hash(f"sha256:{answer.capture.payload_sha256}"))
        return hash(of.digest) in known or not (known[0] or of.digest.startswith("sha256:"))

    found: dict[Answer, Answer] = {}
    for each in references:
        for way in each.ways:
            if fitting := [answer for answer in holders.get(way, ()) if fits(answer, each)]:
                found[each.answer] = max(fitting, key=lambda held, of=each: _nearness(held, of))  # type: ignore[misc]
                break
    lost = []
    for each in references:
        source: Answer | None = each.answer
        for _ in range(_MOST_STEPS):  # revisits of revisits, to the one that holds the payload
            source = found.get(source) if source in revisits else source
        if source is None or source in revisits:
            lost.append(each.answer)
        else:
            each.answer.source = source
    return lost


def _nearness(answer: Answer, of: Reference) -> tuple[bool, bool, bool, datetime]:
    at = answer.capture.captured_at
    return at == of.at, answer.is_page, at <= of.answer.capture.captured_at, at


def _keys(answer: Answer, is_revisit: bool) -> Iterator[Key]:
    yield ("id", answer.id)
    yield ("at", answer.document, _second(answer.capture.captured_at))
    if not is_revisit:
        yield ("digest", answer.label)
        yield ("digest", hash(f"sha256:{answer.capture.payload_sha256}"))
        yield ("document", answer.document)


def _second(at: datetime) -> int:
    return int(at.timestamp())
