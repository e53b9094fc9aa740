"""Takes out paragraphs that stand twice: exact, in linear time, with a record of each one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from antara_crawler.items import Removed
from antara_crawler.text.normalise import LEAST_WORDS, paragraph_key
from antara_crawler.wording import sentence

REPEATED = sentence("repeated")
REPEATED_IN_RUN = sentence("repeated in a run")
JOINED = sentence("joined from earlier ones")

_LONGEST_DATELINE = 120
_DATELINE = re.compile(
    r"(?:[^()\[\]]{0,80}[(\[][^()\[\]]{0,40}\bantara[^()\[\]]{0,40}[)\]]\s*(?:-+|:)|antara\s*-+)\s*"
)
"""A dateline at the beginning of a key: 'barabai, kalimantan selatan (antara) - '."""
_TOWN = re.compile(r"[^(,]{2,60}(?<! )")
_PREFIXES = (24, 6)
_MOST_STARTS = 64


def without_repeats(
    paragraphs: Sequence[str], dateline_text: str | None = None
) -> tuple[tuple[str, ...], tuple[Removed, ...]]:
    """Return the paragraphs to keep, and those that say again what stood before.

    `paragraphs` are a page's body in page order, the lead without its dateline, which is
    given beside it: a later paragraph is compared with and without it. A paragraph of at
    least six words goes when it stood before, or when it is two or more consecutive earlier
    ones joined. A shorter one goes only in a run of paragraphs that stood before in the same
    order and that holds a long one. Both parts together give back the sequence.

    Of the places where a joined paragraph may begin, the first 64 that share its first 24
    letters are tried, so that no text takes more than linear time.
    """
    dateline = paragraph_key(dateline_text or "")
    keys = _keys(paragraphs, dateline)
    long = [_is_long(key) for key in keys]
    source = _repeated(keys, long)
    joined = _joined(keys, long, source, dateline) if _may_join(keys, dateline) else {}
    kept, removed = [], []
    for position, text in enumerate(paragraphs):
        if position in joined:
            removed.append(Removed(position, joined[position], text, JOINED))
        elif position in source:
            reason = REPEATED if long[position] else REPEATED_IN_RUN
            removed.append(Removed(position, source[position], text, reason))
        else:
            kept.append(text)
    return tuple(kept), tuple(removed)


def _is_long(text: str) -> bool:
    begin = text.split(None, LEAST_WORDS)[:LEAST_WORDS]
    if len(begin) == LEAST_WORDS and all(map(str.isalnum, begin)):
        return True
    words = (word for word in text.split() if any(map(str.isalnum, word)))
    return next(islice(words, LEAST_WORDS - 1, None), None) is not None


def _keys(paragraphs: Sequence[str], dateline: str) -> list[str]:
    """Return the paragraphs' keys; one that stood before but for a dateline gets the same.

    A page may write the dateline of its lead in several forms, and elsewhere leave it out.
    """
    keys: list[str] = []
    seen: set[str] = set()
    for text in paragraphs:
        key = paragraph_key(text)
        for bare in _without_dateline(key, dateline):
            if bare in seen:
                key = bare
        keys.append(key)
        seen.add(key)
    return keys


def _without_dateline(key: str, dateline: str) -> Iterator[str]:
    """Yield a key without the dateline it begins with: the page's own, or one of any form."""
    if dateline and key.startswith(dateline):
        yield key[len(dateline) :].lstrip()
    town = _TOWN.match(dateline)
    if town and key.startswith(town[0]):
        begin, dash, rest = key[len(town[0]) :].partition("-")
        if dash and not begin.strip(" ,"):
            yield rest.lstrip("- ")
    if "antara" in key[:_LONGEST_DATELINE]:
        match = _DATELINE.match(key)
        if match:
            yield key[match.end() :]


def _repeated(keys: Sequence[str], long: Sequence[bool]) -> dict[int, int]:
    """Map the place of each repeat to the place of the one it repeats.

    A short paragraph lies in a repeated run with a long one exactly when the way from the
    nearest long one before it, or to the nearest long one behind it, stood before.
    """
    ways = zip(
        _ways(keys, long), reversed(list(_ways(reversed(keys), reversed(long)))), strict=True
    )
    first_from: dict[int, int] = {}
    first_to: dict[int, int] = {}
    source: dict[int, int] = {}
    for position, (way_from, way_to) in enumerate(ways):
        earlier = min(
            first_from.setdefault(way_from, position), first_to.setdefault(way_to, position)
        )
        if earlier < position:
            source[position] = source.get(earlier, earlier)
    return source


def _ways(keys: Iterable[str], long: Iterable[bool]) -> Iterator[int]:
    """Number, for each paragraph, the sequence from the last long one up to it.

    Before the first long one it is the sequence from the page's edge, which stands once.
    """
    numbers: dict[tuple[int, str], int] = {}
    way = edge = -1
    for key, is_long in zip(keys, long, strict=True):
        way = numbers.setdefault((edge if is_long else way, key), len(numbers))
        yield way


def _may_join(keys: Sequence[str], dateline: str) -> bool:
    """Whether any paragraph begins with the whole of another, as a joined one does."""
    names = set(keys)
    if dateline:
        names.update(key.removeprefix(dateline).lstrip() for key in keys)
    # Sorted, whatever begins with a text stands right behind it.
    ordered = sorted(filter(None, names))
    return any(after.startswith(before) for before, after in pairwise(ordered))


def _joined(
    keys: Sequence[str], long: Sequence[bool], source: dict[int, int], dateline: str
) -> dict[int, int]:
    """Map the place of each joined paragraph to the place of the first of those it joins.

    They may be consecutive on the page or among those kept: a reader sees the latter.
    """
    page, kept = _Running(), _Running()
    joined: dict[int, int] = {}
    for position, key in enumerate(keys):
        if long[position] and position not in source:
            bare = key.removeprefix(dateline).lstrip()
            for running, wanted in ((kept, key), (page, key), (kept, bare), (page, bare)):
                first = running.find(wanted)
                if first is not None:
                    first = source.get(first, first)
                    joined[position] = joined.get(first, first)
                    break
        page.add(position, key)
        if position not in source and position not in joined:
            kept.add(position, key)
    return joined


class _Running:
    """Paragraphs set end to end without spaces, to find where those joined in one begin."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._keys: list[str] = []
        self._positions: list[int] = []
        self._begins: list[int] = []
        self._number_at = {0: 0}
        self._starts: dict[bytes, list[int]] = {}
        self._indexed = dict.fromkeys(_PREFIXES, 0)

    def add(self, position: int, key: str) -> None:
        squeezed = _squeezed(key)
        if not squeezed:
            return
        self._begins.append(len(self._text))
        self._keys.append(key)
        self._positions.append(position)
        self._text += squeezed
        self._number_at[len(self._text)] = len(self._keys)
        for size in _PREFIXES:
            self._index(size)

    def _index(self, size: int) -> None:
        """Note the first bytes of every paragraph that has so many from its begin on."""
        for number in range(self._indexed[size], len(self._keys)):
            begin = self._begins[number]
            if begin + size > len(self._text):
                return
            starts = self._starts.setdefault(bytes(self._text[begin : begin + size]), [])
            if len(starts) < _MOST_STARTS:
                starts.append(number)
            self._indexed[size] = number + 1

    def find(self, key: str) -> int | None:
        """Return the place of the first of the two or more that are joined in this one."""
        squeezed = _squeezed(key)
        size = next((size for size in _PREFIXES if len(squeezed) >= size), 0)
        for number in self._starts.get(squeezed[:size], ()):
            begin = self._begins[number]
            end = self._number_at.get(begin + len(squeezed), 0)
            if (
                end - number > 1
                and self._text.startswith(squeezed, begin)
                and _joins(key, self._keys[number:end])
            ):
                return self._positions[number]
        return None


def _squeezed(key: str) -> bytes:
    return key.replace(" ", "").encode("utf-8", "surrogatepass")


def _joins(key: str, parts: Sequence[str]) -> bool:
    """Whether a key, known to be these parts but for spaces, has them between the parts alone."""
    at = 0
    for part in parts:
        if key.startswith(" ", at):
            at += 1
        if not key.startswith(part, at):
            return False
        at += len(part)
    return True
