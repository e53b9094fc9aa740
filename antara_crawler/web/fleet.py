"""What the machines of a fleet do, as a page; there is none where no fleet was planned."""

from collections import Counter

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from antara_crawler.fleet.state import state_of
from antara_crawler.web import rendering
from antara_crawler.web.reader import reader_of


def fleet(request: Request) -> Response:
    """Which portals run where since when, which wait or failed and why, which machines live."""
    state = state_of(reader_of(request).archive)
    if state is None:
        raise HTTPException(404)
    counts = Counter(each.state for each in state.portals)
    return rendering.page(request, "fleet.html", fleet=state, counts=counts)
