"""The list of roots that words are traced back to: roots.txt, written for this project."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

_RULES = 5
"""To be raised whenever a rule of stemming.py changes: the indexes are then outdated."""


@dataclass(frozen=True, slots=True)
class Roots:
    """The sections of the list.

    `any` take any affix, `nouns` none that makes verbs, `still` none but -nya, -lah and the
    like. `variants` and `forms` lead to the root that a word is searched by.
    """

    any: frozenset[str]
    nouns: frozenset[str]
    still: frozenset[str]
    variants: dict[str, str]
    forms: dict[str, str]


@cache
def roots() -> Roots:
    """Return the list."""
    sections: dict[str, list[str]] = {}
    for line in _source().splitlines():
        if line.startswith("["):
            inside = sections.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            inside += line.split()
    variants, forms = sections["variants"], sections["forms"]
    return Roots(
        frozenset(sections["roots"]),
        frozenset(sections["nouns"]),
        frozenset(sections["still"]),
        dict(zip(variants[::2], variants[1::2], strict=True)),
        dict(zip(forms[::2], forms[1::2], strict=True)),
    )


@cache
def version() -> str:
    """Return what changes whenever the roots of words may: rules or list."""
    return f"roots {_RULES} {sha256(_source().encode()).hexdigest()[:12]}"


def spellings(root: str) -> tuple[str, ...]:
    """Return a root, and the other ways in which it is spelled: miliar, milyar."""
    return (root, *_spelled().get(root, ()))


@cache
def _spelled() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for written, root in (roots().variants | roots().forms).items():
        found.setdefault(root, []).append(written)
    return found


@cache
def _source() -> str:
    return files(__package__).joinpath("roots.txt").read_text("utf-8")
