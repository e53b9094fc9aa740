"""When an article was published and edited, and which places of its page say so."""

from datetime import datetime, timedelta
from random import Random

from tests.portal.deck import pack
from tests.portal.model import Stamp
from tests.portal.places import Place, clock

ZONES = pack(own=5, WIB=3, WITA=3, WIT=1, none=3)
SAID_IN = (
    "jsonld meta iso", "jsonld meta", "meta", "jsonld", "iso", "rfc", "text", "",
    "broken-jsonld meta", "broken-jsonld",
)  # fmt: skip


def stamp(zone: str, said_in: str, at: datetime, place: Place, rng: Random) -> Stamp:
    """Return the stamp of a moment; seconds and an edit only where the page can say them."""
    label = zone if zone in {"WIB", "WITA", "WIT"} else place.zone
    shown = "" if zone == "none" else label
    places = frozenset(said_in.split())
    if zone == "none" and places & {"jsonld", "meta"} and rng.random() < 0.4:
        label = "WIB"  # the page shows no zone, and its metadata are on another clock
    local = at.astimezone(clock(label)).replace(second=0, microsecond=0)
    if places & {"jsonld", "meta"}:
        local = local.replace(second=rng.choice((0, 17, 41)))
    modified = None
    if places & {"jsonld", "meta"} and rng.random() < 0.4:
        modified = local + timedelta(minutes=rng.randint(3, 900))
    return Stamp(local, shown, places, modified)
