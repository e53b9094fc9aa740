"""'Repeated paragraphs' of ARCHITECTURE.md, word for word and slowly: the planted ones must fit."""

import unicodedata

from tests.portal.model import Truth
from tests.portal.plain import UNSEEN


def planted(truth: Truth) -> dict[int, int]:
    return {removed["position"]: removed["repeats"] for removed in truth["removed_paragraphs"]}


def page_sequence(truth: Truth) -> list[str]:
    """The page's paragraphs, put together again from those kept and those removed."""
    removed = {one["position"]: one["text"] for one in truth["removed_paragraphs"]}
    kept = iter(truth["paragraphs"])
    count = len(truth["paragraphs"]) + len(removed)
    return [removed[n] if n in removed else next(kept) for n in range(count)]


def by_the_rule(truth: Truth, dateline: str) -> dict[int, int]:
    """'Repeated paragraphs' of ARCHITECTURE.md, word for word and slowly."""
    keys = [_key(text.removeprefix(dateline)) for text in page_sequence(truth)]
    long = [len(text.split()) >= 6 for text in keys]
    found: dict[int, int] = {}
    at = 0
    while at < len(keys):
        length, source = max(
            ((_common(keys, start, at), -start) for start in range(at)), default=(0, 0)
        )
        if length and any(long[at : at + length]):
            found |= {at + n: n - source for n in range(length)}
            at += length
            continue
        for start in range(at):
            joined = {" ".join(keys[start:end]) for end in range(start + 2, at + 1)}
            if keys[at] in joined:
                found.setdefault(at, start)
        at += 1
    return found


def _common(keys: list[str], start: int, at: int) -> int:
    length = 0
    while (
        start + length < at
        and at + length < len(keys)
        and keys[start + length] == keys[at + length]
    ):
        length += 1
    return length


def _key(text: str) -> str:
    text = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    for curly, straight in zip("“”‘’–—", "\"\"''--", strict=True):
        text = text.replace(curly, straight)
    return " ".join(text.split()).casefold()
