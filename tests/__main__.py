"""Runs every check of the project: `python -m tests` passes, or says which check failed.

`python -m tests --cov` counts the lines that the tests reach, too, and wants 95 of 100; it takes
half as long again. Words of the command line are pytest's.
"""

import subprocess
import sys

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["pytest", "-q", "-n", "4", "--dist", "worksteal", *sys.argv[1:]],
]


def main() -> int:
    """Return the exit status of the first check that fails, else 0."""
    for name, *arguments in CHECKS:
        print(f"== {name} {' '.join(arguments)}", flush=True)
        status = subprocess.run([sys.executable, "-m", name, *arguments], check=False).returncode
        if status:
            print(f"{name} failed with exit status {status}")
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
