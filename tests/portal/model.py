"""What a generated page is made of: blocks in page order, and the truth that follows from them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Truth = dict[str, Any]


@dataclass(eq=False)
class Paragraph:
    """A paragraph: `text` as a reader reads it, `html` as the page writes it.

    `before` is a dateline that stands in front of it. `repeats` is the earlier paragraph that
    it repeats, by the rule of ARCHITECTURE.md.
    """

    text: str
    html: str
    form: str = "line"
    before: str = ""
    before_html: str = ""
    repeats: "Paragraph | None" = None
    style: str | None = None


def unnumbered(text: str, form: str) -> str:
    """What the page writes of an item: a browser puts the numbers of an ordered list."""
    return text.partition(". ")[2] if form == "ol-li" else text


@dataclass(eq=False)
class Related:
    """A 'Baca juga' link: `href` as written, `url` canonical; both None for mere text."""

    title: str
    href: str | None
    url: str | None
    form: str


@dataclass(eq=False)
class Shot:
    """A picture, a caption line, or both."""

    caption: str | None
    credit: str | None
    url: str | None
    form: str
    empty: str = ""


@dataclass(eq=False)
class Junk:
    """Scripts, adverts, share buttons: nothing that a reader reads."""

    html: str


@dataclass(eq=False)
class Foot:
    """Byline and copyright where they stand inside the body."""

    html: str


Block = Paragraph | Related | Shot | Junk | Foot


@dataclass
class Byline:
    """Labelled names in page order: ('Pewarta', ('A', 'B')), …"""

    lines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    form: str = "footer"
    card: str = ""

    def of(self, *labels: str) -> list[str]:
        return [name for label, names in self.lines if label in labels for name in names]


@dataclass
class Stamp:
    """When it was published, and which places of the page say so."""

    at: datetime
    zone: str
    places: frozenset[str]
    modified: datetime | None = None


@dataclass(eq=False)
class Article:
    """One article of the site. `pages` are the body blocks of each page, `amp` those of AMP."""

    portal: str
    host: str
    kind: str
    number: int
    slug: str
    title: str
    stamp: Stamp
    template: str = "regional-br"
    language: str = "id"
    section: tuple[str, str] | None = None
    shows_section: bool = True
    tags: tuple[str, ...] = ()
    header: Shot | None = None
    has_logo: bool = False
    headline_html: str = ""
    byline: Byline = field(default_factory=Byline)
    copyright: str | None = None
    notice: str | None = None
    pull_quote: str | None = None
    dateline: str | None = None
    amp_dateline: bool = False
    pages: list[list[Block]] = field(default_factory=list)
    page_all_linked: bool = False
    amp: list[Block] = field(default_factory=list)
    traps: set[str] = field(default_factory=set)
    version: int = 1
    changed: datetime | None = None

    @property
    def published(self) -> datetime:
        return self.stamp.at

    @property
    def path(self) -> str:
        folder = "nasional/berita" if self.kind == "nasional" else self.kind
        return f"/{folder}/{self.number}/{self.slug}"

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"

    @property
    def amp_path(self) -> str:
        return f"/amp{self.path}"

    @property
    def key(self) -> tuple[str, int]:
        return (self.kind, self.number)

    @property
    def truth(self) -> Truth:
        """The export record that the ordinary page, all its pages joined, amounts to."""
        return self._truth([block for page in self.pages for block in page], self.dateline)

    @property
    def amp_truth(self) -> Truth:
        """The record that the AMP page alone amounts to."""
        return self._truth(self.amp, self.dateline if self.amp_dateline else None)

    def _truth(self, blocks: list[Block], dateline: str | None) -> Truth:
        paragraphs, removed = sequence(blocks)
        shots = [shot for shot in (self.header, *blocks) if isinstance(shot, Shot)]
        return {
            "portal": self.portal,
            "article_id": self.number,
            "kind": self.kind,
            "url": self.url,
            "title": self.title,
            "dateline": dateline,
            "paragraphs": paragraphs,
            "published_at": self.stamp.at.isoformat(),
            "modified_at": self.stamp.modified.isoformat() if self.stamp.modified else None,
            "reporters": self.byline.of("Pewarta", "Penulis", "Oleh"),
            "editors": self.byline.of("Editor"),
            "uploaders": self.byline.of("Uploader"),
            "section": self.section[1] if self.section and self.shows_section else None,
            "tags": list(self.tags),
            "images": each_once(
                {"url": shot.url, "caption": shot.caption, "credit": shot.credit} for shot in shots
            ),
            "related": each_once(
                {"title": link.title, "url": link.url}
                for link in blocks
                if isinstance(link, Related)
            ),
            "copyright": self.copyright,
            "language": self.language,
            "removed_paragraphs": removed,
        }


def sequence(blocks: list[Block]) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the paragraphs that stay, and those taken out with their places."""
    stood = [block for block in blocks if isinstance(block, Paragraph)]
    place = {id(block): position for position, block in enumerate(stood)}
    kept = [block.text for block in stood if block.repeats is None]
    removed = [
        {
            "position": position,
            "repeats": place[id(block.repeats)],
            "text": f"{block.before}{block.text}",
        }
        for position, block in enumerate(stood)
        if block.repeats is not None
    ]
    return kept, removed


def each_once(items: Any) -> list[dict[str, Any]]:
    once: list[dict[str, Any]] = []
    for item in items:
        if item not in once:
            once.append(item)
    return once
