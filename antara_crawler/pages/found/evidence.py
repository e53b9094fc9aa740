"""What else says of an article what a template read: does it agree? No template is asked.

A page says most things more than once, and feeds and cards say some of it again. Each value found
elsewhere is compared with the one that was read; what is said nowhere else is no evidence. Of a
sample of articles the text is compared, too, as a reader finds it that knows no portal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache

from antara_crawler.items import Agreement, Article, Field, Hint
from antara_crawler.pages.fields.dates import read_date
from antara_crawler.pages.fields.metadata import Metadata
from antara_crawler.pages.fields.titles import bare_title
from antara_crawler.pages.fields.words import is_site_name
from antara_crawler.text import paragraph_key

LONGEST = 300
"""Characters of a value that are kept of it."""
SAME_TIME = timedelta(minutes=10)
"""A feed may be written some minutes after the page's time of publication."""
_LEADS = 4
_LATE = timedelta(days=2)
_FEWEST_LETTERS = 20
_MOST_MORE = 400
_MUCH = 0.8
_LITTLE = 0.2
_DATELINE = re.compile(r"[^()]{0,80}\([^()]{0,40}antara[^()]{0,40}\)\s*(?:-+|:)?\s*")
_NO_LETTERS = re.compile(r"[\W_]+")
_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}
"""The marks of ASCII, which most texts have no others than."""
ONE_IN = 50
"""It takes a third of the time of a reading: so many articles share it."""


def evidence(
    article: Article,
    metadata: Metadata,
    hints: Iterable[Hint] = (),
    bodies: Mapping[str, Sequence[str]] | None = None,
    *,
    zone: str = "Asia/Jakarta",
) -> tuple[Agreement, ...]:
    """Return how an article's fields compare with what else says them, each with both values.

    `article` is as read from its page, `hints` are of feeds and cards that named it, `bodies`
    its text as other readers have it ('amp', 'generic': paragraphs). Fields are title, lead,
    time, section and body; a field that nothing else says has no agreement. Times without a
    zone are on the clock of `zone`. Pure.
    """
    hints = tuple(hints)
    others = {"ld": tuple(metadata.linked("articleBody")), **(bodies or {})}
    return (
        *_title(article, metadata, hints),
        *_lead(article, metadata, hints),
        *_time(article, metadata, hints, zone),
        *_section(article, hints),
        *_body(article, others),
    )


def _title(article: Article, metadata: Metadata, hints: Iterable[Hint]) -> Iterator[Agreement]:
    read = article.title or ""
    key = paragraph_key(read)
    said = [("og", text) for text in metadata.meta("og:title")][:1]
    said += [("ld", text) for text in metadata.linked("headline")][:1]
    said += [(hint.source, hint.title) for hint in hints if hint.title]
    for source, text in said:
        if text == read or paragraph_key(text) == key:
            yield _agreement("title", source, True, read, text)
            continue
        bare = bare_title(text, metadata)
        if not is_site_name(bare):
            yield _agreement("title", source, _begins(key, paragraph_key(bare)), read, bare)


def _lead(article: Article, metadata: Metadata, hints: Iterable[Hint]) -> Iterator[Agreement]:
    """Compare what is said to be the beginning of the text; the headline again says nothing."""
    said = [("og", text) for text in metadata.meta("og:description", "description")][:1]
    said += [("ld", text) for text in metadata.linked("description")][:1]
    said += [(hint.source, hint.teaser) for hint in hints if hint.teaser]
    if not said or not article.paragraphs:
        return
    longest = max(len(text) for _, text in said) + LONGEST
    read = " ".join(article.paragraphs[:_LEADS])[:longest]
    for source, text in said:
        if read.startswith(text):
            yield _agreement("lead", source, True, read, text)
            continue
        key, title = _letters(read), _letters(article.title or "")
        letters = _letters(_undatelined(paragraph_key(text)))
        if len(letters) >= _FEWEST_LETTERS and not title.startswith(letters[: len(title) or 1]):
            yield _agreement("lead", source, key.startswith(letters[: len(key)]), read, text)


def _time(
    article: Article, metadata: Metadata, hints: Iterable[Hint], zone: str
) -> Iterator[Agreement]:
    read = article.published_at
    if read is None:
        return
    iso = read.isoformat()
    names = ("article:published_time", "datepublished")
    told = [("meta", text) for text in metadata.meta(*names)][:1]
    told += [("ld", text) for text in metadata.linked("datePublished", "uploadDate")][:1]
    for source, text in told:
        if text == iso or text.replace(" ", "T") == iso[: len(text)]:
            yield Agreement("time", source, True, iso, text)
        elif moment := read_date(text, zone):
            yield Agreement("time", source, _is_near(moment, read, SAME_TIME), iso, text[:LONGEST])
    for hint in hints:
        if at := hint.published_at:
            yield Agreement("time", hint.source, _is_near(at, read, hint.within), iso, str(at))
    if (article.published_note or "").startswith("metadata say ") and article.published_text:
        yield Agreement("time", "shown", False, iso, article.published_text[:LONGEST])


def by_number(
    article: Article, before: datetime | None, after: datetime | None
) -> tuple[Agreement, ...]:
    """Return whether the time lies between those of the articles of the next lower and higher
    number: numbers grow with time. A number may be given hours before its article is published.
    """
    read = article.published_at
    if read is None or (before is None and after is None):
        return ()
    agrees = (before is None or before - _LATE <= read) and (after is None or read <= after + _LATE)
    said = f"between {before or 'any'} and {after or 'any'}"
    return (Agreement("time", "number", agrees, read.isoformat(), said),)


def _section(article: Article, hints: Iterable[Hint]) -> Iterator[Agreement]:
    read = article.section
    for hint in hints:
        if read and hint.section:
            one, other = _letters(read), _letters(hint.section)
            agrees = one in other or other in one
            yield _agreement("section", "listing", agrees, read, hint.section)


def _body(article: Article, others: Mapping[str, Sequence[str]]) -> Iterator[Agreement]:
    """Compare the whole text: each paragraph must be said, and not much else.

    A reader that guesses ('generic') takes menus for text, and pages that say all twice for long
    ones: it is enough that it has most of ours, and ours is not next to nothing beside it.
    """
    if not any(others.values()):
        return
    read = [letters for text in article.paragraphs if (letters := _letters(text))]
    size = sum(map(len, read))
    for source, texts in others.items():
        whole = _letters(" ".join(texts))
        if len(whole) < _FEWEST_LETTERS:
            continue
        held = sum(len(letters) for letters in read if letters in whole)
        more = len(whole) - size
        if source == "generic":
            agrees = held >= _MUCH * size and size >= _LITTLE * len(whole)
        else:
            agrees = held == size and more <= _MOST_MORE
        missing = next((t for t in article.paragraphs if _letters(t) not in whole), "")
        yield _agreement(
            "body", source, agrees, missing or " ".join(article.paragraphs), " ".join(texts)
        )


def _agreement(field: Field, source: str, agrees: bool, read: str, said: str) -> Agreement:
    return Agreement(field, source, agrees, read[:LONGEST], said[:LONGEST])


def _begins(whole: str, said: str) -> bool:
    """Whether both are the same, or `said` is the beginning before an ellipsis."""
    begin = said.rstrip(" .…")
    return whole == said or (begin != said and bool(begin) and whole.startswith(begin))


def _is_near(one: datetime, other: datetime, within: timedelta) -> bool:
    return abs(one - other) <= within


def _letters(text: str) -> str:
    """Return a text's letters and figures alone, folded: no space or mark makes a difference."""
    key = paragraph_key(text)
    return key.translate(_MARKS) if key.isascii() else _NO_LETTERS.sub("", key)


def _undatelined(key: str) -> str:
    return _DATELINE.sub("", key, count=1) if "(" in key and "antara" in key else key


def is_sampled(number: int | None) -> bool:
    """Tell whether an article is one of the sample: by its number, so that it is again."""
    return number is not None and number % ONE_IN == 0


def generic_texts(html: str) -> list[str]:
    """Return the lines of what looks like the main text; none without the extra 'check'."""
    if not _is_installed():
        return []
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  (an extra)

    return str(extract_plain_text(html, main_content=True)).splitlines()


@cache
def _is_installed() -> bool:
    try:
        import resiliparse  # noqa: F401, PLC0415
    except ModuleNotFoundError:
        return False
    return True
