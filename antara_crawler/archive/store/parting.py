"""Parts a batch into sets whose members have nothing to do with each other."""

from collections.abc import Iterator, Sequence

from antara_crawler.archive.frontier.rows import key_of
from antara_crawler.archive.tables.capture_rows import place_of
from antara_crawler.items import Article, Outcome

MOST = 200
"""Members of a set: where one is refused, so many are written again."""

Names = set[tuple[object, ...]]


def independent(batch: Sequence[Article | Outcome]) -> Iterator[slice]:
    """Yield the sets, in their order, as slices of the batch.

    What is on record tells what becomes of a member, and those before it in the batch are on
    record by then. So a set ends before the second member of one page, text or raw record: all of
    a set is looked up before any of it is written.
    """
    start = 0
    taken: Names = set()
    for place, member in enumerate(batch):
        names = _names_of(member)
        if place - start == MOST or not taken.isdisjoint(names):
            yield slice(start, place)
            start, taken = place, set()
        taken |= names
    if batch:
        yield slice(start, len(batch))


def _names_of(member: Article | Outcome) -> Names:
    """Return what the archive may know a member by, or hold against another."""
    names: Names = {("record", *place_of(capture)) for capture in member.captures}
    if isinstance(member, Outcome):
        return names | {("page", *key_of(member.page))}
    if member.article_id is not None:
        names.add(("page", member.portal, member.kind, member.article_id))
    return names | {("text", member.portal, member.title, *member.paragraphs)}
