"""The figures and names among words; figures in digits or in Indonesian words, as values."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)")
_WORDS = {
    **{"nol": "0", "satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5", "enam": "6"},
    **{"tujuh": "7", "delapan": "8", "sembilan": "9", "sepuluh": "10", "sebelas": "11"},
    # Others count what stands before them, and are values of their own.
    **{word: word for word in ("belas", "puluh", "ratus", "ribu", "juta", "miliar", "triliun")},
    **{"seratus": "100", "seribu": "1000", "sejuta": "1000000", "setengah": "½"},
    **{
        word: word
        for word in (
            *("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus"),
            *("september", "oktober", "november", "desember"),
            *("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"),
        )
    },
}
_EDGES = "\"'()[]{}<>«»“”‘’„.,;:!?…*-–—/"


def figures_of(words: Iterable[str]) -> Counter[str]:
    """Return the figures, amounts and dates among words, each with how often it stands there.

    '1.500', '1500' and 'Rp1.500,' are one value; so are 'lima' and '5'.
    """
    found: Counter[str] = Counter()
    for word in words:
        if any(map(str.isdigit, word)):
            found.update(map(_value, _DIGITS.findall(word)))
        elif (value := _WORDS.get(word.strip(_EDGES).casefold())) is not None:
            found[value] += 1
    return found


def bare(words: Iterable[str]) -> Iterator[str]:
    """Yield words without the marks around them; what is only marks is none."""
    return filter(None, (word.strip(_EDGES) for word in words))


def is_name(word: str) -> bool:
    """Tell whether a word may be a name: it has a capital, and is no figure or date."""
    return word[:1].isupper() and not figures_of([word])


def _value(figure: str) -> str:
    if _THOUSANDS.match(figure):
        whole, comma, rest = figure.partition(",")
        figure = whole.replace(".", "") + comma + rest
    return figure.lstrip("0") or "0"
