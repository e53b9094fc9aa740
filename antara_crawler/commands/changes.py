"""`scrapy changes`: what was changed after publication, what is gone, what is there again."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from antara_crawler.archive import ChangeView
from antara_crawler.archive.read.changes import KIND_NAMES, Wanted
from antara_crawler.cli.command import (
    ArchiveCommand,
    day,
    flag,
    portal_name,
    report,
    value,
    whole_number,
)
from antara_crawler.terminal import Screen, plain, utc
from antara_crawler.wording import counted, tr

SHOWN = 50
PAGE = 500
_TOLD = (
    *("id", "url", "title", "happened_at", "before_at", "confirmed_at", "back_at"),
    *("from_revision", "to_revision"),
)


class Command(ArchiveCommand):
    """Lists changes."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--since", "DATE", tr("seen on this day or later: 2026-11-01"), day)
        value(parser, "--until", "DATE", tr("seen on this day or earlier"), day)
        value(parser, "--portal", "NAME", tr("only this portal"), portal_name)
        value(parser, "--kind", "KIND", tr("only this kind: {kinds}", kinds=", ".join(KIND_NAMES)))
        flag(parser, "--gone", tr("only articles gone, or back again"))
        most = tr("at most so many ({most}; with --json all)", most=SHOWN)
        value(parser, "--limit", "N", most, whole_number)
        flag(parser, "--json", tr("print one JSON object a line"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print the changes that are asked for."""
        wanted = Wanted(opts.since, opts.until, opts.portal, opts.kind, opts.gone)
        limit = opts.limit or (sys.maxsize if opts.json else SHOWN)
        screen = Screen(sys.stdout)
        with self.archive() as archive:
            shown, total = 0, archive.count_changes(wanted)
            while shown < limit:
                found = archive.changes(wanted, limit=min(PAGE, limit - shown), offset=shown)
                for change in found:
                    if opts.json:
                        screen.say_json(_as_object(change))
                    else:
                        _print(screen, change)
                shown += len(found)
                if len(found) < PAGE:
                    break
        if not opts.json:
            more = tr(", {n} shown", n=shown) if shown < total else ""
            report(f"{counted(total, 'change')}{more}")
        return 0


def _print(screen: Screen, change: ChangeView) -> None:
    before, confirmed = utc(change.before_at), utc(change.confirmed_at)
    what = {
        "revised": ", ".join(map(tr, change.kinds)),
        "gone": tr(
            "gone, last seen {seen}, looked for again {looked}", seen=before, looked=confirmed
        ),
        "returned": tr("there again, gone since {when}", when=before),
    }[change.event]
    if change.back_at:
        what += tr(", there again {when}", when=utc(change.back_at))
    screen.say(f"{utc(change.happened_at)}  {screen.bold(change.name)}  {what}")
    screen.say(screen.wrapped(plain(change.title) or tr("(no title)"), "  "))
    screen.say_changes(change.difference)


def _as_object(change: ChangeView) -> dict[str, Any]:
    """Return the change as JSON has it; `kind` is the weightiest of its kinds."""
    return {
        "event": change.event,
        "kind": change.kinds[0] if change.kinds else None,
        "kinds": list(change.kinds),
        "portal": change.portal,
        "article_kind": change.kind,
        "article_id": change.number,
        **{name: getattr(change, name) for name in _TOLD},
        "difference": [asdict(each) for each in change.difference],
    }
