"""What a visit shows of how well a portal is read: a verdict a line, and what to do about it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from antara_crawler.crawl.account.doubts import Recurring
from antara_crawler.doctor.checkup import Look, Seen
from antara_crawler.doctor.suggestions import Page, Sample
from antara_crawler.errors import DONE, NOTHING_FETCHED, SOME_FAILED, UnreadablePage
from antara_crawler.items import UNNAMED, Agreement, Article
from antara_crawler.pages.article import Layout, Templates, article_of, laid_out
from antara_crawler.pages.blocks.block import BODY
from antara_crawler.pages.blocks.blocks import blocks_of
from antara_crawler.pages.containers import densest
from antara_crawler.pages.fields.bylines import read_byline
from antara_crawler.pages.found.evidence import evidence
from antara_crawler.pages.lines.walk import Walk
from antara_crawler.pages.templates import TEMPLATES, Generic
from antara_crawler.portals import Portal
from antara_crawler.text import is_prose
from antara_crawler.unanswered import NotCaptured, in_words
from antara_crawler.wording import sentence, words

Verdict = Literal["fine", "look", "wrong"]
_MUCH = 0.3
"""The share of articles with a difference from which on a field is wrong, not odd."""
_EXAMPLES = 3
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that was read, and what else says another one, with the page that has both."""

    url: str
    source: str
    read: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the diagnosis."""

    what: str
    verdict: Verdict
    found: str
    todo: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A portal's lines; `status` is the command's exit status."""

    portal: str
    lines: tuple[Line, ...]
    read: int
    """Articles that could be read."""

    @property
    def status(self) -> int:
        """0 all is fine, 4 something to look at or wrong, 3 nothing could be read."""
        if not self.read:
            return NOTHING_FETCHED
        return DONE if all(line.verdict == "fine" for line in self.lines) else SOME_FAILED


@dataclass(frozen=True, slots=True)
class _Case:
    """One article as it was read."""

    look: Look
    page: Layout
    article: Article
    shown: Page
    """The page by signs that no template knows."""
    agreements: tuple[Agreement, ...]

    def apart(self, source: str, said: str) -> Difference:
        """Return what a place on its page says, and was not read."""
        return Difference(self.look.page.url, source, "", said[:_LONGEST])


def diagnose(seen: Seen, portal: Portal, templates: Templates = TEMPLATES) -> Diagnosis:
    """Return what a visit shows, read by these templates. Pure: nothing is asked for."""
    cases = [_case(look, portal, templates) for look in seen.articles]
    read = [case for case in cases if isinstance(case, _Case)]
    lines = [_robots(seen), *map(_road, (look for look in seen.looks if look.road != "article"))]
    if not seen.sitemaps and seen.robots:
        lines.append(Line("sitemap", "fine", sentence("robots.txt names none")))
    lines.append(_articles(read, [case for case in cases if isinstance(case, Difference)]))
    if read:
        lines += [_told(name, read) for name in ("title", "lead", "body", "time", "section")]
        lines += [_shown(name, read) for name in ("names", "tags", "pictures")]
        lines += [_unnamed(read), _shared(read)]
    return Diagnosis(portal.name, tuple(lines), len(read))


def _case(look: Look, portal: Portal, templates: Templates) -> _Case | Difference:
    """Return an article as it is read, or why it is not."""
    try:
        if look.trouble:
            raise UnreadablePage(look.trouble)
        page = laid_out(look.html, look.url, portal, templates)
        article = article_of(page, look.url, portal)
    except UnreadablePage as error:
        return Difference(look.page.url, "", "", str(error))
    told = evidence(
        article, page.metadata, look.page.hints, {"generic": _plain_text(page)}, zone=portal.zone
    )
    return _Case(
        look, page, article, Page(Sample(look.html, look.url, look.page.hints), portal), told
    )


def _plain_text(page: Layout) -> list[str]:
    """Return the text that the plain rule would read: a second reader, which knows no template."""
    room = densest(page.tree.root) if page.template is not Generic else None
    if room is None:
        return []
    blocks = blocks_of(Walk(base=page.base).run(room), captions=page.is_text)
    return [block.text for block in blocks if block.kind in BODY]


def _robots(seen: Seen) -> Line:
    if seen.robots is None:
        return Line("robots.txt", "wrong", sentence("no answer"), words("doctor")["silent"])
    refused = [look for look in seen.looks if look.trouble and "robots.txt" in look.trouble]
    if refused:
        forbidden = ", ".join(look.page.url for look in refused)
        found = f"{seen.robots}; {sentence(f'it forbids {forbidden}')}"
        return Line("robots.txt", "look", found, words("doctor")["robots"])
    found = f"{seen.robots}; {sentence('all that was asked for is allowed')}"
    return Line("robots.txt", "fine", found)


def _road(look: Look) -> Line:
    dated = sum(page.published_at is not None for page in look.named)
    if look.trouble or not look.named:
        if look.further and not look.trouble:
            found = sentence(f"an index of {len(look.further)} parts")
            return Line(look.road, "fine", f"{look.page.url}: {found}")
        found = look.trouble or sentence("it names no article")
        # No portal promises an index of days, and captures seldom hold one.
        absent = look.status in (404, 410) or found == in_words(NotCaptured())
        missing = look.road == "day index" and absent
        verdict: Verdict = "fine" if missing else "look"
        todo = "" if missing else words("doctor")["road"]
        return Line(look.road, verdict, f"{look.page.url}: {found}", todo)
    found = sentence(f"{len(look.named)} articles, {dated} of them with a date")
    return Line(look.road, "fine", f"{look.page.url}: {found}")


def _articles(read: Sequence[_Case], unread: Sequence[Difference]) -> Line:
    by = Counter(case.article.template for case in read)
    words = [sentence(f"{count} by template {name}") for name, count in by.most_common()]
    of = len(read) + len(unread)
    found = "; ".join([sentence(f"{len(read)} of {of} articles read"), *words])
    verdict: Verdict = "look" if unread or by[Generic.name] else "fine"
    if not by or len(unread) > _MUCH * of:
        verdict = "wrong"
    return _line("articles", verdict, found, unread, "template")


def _line(
    what: str,
    verdict: Verdict,
    found: str,
    differences: Sequence[Difference],
    remedy: str = "field",
) -> Line:
    """Return a line with some of its differences, and what to do where it is not fine."""
    todo = "" if verdict == "fine" else words("doctor")[remedy]
    return Line(what, verdict, found, todo, tuple(differences[:_EXAMPLES]))


def _told(name: str, cases: Sequence[_Case]) -> Line:
    """Compare a field with what else says it; where all sources differ it counts as different."""
    sources: dict[str, list[bool]] = {}
    differing: list[Difference] = []
    different = 0
    lacking = [case for case in cases if _is_missing(name, case)]
    for case in cases:
        mine = [each for each in case.agreements if each.field == name]
        for each in mine:
            sources.setdefault(each.source, []).append(each.agrees)
        apart = [each for each in mine if not each.agrees]
        different += bool(apart) and len(apart) * 2 >= len(mine)
        differing += [Difference(case.look.page.url, e.source, e.read, e.said) for e in apart]
    differing += [case.apart("page", _stands(name, case)) for case in lacking]
    words = [
        sentence(f"{sum(each)} of {len(each)} agree with {of}") for of, each in sources.items()
    ]
    if missing := len(lacking):
        words.append(sentence(f"missing in {missing} of {len(cases)}"))
    found = "; ".join(words) or sentence("nothing else says it")
    return _line(name, _verdict(different + missing, len(cases)), found, differing)


def _verdict(bad: int, of: int) -> Verdict:
    if bad > _MUCH * of:
        return "wrong"
    return "look" if bad else "fine"


def _is_missing(name: str, case: _Case) -> bool:
    """Whether an article lacks a field; a section it may lack unless the page shows its crumbs."""
    article = case.article
    match name:
        case "section":
            return not article.section and bool(_stands(name, case))
        case "time":
            return article.published_at is None
        case "title":
            return not article.title
        case _:
            return not (article.paragraphs or article.images)


def _shown(name: str, cases: Sequence[_Case]) -> Line:
    """Say of how many articles a field was read, and on how many pages it stands all the same."""
    has: dict[str, Callable[[Article], object]] = {
        "names": lambda article: article.reporters or article.editors,
        "tags": lambda article: article.tags,
        "pictures": lambda article: article.images,
    }
    there = [bool(has[name](case.article)) for case in cases]
    if name == "names":
        said = [_unread_byline(case.article, case.shown) for case in cases]
    else:
        pairs = zip(cases, there, strict=True)
        said = ["" if is_there else _stands(name, case) for case, is_there in pairs]
    lost = [case.apart("page", text) for case, text in zip(cases, said, strict=True) if text]
    found = sentence(f"{sum(there)} of {len(cases)} have them")
    if lost:
        found += "; " + sentence(f"{len(lost)} pages show them and they were not read")
    return _line(name, _verdict(len(lost), len(cases)), found, lost)


def _stands(name: str, case: _Case) -> str:
    """Return a field that stands on a page by other signs than a template's, '' where none does."""
    if name == "tags":
        told = ", ".join(case.page.metadata.meta("keywords", "news_keywords"))
        return told or case.shown.shown("keywords") or case.shown.shown("tags")
    place = {"section": "crumbs", "time": "date"}.get(name)
    return case.shown.shown(place) if place else ""


def _unread_byline(article: Article, shown: Page) -> str:
    """Return a byline on the page that names someone whom the article does not have so."""
    everyone = {*article.reporters, *article.editors, *article.uploaders}
    for text in shown.byline_texts():
        for byline in read_byline(text):
            known = article.editors if byline.role == "editor" else everyone
            if not set(byline.names) <= set(known):
                return text
    return ""


def _unnamed(cases: Sequence[_Case]) -> Line:
    """Say what stood beside the text in the article's room and was left out without a name."""
    left: list[Difference] = []
    pages = 0
    for case in cases:
        unnamed = [each.text for each in case.article.left_out if each.reason in UNNAMED]
        texts = [line for text in unnamed for line in text.splitlines() if is_prose(line)]
        pages += bool(texts)
        left += [case.apart("left out", text) for text in texts]
    found = sentence(f"sentences left out without a name on {pages} of {len(cases)} pages")
    return _line("left out", "look" if pages else "fine", found, left)


def _shared(cases: Sequence[_Case]) -> Line:
    """Say what stands in the texts of several articles, and may be no part of them."""
    recurring = Recurring()
    for case in cases:
        recurring.add(case.article.paragraphs)
    told = [*recurring.told()]
    found = "; ".join(told) or sentence("no paragraph stands in several of the texts")
    return _line("shared", "look" if told else "fine", found, (), "shared")
