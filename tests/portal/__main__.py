"""Serves the portal from a command line: `python -m tests.portal --articles 300 --port 8000`."""

import argparse
from datetime import datetime
from threading import Event

from tests.portal.faults import Faults
from tests.portal.places import PLACES, clock
from tests.portal.server import PortalServer
from tests.portal.site import Site


def main() -> None:
    """Serve until interrupted; prints the address, and each request with `--verbose`."""
    parser = argparse.ArgumentParser(prog="python -m tests.portal", description=__doc__)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--portal", choices=sorted(PLACES), default="kalsel")
    parser.add_argument("--faults", choices=("none", "all"), default="none")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--sitemap", action="store_true")
    parser.add_argument("--now", action="store_true", help="let the portal's day be today")
    parser.add_argument("--verbose", action="store_true", help="print each request")
    given = parser.parse_args()
    day = {"today": datetime.now(clock("WITA"))} if given.now else {}
    site = Site(given.seed, given.articles, given.portal, sitemap=given.sitemap, **day)
    faults = Faults.all() if given.faults == "all" else Faults()
    log = print if given.verbose else None
    with PortalServer(site, faults, port=given.port, log=log) as server:
        print(server.url, flush=True)
        try:
            Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
