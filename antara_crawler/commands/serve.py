"""`scrapy serve`: the archive as pages in a browser on this computer, only for reading."""

import argparse
import os
import signal
import socket
from types import FrameType, ModuleType

from antara_crawler.archive import Archive
from antara_crawler.cli import ArchiveCommand, whole_number
from antara_crawler.errors import UsageError
from antara_crawler.locations import archive_url, captures_folder

PORT = 8000
_PATIENCE = 5.0
"""Seconds to wait for a locked archive before a page says that it is busy."""


class Command(ArchiveCommand):
    """Serves the reader until Ctrl-C or SIGTERM."""

    def syntax(self) -> str:
        """Return the line of usage."""
        return "[--port N]"

    def short_desc(self) -> str:
        """Return the line of the command list."""
        return "Read the archive in a browser, on this computer only"

    def long_desc(self) -> str:
        """Return the help text."""
        return (
            "Serve the archive as web pages on 127.0.0.1, read-only: search, articles with their"
            " revisions, coverage, runs and failures; for programs, JSON under /api/ (described"
            " at /api/openapi.json). Needs the extra 'web'. Example: scrapy serve --port 8080"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add --port."""
        super().add_options(parser)
        parser.add_argument(
            "--port", metavar="N", help=f"port to listen on, 0 for any that is free ({PORT})"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Serve until a signal asks to end; what is being answered then is answered."""
        if args:
            raise UsageError(f"'{args[0]}' is not asked for: name the port with --port")
        port = whole_number("--port", opts.port, least=0)
        web = _web()
        assert self.settings is not None
        url = archive_url(self.settings)
        with Archive.open(url, read_only=True, lock_timeout=_PATIENCE) as archive:
            listener = _listen(web, PORT if port is None else port)
            server = web.server_of(web.create_app(archive, captures_folder(self.settings)))

            def end(number: int, frame: FrameType | None) -> None:
                server.should_exit = True

            for number in (signal.SIGINT, signal.SIGTERM):
                # uvicorn raises the signal again once it has ended; asked to end is no failure
                signal.signal(number, end)
            print(f"Reading {archive.name} at http://{web.HOST}:{listener.getsockname()[1]}/")
            print("Only this computer can open it. Ctrl-C ends it.", flush=True)
            server.run(sockets=[listener])
        return 0


def _web() -> ModuleType:
    """Return the room web; UsageError where the extra is not installed."""
    try:
        from antara_crawler import web  # noqa: PLC0415  (serve alone needs the extra)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("antara_crawler"):
            raise
        raise UsageError(
            f"the reader needs {error.name}: pip install 'antara-crawler[web]'"
        ) from error
    return web


def _listen(web: ModuleType, port: int) -> socket.socket:
    if port > 65535:
        raise UsageError(f"--port {port} is no port: the largest is 65535")
    try:
        listener: socket.socket = web.listen(port)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise UsageError(
            f"port {port} cannot be used ({why.lower()}): choose another with --port"
        ) from error
    return listener
