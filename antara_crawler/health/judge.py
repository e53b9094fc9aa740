"""Judges a night by those before it, and a fleet: what chance does not explain is a finding.

There are no thresholds to tune. Each share is compared with the archive's own past; a finding is
what would come by chance in one of a thousand nights, however many shares are watched. One that
is on record goes on until it is as usual again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from math import log, sqrt
from statistics import median

from antara_crawler.archive.read.bands import LOOK_BACK, odd_share, silence_of
from antara_crawler.fleet.state import FleetState
from antara_crawler.health.history import Finding, History, Measure, night_of
from antara_crawler.portals import portals
from antara_crawler.wording import sentence

BY_CHANCE = 0.001
"""Nights in which chance alone makes a finding of a kind."""
OVER = 0.01
"""What is likelier than this is as usual: a finding on record is over."""
WINDOWS = (2, 7)
"""Nights that are looked at together: the last two at once, a week for what creeps in."""
FEWEST_NIGHTS = 42
"""Fewer nights do not show yet how much they differ."""
FEWEST_RUNS = 5
FEWEST_TRIES, FEW_RUNS_DAYS = 3, 7
"""Where fewer runs were good: nights with a crawl that make a habit, and days until one is late."""
LATE = 1.75
"""A run is late after so many times the usual time between two, and never sooner than before."""
DISK_DAYS = 30
VERIFY_DAYS = 35
_MAD = 1.4826
_FREEDOM = 12


def judge(
    history: History, now: datetime, known: Mapping[str, date], free: int | None = None
) -> list[Finding]:
    """Return what goes wrong in the night of `now` (UTC).

    `known` are the findings on record, by key, and since which night: what came after that is no
    part of what is usual. `free` is how many bytes the disk of the captures has left.
    """
    tonight = night_of(now)
    return [
        *_late_runs(history, now),
        *_silences(history, known),
        *_odd_shares(history, tonight, known),
        *_full_disk(history, tonight, free),
        *_unverified(history, now),
    ]


def _late_runs(history: History, now: datetime) -> Iterator[Finding]:
    for portal, begun in history.begun.items():
        good = [run.started_at for run in history.runs.get(portal, ()) if run.good]
        last, longest = good[-1] if good else begun[0], FEW_RUNS_DAYS * 86400.0
        if len(good) >= FEWEST_RUNS:
            pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(good)]
            longest = max(LATE * median(pauses), *pauses)
        elif len(set(map(night_of, begun))) < FEWEST_TRIES:
            continue
        if (now - last).total_seconds() > longest:
            since = f"{last:%Y-%m-%d %H:%M} UTC"
            what = sentence(f"{portal}: no crawl came to a good end since {since}")
            yield Finding(f"no run {portal}", "no run", portal, what)


def _silences(history: History, known: Collection[str]) -> Iterator[Finding]:
    """Yield the portals and sections that are silent up to the day before the last good run."""
    level = BY_CHANCE / max(1, len(history.days))
    quiet: set[str] = set()
    for portal, section in sorted(history.days, key=lambda key: (key[0], key[1] or "")):
        good = [run.started_at for run in history.runs.get(portal, ()) if run.good]
        if len(good) < FEWEST_RUNS or portal in quiet:
            continue
        last = portals()[portal].local_date(good[-1]) - timedelta(days=1)
        days = history.days[portal, section]
        if (last - min(days)).days < FEWEST_NIGHTS:
            continue
        silence = silence_of(days, last)
        key = " ".join(filter(None, ("silent", portal, section)))
        if silence is None or silence.days <= silence.longest:
            continue
        if silence.chance > (OVER if key in known else level):
            continue
        if section is None:
            quiet.add(portal)
        what = sentence(f"section {section}") if section else sentence("the whole portal")
        long = "1 day" if silence.days == 1 else f"{silence.days} days"
        said = sentence(
            f"{portal}: nothing new in {what} for {long}, since {silence.first}"
            f" (longest silence of the past year: {silence.longest})"
        )
        yield Finding(key, "silent", portal, said)


def _odd_shares(history: History, tonight: date, known: Mapping[str, date]) -> Iterator[Finding]:
    shares = [(measure, tally, odd_share) for measure, tally in history.shares.items()]
    sizes = [(measure, tally, odd_size) for measure, tally in history.sizes.items()]
    watched = [each for each in (*shares, *sizes) if max(each[1], default=tonight) >= tonight]
    level = BY_CHANCE / max(1, len(watched) * len(WINDOWS))
    for measure, tally, odd in watched:
        nights, counts = list(tally), list(tally.values())
        end = bisect_right(nights, tonight)
        for window in WINDOWS:
            first = tonight - timedelta(days=window - 1)
            before = min(first, known.get(measure.key, first))
            since = bisect_left(nights, tonight - timedelta(days=LOOK_BACK))
            past = counts[since : bisect_left(nights, before)]
            now = _together(counts[bisect_left(nights, first) : end])
            if len(past) < FEWEST_NIGHTS or not now[1]:
                continue
            if measure.key not in known and not _is_worst(past, now, window, more=measure.more):
                continue
            if odd(past, now, more=measure.more) <= (OVER if measure.key in known else level):
                said = _in_words(measure, past, now, window)
                yield Finding(measure.key, measure.kind, measure.portal, said)
                break


def odd_size(past: list[tuple[int, int]], now: tuple[int, int], *, more: bool = True) -> float:
    """Return how likely so large a part of the characters is, by median and spread of the past.

    Parts are compared by their ratio; a night with more text strays less, and is weighed by the
    root of its size. One long page makes a night stray: the tail is that of Student, not of Gauss.
    """
    parts = [(log((amount + 1) / total), sqrt(total)) for amount, total in past if total]
    usual = median(part for part, _ in parts)
    steps = [abs(part - usual) * weight for part, weight in parts]
    spread = max(_MAD * median(steps), 1e-9)
    step = (log((now[0] + 1) / now[1]) - usual) * sqrt(now[1]) / spread
    tail: float = (1 + step * step / _FREEDOM) ** (-_FREEDOM / 2) / 2
    return tail if (step > 0) == more else 1 - tail


def _is_worst(
    past: list[tuple[int, int]], now: tuple[int, int], nights: int, *, more: bool
) -> bool:
    """Tell whether so bad a share was never seen in as many nights of the past together."""
    worst = now[0] / now[1]
    hits = list(accumulate((each[0] for each in past), initial=0))
    totals = list(accumulate((each[1] for each in past), initial=0))
    for place in range(len(past) - nights + 1):
        total = totals[place + nights] - totals[place]
        if 2 * total < now[1]:
            continue
        share = (hits[place + nights] - hits[place]) / total
        if share >= worst if more else share <= worst:
            return False
    return True


def _together(counts: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(each[0] for each in counts), sum(each[1] for each in counts)


def _in_words(
    measure: Measure, past: list[tuple[int, int]], now: tuple[int, int], nights: int
) -> str:
    hits, total = _together(past)
    usual = hits / total
    name, of, (n, total) = measure.name, measure.of, now
    what = {
        "empty": sentence(f"{name} in {n} of {total} articles"),
        "differs": sentence(f"{name} in {n} of {total} articles"),
        "left out": sentence(f"{n / total:.1%} of the text is left out, {name}"),
        "failing": sentence(f"{n} of {total} pages failed"),
        "unreadable": sentence(f"{n} of {total} pages could not be read"),
        "changing": sentence(f"{n} of {total} articles that were looked at again had changed"),
    }[measure.kind]
    if of:
        what = sentence(f"{what} of template {of}")
    return sentence(f"{measure.portal}: {what} in {nights} nights; usual are {usual:.1%}")


def _full_disk(history: History, tonight: date, free: int | None) -> Iterator[Finding]:
    since = tonight - timedelta(days=28)
    sizes = [size for night, size in history.written.items() if since < night <= tonight]
    if free is None or len(sizes) < FEWEST_RUNS:
        return
    days = free * len(sizes) / max(1, sum(sizes))
    if days < DISK_DAYS:
        what = sentence(
            f"the disk of the captures will be full in {days:.0f} days, as the last weeks went"
        )
        yield Finding("disk", "disk", None, what)


def _unverified(history: History, now: datetime) -> Iterator[Finding]:
    since = history.verified_at or history.began_at
    if since is not None and now - since > timedelta(days=VERIFY_DAYS):
        what = (
            sentence(f"the archive was not verified since {since:%Y-%m-%d}")
            if history.verified_at
            else sentence("the archive was not verified yet")
        )
        yield Finding("verify", "verify", None, what)
    elif history.wrong:
        what = sentence(
            f"{history.wrong:,} things were wrong in archive or captures when they were last"
            f" verified, on {history.verified_at:%Y-%m-%d}"
        )
        yield Finding("verify", "verify", None, what)


WAITED = timedelta(hours=24)
"""A queued crawl that nobody began for so long waits for a machine that is not there."""


def fleet_faults(state: FleetState, now: datetime) -> Iterator[Finding]:
    """Yield what goes wrong now (UTC)."""
    for machine in state.machines:
        if machine.state == "silent" or (machine.state == "stopped" and machine.why):
            name, since, why = machine.name, _utc(machine.seen_at), machine.why
            what = (
                sentence(f"machine {name}: silent since {since}")
                if machine.state == "silent"
                else sentence(f"machine {name}: gave up at {since}: {why}")
            )
            yield Finding(f"machine {machine.name}", "machine", None, what)
    for each in state.portals:
        if each.state == "failed":
            what = sentence(f"{each.portal}: failed on {each.machine}: {each.why}")
            yield Finding(f"fleet failed {each.portal}", "fleet", each.portal, what)
        elif each.state == "queued" and each.queued_at and now - each.queued_at > WAITED:
            since = _utc(each.queued_at)
            what = sentence(f"{each.portal}: queued since {since}, and no machine began it")
            yield Finding(f"fleet queued {each.portal}", "fleet", each.portal, what)


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
