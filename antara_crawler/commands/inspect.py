"""`scrapy inspect FILE|URL`: what read a page, where each field stands; proposes selectors."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from antara_crawler.addresses import address_of, portal_of
from antara_crawler.archive import Archive
from antara_crawler.cli.command import VisitingCommand, flag, value
from antara_crawler.commands.show import page_of
from antara_crawler.doctor.checkup import visit
from antara_crawler.doctor.inspection import inspect
from antara_crawler.doctor.report import as_html, say_inspection, say_suggestions
from antara_crawler.doctor.suggestions import Sample, suggest
from antara_crawler.errors import ArchiveMissing, UnreadablePage, UsageError
from antara_crawler.items import Page
from antara_crawler.locations import archive_url, capture_files
from antara_crawler.pages import decode
from antara_crawler.pages.custom import built_in
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import Portal
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.terminal import Screen
from antara_crawler.wording import tr


class Command(VisitingCommand):
    """Looks into pages."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        value(how, "--html", "FILE", tr("write it as one page of HTML"))
        flag(how, "--suggest", tr("propose a template in TOML"))
        flag(how, "--templates", tr("print the built-in templates in TOML"))
        about = tr("the address of a saved page that does not name its own")
        parser.add_argument("--url", help=about)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Show what is asked for."""
        if opts.templates:
            print(built_in(), end="")
            return 0
        if not args or (len(args) > 1 and not opts.suggest):
            raise UsageError("name one page: a saved file, or an address")
        pages = [self._page(name, opts) for name in args]
        return self._suggest(pages) if opts.suggest else self._show(*pages[0], opts)

    def _show(self, html: str, url: str, place: Portal, opts: argparse.Namespace) -> int:
        templates = catalogue_of(self.settings).serving(place.name)
        seen = inspect(html, url, place, templates)
        if opts.html:
            Path(opts.html).write_text(as_html(seen), "utf-8")
        else:
            say_inspection(Screen(sys.stdout), seen)
        return seen.status

    def _suggest(self, pages: Sequence[tuple[str, str, Portal]]) -> int:
        place = pages[0][2]
        if any(other is not place for _, _, other in pages):
            raise UsageError("name pages of one portal")
        found = suggest((Sample(html, url) for html, url, _ in pages), place)
        say_suggestions(Screen(sys.stdout), found, place.name)
        return 0 if found else 3

    def _page(self, name: str, opts: argparse.Namespace) -> tuple[str, str, Portal]:
        """Return a page's text, its address and portal: of a file, the archive, or the portal."""
        if not name.startswith(("http://", "https://")):
            return _saved(Path(name), opts.url)
        place = portal_of(name)
        if place is None:
            host = urlsplit(name).hostname
            raise UsageError(f"{host} is no portal's host: scrapy list names them")
        address = address_of(name, place)
        if address is None:
            raise UsageError(f"{name} is no address of an article of {place.host}")
        html = None if opts.spargs else self._captured(name)
        if html is None:
            page = Page(place.name, "article", address.url, address.kind, address.number)
            seen = visit(self.crawler_process, self.settings, place.name, opts.spargs, page)
            look = next(iter(seen.looks), None)
            if look is None or look.trouble:
                raise UnreadablePage(f"{name}: {look.trouble if look else 'not asked for'}")
            html = look.html
        return html, address.url, place

    def _captured(self, url: str) -> str | None:
        """Return the page as the archive has it, None where it has not."""
        try:
            archive = Archive.open(archive_url(self.settings), read_only=True)
        except ArchiveMissing:
            return None
        with archive:
            article = archive.article(url)
            if article is None or article.capture is None:
                return None
            return decode(page_of(archive, capture_files(self.settings), article), None)


def _saved(path: Path, url: str | None) -> tuple[str, str, Portal]:
    """Return a saved page, its own address as given or as it names it, and its portal."""
    try:
        html = decode(path.read_bytes(), None)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    tree = Tree(html, str(path))
    said = [url] if url else [link.get("href") for link in tree.all("link[rel=canonical]")]
    if not url:
        metas = (each for each in tree.all("meta") if each.get("property") == "og:url")
        said += [each.get("content") for each in metas]
    for each in filter(None, said):
        place = portal_of(each)
        if place is not None and address_of(each, place):
            return html, each, place
    raise UsageError(f"{path} does not name its own address: add --url ADDRESS")
