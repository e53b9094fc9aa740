"""Makes the articles that the benchmarks use: invented, seeded, with words as frequent as in texts.

Roots are those of the archive's list, many of them with affixes; how often a word comes
follows Zipf's law, function words first. Names, sections, tags and dates as on a portal.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from itertools import accumulate, islice
from random import Random

from antara_crawler.archive import Archive, Writer, runs
from antara_crawler.archive.search.lexicon import STOP_WORDS
from antara_crawler.items import Article, Capture, Link, Picture

SECTIONS = tuple(f"{name} {place}" for name in ("Berita", "Ekonomi") for place in "ABCDEFGHIJ")
WITA = timezone(timedelta(hours=8))
FIRST = datetime(2013, 1, 1, 6, tzinfo=WITA)
PORTALS = ("kalsel",) * 6 + ("kalteng", "kaltim", "kalbar", "jatim")
BATCH = 50


class Vocabulary:
    """Words in the order of their frequency, and draws from them."""

    def __init__(self, seed: int) -> None:
        rng = Random(f"vocabulary {seed}")
        listed = (
            files("antara_crawler.archive.index").joinpath("roots.txt").read_text("utf-8").split()
        )
        roots = sorted({word for word in listed if word.isalpha() and word.islower()})
        forms = [_form(rng, root) for root in rng.sample(roots, len(roots)) for _ in range(2)]
        functions = sorted(word for word in STOP_WORDS if word.isalpha())[:60]
        self.words = list(dict.fromkeys(functions + forms))
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.names = [word.capitalize() for word in rng.sample(roots, 400)]

    def draw(self, rng: Random, count: int) -> list[str]:
        return rng.choices(self.words, cum_weights=self._weights, k=count)


def _form(rng: Random, root: str) -> str:
    before = rng.choice(("", "", "", "", "ber", "di", "ke", "ter", "se", "peng", "meng"))
    after = rng.choice(("", "", "", "", "", "an", "kan", "nya", "i"))
    doubled = f"{root}-{root}" if rng.random() < 0.03 else root
    return f"{before}{doubled}{after}"


def articles(count: int, seed: int = 1) -> Iterator[Article]:
    """Yield so many articles of about 300 words, over some thirteen years."""
    vocabulary = Vocabulary(seed)
    rng = Random(seed)
    step = timedelta(days=13 * 365) / count
    for number in range(1, count + 1):
        yield _article(rng, vocabulary, number, FIRST + step * number)


def _article(rng: Random, vocabulary: Vocabulary, number: int, at: datetime) -> Article:
    portal = rng.choice(PORTALS)
    url = f"https://{portal}.antaranews.com/berita/{number}/tulisan-{number}"
    lengths = [rng.randint(12, 45) for _ in range(rng.randint(5, 16))]
    body = vocabulary.draw(rng, sum(lengths))
    start = 0
    paragraphs = []
    for length in lengths:
        paragraphs.append(" ".join(body[start : start + length]).capitalize() + ".")
        start += length
    names = [" ".join(rng.sample(vocabulary.names, 2)) for _ in range(3)]
    seen = (at + timedelta(hours=3)).astimezone(UTC)
    digest = hashlib.sha256(url.encode()).hexdigest()
    capture = Capture(
        url, 200, seen, f"{portal}-{at:%Y%m}.warc.gz", number * 30_000, 25_000, digest, digest
    )
    return Article(
        portal=portal,
        kind="berita",
        article_id=number,
        url=url,
        title=" ".join(vocabulary.draw(rng, rng.randint(6, 11))).capitalize(),
        paragraphs=tuple(paragraphs),
        dateline=rng.choice(("Barabai", "Banjarmasin", "Martapura", "Rantau", "Amuntai")),
        published_at=at,
        reporters=(names[0],),
        editors=(names[1],),
        uploaders=(names[2],),
        section=SECTIONS[min(int(rng.expovariate(0.25)), len(SECTIONS) - 1)],
        tags=tuple(vocabulary.draw(rng, 3)),
        images=(Picture(f"https://img.example/{number}.jpg", f"{paragraphs[0][:60]}", "ANTARA"),),
        related=(Link(paragraphs[1][:60], url.replace("berita", "berita")),),
        copyright="COPYRIGHT © ANTARA 2026",
        template="bench",
        captures=(capture,),
        seen_at=seen,
    )


def fill(archive: Archive, count: int, seed: int = 1, batch_of: int = BATCH) -> None:
    """Write so many articles into an archive, a batch a transaction: as a crawl does, or more."""
    writer = Writer(archive, "bench")
    run = runs.start(
        archive, portal=None, command="bench", arguments={}, software="bench", now=FIRST
    )
    source = articles(count, seed)
    while batch := list(islice(source, batch_of)):
        writer.write(batch, run)
    runs.finish(archive, run, status="finished", exit_status=0, counts={}, now=FIRST)
