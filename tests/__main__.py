"""Runs every check of the project: `python -m tests` passes, or says which check failed.

`python -m tests --cov` counts the lines that the tests reach, too, and wants 95 of 100; it takes
half as long again. Words of the command line are pytest's.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# Hundreds of processes import the same modules: compiled once, not by each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

QUICK = [["ruff", "check", "."], ["ruff", "format", "--check", "."]]
TYPES = ["mypy"]
TESTS = ["pytest", "-q", "-n", "3", "--dist", "worksteal", *sys.argv[1:]]
MEMORY = Path("/dev/shm")


def main() -> int:
    """Return the exit status of the first check that fails, else 0."""
    for check in QUICK:
        if status := _ended(check, subprocess.run(_command(check), check=False).returncode):
            return status
    # The types are looked at while the tests run: alone, mypy leaves all processors but one idle.
    with subprocess.Popen(_command(TYPES), stdout=subprocess.PIPE, text=True) as types:
        with tempfile.TemporaryDirectory(prefix="antara-tests-", dir=_memory()) as folder:
            # Of PostgreSQL's own user, too.
            Path(folder).chmod(0o755)
            where = {**os.environ, "TMPDIR": folder}
            status = subprocess.run(_command(TESTS), check=False, env=where).returncode
        tests = _ended(TESTS, status)
        said, _ = types.communicate()
    print(said, end="")
    return _ended(TYPES, types.returncode) or tests


def _memory() -> Path | None:
    """Return a folder in memory where it has room: hundreds of databases wait for no disk there."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 2 << 30
    return MEMORY if roomy and os.access(MEMORY, os.W_OK) else None


def _command(check: list[str]) -> list[str]:
    return [sys.executable, "-m", *check]


def _ended(check: list[str], status: int) -> int:
    said = f"failed with exit status {status}" if status else "passed"
    print(f"== {' '.join(check)}: {said}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
