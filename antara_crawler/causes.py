"""Why something went unread: eight causes, each with its words and remedy in words.toml."""

from enum import StrEnum

from antara_crawler.wording import words


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
