"""Which paragraphs are taken out as repeated, against a slow reading of the rules."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from antara_crawler.text import (
    JOINED,
    LEAST_WORDS,
    REPEATED,
    REPEATED_IN_RUN,
    paragraph_key,
    without_repeats,
    word_count,
)
from tests.examples import examples

DATELINE = "Barabai (ANTARA) - "
PIECES = (
    "Warga tiga desa di lereng bukit gotong royong menanam bambu.",
    "“Akar bambu menahan tanah di tepi sungai,” ujar Pambakal Rusmadi.",
    "Sebanyak 1.200 bibit ditanam sejak pukul tujuh pagi hingga siang.",
    "satu dua tiga empat lima enam",
    "satu dua",
    "Sah!",
    "Alhamdulillah, sah!",
)
PARAGRAPH = st.one_of(
    st.sampled_from(PIECES),
    st.sampled_from(PIECES).map(str.upper),
    st.sampled_from(PIECES).map(DATELINE.__add__),
    st.builds(
        str.join,
        st.sampled_from(("", " ", "  ", "\u00a0")),
        st.lists(st.sampled_from(PIECES), min_size=2, max_size=4),
    ),
    st.sampled_from(("", "—", "satu", "dua tiga empat lima", "enam", "satu dua tiga empat")),
)
PAGE = st.lists(PARAGRAPH, max_size=16)
MAYBE_DATELINE = st.sampled_from((None, "", DATELINE))


def slow_reading(paragraphs, dateline_text):
    """Map places to (reason, keys it may repeat), by the rules word for word, in no hurry."""
    dateline = paragraph_key(dateline_text or "")
    keys = []
    for text in paragraphs:
        key = paragraph_key(text)
        bare = key.removeprefix(paragraph_key(DATELINE)).lstrip()
        keys.append(bare if bare in keys else key)
    is_long = [word_count(key) >= LEAST_WORDS for key in keys]
    reasons = {}
    for place, key in enumerate(keys):
        if is_long[place]:
            if key in keys[:place]:
                reasons[place] = REPEATED
        elif any(
            keys[earlier : earlier + end - begin] == keys[begin:end]
            for begin in range(place + 1)
            for end in range(place + 1, len(keys) + 1)
            if any(is_long[begin:end])
            for earlier in range(begin)
        ):
            reasons[place] = REPEATED_IN_RUN
    for place, key in enumerate(keys):
        if not is_long[place] or place in reasons:
            continue
        page = [earlier for earlier in keys[:place] if earlier]
        kept = [keys[i] for i in range(place) if keys[i] and i not in reasons]
        wanted = (key, key.removeprefix(dateline).lstrip())
        if any(is_joined(one, row) for one in wanted for row in (page, kept)):
            reasons[place] = JOINED
    return reasons, keys


def is_joined(key, row):
    return any(
        re.fullmatch(" ?".join(map(re.escape, row[begin:end])), key)
        for begin in range(len(row))
        for end in range(begin + 2, len(row) + 1)
    )


def rebuilt(kept, removed):
    rest = iter(kept)
    gone = {each.position: each.text for each in removed}
    return [
        gone[place] if place in gone else next(rest) for place in range(len(kept) + len(removed))
    ]


@settings(max_examples=examples(200))
@given(PAGE, MAYBE_DATELINE)
def test_exactly_what_the_rules_say_is_removed(paragraphs, dateline):
    reasons, keys = slow_reading(paragraphs, dateline)
    _, removed = without_repeats(paragraphs, dateline)
    assert {each.position: each.reason for each in removed} == reasons
    for each in removed:
        assert each.repeats < each.position
        source = keys[each.repeats]
        if each.reason == JOINED:
            bare = keys[each.position].removeprefix(paragraph_key(DATELINE)).lstrip()
            assert keys[each.position].startswith(source) or bare.startswith(source)
            assert each.repeats not in reasons
        else:
            assert keys[each.position] == source
            assert reasons.get(each.repeats, JOINED) == JOINED


@given(PAGE, MAYBE_DATELINE)
def test_kept_and_removed_give_back_the_sequence(paragraphs, dateline):
    assert rebuilt(*without_repeats(paragraphs, dateline)) == paragraphs


@given(PAGE, MAYBE_DATELINE)
def test_nothing_is_left_to_remove_from_what_was_kept(paragraphs, dateline):
    kept, _ = without_repeats(paragraphs, dateline)
    assert without_repeats(kept, dateline) == (kept, ())


@given(st.lists(st.text(alphabet="abc d", min_size=30, max_size=60), max_size=8))
def test_a_body_that_stands_twice_gives_the_body_back(texts):
    body = [f"Alinea ke {number} dari naskah ini: {text}" for number, text in enumerate(texts)]
    kept, removed = without_repeats(body * 2)
    assert list(kept) == body
    assert [each.repeats for each in removed] == list(range(len(body)))
