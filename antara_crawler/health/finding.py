"""One thing that goes wrong, in words for a person, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from antara_crawler.wording import told, tr, words

Kind = Literal[
    "silent", "no run", "differs", "empty", "left out", "failing", "unreadable", "changing",
    "disk", "verify", "machine", "fleet",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """What goes wrong: `key` is the same each night for the same thing, `what` says it today."""

    key: str
    kind: Kind
    portal: str | None
    what: str

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""
        return str(words("health")[self.kind]["remedy"])

    @property
    def in_words(self) -> str:
        """Kind and finding in the reader's language."""
        return f"{tr(self.kind)}: {told(self.what)}"
