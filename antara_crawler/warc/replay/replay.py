"""Answers requests from capture files instead of from the network, and accounts for each record."""

from collections import Counter, defaultdict
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
from antara_crawler.warc.replay.shelf import Answer, Fate, Reference, link, moment_of, reference
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
        self._answers: list[Answer] = []
        self._of_document: defaultdict[int, list[Answer]] = defaultdict(list)
        self._shown = 0
        self._places = 0
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
        if all(each.fate != Fate.WAITING for each in self._answers):
            why = f" ({self.faults[0]})" if self.faults else ""
            raise UsageError(f"{path} holds no captured response{why}; give a WARC file or folder")

    def __len__(self) -> int:
        """How many documents there are answers of."""
        return len(self._of_document)

    def find(self, url: str) -> Exchange | None:
        """The answer kept for a URL, its digests checked; None when there is none.

        Raises BrokenCapture when all that there is of it is damaged.
        """
        spelling = self._spelling(url)
        answers = self._of_document.get(hash(spelling.document), [])[::-1]
        for answer in sorted(answers, key=lambda each: each.standing(spelling), reverse=True):
            if answer.fate in (Fate.WAITING, Fate.USED) and (exchange := self._used(answer)):
                return exchange
        if reason := next((each.damage for each in answers if each.damage), None):
            raise BrokenCapture(reason)
        return None

    def history(self) -> Iterator[tuple[Capture, Exchange]]:
        """Yield every answer of the site in the order of time, its digests checked.

        What is damaged is passed over and told by the account; revisits have their payload.
        So is what says that it was fetched on a day to come: it would be the newest for ever.
        """
        latest = datetime.now(UTC) + _CLOCKS_DIFFER
        own = [each for each in self._answers if each.own and each.fate == Fate.WAITING]
        for answer in sorted(own, key=lambda each: each.capture.captured_at):
            capture = answer.capture
            if capture.captured_at > latest:
                self._damage(answer, "its date is in the future")
                continue
            if (exchange := self._used(answer)) is None:
                continue
            if answer.source is not None:
                capture = replace(capture, payload_sha256=sha256(exchange.body).hexdigest())
            self._last = answer
            yield capture, exchange

    def pass_over(self) -> None:
        """Say of the answer that history() gave last that it was not asked for."""
        self._last.fate = Fate.NEVER_ASKED

    def account(self) -> RecordsAccount:
        """What became of every record up to now."""
        answered = {each.document for each in self._answers if each.fate == Fate.USED}
        became = Counter({"damaged": self._places})
        for each in self._answers:
            if each.fate in (Fate.USED, Fate.DAMAGED):
                became[each.fate] += 1
            elif not each.own:
                became["other_sites"] += 1
            else:
                stood = each.fate == Fate.WAITING and each.document in answered
                became["superseded" if stood else "not_asked"] += 1
        names = ("used", "not_asked", "other_sites", "damaged", "superseded")
        counts = {name: became[name] for name in names}
        return RecordsAccount(shown=self._shown, **counts, faults=tuple(self.faults))

    def _scan(self) -> None:
        references, posted = list[Reference](), set[int]()
        for name, file in named_files(self._path):
            for place, record in records_of(file, name, on_damage=self._note_damage):
                if record.kind == "request":
                    posted |= _posted(record)
                elif is_answer(record):
                    self._shown += 1
                    references += self._taken(record, scanned(record, name, place))
        # Only a GET asks for a page.
        for each in self._answers if posted else ():
            names = each.id, each.request, each.moment
            if each.fate == Fate.WAITING and not posted.isdisjoint(names):
                each.fate = Fate.NEVER_ASKED
        for each in link(self._answers, references):
            # 'Not modified' says something without the page; 'the same as before' does not.
            if each.fate == Fate.WAITING and each.is_page:
                self._damage(each, "it refers to a record that is not in these files")

    def _taken(self, record: Record, met: Scanned) -> Iterator[Reference]:
        """Take an answer; yield what it refers to, where it is a revisit."""
        spelling = self._spelling(met.capture.url)
        own = not self._hosts or bare_host(spelling.host) in self._hosts
        answer = Answer.of(met.capture, spelling, record, own=own)
        self._answers.append(answer)
        self._of_document[answer.document].append(answer)
        if met.exchange and (revisit := met.exchange.revisit):
            yield reference(answer, record, revisit, hash(self._spelling(revisit.url).document))
        if met.note:
            self._damage(answer, met.note)

    def _used(self, answer: Answer) -> Exchange | None:
        """Return an answer as it is used; None for one that is damaged, which is noted."""
        source = answer.source
        try:
            if source is not None and source.fate == Fate.DAMAGED:
                raise BrokenCapture("the record that holds its payload is damaged")
            held = (lambda _: source.capture) if source else None
            exchange = read_capture(self._folder, answer.capture, held)
            if source is not None:
                source.fate = Fate.USED
            body_of(exchange, MAX_BODY)
        except (BrokenCapture, DamagedBody) as error:
            self._damage(answer, str(error))
            return None
        answer.fate = Fate.USED
        return exchange

    def _damage(self, answer: Answer, reason: str) -> None:
        answer.fate = Fate.DAMAGED
        answer.damage = self._name(answer.capture.file, answer.capture.offset, reason)

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
