"""Runs our scrapy commands as a user does: another process, its exit status and its words."""

import contextlib
import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import forking

ROOT = Path(__file__).parent.parent


def wait_for(happened: Callable[[], Any], seconds: float = 180) -> None:
    """Return as soon as it happened; fail when it has not after so many seconds.

    What takes long to find out is asked more rarely: what is waited for needs the processor.
    """
    deadline = time.monotonic() + seconds
    asked = time.monotonic()
    while not happened():
        now = time.monotonic()
        assert now < deadline, "it never came to that"
        time.sleep(max(0.01, 4 * (now - asked)))
        asked = time.monotonic()


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Workplace:
    """An archive and a captures folder of their own, and the commands run on them."""

    folder: Path
    archive_url: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "ANTARA_ARCHIVE_URL": self.archive_url,
            "ANTARA_CAPTURES_DIR": str(self.folder / "captures"),
            "ANTARA_CONTACT": "tests@example.org",
            "PYTHONWARNINGS": "error::DeprecationWarning",
        }

    def start(self, *words: str, fresh: bool = False, **more: Any) -> subprocess.Popen[str]:
        """Start a scrapy command and return the process: a fresh one, or a fork (see `forking`)."""
        how = {"cwd": ROOT, "env": self.environment, "text": True}
        how |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
        if fresh or not forking.available():
            program = [] if words[:1] == ("-c",) else ["-m", "scrapy"]
            return subprocess.Popen([sys.executable, *program, *words], **how)
        return forking.Forked(words, **how)

    def run(self, *words: str, timeout: float = 300, **more: Any) -> Ended:
        """Run a scrapy command to its end."""
        process = self.start(*words, **more)
        try:
            out, err = process.communicate(timeout=timeout)
        finally:
            process.kill()
        assert "DeprecationWarning" not in err, err
        return Ended(process.returncode, out, err)

    def crawl(self, url: str, *words: str, timeout: float = 300) -> Ended:
        """Crawl a mirror of kalsel without pauses."""
        return self.run(
            *("crawl", "kalsel", "-a", f"base_url={url}", "-s", "DOWNLOAD_DELAY=0"),
            *words,
            timeout=timeout,
        )

    def on_terminal(self, *words: str) -> tuple[int, str]:
        """Run a scrapy command on a terminal; return its status and all that was shown."""
        main, end = pty.openpty()
        process = self.start(*words, stdout=end, stderr=end)
        os.close(end)
        shown = b""
        with contextlib.suppress(OSError):  # the terminal ends with its last writer
            while chunk := os.read(main, 65536):
                shown += chunk
        os.close(main)
        return process.wait(180), shown.decode()

    def records(self, *filters: str) -> list[dict[str, Any]]:
        """Return the export records of the archive."""
        ended = self.run("export", *filters)
        assert ended.status == 0, ended.err
        return [json.loads(line) for line in ended.out.splitlines()]
