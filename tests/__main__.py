"""Runs every check of the project: `python -m tests` passes, or says which check failed."""

import subprocess
import sys

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["mypy"],
    ["pytest", "-q", "-n", "3", "--dist", "worksteal", "--cov", "--cov-report=term"],
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
