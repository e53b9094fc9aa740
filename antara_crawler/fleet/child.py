"""A scrapy command that does not outlive its worker: `python -m antara_crawler.fleet.child WORDS`.

The worker holds the other end of standard input. When that closes, because the worker asks for
the end or is dead in whatever way, the command is stopped in order, and then without mercy.
"""

import os
import signal
import sys
import threading
import time

from scrapy.cmdline import execute

_MERCY = 30.0
"""Seconds to end in order; less than a dead worker's jobs wait to be put back."""


def _end_with_worker() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_MERCY)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Run the command line's words as Scrapy does."""
    threading.Thread(target=_end_with_worker, daemon=True).start()
    sys.argv[0] = "scrapy"
    execute()


if __name__ == "__main__":
    main()
