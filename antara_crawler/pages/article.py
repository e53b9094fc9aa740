"""One page of an article, from HTML to an `Article`: finds its template, then reads its fields."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise, takewhile

from lxml.etree import _Element

from antara_crawler.addresses import address_of, page_base
from antara_crawler.errors import CutPage, ForeignPage, UnreadablePage
from antara_crawler.items import Address, Article, Hint, Link
from antara_crawler.pages.blocks import leaving, others
from antara_crawler.pages.blocks.block import BODY, FOOT, Block, Kind
from antara_crawler.pages.blocks.blocks import blocks_of
from antara_crawler.pages.blocks.inner import with_inner_lines
from antara_crawler.pages.decoding import breaks_off
from antara_crawler.pages.fields import fields, people, sections
from antara_crawler.pages.fields.datelines import find_dateline
from antara_crawler.pages.fields.metadata import Metadata, of_another_portal, shared_picture
from antara_crawler.pages.fields.published import dates_shown, modified_at, published
from antara_crawler.pages.fields.titles import believe, mark_headline, title_of
from antara_crawler.pages.fields.words import language_of
from antara_crawler.pages.found.evidence import evidence, generic_texts, is_sampled
from antara_crawler.pages.lines.lines import Line
from antara_crawler.pages.room import (
    leads_in,
    photos_in,
    pictures_below,
    room_around,
    room_of,
    shows_article,
    with_shared,
)
from antara_crawler.pages.templates import TEMPLATES, Generic, Template
from antara_crawler.pages.tree import Tree
from antara_crawler.portals import Portal
from antara_crawler.text import is_prose
from antara_crawler.text.quick import forget

_log = logging.getLogger(__name__)

_OWN = ("canonical", "amphtml")
_NATIONAL = "https://www.antaranews.com"
_NATIONAL_KINDS = frozenset({"nasional", "video", "rilis-pers"})
_PICTURE_KINDS = frozenset({"foto", "video"})
Templates = Sequence[type[Template]]


@dataclass(frozen=True, slots=True)
class Layout:
    """A page taken apart: whose article it shows, by which template, and its blocks by place."""

    tree: Tree
    metadata: Metadata
    address: Address
    template: type[Template]
    bodies: list[_Element]
    base: str
    title: str
    above: list[Block]
    body: list[Block]
    below: list[Block]

    @property
    def is_text(self) -> bool:
        """Whether its text is one to read, and not what is said of a picture or film."""
        return self.address.kind not in _PICTURE_KINDS


def read_article(
    html: str,
    url: str,
    portal: Portal,
    hints: Sequence[Hint] = (),
    templates: Templates = TEMPLATES,
) -> Article:
    """Return what the page at `url` says, repeats still in, the first paragraph undatelined.

    It comes with how it compares with what the page says elsewhere, and with `hints`.
    The first of `templates` that recognises the page reads it.
    Raises UnreadablePage, naming the page and the missing field with its selectors, for a
    page that is no article of this portal, that no template reads, or that has no title or
    body text.
    """
    page = laid_out(html, url, portal, templates)
    article = article_of(page, url, portal)
    texts = {"generic": generic_texts(html)} if is_sampled(article.article_id) else {}
    found = evidence(article, page.metadata, hints, texts, zone=portal.zone)
    return replace(article, agreements=found)


def laid_out(html: str, url: str, portal: Portal, templates: Templates = TEMPLATES) -> Layout:
    """Return the page at `url` taken apart; raises UnreadablePage as `read_article` does."""
    if breaks_off(html):
        raise CutPage(f"{url}: it breaks off: its last tags are not there")
    forget()
    tree = Tree(html, url, menus=False)
    metadata = Metadata(tree, url, portal)
    address = _address(tree, metadata, url, portal)
    mark_headline(tree, metadata)
    template, bodies = _template(tree, metadata, url, templates)
    tree.look_in(room_around(tree, bodies), bodies[0])
    base = tree.base(page_base(url, portal))
    title = title_of(tree, template, metadata)
    if title is None:
        raise UnreadablePage(
            f"{url}: no title at {', '.join(template.title)} (template {template.name})"
        )
    believe(metadata, title)
    room = room_of(tree, template, bodies, base)
    above = blocks_of(room.above, captions=address.kind != "video", above=True)
    own = _body(room.body, address.kind)
    body, below = others.own_blocks(above, own, blocks_of(room.below), title)
    return Layout(tree, metadata, address, template, bodies, base, title, above, body, below)


def _body(lines: Sequence[Line], kind: str) -> list[Block]:
    """Return the blocks of a body; of a photo page, what may be captions is where text is left."""
    blocks = blocks_of(lines, captions=kind != "video")
    if kind != "foto" or any(block.kind in BODY and is_prose(block.text) for block in blocks):
        return blocks
    return blocks_of(lines, captions=False)


def article_of(page: Layout, url: str, portal: Portal) -> Article:
    """Return the article that a page taken apart shows; raises UnreadablePage without a text."""
    tree, template, metadata, body = page.tree, page.template, page.metadata, page.body
    article = assemble(body, portal, page.title, above=page.above, below=page.below)
    if not article.paragraphs and (page.is_text or not any(p.caption for p in article.images)):
        raise UnreadablePage(
            f"{url}: no text in the body at {', '.join(template.body)} (template {template.name})"
        )
    begin = [*takewhile(lambda block: block.kind not in BODY or not is_prose(block.text), body)]
    head = [*page.above, *begin]
    own = [*dropwhile(lambda block: not _is(block, page.title), head)]
    over = head[: len(head) - len(own)] if own else page.above
    own_head = [*own, *body[len(begin) :]] if own else body
    date_lines = dates_shown(over, own_head, page.below, portal.zone)
    date = published(tree, template, metadata, page.bodies[0], portal, date_lines)
    if date.note:
        _log.info("%s: date of publication: %s", url, date.note)
    changes = [b.text for b in page.below if b.kind == "date"][:1]
    section = sections.section_of(tree, template, metadata, page.title, head, body, page.below)
    writers = people.writers(tree, metadata, article, own or head, body, page.below)
    if named := people.named_alone(body, writers):
        body = [named.get(id(block), block) for block in body]
        article = assemble(body, portal, page.title, above=page.above, below=page.below)
    return replace(
        article,
        kind=page.address.kind,
        article_id=page.address.number,
        url=page.address.url,
        published_at=date.at,
        published_text=date.text,
        published_note=date.note,
        modified_at=modified_at(metadata, [*date_lines, *changes], portal.zone, date.at),
        editors=article.editors or people.editors(metadata),
        reporters=writers,
        section=section if section not in writers else None,
        tags=fields.tags_of(tree, template, metadata, body, page.below, page.bodies[0], section),
        related=tuple(link for link in article.related if link.url != page.address.url),
        images=with_shared(
            [p for p in article.images if p.caption not in writers],
            shared_picture(metadata, page.base),
        ),
        template=template.name,
    )


def assemble(
    body: Sequence[Block],
    portal: Portal,
    title: str | None,
    *,
    above: Sequence[Block] = (),
    below: Sequence[Block] = (),
) -> Article:
    """Return the article that typed blocks make: paragraphs, dateline, related, pictures, foot.

    Of the blocks from `above` the body a lead joins it; of those from `below` the foot is taken.
    What no field has is left out, with its reason.
    """
    leads = leads_in(above, title, body)
    body = leaving.without_pull_quotes(with_inner_lines([*leads, *body], above, below))
    body = leaving.without_profiles(leaving.without_last_label(body), (*above, *below))
    headlines = _headlines(body, title)
    shown = set(map(id, headlines))
    paragraphs = tuple(b.text for b in body if b.kind in BODY and id(b) not in shown)
    dateline = find_dateline(paragraphs, title)
    if dateline:
        bare = paragraphs[dateline.position][len(dateline.text) :]
        behind = paragraphs[dateline.position + 1 :]
        paragraphs = (*paragraphs[: dateline.position], *((bare,) if bare else ()), *behind)
    joined = set(map(id, leads))
    rest = [block for block in above if id(block) not in joined and not _is(block, title)]
    named = [*rest, *body, *below]
    names = people.names_by_role(named)
    foot = next((n for n, block in enumerate(body) if block.kind == "copyright"), len(body))
    # Behind it the text may stand a second time; an unsigned picture there is another story's.
    own = [b for n, b in enumerate(body) if b.picture and (n < foot or b.picture.credit)]
    pictures = photos_in([*rest, *own])
    if not any(picture.caption for picture in pictures):
        pictures += pictures_below(below)
    return Article(
        portal=portal.name,
        kind="berita",
        article_id=None,
        url=None,
        title=title,
        paragraphs=paragraphs,
        dateline=dateline.town if dateline else None,
        dateline_text=dateline.text if dateline else None,
        reporters=names.get("reporter", ()),
        editors=names.get("editor", ()),
        uploaders=names.get("uploader", ()),
        images=fields.unlike(pictures),
        related=_related([*body, *below], portal),
        copyright=_first(named, "copyright"),
        rights=_first(named, "notice"),
        language=language_of(" ".join(paragraphs) or title or ""),
        left_out=leaving.left_out(rest, body, below, headlines, pictures),
    )


def _address(tree: Tree, metadata: Metadata, url: str, portal: Portal) -> Address:
    """Return the identity that the URL gives, with the slug that the page says is canonical.

    Raises ForeignPage where the page says that it is another article: a server out of order may
    give one page for every address.
    """
    asked = metadata.asked
    links = tree.tagged("link")
    said = [link.get("href") or "" for rel in _OWN for link in links if link.get("rel") == rel]
    if asked is not None and asked.url in said[:1]:
        return asked
    said += metadata.meta("og:url")
    claims = [claim for text in dict.fromkeys(said) if (claim := _claim(text, asked, portal))]
    if not claims and len(metadata.addresses) == 1:
        claims = list(metadata.addresses)
    own = next((claim for claim in claims if asked is None or _same(claim, asked)), None)
    elsewhere = None if claims else of_another_portal(said, tree, portal)
    if own is None and (claims or elsewhere):
        other = elsewhere or claims[0].url
        raise ForeignPage(f"{url}: the page says that it is another article, {other}")
    found = own if own is not None and (asked is None or own.kind == asked.kind) else asked
    if found is None:
        raise ForeignPage(f"{url}: not the address of an article of {portal.host}")
    return found


def _claim(text: str, asked: Address | None, portal: Portal) -> Address | None:
    """Return the article that a link or address in the head of a page stands for."""
    if asked is not None and asked.kind in _NATIONAL_KINDS and text.startswith(_NATIONAL):
        text = portal.base_url + text.removeprefix(_NATIONAL)  # its numbers are the same there
    return address_of(text, portal)


def _same(claim: Address, asked: Address) -> bool:
    """Tell whether both are one article; the national site knows 'nasional' as 'berita'."""
    kinds = {claim.kind, asked.kind}
    return claim.number == asked.number and (len(kinds) == 1 or kinds == {"berita", "nasional"})


def _template(
    tree: Tree, metadata: Metadata, url: str, templates: Templates
) -> tuple[type[Template], list[_Element]]:
    """Return what reads the page: a template, else the plain rule where it says what it is."""
    for template in templates:
        if bodies := template.bodies(tree):
            return template, bodies
    bodies = Generic.bodies(tree)
    if bodies and (metadata.says_article or shows_article(tree, bodies[0])):
        return Generic, bodies
    wanted = ", ".join(f"{template.name}: {template.body[0]}" for template in templates)
    raise UnreadablePage(f"{url}: no template finds an article's body on it ({wanted})")


def _headlines(body: Sequence[Block], title: str | None) -> list[Block]:
    """The blocks of a body in which the headline is shown again, above a second copy, too."""
    pairs = pairwise([Block("copyright", ""), *(b for b in body if b.kind in BODY | FOOT)])
    return [b for a, b in pairs if (a.kind in FOOT or b.kind == "heading") and _is(b, title)]


def _is(block: Block, title: str | None) -> bool:
    return block.kind in BODY and fields.same_text(block.text, title)


def _first(blocks: Sequence[Block], kind: Kind) -> str | None:
    return next((block.text for block in blocks if block.kind == kind), None)


def _related(blocks: Sequence[Block], portal: Portal) -> tuple[Link, ...]:
    """The related links, each once; those to the portal's own articles in canonical form."""
    links = [link for block in blocks for link in block.related]
    own = [address_of(link.url, portal) if link.url else None for link in links]
    return fields.each_once(
        Link(link.title, address.url) if address else link
        for link, address in zip(links, own, strict=True)
    )
