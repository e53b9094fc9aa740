"""Invented articles of four portals, some of them the same story, some alike but for figures."""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

from antara_crawler.items import Article
from tests.archive.samples import START
from tests.portal import sentences

PORTALS = ("kalsel", "kalteng", "kaltim", "jatim")
CHANGES = ("exact", "dateline", "cut", "headline", "cited")
Pair = frozenset[int]


@dataclass
class Planted:
    """Articles in the order in which they come, and the pairs of numbers that are one story."""

    articles: list[Article] = field(default_factory=list)
    same: dict[Pair, str] = field(default_factory=dict)
    alike: set[Pair] = field(default_factory=set)


def plant(count: int, syndicated: int, alike: int, seed: int = 1) -> Planted:
    """Return so many articles in all, those planted among them."""
    rng = Random(seed)
    planted = Planted()
    sources = [_article(rng, number) for number in range(1, count - syndicated - alike + 1)]
    chosen = rng.sample(sources, syndicated + alike)
    numbers = iter(range(len(sources) + 1, count + 1))
    for place, source in enumerate(chosen[:syndicated]):
        change = CHANGES[place % len(CHANGES)]
        copy = _syndicated(rng, source, next(numbers), change)
        planted.articles.append(copy)
        planted.same[frozenset((_number(source), _number(copy)))] = change
    for source in chosen[syndicated:]:
        other = _with_other_figures(rng, source, next(numbers))
        planted.articles.append(other)
        planted.alike.add(frozenset((_number(source), _number(other))))
    planted.articles += sources
    rng.shuffle(planted.articles)
    return planted


def _number(article: Article) -> int:
    assert article.article_id is not None
    return article.article_id


def _article(rng: Random, number: int) -> Article:
    more = [sentences.paragraph(rng) for _ in range(rng.randint(3, 9))]
    portal = rng.choice(PORTALS)
    seen = START + timedelta(minutes=number)
    return Article(
        portal=portal,
        kind="berita",
        article_id=number,
        url=f"https://{portal}.antaranews.com/berita/{number}/judul",
        title=sentences.title(rng),
        paragraphs=(sentences.lead(rng), *more),
        dateline="Barabai",
        published_at=seen,
        template="test",
        seen_at=seen,
    )


def _copy(rng: Random, source: Article, number: int) -> Article:
    # A portal may publish its own story again, under a new number.
    portal = rng.choice(PORTALS)
    seen = START + timedelta(minutes=_number(source) + rng.randint(10, 600))
    url = f"https://{portal}.antaranews.com/berita/{number}/salinan"
    return replace(
        source, portal=portal, article_id=number, url=url, published_at=seen, seen_at=seen
    )


def _syndicated(rng: Random, source: Article, number: int, change: str) -> Article:
    copy = _copy(rng, source, number)
    texts = list(copy.paragraphs)
    match change:
        case "dateline":
            return replace(copy, dateline="Jakarta")
        case "cut":
            del texts[rng.randrange(len(texts))]
        case "headline":
            return replace(copy, title=sentences.title(rng))
        case "cited":
            texts.append(f"Berita ini telah tayang di Antaranews.com dengan judul {copy.title}")
    return replace(copy, paragraphs=tuple(texts))


def _with_other_figures(rng: Random, source: Article, number: int) -> Article:
    copy = _copy(rng, source, number)
    texts = list(copy.paragraphs)
    places = [place for place, text in enumerate(texts) if re.search(r"\d", text)]
    for place in rng.sample(places, min(len(places), rng.randint(1, 3))):
        texts[place] = re.sub(r"\d+", lambda figure: str(int(figure[0]) + 7), texts[place])
    return replace(copy, paragraphs=tuple(texts))
