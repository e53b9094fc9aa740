"""What follows from a crawl's exit status: done, again later, or the end of this machine's part."""

from dataclasses import dataclass

from antara_crawler.books import EXITS
from antara_crawler.wording import sentence

TRIES = 4
"""How often a portal is tried before the next night, or a person, must do it."""

_DONE, _BUG, _NOTHING_FETCHED, _SOME_FAILED, _BUSY = 0, 1, 3, 4, 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do after a crawl: `again` is in how many seconds, None for not again by itself."""

    again: float | None = None
    attempt: int = 1
    stops_machine: bool = False


def judge(status: int, *, stopped: bool, attempt: int, pause: float, busy: float) -> Verdict:
    """Return what follows from an exit status; one below 0 is the signal that killed the crawl.

    `stopped` says that a signal ended it before its end, `attempt` how often it was tried by
    now; `pause` is the first pause in seconds, which doubles, and `busy` the one for status 6.
    """
    if status in (_DONE, _SOME_FAILED):
        return Verdict(again=0.0 if stopped else None, attempt=attempt)
    if status == _BUSY:
        return Verdict(again=busy, attempt=attempt)
    if status == _BUG:  # on another machine it would be the same
        return Verdict(stops_machine=True)
    again = pause * 2 ** (attempt - 1) if attempt < TRIES else None
    machine = status > 0 and status != _NOTHING_FETCHED
    return Verdict(again=again, attempt=attempt + 1, stops_machine=machine)


def in_words(status: int) -> str:
    """Return why a crawl that was not done ended."""
    if status < 0:
        return sentence(f"killed by signal {-status}")
    return EXITS.get(status, sentence(f"exit status {status}"))
