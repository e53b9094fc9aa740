"""Asks SQLite's FTS5 for the articles that fit a query, and for their bm25()."""

from collections.abc import Iterable

from sqlalchemy import Float, literal_column, text

from antara_crawler.archive.index.groups import BITS
from antara_crawler.archive.search.asking import Choice, Phrase
from antara_crawler.archive.search.match import (
    WEIGHTS,
    Match,
    Ranking,
    Words,
    among,
    roots_of,
)
from antara_crawler.archive.search.query import Query

_SCORE = literal_column(f"-bm25(search_index, {', '.join(map(str, WEIGHTS.values()))})", Float)
_FOUND = "IN (SELECT {} FROM search_index WHERE search_index MATCH :{})"
_FITS = text("search_index MATCH :words")
_APART = text(f"+search_index.rowid {_FOUND.format('rowid', 'choices')}")
_UNTITLED = text(f"+search_index.rowid NOT {_FOUND.format('rowid', 'title')}")
_WITHOUT = text(f"a.id NOT {_FOUND.format(f'rowid >> {BITS}', 'excluded')}")


def on_sqlite(query: Query) -> Match:
    """Return how to find the articles that fit the words of a query."""
    out = _choice(query.excluded)
    if not query.words and not query.choices:
        without = Words((_WITHOUT,), {"excluded": out}) if out else Words()
        return Match(without)
    apart = " AND ".join(map(_choice, query.choices))
    if not query.words:
        return Match(_words([apart], "", out), in_index=True)

    roots = [*map(_any, query.roots)]
    words = _words(roots, apart, out)

    def ranking() -> Ranking:
        title = f"{{title title_roots}} : {_any(roots_of(query.roots))}"
        ranked = _words(map(_any, query.words), apart, out)
        return Ranking(
            _SCORE,
            ranked,
            lambda ids: ranked + among("sqlite", ids),
            _words([*roots, title], apart, out),
            words + Words((_UNTITLED,), {"title": title}),
        )

    return Match(words, in_index=True, ranking=ranking)


def _words(needs: Iterable[str], apart: str, out: str) -> Words:
    """Return conditions on the index: what is `apart` does not count in the score."""
    expression = " AND ".join(needs)
    if out:
        expression = f"({expression}) NOT ({out})"
    words = Words((_FITS,), {"words": expression})
    return words + Words((_APART,), {"choices": apart}) if apart else words


def _any(words: Phrase) -> str:
    """Return an FTS5 expression for any of the words; they hold letters and digits only."""
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


def _choice(choice: Choice) -> str:
    """Return an FTS5 expression for any of a choice: phrases and beginnings as they stand."""
    ways = [f'"{word}"' for word in choice.words]
    ways += [f'{{title body}} : "{" ".join(phrase)}"' for phrase in choice.phrases]
    ways += [f'{{title body}} : "{prefix}" *' for prefix in choice.prefixes]
    return f"({' OR '.join(ways)})" if ways else ""
