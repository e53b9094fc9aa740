"""What changed between two wordings, paragraph by paragraph and word by word."""

from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.text.differences import Change, compare, compare_words

WORDS = st.lists(st.sampled_from(["warga", "banjir", "desa", "di", "Barabai."]), max_size=8)
TEXT = WORDS.map(" ".join)


def old_of(change: Change) -> str:
    return " ".join(piece.text for piece in change.pieces if piece.side != "in")


def new_of(change: Change) -> str:
    return " ".join(piece.text for piece in change.pieces if piece.side != "out")


def kinds(old: list[str], new: list[str]) -> list[str]:
    return [change.kind for change in compare(old, new)]


def test_a_changed_word_is_named_between_those_that_stay() -> None:
    change = compare_words("Air naik 40 meter.", "Air naik 45 meter.")
    assert [(piece.side, piece.text) for piece in change.pieces] == [
        ("same", "Air naik"),
        ("out", "40"),
        ("in", "45"),
        ("same", "meter."),
    ]


def test_a_new_paragraph_leaves_the_others_alone() -> None:
    assert kinds(["a b c", "d e f"], ["a b c", "x y z", "d e f"]) == ["same", "in", "same"]
    assert kinds(["a b c", "x y z", "d e f"], ["a b c", "d e f"]) == ["same", "out", "same"]


def test_a_reworded_paragraph_is_one_change_and_another_text_is_two() -> None:
    assert kinds(["warga desa bangun jembatan"], ["warga desa bangun dua jembatan"]) == ["changed"]
    assert kinds(["warga desa bangun jembatan"], ["harga beras naik"]) == ["in", "out"]


def test_an_enormous_text_is_compared_as_a_whole() -> None:
    long = " ".join(f"kata{number}" for number in range(2000))
    change = compare_words(f"{long} satu", f"{long} dua")
    assert [piece.side for piece in change.pieces] == ["out", "in"]
    assert kinds([long], [f"{long} tambahan"]) == ["changed"]


@given(st.lists(TEXT, max_size=6), st.lists(TEXT, max_size=6))
def test_both_wordings_can_be_read_out_of_the_changes(old: list[str], new: list[str]) -> None:
    changes = compare(old, new)
    shown_old = [old_of(change).split() for change in changes if change.kind != "in"]
    shown_new = [new_of(change).split() for change in changes if change.kind != "out"]
    assert shown_old == [text.split() for text in old]
    assert shown_new == [text.split() for text in new]
