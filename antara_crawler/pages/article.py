"""One page of an article, from HTML to an `Article`: finds its template, then reads its fields."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lxml.etree import _Element

from antara_crawler.errors import ForeignPage, UnreadablePage
from antara_crawler.items import Address, Article, Link, Picture
from antara_crawler.pages import fields
from antara_crawler.pages.addresses import address_of, page_base
from antara_crawler.pages.blocks import BODY, Block, blocks_of
from antara_crawler.pages.bylines import read_byline
from antara_crawler.pages.datelines import find_dateline
from antara_crawler.pages.footlines import apart
from antara_crawler.pages.languages import language_of
from antara_crawler.pages.metadata import Metadata
from antara_crawler.pages.published import modified_at, published
from antara_crawler.pages.templates import TEMPLATES, Template
from antara_crawler.pages.titles import title_of
from antara_crawler.pages.tree import Tree
from antara_crawler.pages.walk import Line, lines_of
from antara_crawler.portals import Portal

_log = logging.getLogger(__name__)

_FOOT_CLASSES = frozenset({"tags-wrapper"})
_MOST_FEET = 50
_NATIONAL = "https://www.antaranews.com"
_NATIONAL_KINDS = frozenset({"nasional", "video", "rilis-pers"})
_PICTURE_KINDS = frozenset({"foto", "video"})


def read_article(html: str, url: str, portal: Portal) -> Article:
    """Return what the page at `url` says, repeats still in, the first paragraph undatelined.

    Raises UnreadablePage, naming the page and the missing field with its selectors, for a
    page that is no article of this portal, that no template reads, or that has no title or
    body text.
    """
    tree = Tree(html, url, menus=False)
    metadata = Metadata(tree, url, portal)
    address = _address(tree, metadata, url, portal)
    template = _template(tree, url)
    bodies = template.bodies(tree)
    base = page_base(url, portal)
    title = title_of(tree, template, metadata)
    if title is None:
        raise UnreadablePage(
            f"{url}: no title at {', '.join(template.title)} (template {template.name})"
        )
    lines = apart(line for body in bodies for line in lines_of(body, base))
    foot = apart(
        line
        for element in _foot(tree, template, bodies)
        for line in lines_of(element, base, _FOOT_CLASSES)
    )
    is_text = address.kind not in _PICTURE_KINDS
    body = blocks_of(lines, names=names_in([*lines, *foot]), captions=is_text)
    rest = [block for block in blocks_of(foot) if block.kind not in BODY]
    pictures = fields.header_pictures(tree, template, bodies[0], base)
    article = assemble(body, rest, portal, title, pictures)
    if not article.paragraphs and (is_text or not any(p.caption for p in article.images)):
        raise UnreadablePage(
            f"{url}: no text in the body at {', '.join(template.body)} (template {template.name})"
        )
    images = article.images
    if not any(picture.url for picture in images):
        images = fields.unlike([*fields.shared_picture(metadata, base), *images])
    keywords = (block.text for block in body if block.kind == "keywords")
    date = published(tree, template, metadata, bodies[0], portal)
    if date.note:
        _log.info("%s: date of publication: %s", url, date.note)
    return replace(
        article,
        kind=address.kind,
        article_id=address.number,
        url=address.url,
        published_at=date.at,
        published_text=date.text,
        published_note=date.note,
        modified_at=modified_at(metadata, portal.zone),
        reporters=article.reporters or fields.authors(tree, metadata, article.editors),
        section=fields.section_of(tree, template, metadata, title),
        tags=fields.tags_of(tree, template, metadata, keywords, bodies[0]),
        images=images,
        template=template.name,
    )


def assemble(
    body: Sequence[Block],
    rest: Sequence[Block],
    portal: Portal,
    title: str | None,
    pictures: Sequence[Picture] = (),
) -> Article:
    """Return the article that typed blocks make: paragraphs, dateline, related, pictures, foot.

    `rest` are the blocks from outside the body; only what is not body text is taken of them.
    """
    paragraphs = tuple(block.text for block in _body_text(body, title))
    dateline = find_dateline(paragraphs, title)
    if dateline:
        bare = paragraphs[dateline.position][len(dateline.text) :]
        behind = paragraphs[dateline.position + 1 :]
        paragraphs = (*paragraphs[: dateline.position], *((bare,) if bare else ()), *behind)
    blocks = [*body, *rest]
    people = fields.names_by_role(blocks)
    return Article(
        portal=portal.name,
        kind="berita",
        article_id=None,
        url=None,
        title=title,
        paragraphs=paragraphs,
        dateline=dateline.town if dateline else None,
        dateline_text=dateline.text if dateline else None,
        reporters=people.get("reporter", ()),
        editors=people.get("editor", ()),
        uploaders=people.get("uploader", ()),
        images=fields.unlike([*pictures, *(block.picture for block in body if block.picture)]),
        related=_related(body, portal),
        copyright=next((block.text for block in blocks if block.kind == "copyright"), None),
        rights=next((block.text for block in blocks if block.kind == "notice"), None),
        language=language_of(" ".join(paragraphs) or title or ""),
    )


def _address(tree: Tree, metadata: Metadata, url: str, portal: Portal) -> Address:
    """Return the identity that the URL gives, with the slug that the page says is canonical.

    Raises ForeignPage where the page says that it is another article: a server out of order may
    give one page for every address.
    """
    asked = address_of(url, portal)
    links = tree.all("link[rel=canonical]", "link[rel=amphtml]")
    said = [*(link.get("href") or "" for link in links), *metadata.meta("og:url")]
    claims = [claim for text in said if (claim := _claim(text, asked, portal))]
    if not claims and len(metadata.addresses) == 1:
        claims = list(metadata.addresses)
    own = next((claim for claim in claims if asked is None or _same(claim, asked)), None)
    if own is None and claims:
        raise ForeignPage(f"{url}: the page says that it is another article, {claims[0].url}")
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


def _template(tree: Tree, url: str) -> type[Template]:
    for template in TEMPLATES:
        if template.recognises(tree):
            return template
    wanted = ", ".join(f"{template.name}: {template.body[0]}" for template in TEMPLATES)
    raise UnreadablePage(f"{url}: no template finds an article's body on it ({wanted})")


def _foot(tree: Tree, template: type[Template], bodies: list[_Element]) -> Iterator[_Element]:
    """The elements outside the body in which its bylines stand, outermost ones only."""
    taken = set(bodies)
    room = next(bodies[0].iterancestors("article"), None)
    if room is None:
        room = next(islice(bodies[0].iterancestors(), 1, None), None)
    for element in islice(tree.all(*template.byline, within=room), _MOST_FEET):
        if element not in taken and taken.isdisjoint(element.iterancestors()):
            taken.add(element)
            yield element


def names_in(lines: Sequence[Line]) -> frozenset[str]:
    """Return the case-folded names in the bylines among the lines."""
    bylines = (byline for line in lines for byline in read_byline(line.text))
    return frozenset(name.casefold() for byline in bylines for name in byline.names)


def _body_text(blocks: Sequence[Block], title: str | None) -> Iterator[Block]:
    """The blocks that are body text, without the headline where it is shown again."""
    for position, block in enumerate(block for block in blocks if block.kind in BODY):
        is_headline = (block.kind == "heading" or not position) and fields.same_text(
            block.text, title
        )
        if not is_headline:
            yield block


def _related(blocks: Sequence[Block], portal: Portal) -> tuple[Link, ...]:
    """The related links, each once; those to the portal's own articles in canonical form."""
    links = [link for block in blocks for link in block.related]
    own = [address_of(link.url, portal) if link.url else None for link in links]
    return fields.each_once(
        Link(link.title, address.url) if address else link
        for link, address in zip(links, own, strict=True)
    )
