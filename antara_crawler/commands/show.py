"""`scrapy show`: one article as a reader would want it, its revisions, or the raw page."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from antara_crawler.archive import Archive, StoredArticle, Telling
from antara_crawler.archive.forgetting import removed_on
from antara_crawler.archive.read.articles import times_around
from antara_crawler.archive.read.fetches import fetch_of_capture, sources
from antara_crawler.archive.tables.fields import record_of
from antara_crawler.citing.data import DATA
from antara_crawler.citing.source import STYLES, Source
from antara_crawler.cli.command import ArchiveCommand, flag, value
from antara_crawler.errors import UsageError
from antara_crawler.items import Article, LeftOut
from antara_crawler.locations import capture_files
from antara_crawler.pages.found.evidence import by_number
from antara_crawler.reextract.extract import Reader
from antara_crawler.terminal import Screen, listed, local, plain, utc
from antara_crawler.text.changes import kinds_of_change
from antara_crawler.text.differences import compare_wordings
from antara_crawler.warc import MAX_BODY, CaptureFiles, body_of, read_capture
from antara_crawler.wording import counted, told, tr


class Command(ArchiveCommand):
    """Shows one article."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        flag(what, "--revisions", tr("its wordings, and what changed"))
        flag(what, "--removed", tr("what was taken out as repeated"))
        flag(what, "--raw", tr("the page as it was fetched"))
        flag(what, "--left-out", tr("what of the page is no part of it, and why"))
        styles = (*STYLES, *DATA)
        about = tr("how to cite it: {styles}", styles=", ".join(styles))
        value(what, "--cite", "STYLE", about, choices=styles)
        flag(what, "--evidence", tr("what else says the same, or otherwise"))
        flag(parser, "--json", tr("its export record; with --left-out or --evidence, that as JSON"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Find the article and show what is asked for."""
        if len(args) != 1:
            raise UsageError("name one article: its address, kalsel/berita/496552, or its number")
        if opts.json and (opts.revisions or opts.removed or opts.raw or opts.cite):
            raise UsageError("--json shows the export record, what was left out, or the evidence")
        with self.archive() as archive:
            article, name = archive.article(args[0]), plain(args[0])[:200]
            if article is None and (when := removed_on(archive, args[0])):
                raise UsageError(f"{name} was removed on request on {when:%Y-%m-%d}")
            if article is None:
                raise UsageError(
                    f"the archive has no article {name}: name it as scrapy search does, like"
                    " kalsel/berita/496552, or by its address"
                )
            if opts.raw:
                sys.stdout.buffer.write(page_of(archive, capture_files(self.settings), article))
                return 0
            if opts.left_out:
                _show_left_out(Screen(sys.stdout), article.left_out, as_json=opts.json)
                return 0
            if opts.evidence:
                item = self._read_again(archive, article)
                _show_evidence(Screen(sys.stdout), item, as_json=opts.json)
                return 0
            story = archive.story(article.id)
        screen = Screen(sys.stdout)
        if opts.cite:
            source = Source.of(article, datetime.now(UTC))
            if opts.cite in STYLES:
                screen.say(STYLES[opts.cite](source))
            else:
                sys.stdout.buffer.write(DATA[opts.cite].write(source).encode())
        elif opts.json:
            screen.say_json(article.record())
        elif opts.revisions:
            _show_revisions(screen, article)
        elif opts.removed:
            _show_removed(screen, article)
        else:
            _show_article(screen, article)
            _show_story(screen, article.id, story)
        return 0

    def _read_again(self, archive: Archive, article: StoredArticle) -> Article:
        """Return the article as its raw page is read today, with all that is known beside it."""
        shown = article.capture
        fetch = fetch_of_capture(archive, shown.id) if shown else None
        if fetch is None:
            raise UsageError("it was imported from a file: there is no page of it")
        item = Reader(capture_files(self.settings), self.settings).item(fetch)
        if isinstance(item, Article):
            around = by_number(item, *times_around(archive, item))
            return replace(item, agreements=(*item.agreements, *around))
        why = item.reason if item else "a further page of it was never fetched"
        raise UsageError(f"its page cannot be read today: {plain(why)}")


def page_of(archive: Archive, files: CaptureFiles, article: StoredArticle) -> bytes:
    """Return the page that an article shows, as it was fetched; UsageError where none was."""
    shown = article.capture
    if shown is None:
        raise UsageError("it was imported from a file: there is no page of it")
    source = sources(archive, [shown.id]).get(shown.id)
    return body_of(read_capture(files, shown, lambda _: source), MAX_BODY)


def _show_article(screen: Screen, article: StoredArticle) -> None:
    screen.say(screen.flowed([(plain(article.title) or tr("(no title)"), False)], bold=True))
    beside = [local(article.published_at), plain(article.section), listed(article.tags)]
    screen.say(screen.faint(" · ".join(filter(None, beside))))
    people = {"Pewarta": article.reporters, "Editor": article.editors}
    people[tr("Uploader")] = article.uploaders
    if names := [f"{label}: {listed(some)}" for label, some in people.items() if some]:
        screen.say(screen.faint(" · ".join(names)))
    for number, paragraph in enumerate(article.paragraphs):
        town = f"{plain(article.dateline)} - " if article.dateline and not number else ""
        screen.say()
        screen.say(screen.wrapped(town + plain(paragraph)))
    _show_beside(screen, article)


def _show_beside(screen: Screen, article: StoredArticle) -> None:
    """Show captions, related articles, and where it all comes from."""
    captions = [plain(f"{each.caption or ''} {each.credit or ''}") for each in article.images]
    captions = [caption for caption in captions if caption]
    if captions or article.related:
        screen.say()
    for caption in captions:
        screen.say(screen.wrapped(caption, "       ", "[foto] "))
    for link in article.related:
        screen.say(screen.wrapped(plain(link.title), "  ", "Baca juga: "))
    screen.say()
    if article.copyright:
        screen.say(screen.faint(plain(article.copyright)))
    screen.say(screen.faint(plain(article.url) or tr("imported, its address is not known")))
    seen = tr(
        "revision {n} of {all}, first seen {first}, last {last}",
        n=article.revision,
        all=len(article.revisions),
        first=utc(article.first_seen_at),
        last=utc(article.last_seen_at),
    )
    screen.say(screen.faint(seen))
    for view in article.revisions:
        if view.number == article.revision and view.published_note:
            text = view.published_text
            shown = tr("date shown as {text!r}: ", text=text) if text else ""
            screen.say(screen.faint(plain(f"{shown}{told(view.published_note)}")))
    if article.gone_at:
        screen.say(screen.faint(tr("gone from the portal since {when}", when=utc(article.gone_at))))
    if article.capture:
        of = {"file": plain(article.capture.file), "offset": article.capture.offset}
        screen.say(screen.faint(tr("raw page: {file} at {offset}", **of)))


def _show_story(screen: Screen, own: int, story: Sequence[Telling]) -> None:
    """List the articles that tell the same story: who was first, and what the others changed."""
    for place, each in enumerate(story):
        later = each.later if place else None
        late = tr(", {span} later", span=_span(later)) if later is not None else ""
        same = f": {tr('the same text')}" if place else ""
        kinds = f": {', '.join(map(tr, each.kinds))}" if each.kinds else same
        who = tr("this one") if each.id == own else each.name
        what = tr("the same story, first") if not place else tr("the same story")
        line = f"{what}: {who}, {local(each.published_at)}{late}{kinds}"
        screen.say(screen.faint(screen.wrapped(plain(line), "  ", "")))


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes < 60:
        return tr("{n} min", n=minutes)
    hours, days = minutes // 60, minutes // 1440
    return tr("{n} h", n=hours) if hours < 72 else counted(days, "day")


def _show_removed(screen: Screen, article: StoredArticle) -> None:
    if not article.removed_paragraphs:
        screen.tell("nothing was taken out")
    for each in article.removed_paragraphs:
        of = {"position": each.position, "repeats": each.repeats, "reason": told(each.reason)}
        screen.say(screen.bold(tr("paragraph {position}, as paragraph {repeats}: {reason}", **of)))
        screen.say(screen.wrapped(plain(each.text), "  "))


def _show_left_out(screen: Screen, texts: Sequence[LeftOut], *, as_json: bool) -> None:
    if as_json:
        screen.say_json([record_of(each) for each in texts])
        return
    if not texts:
        screen.tell("nothing was left out")
    for each in texts:
        of = {"n": each.position, "reason": told(plain(each.reason))}
        screen.say(screen.bold(tr("behind {n} paragraphs: {reason}", **of)))
        for line in each.text.splitlines():
            screen.say(screen.wrapped(plain(line), "  "))


def _show_evidence(screen: Screen, article: Article, *, as_json: bool) -> None:
    if as_json:
        screen.say_json([asdict(each) for each in article.agreements])
        return
    if not article.agreements:
        screen.tell("nothing else says anything of it")
    for each in article.agreements:
        verdict = tr("agrees") if each.agrees else tr("DIFFERS")
        screen.say(screen.bold(f"{each.field:<8} {each.source:<8} {verdict}"))
        if not each.agrees:
            screen.say(screen.wrapped(plain(each.read), "  ", f"  {tr('read')} "))
            screen.say(screen.wrapped(plain(each.said), "  ", f"  {tr('said')} "))


def _show_revisions(screen: Screen, article: StoredArticle) -> None:
    for view in article.revisions:
        shown = tr(", shown") if view.number == article.revision else ""
        of = {"first": utc(view.first_seen_at), "last": utc(view.last_seen_at)}
        title = screen.bold(tr("revision {n}", n=view.number))
        screen.say(f"{title}  {tr('seen {first} to {last}', **of)}{shown}")
    for before, after in pairwise(article.revisions):
        old, new = (before.title, before.paragraphs), (after.title, after.paragraphs)
        kinds = ", ".join(map(tr, kinds_of_change(*old, *new))) or tr("read alike by now")
        screen.say()
        of = {"old": str(before.number), "new": str(after.number)}
        screen.say(f"{screen.bold(tr('revision {old} to {new}', **of))}  {kinds}")
        screen.say_changes(compare_wordings(*old, *new))
