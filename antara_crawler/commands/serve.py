"""`scrapy serve`: the archive as pages in a browser, only for reading."""

import argparse
import errno
import gc
import getpass
import ipaddress
import os
import re
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from antara_crawler.archive import Archive
from antara_crawler.cli.command import (
    ArchiveCommand,
    look_beside,
    say_if_partial,
    value,
    whole_number,
)
from antara_crawler.errors import UsageError, require
from antara_crawler.locations import archive_url, capture_files, index_folder
from antara_crawler.terminal import answer
from antara_crawler.wording import sentence, tr

PORT = 8000
_MOST_WORKERS = 32
_PATIENCE = 5.0
"""Seconds to wait for a locked archive before a page says that it is busy."""
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9])?", re.I)


class Command(ArchiveCommand):
    """Serves the reader until Ctrl-C or SIGTERM."""

    bare = True

    def _options(self, parser: argparse.ArgumentParser) -> None:
        about = tr("port to listen on, 0 for any that is free ({port})", port=PORT)
        value(parser, "--port", "N", about, partial(whole_number, least=0), default=PORT)
        about = tr("address to listen at (127.0.0.1: this computer only)")
        value(parser, "--host", "ADDRESS", about)
        about = tr("a name that readers type, as arsip.example.org; may be given again")
        value(parser, "--allow-host", "NAME", about, action="append", default=[])
        value(parser, "--password", "FILE", tr("answer only who knows the password of this file"))
        about = tr("processes that answer (1; where others are let in as many as cores, at most 4)")
        value(parser, "--workers", "N", about, whole_number)
        ask = tr("ask for a password (or read a line of standard input), keep its hash there, end")
        value(parser, "--set-password", "FILE", ask)

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Serve until a signal asks to end; what is being answered then is answered."""
        require(sentence("the reader"), "web", "fastapi", "jinja2", "uvicorn")
        from antara_crawler.web import app, security  # noqa: PLC0415  (serve alone needs the extra)

        if opts.set_password:
            security.write_password(Path(opts.set_password), _asked_for())
            return 0
        host = app.HOST if opts.host is None else opts.host
        names = [*security.THIS_MACHINE, *_names(host, opts)]
        password = security.Password.read(Path(opts.password)) if opts.password else None
        url, captures = archive_url(self.settings), capture_files(self.settings)
        index = index_folder(self.settings)
        with Archive.open(url, read_only=True, lock_timeout=_PATIENCE) as archive:
            name = archive.name
            say_if_partial(archive)
        listener = _listen(app.listen, opts.port, host)

        def serve(started: Callable[[Any], None]) -> None:
            with Archive.open(url, read_only=True, lock_timeout=_PATIENCE) as archive:
                look_beside(archive, index, later=True)
                reader = app.create_app(archive, captures, names, password)
                server = app.server_of(reader, behind_proxy=bool(opts.allow_host))

                def end(number: int, frame: FrameType | None) -> None:
                    server.should_exit = True

                for number in (signal.SIGINT, signal.SIGTERM):
                    # uvicorn raises the signal again once it has ended; asked to end is no failure
                    signal.signal(number, end)
                # What is there now stays: a tenth of a page's time went into looking at it again.
                gc.freeze()
                started(server)
                server.run(sockets=[listener])

        def tell(server: Any) -> None:
            shown = f"[{host}]" if ":" in host else host
            at = f"http://{shown}:{listener.getsockname()[1]}/"
            print(tr("Reading {name} at {url}", name=name, url=at))
            print(f"{_who(host, opts)} {tr('Ctrl-C ends it.')}", flush=True)

        with app.workers(_workers(host, opts) - 1, serve):
            serve(tell)
        return 0


def _workers(host: str, opts: argparse.Namespace) -> int:
    """Return how many processes answer."""
    if opts.workers is not None:
        return min(int(opts.workers), _MOST_WORKERS)
    alone = _is_of_this_machine(host) and not opts.allow_host
    return 1 if alone or not hasattr(os, "fork") else min(os.cpu_count() or 1, 4)


def _names(host: str, opts: argparse.Namespace) -> Sequence[str]:
    """Return the names to answer to, beside this machine's own; refuse what lets anyone in."""
    for name in opts.allow_host:
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"--allow-host {name} is no host name: write it like arsip.example.org"
            )
    if _is_of_this_machine(host):
        return [host, *opts.allow_host] if ":" not in host else [f"[{host}]", *opts.allow_host]
    if not opts.password:
        raise UsageError(
            f"--host {host} lets others in: give --password FILE (--set-password FILE makes one),"
            " or stay on 127.0.0.1 behind a proxy that asks for one"
        )
    if host not in ("0.0.0.0", "::"):  # noqa: S104 (compared)
        return [f"[{host}]" if ":" in host else host, *opts.allow_host]
    if not opts.allow_host:
        raise UsageError(f"--host {host} is no name: say with --allow-host NAME what readers type")
    return list(opts.allow_host)


def _is_of_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _who(host: str, opts: argparse.Namespace) -> str:
    """Say who can read."""
    if not _is_of_this_machine(host):
        return tr("Who has the password can read it; on the way it is readable: put TLS before it.")
    if opts.allow_host and not opts.password:
        return tr("Who passes the proxy before it can read it.")
    if opts.allow_host:
        return tr("Who has the password can read it, through the proxy before it.")
    return tr("Only this computer can open it.")


def _asked_for() -> str:
    """Return a password, typed twice, or the line that a program gives."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = answer(tr("Password: "), getpass.getpass)
    if answer(tr("Once more: "), getpass.getpass) != first:
        raise UsageError("the two passwords differ: try again")
    return first


def _listen(listen: Callable[[int, str], socket.socket], port: int, host: str) -> socket.socket:
    if port > 65535:
        raise UsageError(f"--port {port} is no port: the largest is 65535")
    try:
        return listen(port, host)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise UsageError(f"--host {host} is no address of this computer") from error
        why = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(
            f"port {port} cannot be used ({why.lower()}): choose another with --port"
        ) from error
