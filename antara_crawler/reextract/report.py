"""What a second reading changes, counted by field, with a few samples, before it is written."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field, fields
from datetime import datetime
from itertools import takewhile, zip_longest

from antara_crawler.archive.read.extracted import label
from antara_crawler.archive.read.fetches import Fetch
from antara_crawler.items import Article, LeftOut, Link, Page, Picture, Removed
from antara_crawler.reextract.extract import Reading
from antara_crawler.wording import told, tr, words

NOT_COMPARED = frozenset(
    {"portal", "kind", "article_id", "template", "agreements", "captures", "seen_at"}
)
FIELDS = tuple(each.name for each in fields(Article) if each.name not in NOT_COMPARED)
SAMPLES = 3
NAMED = 5
WIDTH = 90


@dataclass
class Named:
    """A count, and what the first few of those counted are called."""

    count: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.lines) < NAMED:
            self.lines.append(line)


@dataclass
class Report:
    """Counts of a whole second reading; its size does not grow with the archive's."""

    pages: int = 0
    changed: int = 0
    """Articles whose shown reading changes."""
    earlier: int = 0
    """Fetches that an article no longer shows, and whose reading changes."""
    evidence: int = 0
    """Articles that stay, and compare otherwise with what else says the same."""
    by_field: Counter[str] = field(default_factory=Counter)
    emptied: dict[str, Named] = field(default_factory=dict)
    samples: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    named: defaultdict[str, Named] = field(default_factory=lambda: defaultdict(Named))
    """Pages that a person may want to look at, by what became of them (as words.toml has it)."""
    unreadable: int = 0
    """Pages that no code of ours has read yet."""

    @property
    def troubled(self) -> bool:
        """Tell whether something that was readable is not so any more."""
        return bool(self.named["lost"].count or self.named["damaged"].count)

    def count(self, fetch: Fetch, reading: Reading) -> None:
        """Count a fetch, and name it where a person may want to look at it."""
        self.pages += 1
        name, what = _name(fetch.page), reading.what
        if what == "different":
            if fetch.digest is None and reading.article is not None:
                self.named["found"].add(f"{name}: {reading.article.title}")
        elif what == "unreadable" and fetch.digest is None:
            self.unreadable += 1
        elif what != "same":
            unread = "lost" if what == "unreadable" else what
            self.named[unread].add(f"{name}: {reading.reason}")

    def compare(self, before: Article, after: Article, *, shown: bool) -> None:
        """Count the fields in which two readings of the same fetch differ."""
        if not shown:
            self.earlier += 1
            return
        if all(getattr(before, name) == getattr(after, name) for name in FIELDS):
            self.evidence += 1
            return
        self.changed += 1
        for name in FIELDS:
            old, new = in_words(getattr(before, name)), in_words(getattr(after, name))
            if old == new:
                continue
            self.by_field[name] += 1
            if old and not new:
                self.emptied.setdefault(name, Named()).add(f"{label(after)}: was {_short(old)}")
            samples = self.samples.setdefault(name, [])
            if len(samples) < SAMPLES:
                samples.append((label(after), *_around(old, new)))

    def in_words(self) -> Iterator[str]:
        """Yield the report's lines."""
        apart = self.changed + self.earlier + self.evidence + self.unreadable
        same = self.pages - apart - sum(each.count for each in self.named.values())
        yield tr("{n} stored pages read again: {same} as before", n=self.pages, same=same)
        yield tr("{n} articles changed", n=self.changed)
        for name, count in self.by_field.most_common():
            yield f"  {name:<14} {count}"
            for article, old, new in self.samples[name]:
                yield f"    {article}"
                yield f"      - {old or tr('(empty)')}"
                yield f"      + {new or tr('(empty)')}"
        if self.evidence:
            yield tr("{n} articles as before, their evidence noted anew", n=self.evidence)
        if self.earlier:
            yield tr(
                "{n} earlier fetches, which their articles no longer show, changed", n=self.earlier
            )
        for name, named in self.emptied.items():
            n = named.count
            line = tr("WARNING: {name} would become empty in {n} articles", name=name, n=n)
            yield from _listed(line, named)
        for what, message in words("reextract").items():
            yield from _listed(tr(message, n=self.named[what].count), self.named[what])
        if self.unreadable:
            yield tr("{n} pages still cannot be read", n=self.unreadable)


def in_words(value: object) -> str:
    """Return a field's value as a text that is empty for an empty one, and as exact."""
    match value:
        case None | "" | ():
            return ""
        case str():
            return value
        case datetime():
            return value.isoformat()
        case tuple():
            return "\n".join(map(_one, value))
        case _:
            return str(value)


def _one(value: object) -> str:
    """Return one of a list: a text, a picture, a related title, or what was taken out."""
    if isinstance(value, Picture | Link | Removed | LeftOut):
        return " | ".join(str(part) for part in astuple(value) if part is not None)
    return str(value)


def _name(page: Page) -> str:
    return f"{page.portal}/{page.kind}/{page.number}"


def _around(old: str, new: str) -> tuple[str, str]:
    """Return the first lines in which two texts differ, cut to where they do."""
    for before, after in zip_longest(old.split("\n"), new.split("\n"), fillvalue=""):
        if before != after:
            pairs = zip(before, after, strict=False)
            alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            start = max(0, alike - WIDTH // 3) if max(len(before), len(after)) > WIDTH else 0
            return _short(before, start), _short(after, start)
    return _short(old), _short(new)


def _short(text: str, start: int = 0) -> str:
    """Return a line of a text that fits the screen, repr'd where white space would not show."""
    end = start + WIDTH
    line = text[start:end].replace("\n", " | ")
    line = line.rstrip() if len(text) > end else line
    line = line if line.isprintable() and (start or line == line.strip()) else ascii(line)
    return f"{'…' if start else ''}{line}{'…' if len(text) > end else ''}"


def _listed(title: str, named: Named) -> Iterator[str]:
    if not named.count:
        return
    yield title
    for line in named.lines:
        yield f"  {_short(told(line))}"
    if named.count > len(named.lines):
        yield tr("  and {n} more", n=named.count - len(named.lines))
