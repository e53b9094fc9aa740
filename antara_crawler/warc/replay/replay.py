"""Answers requests from capture files instead of from the network, and accounts for each record."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path

from antara_crawler.errors import BrokenCapture, DamagedBody, UsageError
from antara_crawler.items import Capture
from antara_crawler.warc.reading import (
    Scanned,
    is_answer,
    named_files,
    read_capture,
    records_of,
    scanned,
)
from antara_crawler.warc.records.codings import body_of
from antara_crawler.warc.records.exchange import Exchange, request_method
from antara_crawler.warc.records.members import MAX_BODY, Damage
from antara_crawler.warc.records.records import Record
from antara_crawler.warc.replay.shelf import Fate, Reference, Shelf, link, moment_of, reference
from antara_crawler.warc.replay.spelling import bare_host, spelling_of

FAULTS_NAMED = 20
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecordsAccount:
    """What was shown to a replay, and what became of it; both sides are counted by themselves.

    `shown` counts answers (response and revisit records) and places of damage. Superseded is an
    answer of a document for which another one stood; not asked for are also answers to a POST
    or HEAD. `faults` names the first damaged ones: file, offset, reason.
    """

    shown: int
    used: int
    not_asked: int
    other_sites: int
    damaged: int
    superseded: int
    faults: tuple[str, ...]

    @property
    def balances(self) -> bool:
        """Whether all that was shown is accounted for."""
        became = self.used + self.not_asked + self.other_sites + self.damaged + self.superseded
        return self.shown == became


class Replay:
    """The answers in a WARC file or a folder of them, found by URL.

    Of several answers of one document (see spelling.py) the latest page (status 200; a revisit
    stands for the page that it refers to) answers, the one spelled most alike first; only where
    there is no page, the latest answer of any status: a failure, or an article's end, never
    hides the article. What is cut short or unlike its digests never answers. `hosts` are those
    of the site that is replayed, none for any. Raises UsageError when the path is missing, may
    not be read, or holds no answer.
    """

    def __init__(self, path: Path, *, hosts: Collection[str] = ()) -> None:
        self._path = path
        self._hosts = frozenset(map(bare_host, hosts))
        self._spelling = partial(spelling_of, own_hosts=self._hosts)
        self._shelf = Shelf()
        self._reasons: dict[int, str] = {}
        self._shown = 0
        self._places = 0
        self._last = 0
        self.faults: list[str] = []
        try:
            self._folder = path if path.is_dir() else path.parent
            if not path.exists():
                raise UsageError(f"no capture file or folder at {path}; check the path")
            self._scan()
        except OSError as error:
            raise UsageError(
                f"cannot read {error.filename or path}: {error.strerror}; make it readable for you"
            ) from error
        if Fate.WAITING not in self._shelf.fate:
            why = f" ({self.faults[0]})" if self.faults else ""
            raise UsageError(f"{path} holds no captured response{why}; give a WARC file or folder")

    def __len__(self) -> int:
        """How many documents there are answers of."""
        return len(self._shelf.newest)

    def find(self, url: str) -> Exchange | None:
        """The answer kept for a URL, its digests checked; None when there is none.

        Raises BrokenCapture when all that there is of it is damaged.
        """
        spelling = self._spelling(url)
        numbers = list(self._shelf.of_document(spelling))
        for number in sorted(
            numbers, key=lambda each: self._shelf.standing(each, spelling), reverse=True
        ):
            if self._shelf.fate[number] not in (Fate.WAITING, Fate.USED):
                continue
            if (exchange := self._used(number, url)) is not None:
                return exchange
        reasons = [self._reasons[number] for number in numbers if number in self._reasons]
        if reasons:
            raise BrokenCapture(reasons[0])
        return None

    def history(self) -> Iterator[tuple[Capture, Exchange]]:
        """Yield every answer of the site in the order of time, its digests checked.

        What is damaged is passed over and told by the account; revisits have their payload.
        So is what says that it was fetched on a day to come: it would be the newest for ever.
        """
        shelf, latest = self._shelf, datetime.now(UTC) + _CLOCKS_DIFFER
        own = [n for n in range(len(shelf)) if shelf.own[n] and shelf.fate[n] == Fate.WAITING]
        for number in sorted(own, key=shelf.fetched_at):
            if shelf.fetched_at(number) > latest:
                self._damage(number, "its date is in the future")
                continue
            if (exchange := self._used(number, "")) is None:
                continue
            capture = shelf.capture(number, exchange.url)
            if number in shelf.sources:
                capture = replace(capture, payload_sha256=sha256(exchange.body).hexdigest())
            self._last = number
            yield capture, exchange

    def pass_over(self) -> None:
        """Say of the answer that history() gave last that it was not asked for."""
        self._shelf.fate[self._last] = Fate.NEVER_ASKED

    def account(self) -> RecordsAccount:
        """What became of every record up to now."""
        shelf = self._shelf
        numbers = range(len(shelf))
        answered = {shelf.document[n] for n in numbers if shelf.fate[n] == Fate.USED}
        became = Counter({"damaged": self._places})
        for number in numbers:
            fate = shelf.fate[number]
            if fate in (Fate.USED, Fate.DAMAGED):
                became[Fate(fate).name.lower()] += 1
            elif not shelf.own[number]:
                became["other_sites"] += 1
            else:
                stood = fate == Fate.WAITING and shelf.document[number] in answered
                became["superseded" if stood else "not_asked"] += 1
        names = ("used", "not_asked", "other_sites", "damaged", "superseded")
        counts = {name: became[name] for name in names}
        return RecordsAccount(shown=self._shown, **counts, faults=tuple(self.faults))

    def _scan(self) -> None:
        shelf, references, posted = self._shelf, list[Reference](), set[int]()
        for name, file in named_files(self._path):
            for place, record in records_of(file, name, on_damage=self._note_damage):
                if record.kind == "request":
                    posted |= _posted(record)
                elif is_answer(record):
                    self._shown += 1
                    references += self._taken(record, scanned(record, name, place))
        # Only a GET asks for a page.
        for number in range(len(shelf)) if posted else ():
            names = shelf.id[number], shelf.request[number], shelf.moment[number]
            if shelf.fate[number] == Fate.WAITING and not posted.isdisjoint(names):
                shelf.fate[number] = Fate.NEVER_ASKED
        for number in link(shelf, references):
            # 'Not modified' says something without the page; 'the same as before' does not.
            if shelf.fate[number] == Fate.WAITING and shelf.is_page(number):
                self._damage(number, "it refers to a record that is not in these files")

    def _taken(self, record: Record, met: Scanned) -> Iterator[Reference]:
        """Put an answer on the shelf; yield what it refers to, where it is a revisit."""
        spelling = self._spelling(met.capture.url)
        own = not self._hosts or bare_host(spelling.host) in self._hosts
        number = self._shelf.put(met.capture, spelling, record, own=own)
        if met.exchange and (revisit := met.exchange.revisit):
            yield reference(number, record, revisit, hash(self._spelling(revisit.url).document))
        if met.note:
            self._damage(number, met.note)

    def _used(self, number: int, url: str) -> Exchange | None:
        """Return an answer as it is used; None for one that is damaged, which is noted."""
        try:
            exchange = self._read(number, url)
            body_of(exchange, MAX_BODY)
        except (BrokenCapture, DamagedBody) as error:
            self._damage(number, str(error))
            return None
        self._shelf.fate[number] = Fate.USED
        return exchange

    def _read(self, number: int, url: str) -> Exchange:
        source = self._shelf.sources.get(number)
        if source is not None and self._shelf.fate[source] == Fate.DAMAGED:
            raise BrokenCapture("the record that holds its payload is damaged")
        held = None if source is None else self._shelf.capture(source, url)
        exchange = read_capture(
            self._folder, self._shelf.capture(number, url), None if held is None else lambda _: held
        )
        if source is not None:
            self._shelf.fate[source] = Fate.USED
        return exchange

    def _damage(self, number: int, reason: str) -> None:
        place = self._shelf.capture(number, "")
        self._shelf.fate[number] = Fate.DAMAGED
        self._reasons[number] = self._name(place.file, place.offset, reason)

    def _note_damage(self, file: str, damage: Damage) -> None:
        self._shown += 1
        self._places += 1
        self._name(file, damage.offset, damage.reason)

    def _name(self, file: str, offset: int, reason: str) -> str:
        line = f"{file}@{offset}: {reason}"
        if len(self.faults) < FAULTS_NAMED:
            self.faults.append(line)
        return line


def _posted(request: Record) -> set[int]:
    """Return what a request that is no GET calls itself and the answer that it got."""
    if request_method(request.data, request.start, request.end) in ("GET", ""):
        return set()
    concurrent = request.all("WARC-Concurrent-To")
    names = {hash(name) for name in (request.field("WARC-Record-ID"), *concurrent) if name}
    return names if concurrent else names | {moment_of(request)}
