"""Why something went unread, eight causes with words in words.toml; and our few exceptions.

The message of each exception is one line that names the thing and the mend.
"""

import sys
from enum import StrEnum
from importlib import import_module
from shlex import quote
from typing import Any

from antara_crawler.wording import sentence, words

DONE, BUG, WRONG_USAGE, NOTHING_FETCHED, SOME_FAILED, NOT_WRITTEN, BUSY = range(7)
"""The exit statuses of commands, as the README's table has them."""
GOOD = (DONE, SOME_FAILED)
"""Those of a command that did what it could."""


class Cause(StrEnum):
    """What stood between us and a page. The value is what the archive keeps, its words English."""

    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    UNKNOWN_FORM = "unknown_form"
    DAMAGED = "damaged"
    NOT_WRITTEN = "not_written"
    FOREIGN = "foreign"

    @property
    def words(self) -> str:
        """What happened, in a few words."""
        return str(words("causes")[self]["words"])

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""
        return str(words("causes")[self]["remedy"])


class AntaraError(Exception):
    """Base of all errors that a user can do something about."""

    exit_status = SOME_FAILED


class UsageError(AntaraError):
    """Wrong options or settings; nothing was started."""

    exit_status = WRONG_USAGE


class UnreadablePage(AntaraError):
    """A page that no template reads, or that lacks a required field; `cause` says of which kind."""

    cause, exit_status = Cause.UNKNOWN_FORM, NOTHING_FETCHED


class UnparsablePage(UnreadablePage):
    """A page too large, too deep or too dense to be parsed whole in bearable time."""

    cause = Cause.DAMAGED


class CutPage(UnreadablePage):
    """A page that breaks off: what follows on it is not known."""

    cause = Cause.DAMAGED


class ForeignPage(UnreadablePage):
    """A page that says itself that it is another one than was asked for."""

    cause = Cause.FOREIGN


class ArchiveMissing(UsageError):
    """A reading command was pointed at an archive that does not exist."""


class ArchiveTooNew(UsageError):
    """The archive was written by a newer version of this software."""


class ArchiveBusy(AntaraError):
    """Another run holds the portal; `pid` is its process, where known."""

    exit_status = BUSY

    def __init__(self, message: str, *, pid: int | None = None) -> None:
        super().__init__(message)
        self.pid = pid


ANEW = "scrapy rebuild -s ARCHIVE_URL=sqlite:///data/new.db"
"""Makes a new archive of the captures: one that is damaged takes nothing in."""


class DamagedRow(AntaraError, ValueError):
    """The archive holds what no row of ours can."""

    exit_status = NOT_WRITTEN

    def __init__(self, kept: object) -> None:
        found = repr(str(kept)[:30])
        super().__init__(
            sentence(
                f"a row of the archive is damaged (it holds {found}): scrapy verify says which;"
                f" restore the archive from a copy, or make it anew: {ANEW}"
            )
        )


class NotWritable(AntaraError):
    """The archive or the captures cannot be written now.

    `transient` says that waiting may help: locked by another program, a server restarting.
    """

    exit_status = NOT_WRITTEN

    def __init__(self, message: str, *, transient: bool = False) -> None:
        super().__init__(message)
        self.transient = transient


class WorkerKilled(AntaraError):
    """A process that worked for a command was killed."""


class BrokenCapture(AntaraError):
    """A capture file or record that is damaged or not where the archive says it is."""


class DamagedBody(AntaraError):
    """A body that ends too early, fails its checksum, or unpacks to more than is allowed."""


def require(what: str, extra: str, *libraries: str) -> Any:
    """Return a library of an extra, of several the last; UsageError says how to install it."""
    try:
        return [import_module(library) for library in libraries][-1]
    except ModuleNotFoundError as error:
        name, python = error.name, quote(sys.executable)
        raise UsageError(
            f"{what} needs {name}: {python} -m pip install 'antara-crawler[{extra}]'"
        ) from error
