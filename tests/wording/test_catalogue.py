"""The catalogue holds what the source says, in Indonesian, and no more."""

import gettext
import re
from collections.abc import Iterator
from string import Formatter

import pytest
from babel.messages.catalog import Message as Entry

from antara_crawler import wording
from tests.wording.catalogue import MO, read
from tests.wording.messages import messages_of, unmarked, unmarked_in

AGAIN = "write the Indonesian into antara.po and run: python -m tests.wording"
ENTRIES = [entry for entry in read() if entry.id]


def fields(text: str) -> dict[str, str]:
    """Return the fields of a template with their forms."""
    return {name: form or "" for _, name, form, _ in Formatter().parse(text) if name is not None}


def wordings(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each English wording of an entry with its Indonesian."""
    if entry.pluralizable:
        yield from ((english, entry.string[0]) for english in entry.id)
    else:
        yield entry.id, entry.string


def test_both_languages_have_the_same_fields() -> None:
    pairs = [pair for entry in ENTRIES for pair in wordings(entry)]
    assert [pair for pair in pairs if fields(pair[0]) != fields(pair[1])] == []


def test_what_is_compiled_is_what_is_written() -> None:
    with MO.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for entry in ENTRIES:
        for number, (english, said) in enumerate(wordings(entry), 1):
            one, more = entry.id if entry.pluralizable else (english, english)
            found = (
                compiled.ngettext(one, more, number)
                if one != more
                else compiled.pgettext(entry.context, one)
                if entry.context
                else compiled.gettext(one)
            )
            assert found == said, AGAIN


def test_a_sentence_is_found_by_its_template_whatever_its_fields_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    wrong = []
    for entry in (entry for entry in ENTRIES if entry.context or entry.pluralizable):
        for english, said in wordings(entry):
            here, there = (re.sub(r"{(\w+):[^}]*}", r"{\1}", text) for text in (english, said))
            held = {n: "1.5" if form else f"x{n}y" for n, form in fields(english).items()}
            told = {n: "1,5" if form else f"x{n}y" for n, form in fields(english).items()}
            if (found := wording.told(here.format(**held))) != there.format(**told):
                wrong.append((english, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('tr("{n:,} in all", n=3)', [("{n:,} in all", "")]),
        ('counted(len(rows), "row")', [(("{n:,} row", "{n:,} rows"), "")]),
        (
            'raise UsageError(f"{plain(args[0])} is no {self.kind}: {x:.1f}, {x!r}")',
            [("{args} is no {kind}: {x:.1f}, {x}", "told")],
        ),
        ('x = sentence("a" if y else f"{a.b} and {c.b}")', [("a", ""), ("{b} and {b2}", "told")]),
        ("tr(words[name])", []),
        ('print("for programs")', []),
    ],
)
def test_messages_are_read_from_the_source(source: str, found: list[object]) -> None:
    assert list(messages_of(source)) == found


def test_nothing_is_printed_that_is_not_said_in_the_reader_s_language() -> None:
    """What remains is Indonesian as it is, or a program's name."""
    assert {text.strip() for text in unmarked()} == {"scrapy", "[foto]", "Baca juga:"}


def test_a_forgotten_message_is_found() -> None:
    source = (
        'report(f"{n} pages left")\nscreen.say(tr("done"))\nprint(f"{name}: {counted(n, \'row\')}")'
    )
    assert list(unmarked_in(source)) == [" pages left"]
