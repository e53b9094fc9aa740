"""How long a search takes: half of them, and nineteen of twenty, with and without filters.

`PYTHONPATH=. python tests/bench/search.py [articles] [archive] [index]`. The archive is made where
it is not there yet (default: a temporary one, on SQLite; a postgresql+psycopg:// URL works, too).
With the folder of an index beside it that is brought up to date and measured, too.
Words are drawn from the articles as often as they stand there, function words apart; each
search is timed once, whole: words looked up, ranked, 20 hits with snippets, all counted by
section and year.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from statistics import median, quantiles

from antara_crawler.archive import Archive, Filters
from antara_crawler.archive.beside.finding import Beside
from antara_crawler.archive.beside.following import Follower
from antara_crawler.archive.search.lexicon import STOP_WORDS
from antara_crawler.errors import ArchiveMissing
from antara_crawler.items import Article
from tests.bench.corpus import SECTIONS, articles, fill

ROUNDS = 300
Ask = Callable[[Random, Article], tuple[str, Filters]]


def words_of(rng: Random, article: Article, count: int) -> str:
    """Return words that an article has."""
    text = f"{article.title} {' '.join(article.paragraphs)}".replace(".", "").split()
    telling = [word for word in text if word.lower() not in STOP_WORDS]
    return " ".join(rng.sample(telling, count))


def phrase_of(rng: Random, article: Article) -> str:
    """Return three words that stand together in an article."""
    text = rng.choice(article.paragraphs).replace(".", "").split()
    start = rng.randrange(len(text) - 3)
    return f'"{" ".join(text[start : start + 3])}"'


def some_filters(rng: Random) -> Filters:
    """Return filters as a reader sets them: a section, a portal, some years."""
    year = rng.randint(2013, 2023)
    return rng.choice(
        (
            Filters(section=rng.choice(SECTIONS)),
            Filters(portal=rng.choice(("kalsel", "jatim"))),
            Filters(since=date(year, 1, 1), until=date(year + 2, 12, 31)),
            Filters(portal="kalsel", section=SECTIONS[0], since=date(year, 1, 1)),
        )
    )


KINDS: dict[str, Ask] = {
    "one word": lambda rng, article: (words_of(rng, article, 1), Filters()),
    "two words": lambda rng, article: (words_of(rng, article, 2), Filters()),
    "three words, filters": lambda rng, article: (words_of(rng, article, 3), some_filters(rng)),
    "one word, filters": lambda rng, article: (words_of(rng, article, 1), some_filters(rng)),
    "a phrase": lambda rng, article: (phrase_of(rng, article), Filters()),
    "a word but not another": lambda rng, article: (
        words_of(rng, article, 2).replace(" ", " -"),
        Filters(),
    ),
    "a function word": lambda rng, _: (rng.choice(sorted(STOP_WORDS)), Filters()),
    "filters alone": lambda rng, _: ("", some_filters(rng)),
}


def times(archive: Archive, ask: Ask, sample: list[Article], facets: bool) -> Iterator[float]:
    """Yield how many milliseconds each search takes."""
    rng = Random(2)
    for article in sample:
        query, filters = ask(rng, article)
        started = time.perf_counter()
        archive.search(query, filters, facets=facets)
        yield (time.perf_counter() - started) * 1000


def measure(archive: Archive, sample: list[Article]) -> None:
    """Print a line for each kind of search, and one for all but the function words."""
    archive.search("pemanasan")
    everyday: list[float] = []
    for facets in (True, False):
        print(f"\n{'with' if facets else 'without'} counts by section and year, in ms")
        for name, ask in KINDS.items():
            taken = list(times(archive, ask, sample, facets))
            print(in_words(name, taken))
            everyday += taken if facets and name != "a function word" else []
    print(in_words("\nall but function words, with counts", everyday))


def follow(archive: Archive, folder: Path) -> None:
    """Bring an index beside the archive up to date, and print what that cost."""
    started, used = time.perf_counter(), time.process_time()
    with Follower(archive, folder) as follower:
        taken = follower.catch_up()
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(
        f"\nindex: {taken} articles in {time.perf_counter() - started:.0f} s, of processor"
        f" {time.process_time() - used:.0f} s; {size >> 20:,} MB"
    )
    archive.finder = Beside(folder, archive.name)


def in_words(name: str, taken: list[float]) -> str:
    """Return one line: half of the searches, nineteen of twenty, the longest."""
    p95 = quantiles(taken, n=20)[-1]
    return f"  {name:24} p50 {median(taken):7.1f}   p95 {p95:7.1f}   max {max(taken):7.1f}"


def main(count: int, url: str, index: Path | None = None) -> None:
    """Make the archive where it is missing, and measure."""
    try:
        Archive.open(url, read_only=True).close()
    except ArchiveMissing:
        started = time.perf_counter()
        with Archive.open(url, create=True) as archive:
            fill(archive, count)
        print(f"{count} articles written in {time.perf_counter() - started:.0f} s")
    rng = Random(1)
    sample = [article for article in articles(5 * ROUNDS) if rng.random() < 0.25][:ROUNDS]
    with Archive.open(url, read_only=True) as archive:
        print(f"{archive.count():,} articles, {archive.overview().size_bytes >> 20:,} MB")
        measure(archive, sample)
        if index is not None:
            follow(archive, index)
            measure(archive, sample)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        main(wanted, sys.argv[2], Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(wanted, f"sqlite:///{temporary}/search.db")
