"""`scrapy search`: articles by their words, ranked, with the words marked."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from antara_crawler.archive import Archive, Filters, Hit, Results
from antara_crawler.archive.search.conditions import ORDERS
from antara_crawler.archive.search.query import no_dates, parse
from antara_crawler.cli.command import (
    ArchiveCommand,
    add_filter_options,
    filters_from,
    flag,
    in_words,
    note,
    report,
)
from antara_crawler.errors import UsageError
from antara_crawler.locations import archive_url
from antara_crawler.terminal import Screen, listed, local, plain
from antara_crawler.wording import counted, told, tr, words

SHOWN = 20
PAGE = 1000


class Command(ArchiveCommand):
    """Finds articles."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        add_filter_options(parser, most=str(SHOWN))
        about = tr("order: relevance (default), date (newest first), oldest")
        parser.add_argument("--sort", choices=ORDERS, default=ORDERS[0], help=about)
        flag(parser, "--distinct", tr("of a story that several articles tell, the first that fits"))
        flag(parser, "--json", tr("print one JSON object a line"))
        flag(parser, "--rebuild-index", tr("make the search index anew, while no crawl is running"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Search, and print what was found."""
        if opts.rebuild_index:
            return self._rebuild(args)
        filters = filters_from(opts)
        query = " ".join(args)
        if not query.strip() and filters == Filters(limit=filters.limit):
            raise UsageError("what shall be searched? Give a word, or a filter: see -h")
        limit = filters.limit or SHOWN
        with self.archive_for(filters) as archive:
            shown = 0
            while True:
                part = min(PAGE, limit - shown)
                how = {"order": opts.sort, "distinct": opts.distinct, "facets": False}
                found = archive.search(query, filters, limit=part, offset=shown, **how)
                if not shown:
                    announce(found, query, opts.json)
                    doubt(archive, query)
                _print(found.hits, shown, opts.json)
                shown += len(found.hits)
                if len(found.hits) < part or shown >= limit:
                    return 0

    def _rebuild(self, args: list[str]) -> int:
        if args:
            raise UsageError("--rebuild-index takes no query")
        with Archive.open(archive_url(self.settings)) as archive:
            archive.rebuild_index()
            articles = counted(archive.count(), "article")
            note("the search index was made anew, of {articles}", articles=articles)
        return 0


def announce(found: Results, query: str, as_json: bool = False) -> None:
    """Say how many there are: on a terminal before the list, else beside the output."""
    if found.behind:
        note("changes that the index has not yet: {n:,}", n=found.behind)
    if found.outdated:
        note("the search index was made by other software: scrapy search --rebuild-index")
    query = plain(found.understood) or plain(query)[:200] or tr("all articles")
    if not found.total:
        note("nothing found for: {query}", query=query)
        if found.suggestion:
            note("did you mean: {query}", query=plain(found.suggestion))
    elif not as_json:
        articles = counted(found.total, "article")
        note("{articles} for: {query}", articles=articles, query=query)


def doubt(archive: Archive, query: str) -> None:
    """Say what of a query cannot have been meant; it was searched as it stands."""
    for key, text in no_dates(query):
        said = {"key": key, "value": plain(text)}
        note("{key}:{value} is not a date: write it like {key}:2024-09-30", **said)
    asked = [filters for _, filters in parse(query).filters]
    for stranger in (each for filters in asked for each in archive.strangers(filters)):
        report(f"{stranger.what}: {told(in_words(stranger))}")
    since = [filters.since for filters in asked if filters.since]
    until = [filters.until for filters in asked if filters.until]
    if since and until and min(since) > max(until):
        days = {"since": min(since), "until": max(until)}
        note("since:{since} is after until:{until}: exchange them", **days)


def _print(hits: Sequence[Hit], before: int, as_json: bool) -> None:
    screen = Screen(sys.stdout)
    for number, hit in enumerate(hits, before + 1):
        if as_json:
            screen.say_json(_as_object(hit))
        elif screen.terminal:
            _print_for_reading(screen, number, hit)
        else:
            date = hit.published_at.isoformat() if hit.published_at else ""
            texts = (hit.section, hit.title, hit.url)
            screen.say("\t".join([hit.name, date, *map(plain, texts)]))


def _print_for_reading(screen: Screen, number: int, hit: Hit) -> None:
    title = [(piece.text, piece.hit) for piece in hit.title_spans] or [(tr("(no title)"), False)]
    screen.say()
    screen.say(screen.flowed(title, "    ", f"{number:2}. ", bold=True))
    beside = [local(hit.published_at), plain(hit.section), listed(hit.reporters), hit.name]
    screen.say("    " + screen.faint(" · ".join(filter(None, beside))))
    if others := [each.name for each in hit.story if each.id != hit.id]:
        screen.say("    " + screen.faint(f"{tr('the same story')}: {', '.join(others)}"))
    if hit.snippet:
        screen.say(screen.flowed([(piece.text, piece.hit) for piece in hit.snippet], "    "))
    for also in hit.beside:
        pieces = [(piece.text, piece.hit) for piece in also.text]
        label = tr(words("web")[f"in.{also.place}"])
        screen.say(screen.flowed([(f"{label} ", False), *pieces], "    "))


def _as_object(hit: Hit) -> dict[str, Any]:
    names = ("id", "portal", "kind", "article_id", "url", "title", "section")
    return {
        **{name: getattr(hit, name) for name in names},
        "published_at": hit.published_at.isoformat() if hit.published_at else None,
        "reporters": list(hit.reporters),
        "snippet": "".join(piece.text for piece in hit.snippet),
        "beside": [
            {"place": also.place, "text": "".join(piece.text for piece in also.text)}
            for also in hit.beside
        ],
        "story": [each.name for each in hit.story],
        "hits": [
            piece.text
            for text in (hit.title_spans, hit.snippet, *(also.text for also in hit.beside))
            for piece in text
            if piece.hit
        ],
    }
