"""One page looked into: what read it, where each field stands, and what each of its texts is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from antara_crawler.errors import DONE, NOTHING_FETCHED, SOME_FAILED, UnreadablePage
from antara_crawler.items import GENERIC, Article
from antara_crawler.pages.article import Layout, article_of, laid_out
from antara_crawler.pages.fields.dates import read_date
from antara_crawler.pages.templates import TEMPLATES, Template
from antara_crawler.pages.tree import text_of
from antara_crawler.portals import Portal
from antara_crawler.text import paragraph_key, tidy

LONGEST = 300
_MOST = 5
_META = {
    "title": ("og:title",),
    "published_at": ("article:published_time", "datepublished"),
    "section": ("article:section",),
    "tags": ("keywords", "news_keywords"),
    "reporters": ("author",),
    "images": ("og:image",),
}
_LINKED = {
    "title": ("headline",),
    "published_at": ("datePublished",),
    "section": ("articleSection",),
    "reporters": ("author",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a field may stand, what stands there, and whether that is what was read."""

    where: str
    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class FieldFound:
    """A field as it was read, and the places that were looked at, in the template's order."""

    name: str
    value: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the page in its order: what kind it is, and why where it is left out."""

    room: str
    kind: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a page was read as; `trouble` says why where it is no article."""

    url: str
    portal: str
    template: str | None = None
    trouble: str | None = None
    fields: tuple[FieldFound, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def status(self) -> int:
        """0 a template read it, 4 the plain rule did, 3 nothing did."""
        if self.trouble:
            return NOTHING_FETCHED
        return SOME_FAILED if self.template == GENERIC else DONE


def inspect(
    html: str, url: str, portal: Portal, templates: Sequence[type[Template]] = TEMPLATES
) -> Inspection:
    """Return what the page at `url` is read as. Raises nothing for a page that cannot be read."""
    try:
        page = laid_out(html, url, portal, templates)
    except UnreadablePage as error:
        return Inspection(url, portal.name, trouble=str(error))
    texts = tuple(
        Text(room, block.kind, block.text[:2000], block.reason)
        for room, blocks in (("above", page.above), ("body", page.body), ("below", page.below))
        for block in blocks
        if block.text
    )
    try:
        article = article_of(page, url, portal)
    except UnreadablePage as error:
        return Inspection(url, portal.name, page.template.name, str(error), texts=texts)
    found = tuple(fields_of(page, article, portal))
    return Inspection(url, portal.name, page.template.name, None, found, texts)


def fields_of(page: Layout, article: Article, portal: Portal) -> Iterator[FieldFound]:
    """Yield each field with the places that may hold it."""
    template = page.template
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
        ("title", _one(article.title), template.title),
        ("published_at", _one(article.published_at), template.date),
        ("section", _one(article.section), template.crumbs),
        ("reporters", article.reporters, template.byline),
        ("editors", article.editors, template.byline),
        ("tags", article.tags, template.tags),
        ("images", tuple(p.url for p in article.images if p.url), template.picture),
    )
    places = tuple(
        Place(selector, text_of(element)[:LONGEST], element in page.bodies)
        for selector in template.body
        for element in islice(page.tree.all(selector), _MOST)
    )
    kinds = [block.kind for block in page.body]
    said = f"{len(kinds)} blocks, {kinds.count('paragraph')} of them paragraphs"
    yield FieldFound("body", said, places or (Place("the densest room", "", True),))
    for name, values, selectors in rows:
        shown = [place for each in selectors for place in _at(page, each, name, values, portal)]
        told = list(_told(page, name, values, portal))
        yield FieldFound(name, ", ".join(values)[:LONGEST] or None, (*shown, *told))


def _one(value: str | datetime | None) -> tuple[str, ...]:
    text = value.isoformat() if isinstance(value, datetime) else value
    return (text,) if text else ()


def _at(
    page: Layout, selector: str, name: str, values: tuple[str, ...], portal: Portal
) -> Iterator[Place]:
    """Yield what a selector finds: pictures by address, all else by what is shown."""
    for element in islice(page.tree.all(selector), _MOST):
        text = text_of(element)
        if name == "images":
            text = " ".join(str(image.get("src") or "") for image in element.iter("img"))
        elif time := element.get("datetime"):
            text = f"{text} ({time})"
        yield Place(selector, text[:LONGEST], _holds(text, values, portal))


def _told(page: Layout, name: str, values: tuple[str, ...], portal: Portal) -> Iterator[Place]:
    for kind, names, texts in (
        ("meta", _META.get(name, ()), page.metadata.meta),
        ("JSON-LD", _LINKED.get(name, ()), page.metadata.linked),
    ):
        for each in names:
            for text in texts(each):
                yield Place(f"{kind} {each}", text[:LONGEST], _holds(text, values, portal))


def _holds(text: str, values: tuple[str, ...], portal: Portal) -> bool:
    if any(value and paragraph_key(value) in paragraph_key(text) for value in values):
        return True
    moment = read_date(tidy(text), portal.zone) if len(text) < LONGEST else None
    return moment is not None and any(_is_moment(value, moment) for value in values)


def _is_moment(value: str, moment: datetime) -> bool:
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return False
    return read.tzinfo is not None and read.replace(second=0) == moment.replace(second=0)
