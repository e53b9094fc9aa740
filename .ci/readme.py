"""Runs the README's own commands, in the order in which they stand: those a user copies."""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def commands(text: str) -> list[str]:
    """Return the shell blocks that are marked to be run."""
    return re.findall(r"<!-- run in CI -->\s*```(?:bash|sh)\n(.*?)```", text, re.S)


def main() -> int:
    """Run each block; stop at the first that fails."""
    blocks = commands(README.read_text(encoding="utf-8"))
    if not blocks:
        print("README.md has no commands marked to be run")
        return 1
    for block in blocks:
        print(f"$ {block.strip()}", flush=True)
        status = subprocess.run(["bash", "-euo", "pipefail", "-c", block], check=False).returncode
        if status:
            print(f"exit status {status}: {block.strip()}")
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
