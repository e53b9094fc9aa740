"""What a run came to: its counts, its exit status, and the closing words for a person."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import Any

from antara_crawler.archive.read.books import in_lines
from antara_crawler.crawl.account.account import Account, Fate, Verdict
from antara_crawler.crawl.account.doubts import doubts, of_cut_texts, of_one_text
from antara_crawler.errors import BUG, DONE, NOT_WRITTEN, NOTHING_FETCHED, SOME_FAILED, Cause
from antara_crawler.items import ROADS
from antara_crawler.warc import RecordsAccount
from antara_crawler.wording import sentence, told, tr

HERE = (
    Fate.NEW, Fate.REVISED, Fate.UNCHANGED, Fate.NOT_DUE, Fate.OUT_OF_RANGE, Fate.GONE,
    Fate.ABSENT,
)  # fmt: skip
"""What an article comes to that is in the archive, or need not be."""
WITHOUT_TEMPLATE = "articles/without_template"
"""The statistic of articles that the plain rule read: they are here, and are to be looked at."""
REQUESTS = "requests/made"
"""The statistic of requests that went out: Scrapy's own counts those that never had a turn, too."""
MOST_LINES = 5
"""Lines of one kind in a summary."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended, read from its books: the exit status, the counts, and words for a person.

    `said` and `cause` are why it was cut short, `records` what became of captures replayed,
    `stats` Scrapy's own statistics.
    """

    account: Account
    stats: Mapping[str, Any]
    records: RecordsAccount | None = None
    stopped: bool = False
    """Whether the user asked it to end."""
    cut_short: bool = False
    unwritable: bool = False
    bugs: int = 0
    queued: int = 0
    """Articles in the frontier that wait to be asked for the first time."""
    said: str = ""
    cause: Cause | None = None

    @property
    def early(self) -> bool:
        """Whether something was left that the run would have come to."""
        return self.stopped or self.cut_short or self.unwritable

    @property
    def owed(self) -> int:
        """How many documents, entries and records went unread: each has its reason."""
        account = self.account
        return (
            self._unread
            + account.damaged
            + len(account.cut_short)
            + len(account.missing)
            + len(account.old_copies)
            + (self.records.damaged if self.records else 0)
        )

    @property
    def _unread(self) -> int:
        """How many of them are pages, which are asked for again."""
        account = self.account
        unread = (Verdict.UNREADABLE, Verdict.FAILED)
        return (
            sum(account.fates[fate] for fate in (Fate.FAILED, Fate.UNREADABLE, Fate.NOT_CAPTURED))
            + sum(account.documents(verdict, but="article") for verdict in unread)
            + account.roads_forbidden
            + (account.waiting_for_retry or (0,))[0]
        )

    @property
    def without_template(self) -> int:
        """How many articles were read by the plain rule, since no template recognised them."""
        return int(self.stats.get(WITHOUT_TEMPLATE, 0))

    @property
    def imbalance(self) -> list[str]:
        """One line for each sum of the books whose sides differ."""
        if self.unwritable:
            return []  # what could not be written could not be entered in the books either
        if self.records is None or self.records.balances:
            return self.account.imbalance()
        records = sentence(f"records and what became of them: {self.records}")
        return [*self.account.imbalance(), records]

    @property
    def exit_status(self) -> int:
        """The contract's exit status."""
        if self.unwritable:
            return NOT_WRITTEN
        if self.bugs or self.imbalance:
            return BUG
        if self.stopped:
            return SOME_FAILED if self.owed or self._in_doubt else DONE
        if self.cut_short or self.owed or not self.account.read(*ROADS):
            return SOME_FAILED if self._something_was_read else NOTHING_FETCHED
        return SOME_FAILED if self._in_doubt else DONE

    @property
    def _in_doubt(self) -> bool:
        """Whether what was taken in may be no article's text."""
        return bool(self.without_template or self._not_their_own)

    @property
    def _not_their_own(self) -> bool:
        return bool(self.account.walled or of_one_text(self.stats))

    @property
    def _something_was_read(self) -> bool:
        """Whether the run was of use: some article is here, or nothing new was to be asked."""
        account = self.account
        if any(account.fates[fate] for fate in HERE):
            return True
        asked = any(role == "article" for role, _ in account.verdicts)
        return not asked and bool(account.shown or account.documents(Verdict.UNCHANGED))

    @property
    def counts(self) -> dict[str, Any]:
        """The counts as the runs table keeps them: both sides of each sum."""
        account, stats = self.account, self.stats
        unread = (Verdict.FAILED, Verdict.UNREADABLE)
        records = asdict(self.records) if self.records else {}
        records.pop("faults", None)
        if_any = {"history": account.history, "silent_days": account.silent_days}
        return {
            "documents": {
                "asked": account.asked,
                **{each.value: account.documents(each) for each in Verdict},
            },
            "indexes": {each.value: account.documents(each, but="article") for each in unread},
            "entries": {
                "shown": account.shown,
                **{fate.value: account.fates[fate] for fate in Fate},
                **{name: getattr(account, name) for name in ("strays", "stray", "damaged")},
            },
            "queued": self.queued,
            **{name: value for name, value in if_any.items() if value},
            "without_template": self.without_template,
            **({"records": records} if records else {}),
            "repeats_removed": int(stats.get("paragraphs/repeated", 0)),
            "requests": int(stats.get(REQUESTS, 0)),
            "bytes": int(stats.get("downloader/response_bytes", 0)),
        }

    def why(self) -> Iterator[str]:
        """Yield why something went unread, a line for each cause; nothing where all is well."""
        account = self.account
        unread = list(self._unread_since())
        yield from unread
        if not (account.read(*ROADS) or unread or self.early):
            yield sentence("no feed, sitemap or listing of the portal could be read")
        odd = account.odd
        yield from (sentence(f"in doubt: the text of {why}") for why in odd[:MOST_LINES])
        if len(odd) > MOST_LINES:
            yield sentence(f"in doubt: the texts of {len(odd):,} articles in all, see the log")
        yield from doubts(self.stats)
        yield from account.recurring.told()
        yield from account.notes
        if day := account.floor:
            yield sentence(
                f"listings were walked back to {day} only, as an earlier run asked: what is"
                " older is asked for with an earlier since, or with -a reopen=yes"
            )
        ends = account.doubts
        where = next(iter(ends.values()), "")
        if len(ends) == 1:
            yield sentence(f"1 listing seems to end, at {where}: looked at again by the next run")
        elif ends:
            yield sentence(
                f"{len(ends):,} listings seem to end, such as at {where}: looked at again by the"
                " next run"
            )
        yield from (sentence(f"a bug of this program: {why}") for why in self.imbalance)

    def _unread_since(self) -> Iterator[str]:
        if self.said:
            yield self.said
        for reason in self.account.reasons:
            pages, cause = counted_pages(reason.pages), reason.cause.words
            example, technical = reason.example, reason.technical
            yield sentence(f"{pages}: {cause} ({example}: {technical})")
        if plain := self.without_template:
            pages = counted_pages(plain)
            what = sentence("read without a template, by the plain rule")
            yield sentence(f"{pages}: {what}")
        if earlier := self.account.waiting_for_retry:
            pages, example = counted_pages(earlier[0]), earlier[1]
            yield sentence(
                f"{pages}: failed in an earlier run, and not due for the next try yet ({example})"
            )
        yield from self.account.missing
        yield from (sentence(f"cut short: {why}") for why in self.account.cut_short[:MOST_LINES])
        if old := self.account.old_copies:
            url, age = max(old.items(), key=itemgetter(1))
            yield sentence(
                f"{counted_pages(len(old))} of feeds and listings came as old copies, by their"
                f" headers, such as {url}: {age.days} days old; what is newer is not in them"
            )
        faults = self.records.faults[:MOST_LINES] if self.records else ()
        yield from (sentence(f"damaged record: {why}") for why in faults)

    def what_next(self) -> Iterator[str]:
        """Yield what to do about it, a line for each cause; nothing where all is well."""
        met = [self.cause, *(reason.cause for reason in self.account.reasons)]
        if self.records is not None and self.records.damaged:
            met.append(Cause.DAMAGED)
        yield from (cause.remedy for cause in dict.fromkeys(filter(None, met)))
        if self.without_template:
            yield sentence(
                "scrapy search --template generic lists what no template read; scrapy inspect"
                " --suggest URL proposes one, and scrapy reextract then reads them again"
            )
        if self._not_their_own:
            yield sentence("open one of them in a browser; the next run looks at them again")
        elif self.account.odd or of_cut_texts(self.stats):
            yield sentence("open one that is in doubt in a browser: it is as the portal sent it")
        if any(self.account.recurring.told()):
            yield sentence(
                "what is no part of an article is left out by `without` in a template of your own"
                " (README, data/templates.toml); scrapy reextract then reads the others so, too"
            )
        if self.early:
            yield sentence("the rest stays queued: run the same command again")
        elif self._unread:
            yield sentence("they stay queued; list them with: scrapy stats --failures")
        if self.account.cut_short:
            yield sentence(
                "what was cut short: the next run looks again; what it does not find is asked for"
                " with -a since=DATE"
            )
        if self.account.old_copies:
            yield sentence(
                "a cache on the way keeps old answers, or a clock is wrong: see what proxy this"
                " machine uses (http_proxy), and compare with a browser"
            )
        if self.bugs or self.imbalance:
            yield sentence("please report it, with the log")

    def in_words(self, portal: str, seconds: float) -> str:
        """Return the closing summary: a few lines that a person reads in five seconds."""
        minutes, rest = divmod(round(seconds), 60)
        of = {"verdict": self._verdict, "minutes": minutes, "seconds": rest}
        head = tr(
            "{portal}: {verdict} in {minutes} min {seconds} s (exit status {status})",
            portal=portal, status=self.exit_status, **of,
        )  # fmt: skip
        lines = in_lines(self.counts, self.why(), self.what_next())
        return "\n".join([head, *(f"  {label:<9} {told(text)}" for label, text in lines)])

    @property
    def _verdict(self) -> str:
        reasons = self.account.reasons
        fetched = bool(reasons) and reasons[0].cause in (Cause.UNKNOWN_FORM, Cause.DAMAGED)
        nothing = (
            tr("FETCHED, BUT NOTHING COULD BE READ") if fetched else tr("NOTHING COULD BE FETCHED")
        )
        some = tr("done, but some texts are in doubt")
        if self.early:
            some = tr("stopped before its end")
        elif self._unread:
            some = tr("done, but some pages failed")
        elif self.owed:
            some = tr("done, but something may be missing")
        elif self.without_template:
            some = tr("done, but some pages were read without a template")
        return {
            DONE: tr("stopped as asked") if self.stopped else tr("done"),
            BUG: tr("ERRORS of this program, see the log;"),
            NOTHING_FETCHED: nothing,
            SOME_FAILED: some,
            NOT_WRITTEN: tr("STOPPED: could not write"),
        }[self.exit_status]


def counted_pages(number: int) -> str:
    """Return a number of pages in words."""
    return "1 page" if number == 1 else f"{number:,} pages"
