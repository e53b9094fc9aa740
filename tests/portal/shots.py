"""Pictures and caption lines in the middle of a body, and the picture of the header."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.portal.deck import pack
from tests.portal.model import Article, Block, Shot
from tests.portal.sentences import caption, person

if TYPE_CHECKING:
    from tests.portal.story import Teller

FORMS = pack(
    none=8, ho=2, antaranews=1, only_credit=1, istimewa=1, agency=1, by_name=1, figure=2,
    picture_line=1, glued=1, foto=1,
)  # fmt: skip
HEADERS = pack(
    captioned=4, lazy=2, bare=1, only_credit=1, no_credit=1, ilust=1, portal_host=1, none=2, logo=1,
)  # fmt: skip


def picture_url(article: Article, rng: Random) -> str:
    """An address as the portals' picture hosts have them, at one of their sizes."""
    host = rng.choice(("img.antaranews.com", "cdn.antaranews.com"))
    size = rng.choice(("730x487", "800x533", "1200x800"))
    day = article.published.strftime("%Y/%m/%d")
    return f"https://{host}/cache/{size}/{day}/gambar-{rng.randrange(16**8):08x}.jpg.webp"


def credit_of(form: str, article: Article, rng: Random) -> str:
    name = person(rng)
    own = article.byline.of("Pewarta", "Penulis", "Oleh")
    return {
        "ho": rng.choice(
            ("ANTARA/HO-Humas Pemkab", "ANTARA/HO-Dokumen Pribadi", "ANTARA/HO-PT AGM")
        ),
        "antaranews": f"Antaranews Kalsel/{name}",
        "only-credit": f"Antaranews Kalsel/{name}",
        "istimewa": "Istimewa",
        "by-name": own[0] if own else "Istimewa",
        "foto": f"ANTARA FOTO/{name}/sgd/tom.",
    }.get(form, f"ANTARA/{name}")


def shot_blocks(teller: Teller, blocks: list[Block]) -> None:
    """Put one or two caption lines or pictures into a story."""
    form = teller.deal("shot", FORMS)
    if form == "none":
        return
    article, rng = teller.article, teller.rng
    for _ in range(1 if form in {"only-credit", "by-name"} else rng.choice((1, 2))):
        url = picture_url(article, rng) if form in {"figure", "picture-line"} else None
        words = None if form == "only-credit" else caption(rng)
        credit = credit_of(form, article, rng)
        empty = ". " if form == "only-credit" else ""
        teller.insert(blocks, [Shot(words, credit, url, form, empty)])


def header_shot(article: Article, form: str, rng: Random) -> Shot | None:
    """The picture above the body; None where the page has none, or only the portal's logo."""
    if form in {"none", "logo"}:
        return None
    words = {"bare": None, "only-credit": None, "ilust": "Ilust"}.get(form, caption(rng))
    credit = f"ANTARA/{person(rng)}" if form in {"captioned", "lazy", "only-credit"} else None
    if form == "portal-host":
        credit = f"{article.host}/{person(rng)}"
    return Shot(words, credit, picture_url(article, rng), form)
