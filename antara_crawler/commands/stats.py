"""`scrapy stats`: what the archive holds, what is missing, and how the last runs went."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, ClassVar

from antara_crawler.archive import (
    Archive,
    Coverage,
    Failure,
    Filters,
    Gap,
    Overview,
    Run,
    silent_days,
)
from antara_crawler.archive.read import books
from antara_crawler.archive.search.counting import of_one_page
from antara_crawler.archive.store.captured import bytes_kept
from antara_crawler.cli.command import ArchiveCommand, add_filter_options, filters_from, flag
from antara_crawler.errors import UsageError
from antara_crawler.terminal import Screen, plain, size, utc
from antara_crawler.wording import counted, figure, told, tr

SECTIONS = 12
GAPS = 5
RUNS = 5
LISTED = 50


class Command(ArchiveCommand):
    """Counts what is there."""

    bare = True
    fields: ClassVar = {"most": LISTED}

    def _options(self, parser: argparse.ArgumentParser) -> None:
        add_filter_options(parser)
        what = parser.add_mutually_exclusive_group()
        flag(what, "--failures", tr("list the pages that failed"))
        flag(what, "--runs", tr("list the last runs"))
        flag(parser, "--json", tr("print JSON, an object a line"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Show what is asked for."""
        filters = filters_from(opts)
        screen = Screen(sys.stdout)
        listed = opts.failures or opts.runs
        if listed and filters != Filters(portal=filters.portal, limit=filters.limit):
            raise UsageError("--failures and --runs take --portal and --limit only")
        with self.archive_for(filters) as archive:
            if listed:
                _list(screen, archive, filters, opts)
            else:
                self._sum_up(screen, archive, filters, opts.json)
        return 0

    def _sum_up(self, screen: Screen, archive: Archive, filters: Filters, as_json: bool) -> None:
        held = archive.overview(filters)
        coverage = archive.coverage(filters=filters)
        captured = bytes_kept(archive, filters.portal)
        runs = archive.runs(filters.portal, RUNS)
        one_page = of_one_page(archive, filters)
        if not as_json:
            _show(screen, archive.name, held, coverage, captured, runs, one_page)
            return
        summary = asdict(held) | {
            "days_with_articles": len(coverage.days),
            "gaps": [asdict(gap) | {"days": gap.days} for gap in coverage.gaps()],
            "silent_days": list(silent_days(coverage.days)),
            "captures_bytes": captured,
            "first_page_only": one_page,
            "runs": [asdict(run) for run in runs],
        }
        screen.say_json(summary)


def _list(screen: Screen, archive: Archive, filters: Filters, opts: argparse.Namespace) -> None:
    limit = filters.limit or LISTED
    found: Sequence[Failure | Run] = (
        archive.failures(filters.portal, limit)
        if opts.failures
        else archive.runs(filters.portal, limit)
    )
    if opts.json:
        for each in found:
            screen.say_json(_failed(each) if isinstance(each, Failure) else asdict(each))
        return
    for each in found:
        screen.say("\n".join(_failure(each) if isinstance(each, Failure) else _run(each)))
    if not found:
        screen.say(tr("no failures") if opts.failures else tr("no runs"))


def _show(
    screen: Screen,
    name: str,
    held: Overview,
    coverage: Coverage,
    captured: int,
    runs: Sequence[Run],
    one_page: Sequence[str],
) -> None:
    """Print the summary for a person."""
    articles = counted(held.articles, "article")
    screen.say(screen.bold(tr("{articles} in {name}", articles=articles, name=plain(name))))
    screen.say(f"  {counted(held.revisions, 'revision')}, {counted(held.captures, 'capture')}")
    bytes_of = {"archive": size(held.size_bytes), "captures": size(captured)}
    screen.tell("  {archive} in the archive, {captures} of captures", **bytes_of)
    screen.tell(
        "  {pages} queued, {failed:,} failed, unreadable or forbidden (scrapy stats --failures)",
        pages=counted(held.queued, "page"),
        failed=held.failed,
    )
    if plain_rule := held.without_template:
        screen.tell(
            "  {articles} read without a template (scrapy search --template generic)",
            articles=counted(plain_rule, "article"),
        )
    if one_page:
        screen.tell(
            "  {articles} of several pages with the first alone, such as {name}: the portal gave"
            " that again for the others",
            articles=counted(len(one_page), "article"),
            name=one_page[0],
        )
    _table(screen, tr("by portal"), held.by_portal)
    _table(screen, tr("by section"), held.by_section[:SECTIONS])
    if len(held.by_section) > SECTIONS:
        rest, n = held.by_section[SECTIONS:], len(held.by_section) - SECTIONS
        total = sum(count for _, count in rest)
        screen.tell("  {total:>9,}  in {n} smaller ones", total=total, n=n)
    _table(screen, tr("by year"), held.by_year)
    _part(screen, tr("days"), _days(coverage))
    _part(screen, tr("last runs"), (line for run in runs for line in _run(run)))


def _table(screen: Screen, title: str, counts: Iterable[tuple[str | int | None, int]]) -> None:
    named = ((tr("(none)") if n is None else plain(str(n)), count) for n, count in counts)
    _part(screen, title, (f"{figure(count, '>9,')}  {name}" for name, count in named))


def _part(screen: Screen, title: str, lines: Iterable[str]) -> None:
    screen.say(f"\n{screen.bold(title)}")
    for line in lines:
        screen.say(f"  {line}")


def _days(coverage: Coverage) -> list[str]:
    """Return the first and last day, how many have articles, and the longest gaps between."""
    if coverage.first is None or coverage.last is None:
        return [tr("no article with a date")]
    span = Gap(coverage.first, coverage.last).days
    of = {"first": coverage.first, "last": coverage.last, "days": counted(span, "day")}
    lines = [tr("{first} to {last}: articles on {n:,} of {days}", n=len(coverage.days), **of)]
    if coverage.undated:
        lines.append(tr("{articles} without a date", articles=counted(coverage.undated, "article")))
    longest = sorted(coverage.gaps(), key=lambda gap: (-gap.days, gap.first))
    for gap in longest[:GAPS]:
        if gap.days == 1:
            lines.append(tr("nothing on {day}", day=gap.first))
        else:
            days = counted(gap.days, "day")
            of = {"first": gap.first, "last": gap.last, "days": days}
            lines.append(tr("nothing from {first} to {last} ({days})", **of))
    if len(longest) > GAPS:
        lines.append(tr("and {gaps}", gaps=counted(len(longest) - GAPS, "shorter gap")))
    if silent := list(silent_days(coverage.days)):
        latest = ", ".join(map(str, silent[: -GAPS - 1 : -1]))
        lines.append(
            tr(
                "{days} with fewer articles than usual, the latest {latest} (scrapy coverage)",
                days=counted(len(silent), "day"),
                latest=latest,
            )
        )
    return lines


def _failed(failure: Failure) -> dict[str, Any]:
    """Return a failure for programs: with what its cause says, under the names that runs have."""
    told = {"why": failure.cause.words, "what_next": failure.cause.remedy} if failure.cause else {}
    return asdict(failure) | told


def _failure(failure: Failure) -> list[str]:
    due, cause = failure.next_attempt_at, failure.cause
    return [
        f"{failure.portal} {tr(failure.state)} {plain(failure.url)}",
        *([f"  {tr(cause.words)}: {tr(cause.remedy)}"] if cause else []),
        tr(
            "  tried {times}, last {when}, {again} ({reason})",
            times=counted(failure.attempts, "time"),
            when=utc(failure.last_attempt_at),
            again=tr("again {when}", when=utc(due)) if due else tr("not again"),
            reason=told(plain(failure.reason)),
        ),
    ]


def _run(run: Run) -> list[str]:
    ended = tr(run.status)
    if run.exit_status is not None:
        ended += tr(", status {n}", n=run.exit_status)
    what = f"{run.command} {run.portal or ''}".strip()
    why, what_next = ((text or "").splitlines() for text in (run.why, run.what_next))
    lines = books.in_lines(run.counts, why, what_next)
    return [
        f"{utc(run.started_at)}  {what}: {ended}",
        *(f"  {label:<9} {told(plain(text))}" for label, text in lines),
    ]
