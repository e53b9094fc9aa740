"""A portal is read twice: just what was edited is a change, of its kind; what is gone is told."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from random import Random

from scrapy.settings import Settings

from antara_crawler.archive import Archive, ChangeView, Writer
from antara_crawler.archive.read.changes import Wanted
from antara_crawler.items import Article
from antara_crawler.pages import read_article
from antara_crawler.portals import portal
from antara_crawler.reextract.extract import Cleaning
from tests.archive.samples import address, at, outcome, start_run
from tests.pages import building
from tests.portal import sentences

ALL = Wanted()
_SLIPS = re.compile(r"\b[a-z]{2}([a-z])(?!\1)[a-z]{4,}")
Story = tuple[str, list[str]]
"""A title and paragraphs."""
NAMES = ("Rusmini Haryati", "Gusti Fahmi", "Berry Nahdian", "Yulia Rahman", "Hasanudin Noor")


def _story(rng: Random, number: int) -> Story:
    told = f"Camat {rng.choice(NAMES)} menyampaikan hal itu kepada {rng.randint(20, 900)} warga."
    texts = [sentences.lead(rng), *(sentences.paragraph(rng) for _ in range(4)), told]
    return f"{sentences.title(rng)} ({number})", texts


def _typo(rng: Random, story: Story) -> Story:
    def slip(word: re.Match[str]) -> str:
        return word[0][:2] + word[0][3] + word[0][2] + word[0][4:]

    title, texts = story
    texts = texts.copy()
    place = next(n for n, text in enumerate(texts) if _SLIPS.search(text))
    texts[place] = _SLIPS.sub(slip, texts[place], count=1)
    return title, texts


def _number(rng: Random, story: Story) -> Story:
    title, texts = story
    return title, [*texts[:-1], re.sub(r"\d+", lambda n: str(int(n[0]) + 11), texts[-1])]


def _name(rng: Random, story: Story) -> Story:
    title, texts = story
    [old] = [name for name in NAMES if name in texts[-1]]
    new = rng.choice([name for name in NAMES if name != old])
    return title, [*texts[:-1], texts[-1].replace(old, new)]


def _headline(rng: Random, story: Story) -> Story:
    return f"Warga diminta waspada, {story[0][0].lower()}{story[0][1:]}", story[1]


def _paragraph(rng: Random, story: Story) -> Story:
    title, texts = story
    if rng.random() < 0.5:
        return title, [*texts[:3], *texts[4:]]
    return title, [*texts[:2], sentences.paragraph(rng), *texts[2:]]


def _correction(rng: Random, story: Story) -> Story:
    title, texts = _number(rng, story)
    notice = "Ralat: jumlah warga pada paragraf terakhir semula tertulis salah, redaksi minta maaf."
    return title, [*texts, notice]


def _rewritten(rng: Random, story: Story) -> Story:
    return story[0], [sentences.lead(rng), *(sentences.paragraph(rng) for _ in range(4))]


EDITS: dict[str, Callable[[Random, Story], Story]] = {
    "typo": _typo,
    "number": _number,
    "name": _name,
    "headline": _headline,
    "paragraph": _paragraph,
    "correction": _correction,
    "rewritten": _rewritten,
}


def _html(story: Story, *, visit: int, rng: Random) -> str:
    """The page as it is seen on a visit: what stands around the article is never the same."""
    title, texts = story
    advert = f'<div class="iklan"><script>ad({visit})</script>Promo {rng.randint(1, 99)}</div>'
    related = rng.choice(((building.LINK,), (building.LINK, building.SECOND_LINK)))
    body = building.paragraphs(building.DATELINE + texts[0], *texts[1:])
    also = "".join(f'<span class="baca-juga"><b>Baca juga:</b> {link}</span>' for link in related)
    views = f'<p class="views">Dilihat {rng.randint(10, 9999)} kali</p>'
    html = building.page(body + also, before=f"<nav>Menu {visit}</nav>{advert}", after=views)
    html = html.replace(building.TITLE, title)
    return html.replace("Kalimantan Selatan 2023", f"Kalimantan Selatan {2023 + visit}")


def test_just_what_was_edited_is_a_change_and_what_is_gone_or_back_is_told(tmp_path) -> None:
    rng = Random(12)
    settings = Settings()
    settings.setmodule("antara_crawler.settings")
    cleaning = Cleaning(settings)
    stories = {number: _story(rng, number) for number in range(1, 281)}
    edited = dict(zip(range(1, 51), list(EDITS) * 8, strict=False))
    gone = range(51, 71)

    def read(number: int, story: Story, visit: int, seen: datetime) -> Article:
        html = _html(story, visit=visit, rng=rng)
        article = cleaning(read_article(html, address(number), portal("kalsel")))
        assert isinstance(article, Article)
        return replace(article, seen_at=seen)

    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}", create=True) as archive:
        run = start_run(archive)
        writer = Writer(archive, "test 1", clock=lambda: at(100))

        def visit(number: int, articles: dict[int, Story]) -> Counter[str]:
            hours = 30 * number
            items = [read(key, story, number, at(hours)) for key, story in articles.items()]
            missed = [outcome(key, "gone", hours) for key in gone if key not in articles]
            stored = writer.write([*items, *missed], run)
            return Counter(each.outcome for each in stored)

        assert visit(0, stories) == {"new": 280}
        later = {
            number: EDITS[edited[number]](rng, story) if number in edited else story
            for number, story in stories.items()
            if number not in gone
        }
        second = visit(1, later)
        assert (second["revised"], second["missed"]) == (50, 20)
        assert archive.count_changes(ALL) == 50
        assert visit(2, {})["gone"] == 20
        assert visit(3, {number: stories[number] for number in gone[:10]})["gone"] == 10

        found = archive.changes(ALL, limit=1000)
        events = Counter(each.event for each in found)
        assert events == {"revised": 50, "gone": 20, "returned": 10}
        revised = {each.number: each for each in found if each.event == "revised"}
        right = [n for n, kind in edited.items() if revised[n].kinds[0].startswith(kind)]
        assert len(right) == 50, {
            n: (edited[n], revised[n].kinds) for n in set(edited) - set(right)
        }
        _times_are_told([each for each in found if each.event != "revised"])
        assert archive.article("kalsel/berita/70").paragraphs[1:] == tuple(stories[70][1][1:])
        numbers = Wanted(kind="number")
        assert {n for n in edited if edited[n] in ("number", "correction")} == {
            each.number for each in archive.changes(numbers, limit=100)
        }
        assert archive.count_changes(Wanted(kind="paragraph")) == 7


def _times_are_told(changes: list[ChangeView]) -> None:
    for each in changes:
        if each.event == "returned":
            assert (each.happened_at, each.before_at) == (at(90), at(30))
        else:
            assert (each.before_at, each.happened_at, each.confirmed_at) == (at(0), at(30), at(60))
            assert each.back_at == (at(90) if each.number in range(51, 61) else None)
