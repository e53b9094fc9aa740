"""`scrapy coverage`: which share of a portal's articles is held, and what that rests on."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from antara_crawler import dates
from antara_crawler.archive import Completeness, Filters, Month
from antara_crawler.cli.command import ArchiveCommand, flag, portal_name, value
from antara_crawler.terminal import Screen, plain
from antara_crawler.wording import counted, figure, language, tr

SILENT = 10
SECTIONS = 3


class Command(ArchiveCommand):
    """Says how complete the archive is."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--portal", "NAME", tr("only this portal, such as kalsel"), portal_name)
        flag(parser, "--json", tr("print JSON, an object a portal"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Show it for one portal, or for each that has articles."""
        screen = Screen(sys.stdout)
        with self.archive_for(Filters(portal=opts.portal)) as archive:
            for each in archive.completeness(opts.portal):
                if opts.json:
                    screen.say_json(as_json(each))
                else:
                    for line in in_words(each, screen):
                        screen.say(line)
        return 0


def as_json(found: Completeness) -> dict[str, Any]:
    """Return a portal's coverage for programs."""
    return {
        "portal": found.portal,
        **_figures(found.total),
        "months": [
            {"month": month.month and f"{month.month:%Y-%m}"} | _figures(month)
            for month in found.months
        ],
        "silent_days": [
            {"day": day, "articles": quiet.number, "low": quiet.low, "high": quiet.high}
            for day, quiet in found.silent.items()
        ],
    }


def _figures(month: Month) -> dict[str, Any]:
    return {
        **{name: getattr(month, name) for name in ("articles", "held", "seen", "absent")},
        "never_asked": month.unasked,
        "share": month.share,
        "share_at_least": month.at_least,
        "rests_on": month.rests_on,
        "sections": {section or "": count for section, count in month.sections.most_common()},
    }


def in_words(found: Completeness, screen: Screen) -> Iterator[str]:
    """Yield the lines that say it to a person."""
    articles = counted(found.total.articles, "article")
    yield screen.bold(tr("{portal}: {articles} held", portal=found.portal, articles=articles))
    heads = (tr("articles"), tr("held"), tr("seen"), tr("absent"), tr("unasked"))
    yield f"  {tr('month'):<7} {' '.join(f'{each:>9}' for each in heads)}  {tr('Share').lower()}"
    for month in found.months:
        yield _row(f"{month.month:%Y-%m}" if month.month else tr("before"), month)
    yield screen.bold(_row(tr("total"), found.total))
    yield ""
    yield tr(
        "  held of those seen: numbers of the portal's own; absent: asked for, and no article's;"
        " unasked: never asked for"
    )
    yield tr("  {days} with fewer articles than usual", days=counted(len(found.silent), "day"))
    for day, quiet in list(found.silent.items())[: -SILENT - 1 : -1]:
        yield tr(
            "    {day} {weekday}: {n:,}, usually {low:,} to {high:,}",
            day=day,
            weekday=dates.DAYS[language()][day.weekday()][:3],
            n=quiet.number,
            low=quiet.low,
            high=quiet.high,
        )


def _row(name: str, month: Month) -> str:
    figures = (month.articles, month.held, month.seen, month.absent, month.unasked)
    share = "" if month.at_least is None else tr("at least {share:.1%}", share=month.at_least)
    if month.share is not None:
        by = tr(month.rests_on or "")
        share = tr("{share:.1%}, by {means}", share=month.share, means=by)
    top = ", ".join(plain(each or tr("(none)")) for each, _ in month.sections.most_common(SECTIONS))
    numbers = " ".join(figure(each, ">9,") for each in figures)
    return f"  {name:<7} {numbers}  {share:<28} {top}".rstrip()
