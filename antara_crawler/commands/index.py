"""`scrapy index`: an index beside the archive, for searches in very many articles."""

import argparse
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from antara_crawler.archive import Archive
from antara_crawler.archive.index.changes import behind
from antara_crawler.cli.command import ArchiveCommand, flag, note
from antara_crawler.errors import UsageError, require
from antara_crawler.locations import index_folder
from antara_crawler.terminal import Screen, asked_to_stop, size, utc
from antara_crawler.wording import counted, sentence, tr

ACTIONS = ("follow", "build", "status")
_PAUSE = 1.0
"""Seconds between two looks at the archive."""
_MOST = 10**9


class Command(ArchiveCommand):
    """Makes the index, keeps it up, and says how it stands."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        flag(parser, "--json", tr("status: print JSON"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the word says."""
        require(sentence("the index"), "index", "tantivy")
        if len(args) != 1 or args[0] not in ACTIONS:
            raise UsageError(f"say what to do: {', '.join(ACTIONS)}")
        folder = index_folder(self.settings)
        with self.archive() as archive:
            if args[0] == "status":
                return _tell(archive, folder, opts.json)
            return _write(archive, folder, anew=args[0] == "build")


def _write(archive: Archive, folder: Path, *, anew: bool) -> int:
    """Take in all changes; without `anew` go on until a signal comes."""
    from antara_crawler.archive.beside.following import Follower  # noqa: PLC0415

    def done(number: int) -> None:
        with archive.reading() as connection:
            left = behind(connection, number, _MOST)
        if left:
            note("changes still to be taken in: {n:,}", n=left)

    with asked_to_stop() as ending, Follower(archive, folder, anew=anew) as follower:
        while not ending():
            taken = follower.catch_up(done, ending)
            if taken:
                note("{folder} is up to date; changes taken in: {n:,}", folder=folder, n=taken)
            if anew:
                break
            time.sleep(_PAUSE)
    return 0


def _tell(archive: Archive, folder: Path, as_json: bool) -> int:
    """Say how the index stands."""
    from antara_crawler.archive.beside.finding import Beside, is_of  # noqa: PLC0415

    commit = Beside(folder, archive.name).last()
    if commit is None:
        raise UsageError(f"there is no index in {folder}: scrapy index build makes it")
    with archive.reading() as connection:
        left = behind(connection, commit.state.number, _MOST)
        usable = is_of(connection, commit.state, archive.name)
    files = [path for path in folder.iterdir() if path.is_file()]
    at = datetime.fromtimestamp((folder / "meta.json").stat().st_mtime, UTC)
    found: dict[str, Any] = {
        "folder": str(folder),
        **asdict(commit.state),
        "articles": max(0, commit.searcher.num_docs - 1),
        "behind": left,
        "usable": usable,
        "size_bytes": sum(path.stat().st_size for path in files),
        "committed_at": at.isoformat(),
    }
    screen = Screen(sys.stdout)
    if as_json:
        screen.say_json(found)
        return 0
    articles = counted(found["articles"], "article")
    screen.tell("{folder}: {articles}, {size}, last commit {at}", folder=folder,
                  articles=articles, size=size(found["size_bytes"]), at=utc(at))  # fmt: skip
    if not found["usable"]:
        screen.tell("made of another archive or by other software: scrapy index build")
    elif left:
        screen.tell("changes still to be taken in: {n:,}", n=left)
    else:
        screen.tell("up to date")
    return 0
