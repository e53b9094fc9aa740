"""'Baca juga' lines in the shapes that were seen, as blocks of a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.portal.deck import pack
from tests.portal.model import Article, Block, Paragraph, Related
from tests.portal.sentences import paragraph, title

if TYPE_CHECKING:
    from tests.portal.story import Teller

FORMS = pack(
    none=3, link=3, plain=2, span=2, p_span=2, alone_links=1, alone_plain=1, pairs=2, last_line=2,
    inside_paragraph=1, off_site=1, whole_link=1,
)  # fmt: skip
HREFS = ("absolute", "absolute", "relative", "utm", "http", "amp")


def related_blocks(teller: Teller, blocks: list[Block]) -> None:
    """Put up to three 'Baca juga' lines into a story, all of one form."""
    form = teller.deal("related", FORMS)
    if form == "none":
        return
    targets = teller.rng.sample(list(teller.older[-40:]), min(3, len(teller.older)))
    if form == "off-site" or not targets:
        blocks += [_off_site(teller)]
    elif form in {"plain", "alone-plain"}:
        _plain(teller, blocks, form, targets)
    elif form == "alone-links":
        first, *rest = [_linked(teller, target, "alone-first") for target in targets]
        for link in rest:
            link.form = "alone-next"
        teller.insert(blocks, [first, *rest])
    elif form == "pairs":
        for pair in (targets[:2], targets[2:]):
            teller.insert(blocks, [_linked(teller, target, "link") for target in pair])
    elif form == "last-line":
        blocks.append(_linked(teller, targets[0], "link"))
    elif form == "inside-paragraph":
        place = next(n for n, b in enumerate(blocks) if n and _is_line(b))
        blocks[place + 1 : place + 1] = [_linked(teller, targets[0], "inside")]
        blocks[place].form = "opens"  # type: ignore[union-attr]
    else:
        for target in targets:
            teller.insert(blocks, [_linked(teller, target, form)])


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.form == "line" and len(block.text) > 60


def _linked(teller: Teller, target: Article, form: str) -> Related:
    manner = teller.rng.choice(HREFS)
    href = {
        "absolute": target.url,
        "relative": target.path,
        "utm": f"{target.url}?utm_source=antaranews&utm_medium=desktop&utm_campaign=related_news",
        "http": target.url.replace("https:", "http:"),
        "amp": f"https://{target.host}{target.amp_path}",
    }[manner]
    teller.article.traps.add(f"related-href:{manner}")
    return Related(target.title, href, target.url, form)


def _off_site(teller: Teller) -> Related:
    number = teller.rng.randint(1_000_000, 4_000_000)
    url = f"https://www.antaranews.com/berita/{number}/berita-pusat-{number}"
    return Related(title(teller.rng, teller.article.language), url, url, "link")


def _plain(teller: Teller, blocks: list[Block], form: str, targets: list[Article]) -> None:
    links = [Related(target.title, None, None, "plain") for target in targets]
    if form == "plain":
        for link in links:
            teller.insert(blocks, [link])
        return
    for number, link in enumerate(links[:2]):
        link.form = "alone-next" if number else "alone-first"
    after = teller.paragraph(paragraph(teller.rng, teller.article.language))
    teller.insert(blocks, [*links[:2], after])
