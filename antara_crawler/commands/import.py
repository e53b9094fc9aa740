"""`scrapy import FILE…`: dumps of earlier scrapers, and captures of other programs."""

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import filterfalse, groupby, islice
from pathlib import Path

from antara_crawler import SOFTWARE
from antara_crawler.archive import Archive, Writer, portal_lock, runs
from antara_crawler.archive.read.books import RECORDS
from antara_crawler.archive.runs import admit
from antara_crawler.archive.store.captured import cited
from antara_crawler.archive.store.writer import BULK
from antara_crawler.cli.command import ArchiveCommand, flag, report, tell, value
from antara_crawler.errors import DONE, SOME_FAILED, UnreadablePage, UsageError
from antara_crawler.items import Article, Outcome
from antara_crawler.locations import captures_folder
from antara_crawler.pages import decode, read_dump
from antara_crawler.portals import Portal, portal, portals
from antara_crawler.rebuild.reader import outcomes
from antara_crawler.rebuild.rebuilder import ForeignFile
from antara_crawler.reextract.extract import Cleaning
from antara_crawler.terminal import plain
from antara_crawler.warc.foreign import is_captures, take_in
from antara_crawler.wording import told, tr

# An article of a million words is none: a larger file is a mistake.
MOST_BYTES = 16 * 1024 * 1024


class Command(ArchiveCommand):
    """Archives articles from text files, one article a file, and from WARC and WACZ files."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        value(parser, "--portal", "NAME", tr("the portal they are from"))
        flag(parser, "--copy", tr("copy WARC files into the captures folder"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Read every file, then archive them; say what became of each."""
        if not args:
            raise UsageError("name at least one file")
        named = portal(opts.portal) if opts.portal else None
        paths = [Path(arg) for arg in args]
        for path in paths:
            if not path.is_file():
                raise UsageError(f"{path} is not a file")
        failed = 0
        with self.archive(write=True) as archive:
            for path in filter(is_captures, paths):
                failed += self._take_captures(archive, path, copy=opts.copy)
            refused: list[Path] = []
            writer = Writer(archive, SOFTWARE)
            texts = self._articles(filterfalse(is_captures, paths), named, refused)
            for _, of_portal in groupby(texts, key=lambda each: each[1].portal):
                while files := list(islice(of_portal, BULK)):
                    failed += self._write(archive, writer, files)
        return SOME_FAILED if failed or refused else DONE

    def _articles(
        self, paths: Iterable[Path], named: Portal | None, refused: list[Path]
    ) -> Iterator[tuple[Path, Article]]:
        """Yield the files that hold an article, with that; say of the others why they do not."""
        cleaning = Cleaning(self.settings)
        for path in paths:
            try:
                cleaned = cleaning(self._read(path, named))
                if isinstance(cleaned, Outcome):
                    raise UnreadablePage(cleaned.reason)
                yield path, cleaned
            except UnreadablePage as error:
                report(_refused(path, str(error)))
                refused.append(path)

    def _take_captures(self, archive: Archive, path: Path, *, copy: bool) -> int:
        """Take in a capture file, say what became of it, return how many of its parts failed."""
        folder = captures_folder(self.settings)
        failed = 0
        try:
            files = take_in(path, folder, copy=copy)
        except UsageError as error:
            report(_refused(path, str(error)))
            return 1
        for file in files:
            try:
                foreign = ForeignFile(archive, folder, file, self.settings)
                foreign.take_in()
            except UsageError as error:
                report(_refused(path, str(error)))
                failed += 1
                if next(cited(archive, file), None) is None:
                    (folder / file).unlink(missing_ok=True)  # a link or a copy that nothing needs
                continue
            _tell(plain(str(path)), foreign)
            failed += foreign.account.damaged + foreign.done["unreadable"] + foreign.done["failed"]
        return failed

    def _write(
        self, archive: Archive, writer: Writer, files: Sequence[tuple[Path, Article]]
    ) -> int:
        """Archive articles of one portal, say what became of each, return how many were refused."""
        articles = [article for _, article in files]
        portal_name = articles[0].portal
        with portal_lock(archive, portal_name):
            admit(archive, portal_name)
            names = [os.fsencode(path).decode(errors="replace") for path, _ in files]
            with runs.recorded(archive, "import", portal_name, {"files": names}) as run:
                stored = writer.write(articles, run.run)
                run.counts = Counter(each.outcome for each in stored)
        for (path, article), each in zip(files, stored, strict=True):
            if each.outcome == "unreadable":
                report(_refused(path, each.reason or ""))
            else:
                tell(
                    "{name}: {outcome}: {paragraphs} paragraphs, {removed} repeats removed,"
                    " {related} related titles",
                    name=plain(str(path)),
                    outcome=tr(each.reason or each.outcome),
                    paragraphs=len(article.paragraphs),
                    removed=len(article.removed),
                    related=len(article.related),
                )
        return sum(each.outcome == "unreadable" for each in stored)

    def _read(self, path: Path, named: Portal | None) -> Article:
        try:
            with path.open("rb") as stream:
                body = stream.read(MOST_BYTES + 1)
        except OSError as error:
            raise UnreadablePage(f"it could not be read ({error.strerror})") from error
        if len(body) > MOST_BYTES:
            raise UnreadablePage(f"larger than {MOST_BYTES >> 20} MB: one article a file")
        text = decode(body, None)
        if "\0" in text:
            raise UnreadablePage("it is no text file")
        article = read_dump(text, named or _portal_of(text))
        signing = _signing(article.copyright or "")
        if named and signing and named not in signing:
            tell(
                "{name}: its copyright line names {other}, and it is archived as {portal}'s",
                name=plain(str(path)),
                other=signing[0].name,
                portal=named.name,
            )
        return replace(article, seen_at=datetime.now(UTC))


def _tell(name: str, foreign: ForeignFile) -> None:
    """Print what became of a file's articles and records; both sides are equal, or it is a bug."""
    done, account = foreign.done, foreign.account
    tell(
        "{name}: {new} new, {revised} other wordings, {unchanged} seen unchanged, {known} known"
        " before, {unreadable} unreadable",
        name=name,
        **outcomes(done),
    )
    tell(
        "{name}: {shown} answers: {used} articles, {not_asked} other pages of the portals,"
        " {other_sites} of other sites, {superseded} superseded, {damaged} damaged",
        name=name,
        **{each: getattr(account, each) for each in ("shown", *RECORDS)},
    )
    if removed := done["removed"]:
        tell("{name}: {n} removed on request, and not taken in", name=name, n=removed)
    for fault in account.faults:
        report(told(plain(fault)))
    if not account.balances:
        raise AssertionError(f"the books of {name} do not balance: {account}")


def _refused(path: Path, why: str) -> str:
    return tr("{name}: not archived: {why}", name=plain(str(path)), why=told(plain(why)))


def _portal_of(text: str) -> Portal:
    """Return the portal that signs a text in its copyright line."""
    if signing := _signing(text):
        return signing[0]
    raise UnreadablePage("no copyright line names its portal: add --portal NAME")


def _signing(text: str) -> list[Portal]:
    """Return the portals that a text names as they sign, the one with the longest name first."""
    folded = text.casefold()
    signing = [p for p in portals().values() if p.copyright_name.casefold() in folded]
    return sorted(signing, key=lambda p: -len(p.copyright_name))
