"""Sends notices of what goes wrong through apprise: e-mail, Telegram, gateways, webhooks."""

from collections.abc import Sequence
from typing import Protocol

from antara_crawler.errors import UsageError
from antara_crawler.health.record import Told
from antara_crawler.wording import tr

MOST_LINES = 20


class Sender(Protocol):
    """One address to which notices go."""

    def notify(self, body: str, title: str) -> object:
        """Send a notice; return what is true if it went out."""


def senders(urls: Sequence[str]) -> list[Sender]:
    """Return apprise's senders, one for each address, checked before any work is done.

    Raises UsageError where the extra is not installed, or an address is none. Addresses hold
    passwords: of a wrong one only its place in the list and its scheme are said.
    """
    if not urls:
        return []
    try:
        import apprise  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        raise UsageError("--notify needs apprise: pip install 'antara-crawler[notify]'") from error
    found: list[Sender] = []
    for place, url in enumerate(urls, start=1):
        sender = apprise.Apprise()
        if not sender.add(url):
            scheme = url.partition("://")[0][:20]
            raise UsageError(
                f"address {place} of NOTIFY_URLS ({scheme}://…) is none that apprise knows"
            )
        found.append(sender)
    return found


def send(senders: Sequence[Sender], told: Told) -> list[int]:
    """Send one notice of all there is to tell; return the places of the senders that failed."""
    new, over = len(told.new), len(told.over)
    parts = [tr("{n} new", n=new) if new else "", tr("{n} over", n=over) if over else ""]
    title = f"antara-crawler: {', '.join(filter(None, parts))}"
    text = "\n".join(lines_of(told))
    return [
        place
        for place, sender in enumerate(senders, start=1)
        if not sender.notify(body=text, title=title)
    ]


def lines_of(told: Told) -> list[str]:
    """Return the lines of a notice: what is new with what to do, then what is over."""
    lines = [
        line for each in told.new[:MOST_LINES] for line in (each.in_words, f"  {tr(each.remedy)}")
    ]
    if len(told.new) > MOST_LINES:
        lines.append(tr("and {n} more: scrapy health", n=len(told.new) - MOST_LINES))
    return [*lines, *(tr("over: {what}", what=each.in_words) for each in told.over[:MOST_LINES])]
