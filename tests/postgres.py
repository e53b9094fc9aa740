"""A private PostgreSQL server for tests, from the installed binaries."""

import atexit
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

_SETTINGS = (
    "listen_addresses=",  # its unix socket only
    "fsync=off",  # tests kill our processes, not the machine
    "full_page_writes=off",
    "autovacuum=off",  # it would go round hundreds of databases that live for a second
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=96MB",
    "max_connections=40",
    "shared_buffers=32MB",
    "logging_collector=off",
)


def binaries() -> Path | None:
    """Return the folder of the newest installed server, None where there is none."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: float(path.parts[-3]),
    )
    on_path = shutil.which("postgres")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """A server in a temporary folder, reached through a socket there; gone when stopped."""

    def __init__(self, bin_folder: Path) -> None:
        self._bin = bin_folder
        # Not below pytest's own folders: those are closed to the server's user, and too long.
        self.folder = Path(tempfile.mkdtemp(prefix="antara-pg-"))
        self._user = _unprivileged_user()
        if self._user is not None:
            shutil.chown(self.folder, self._user.pw_uid, self._user.pw_gid)
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        atexit.register(self.remove)
        self._run("initdb", "-D", "data", "-A", "trust", "-U", "antara", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", "data", "-k", str(self.folder), *settings],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as_user(),
            )
        for _ in range(600):
            try:
                psycopg.connect(self._address("postgres")).close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server ('fast'); its clients lose their connections at once."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(120)
            self._process = None

    def restart(self) -> None:
        """Stop the server and start it again on the same data."""
        self.stop()
        self.start()

    def new_database(self, like: str = "template1") -> str:
        """Make a database, empty or like another one, and return its SQLAlchemy URL."""
        name = f"archive_{os.getpid()}_{next(self._numbers)}"
        names = map(sql.Identifier, (name, like))
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            # Copied as files: a fifth less work than writing each page to the log, too.
            made = "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"
            connection.execute(sql.SQL(made).format(*names))
        return f"postgresql+psycopg://antara@/{name}?host={self.folder}"

    def drop(self, url: str) -> None:
        """Delete a database, whoever is connected: a test's folder is no place for hundreds."""
        gone = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(gone.format(sql.Identifier(make_url(url).database or "")))

    def remove(self) -> None:
        """Stop the server, without writing down what is in its memory, and delete all it had."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _address(self, database: str) -> str:
        return f"host={self.folder} user=antara dbname={database} connect_timeout=5"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin / program, *arguments],
            cwd=self.folder,
            check=True,
            capture_output=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **self._as_user(),
        )

    def _as_user(self) -> dict[str, int | list[int]]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


def conninfo(url: str) -> str:
    """Return the address of a database as libpq writes it."""
    return url.replace("postgresql+psycopg:", "postgresql:")


def cut_all_connections(url: str) -> None:
    """End every session of a database, as an administrator or a router may."""
    with psycopg.connect(conninfo(url)) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom to run the server as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no user 'postgres' or 'nobody' to run PostgreSQL as")
