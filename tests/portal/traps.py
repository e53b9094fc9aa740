"""The names of all traps: what SITE.md tells of real pages, and has a page here.

A trap is named 'feature:card'. Those dealt by a deck are named by it; the rest, which follow
from an article's number, date or kind, are told here.
"""

from collections.abc import Callable

from tests.portal import datelines, feet, generator, links, repeats, shots, stamps, story
from tests.portal.deck import pack
from tests.portal.model import Article, Related

_DECKS = {
    "kind": generator.KINDS,
    "template": generator.TEMPLATES,
    "language": generator.LANGUAGES,
    "title": generator.TITLE_MANNERS,
    "video-mark": tuple(mark.strip() for mark in generator.VIDEO_MARKS),
    "dateline": datelines.FORMS,
    "byline": feet.LABELS,
    "byline-form": (*feet.FORMS_REGIONAL, *feet.FORMS_NEWER),
    "copyright": feet.COPYRIGHTS,
    "related": links.FORMS,
    "related-href": links.HREFS,
    "repeat": (*repeats.KINDS, "closing-sentence"),
    "shot": shots.FORMS,
    "header": shots.HEADERS,
    "zone": stamps.ZONES,
    "date": tuple(said or "visible only" for said in stamps.SAID_IN),
    "manner": story.MANNERS,
    "heading": story.HEADINGS,
    "list": story.LISTS,
    "quote": story.QUOTES,
    "junk": story.JUNK,
    "decoy": story.DECOYS,
    "pages": ("2", "3", "with page=all", "without page=all"),
    "amp": ("body twice", "dateline", "no dateline"),
    "video": ("credits apart",),
    "notice": ("present",),
    "section": ("not shown",),
    "tags": ("none",),
}
_SKIPPED = frozenset(pack(none=1))
_TELLING_NONE = frozenset({"header", "zone", "tags", "dateline"})
"""Features whose lack is a trap of its own."""

FOLLOWING: dict[str, Callable[[Article], bool]] = {
    "date:unpadded hour": lambda a: a.number % 5 == 1 and a.published.hour < 10,
    "date:short month": lambda a: a.number % 5 == 2 and a.published.month != 5,
    "date:reading time before it": lambda a: a.template.startswith("wrap"),
    "date:edited later": lambda a: a.stamp.modified is not None,
    "byline:spaced colon": lambda a: (
        not a.template.startswith("wrap") and a.byline.card == "pewarta-editor"
    ),
    "keywords:row": lambda a: a.template.startswith("older") and bool(a.tags) and a.number % 2 == 1,
    "keywords:row without spaces": lambda a: (
        a.template.startswith("older") and len(a.tags) > 1 and a.number % 2 == 0
    ),
    "number:national on a regional host": lambda a: a.kind in {"nasional", "video", "rilis-pers"},
    "related:first title alone": lambda a: any(
        isinstance(block, Related) and block.form == "alone-first"
        for page in a.pages
        for block in page
    ),
    "picture:url null": lambda a: any(image["url"] is None for image in a.truth["images"]),
}


def traps_of(article: Article) -> set[str]:
    """Return the names of all traps that an article's pages hold."""
    return article.traps | {name for name, holds in FOLLOWING.items() if holds(article)}


def _named() -> tuple[str, ...]:
    names = {
        f"{feature}:{card}"
        for feature, cards in _DECKS.items()
        for card in cards
        if card not in _SKIPPED or feature in _TELLING_NONE
    }
    silent = {f"{feature}:plain" for feature in ("manner",)}
    return tuple(sorted((names | set(FOLLOWING) | {"number:shared by two kinds"}) - silent))


TRAPS: tuple[str, ...] = _named()
"""Every trap of a site of 300 articles, for tests to be parametrised on; `site.traps` has who."""
