"""Which paragraphs are taken out as repeated, against a slow reading of the rules."""

from hypothesis import given, settings
from hypothesis import strategies as st

from antara_crawler.text import (
    DIVIDED,
    JOINED,
    LEAST_WORDS,
    REPEATED,
    REPEATED_IN_RUN,
    paragraph_key,
    without_repeats,
    word_count,
)
from tests.examples import examples

REGROUPED = {JOINED, DIVIDED, REPEATED_IN_RUN}
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
    st.sampled_from(("Warga tiga desa di lereng bukit", "gotong royong menanam bambu.")),
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
    regrouped = set()
    row, before = [place for place, key in enumerate(keys) if key], []
    while row != before:
        regrouped |= runs_again(row, keys, is_long, {*reasons, *regrouped}, dateline)
        before = row
        row = [place for place in row if place not in reasons and place not in regrouped]
    return reasons, regrouped, keys


def runs_again(row, keys, is_long, gone, dateline):
    """Return the places in runs that are earlier ones but for where a paragraph ends."""
    found = set()
    number = 0
    while number < len(row):
        ends = [
            end
            for end in range(number + 1, len(row) + 1)
            if row[number] not in gone and any(is_long[each] for each in {*row[number:end]} - gone)
            for begin_of_first in range(number)
            for end_of_first in range(begin_of_first + 1, number + 1)
            for run in forms([keys[place] for place in row[number:end]], dateline)
            if are_same(run, [keys[place] for place in row[begin_of_first:end_of_first]])
        ]
        end = max(ends, default=number)
        found |= {*row[number:end]} - gone
        number = max(end, number + 1)
    return found


def forms(run, dateline):
    yield run
    for begin in {dateline, paragraph_key(DATELINE)} - {""}:
        if run[0].startswith(begin) and run[0] != begin:
            yield [run[0].removeprefix(begin).lstrip(), *run[1:]]


def are_same(run, first):
    (one, spaces, ends), (other, its_spaces, its_ends) = laid_out(run), laid_out(first)
    return one == other and spaces <= its_spaces | its_ends and its_spaces <= spaces | ends


def begins_in(key, source):
    """Whether a text begins within another: with its end, or the shortest paragraph's letters."""
    one, other = key.replace(" ", ""), source.replace(" ", "")
    ends = (other[begin:] for begin in range(len(other)))
    return one[: len("satu")] in other or any(map(one.startswith, ends))


def laid_out(row):
    """Return the letters of a row without spaces, where spaces stand, and where paragraphs end."""
    letters, spaces, ends = "", set(), set()
    for key in row:
        for letter in key:
            if letter == " ":
                spaces.add(len(letters))
            else:
                letters += letter
        ends.add(len(letters))
    return letters, spaces, ends


def rebuilt(kept, removed):
    rest = iter(kept)
    gone = {each.position: each.text for each in removed}
    return [
        gone[place] if place in gone else next(rest) for place in range(len(kept) + len(removed))
    ]


@settings(max_examples=examples(200))
@given(PAGE, MAYBE_DATELINE)
def test_exactly_what_the_rules_say_is_removed(paragraphs, dateline):
    reasons, regrouped, keys = slow_reading(paragraphs, dateline)
    _, removed = without_repeats(paragraphs, dateline)
    again = {each.position for each in removed} - reasons.keys()
    assert again == regrouped
    told = {each.position: each.reason for each in removed if each.position in reasons}
    assert told == reasons
    assert {each.reason for each in removed if each.position in again} <= REGROUPED
    own = paragraph_key(dateline or "")
    for each in removed:
        assert each.repeats < each.position
        source = keys[each.repeats]
        if each.position in again:
            assert each.repeats not in reasons
            assert any(begins_in(run[0], source) for run in forms([keys[each.position]], own))
        else:
            assert keys[each.position] == source
            assert each.repeats not in reasons


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
