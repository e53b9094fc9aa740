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
DIVIDED = sentence("divided from an earlier one")

_LONGEST_DATELINE = 120
_DATELINE = re.compile(
    r"(?:[^()\[\]]{0,80}[(\[][^()\[\]]{0,40}\bantara[^()\[\]]{0,40}[)\]]\s*(?:-+|:)|antara\s*-+)\s*"
)
"""A dateline at the beginning of a key: 'barabai, kalimantan selatan (antara) - '."""
_TOWN = re.compile(r"[^(,]{2,60}(?<! )")
_PREFIXES = (24, 6, 1)
_MOST_STARTS = 64
_MOST_READINGS = 8
_STEP = 64


def without_repeats(
    paragraphs: Sequence[str], dateline_text: str | None = None
) -> tuple[tuple[str, ...], tuple[Removed, ...]]:
    """Return the paragraphs to keep, and those that say again what stood before.

    `paragraphs` are a page's body in page order, the lead without its dateline, which is
    given beside it: a later paragraph is compared with and without it. A paragraph of at
    least six words goes when it stood before. A shorter one goes only in a run of paragraphs
    that stood before in the same order and that holds a long one. Consecutive ones that hold a
    long one go, too, when together they are exactly consecutive earlier ones, only that a
    paragraph ends elsewhere: joined, divided or both. Both parts together give back the sequence.

    Of the places where such a run may begin, the first 64 that share its first 24 letters are
    tried, and in all so much of the text is compared that no text takes more than linear time.
    """
    dateline = paragraph_key(dateline_text or "")
    keys = _keys(paragraphs, dateline)
    long = [_is_long(key) for key in keys]
    source = _repeated(keys, long)
    bare = [(key, *_without_dateline(key, dateline)) for key in keys]
    again = _Regrouped(bare, long, source).found if _may_regroup(bare) else {}
    kept, removed = [], []
    for position, text in enumerate(paragraphs):
        if position in again:
            first, reason = again[position]
            removed.append(Removed(position, first, text, reason))
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


def _may_regroup(bare: Iterable[Sequence[str]]) -> bool:
    """Whether any paragraph begins with the whole of another, as a joined or a divided one does."""
    # Sorted, whatever begins with a text stands right behind it.
    ordered = sorted({key for keys in bare for key in keys if key})
    return any(after.startswith(before) for before, after in pairwise(ordered))


class _Regrouped:
    """The runs that are earlier ones but for where a paragraph ends: `found` maps the place of
    each of their paragraphs to the place where that begins, and the reason.

    They may be consecutive on the page or among those kept: a reader sees the latter.
    """

    def __init__(
        self, bare: Sequence[Sequence[str]], long: Sequence[bool], source: dict[int, int]
    ) -> None:
        self.found: dict[int, tuple[int, str]] = {}
        self._bare = bare
        self._keys = [keys[0] for keys in bare]
        self._new = [is_long and n not in source for n, is_long in enumerate(long)]
        self._source = source
        self._within: set[int] = set()  # of those found, what begins within an earlier paragraph
        self._cost = sum(map(len, self._keys)) + _STEP * len(bare)
        self._budget = _MOST_READINGS * self._cost
        row = [position for position, key in enumerate(self._keys) if key]
        before = 0
        while len(row) != before and self._budget > 0:
            self._look_through(row)
            before = len(row)
            row = [each for each in row if each not in source and each not in self.found]
        for position in sorted(self.found):
            first, reason = self.found[position]
            first = source.get(first, first)
            if position not in self._within:
                first = self.found.get(first, (first,))[0]
            self.found[position] = (first, reason)

    def _look_through(self, row: Sequence[int]) -> None:
        self._budget -= self._cost
        starts = _starts([self._keys[position] for position in row])
        number = 0
        while number < len(row):
            run = self._run_from(row, number, starts)
            for place, (first, reason, at_first) in run.items():
                if row[place] not in self._source:
                    is_whole = self._keys[row[place]] == self._keys[row[first]]
                    self.found[row[place]] = (row[first], REPEATED_IN_RUN if is_whole else reason)
                    if at_first:
                        self._within.add(row[place])
            number = max(run, default=number) + 1

    def _run_from(
        self, row: Sequence[int], number: int, starts: dict[bytes, list[int]]
    ) -> dict[int, tuple[int, str, int]]:
        """Return the longest such run that begins at this number of a row, by numbers of it."""
        longest: dict[int, tuple[int, str, int]] = {}
        if row[number] in self._source:
            return longest
        for key in self._bare[row[number]]:
            for first in starts.get(_prefix(key), ()):
                if first >= number or self._budget <= 0:
                    break
                one = self._keys[row[first]]
                if one.startswith(key) or key.startswith(one):
                    run = self._walk(row, first, number, len(self._keys[row[number]]) - len(key))
                    if len(run) > len(longest) and any(self._new[row[each]] for each in run):
                        longest = run
        return longest

    def _walk(
        self, row: Sequence[int], first: int, number: int, at: int
    ) -> dict[int, tuple[int, str, int]]:
        """Read on from two numbers of a row at once, as long as both say the same.

        Spaces may stand between paragraphs alone, where the other text has none. What is
        returned ends where in both a paragraph ends.
        """
        limit, begin, end, at_first = number, number, number, 0
        run: dict[int, tuple[int, str, int]] = {}
        while first < limit and number < len(row):
            one, other = self._keys[row[first]], self._keys[row[number]]
            at_first += one.startswith(" ", at_first)
            at += other.startswith(" ", at)
            run.setdefault(number, (first, DIVIDED, at_first))
            size = min(len(one) - at_first, len(other) - at)
            if one[at_first : at_first + size] != other[at : at + size] or self._budget <= 0:
                break
            self._budget -= size // _MOST_READINGS + _STEP
            at_first, at = at_first + size, at + size
            if at == len(other):
                number, at = number + 1, 0
            if at_first == len(one):
                if at:
                    run[number] = (run[number][0], JOINED, run[number][2])
                first, at_first = first + 1, 0
            if not at and not at_first:
                end = number
        return {place: run[place] for place in range(begin, end)}


def _starts(keys: Sequence[str]) -> dict[bytes, list[int]]:
    """Map what the texts from each key on begin with to the numbers of the first such keys."""
    squeezed = [_squeezed(key) for key in keys]
    text = b"".join(squeezed)
    starts: dict[bytes, list[int]] = {}
    begin = 0
    for number, each in enumerate(squeezed):
        for size in _PREFIXES:
            numbers = starts.setdefault(text[begin : begin + size], [])
            if len(numbers) < _MOST_STARTS and numbers[-1:] != [number]:
                numbers.append(number)
        begin += len(each)
    return starts


def _prefix(key: str) -> bytes:
    begin = _squeezed(key[: 4 * _PREFIXES[0]])
    return begin[: next((size for size in _PREFIXES if len(begin) >= size), 0)]


def _squeezed(key: str) -> bytes:
    return key.replace(" ", "").encode("utf-8", "surrogatepass")
