"""Begins `python -m scrapy` as a fork of a process that has imported all it needs: 1.3 s sooner.

The command is a child of the caller's, in its folder, with its variables and streams; it runs
Scrapy's own `__main__`, or the Python that follows `-c`. One server a folder and set of variables
that Python reads at its start.
"""

import atexit
import ctypes
import gc
import importlib.util
import inspect
import io
import json
import os
import pkgutil
import runpy
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from scrapy.settings import default_settings

_MOST = 1 << 20  # bytes of a request
_PR_SET_CHILD_SUBREAPER = 36
_READ_AT_START = ("PYTHON", "LC_", "LANG", "COV_", "COVERAGE_")
_WHOLE = ("antara_crawler", "pipelines", "scrapy.commands")
_SINGLE = (
    *("scrapy.cmdline", "scrapy.core.engine", "scrapy.dupefilters", "scrapy.pqueues"),
    *("scrapy.squeues", "psycopg", "sqlalchemy.dialects.postgresql.psycopg", "encodings.idna"),
    *("alembic.command", "alembic.config"),
)
_COMPONENTS = (
    default_settings.EXTENSIONS_BASE,
    default_settings.DOWNLOADER_MIDDLEWARES_BASE,
    default_settings.SPIDER_MIDDLEWARES_BASE,
)


class Forked(subprocess.Popen[str]):
    """A command begun by forking; its words are those after `python -m scrapy`, or `-c` first."""

    def _execute_child(self, *given: Any) -> None:
        asked = inspect.signature(subprocess.Popen._execute_child).bind(self, *given).arguments
        request = {
            "words": list(asked["args"]),
            "variables": asked["env"],
            "session": asked["start_new_session"],
        }
        ends = [asked["p2cread"], asked["c2pwrite"], asked["errwrite"]]
        streams = [given if given != -1 else own for own, given in enumerate(ends)]
        try:
            self.pid = _server(str(asked["cwd"]), asked["env"]).begin(request, streams)
        finally:
            pipes = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
            self._close_pipe_fds(*(asked[pipe] for pipe in pipes))
        self._child_created = True


class _Server:
    """The other end of the process that forks."""

    def __init__(self, folder: str, variables: dict[str, str]) -> None:
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=folder,
                env=variables,
            )
        atexit.register(self._end)

    def begin(self, request: dict[str, Any], streams: list[int]) -> int:
        """Return the process id of a new child of ours."""
        _adopt(True)
        try:
            socket.send_fds(self._ours, [json.dumps(request).encode()], streams)
            answer = self._ours.recv(_MOST)
        finally:
            _adopt(False)
        assert answer, "the process that forks the commands of the tests is dead: see above"
        return int(answer)

    def _end(self) -> None:
        self._ours.close()
        self._process.wait(60)


_servers: dict[object, _Server] = {}
_one_at_a_time = threading.Lock()


def available() -> bool:
    """Tell whether a forked command can become our child (on Linux)."""
    return sys.platform == "linux"


def python(code: str, *words: object) -> subprocess.Popen[str]:
    """Begin a program in another process of ours: what it says is to be read from its pipes."""
    variables = {**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning"}
    how: dict[str, Any] = {"cwd": Path(__file__).parent.parent, "env": variables, "text": True}
    how |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    given = ["-c", code, *map(str, words)]
    return (
        Forked(given, **how) if available() else subprocess.Popen([sys.executable, *given], **how)
    )


def _server(folder: str, variables: dict[str, str]) -> _Server:
    first = {name: value for name, value in variables.items() if name.startswith(_READ_AT_START)}
    key = (os.getpid(), folder, *sorted(first.items()))
    if key not in _servers:
        _servers[key] = _Server(folder, variables)
    return _servers[key]


def _adopt(wanted: bool) -> None:
    """Become the parent of orphans below us, or let them go to the system as usual."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _import_all() -> None:
    """Import what commands use; nothing of it may begin anything."""
    for name in _WHOLE:
        for found in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            fleet = ".fleet." in found.name and not importlib.util.find_spec("procrastinate")
            if ".migrations." not in found.name and not fleet:
                importlib.import_module(found.name)
    for name in (*_SINGLE, *(path.rpartition(".")[0] for paths in _COMPONENTS for path in paths)):
        importlib.import_module(name)
    assert "twisted.internet.reactor" not in sys.modules
    assert len([*Path("/proc/self/task").iterdir()]) == 1


def _serve(connection: socket.socket) -> tuple[bytes, list[int]] | None:
    """Fork for each request; return it in the child, and None in the server at the end."""
    while True:
        request, streams, _, _ = socket.recv_fds(connection, _MOST, 3)
        if not request:
            return None
        told, tell = os.pipe()
        if os.fork() == 0:  # its child is an orphan at once, and the caller of the tests adopts it
            if child := os.fork():
                os.write(tell, str(child).encode())
                os._exit(0)
            os.close(told)
            os.close(tell)
            return request, streams
        os.wait()
        connection.send(os.read(told, 100))
        for end in (told, tell, *streams):
            os.close(end)


def _writer(descriptor: int) -> io.FileIO | io.BufferedWriter:
    raw = io.FileIO(descriptor, "w", closefd=False)
    return raw if sys.stdout.write_through else io.BufferedWriter(raw)


def _like(old: TextIO, buffer: Any, line_buffering: bool = False) -> io.TextIOWrapper:
    """Return a stream as Python makes it at its start: it keeps what it learned of its file."""
    kept = {"encoding": old.encoding, "errors": old.errors, "write_through": old.write_through}
    return io.TextIOWrapper(buffer, newline="\n", line_buffering=line_buffering, **kept)


def _become(request: dict[str, Any], streams: list[int]) -> None:
    """Take over the streams, the variables and the session that were asked for."""
    for own, given in enumerate(streams):
        os.dup2(given, own)
        os.close(given)
    sys.stdin = sys.__stdin__ = _like(sys.stdin, io.BufferedReader(io.FileIO(0, closefd=False)))
    sys.stdout = sys.__stdout__ = _like(sys.stdout, _writer(1), line_buffering=os.isatty(1))
    sys.stderr = sys.__stderr__ = _like(sys.stderr, _writer(2), line_buffering=True)
    if request["session"]:
        os.setsid()
    os.environ.clear()
    os.environ.update(request["variables"])
    time.tzset()
    importlib.reload(sys.modules["antara_crawler.settings"])  # it reads the variables
    sys.argv[1:] = request["words"]


def _run() -> None:
    if sys.argv[1:2] == ["-c"]:
        code = sys.argv[2]
        sys.argv[:3] = ["-c"]
        exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module("scrapy", run_name="__main__", alter_sys=True)


def _end(status: object) -> None:
    """End as Python does, but let the system take the memory; return where more is to be said."""
    if status is not None and not isinstance(status, int):
        return
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(status or 0)


def main() -> None:
    """Serve the tests; in a child, be the command."""
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        _import_all()
        gc.collect()
        gc.freeze()
        asked = _serve(connection)
    if asked:
        request, streams = asked
        _become(json.loads(request), streams)
        try:
            _run()
        except SystemExit as end:
            _end(end.code)
            raise


if __name__ == "__main__":
    main()
