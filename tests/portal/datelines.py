"""Datelines in every form that was seen, each with the town that it names."""

from dataclasses import dataclass
from random import Random

from tests.portal.deck import pack
from tests.portal.places import Place

FORMS = pack(
    plain=8, region_en_dash=2, day=1, news=1, double_space=2, comma_tight=1, no_space=1,
    regional_agency=1, kota=1, bold=2, none=3, em_dash=1,
)  # fmt: skip
AMP_KEEPS = frozenset({"news", "double-space", "comma-tight", "no-space"})
"""Forms of the years in which AMP pages still had their dateline."""


@dataclass(frozen=True)
class Dateline:
    """The town; the text before the lead, tidy; and the HTML of that text."""

    town: str
    text: str
    html: str


def dateline(form: str, place: Place, rng: Random) -> Dateline | None:
    if form == "none":
        return None
    town = rng.choice(place.towns)
    day = f"{rng.randint(1, 28)}/{rng.randint(1, 12)}"
    text = {
        "region-en-dash": f"{town}, {place.short} (ANTARA) – ",
        "day": f"{town}, {day} (Antara) - ",
        "news": f"{town} (ANTARA News) - ",
        "double-space": f"{town}, (Antaranews {place.short}) - ",
        "comma-tight": f"{town}, (Antaranews {place.short})- ",
        "no-space": f"{town}- (Antara) - ",
        "regional-agency": f"{town} (Antara {place.short}) - ",
        "kota": f"Kota {town}, {place.short} (ANTARA) - ",
        "em-dash": f"{town} (ANTARA) — ",
    }.get(form, f"{town} (ANTARA) - ")
    html = text
    if form == "double-space":
        html = text.replace(", (", rng.choice((",&nbsp; (", ",  (", ", &nbsp;(")))
    elif form == "bold":
        html = text.replace(f"{town} (ANTARA)", f"<strong>{town} (ANTARA)</strong>")
    return Dateline(f"Kota {town}" if form == "kota" else town, text, html)
