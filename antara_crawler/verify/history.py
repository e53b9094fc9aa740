"""Whether what became of articles is what their revisions show: changes of wording, stories."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from antara_crawler.archive.archive import Archive
from antara_crawler.archive.store.wordings import wordings_of
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Changes, Stories
from antara_crawler.verify.articles import Finding, of_row
from antara_crawler.verify.damaged_rows import each_row
from antara_crawler.wording import sentence

_REVISED = select(Changes.__table__).where(Changes.event == "revised").order_by(Changes.happened_at)
_STORIES = select(func.count(Stories.story_id.distinct()))
_WRONG_STORIES = (
    select(Stories.story_id, func.count().label("members"))
    .group_by(Stories.story_id)
    .having((func.count() < 2) | (func.min(Stories.article_id) != Stories.story_id))
)


def wrong_changes(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the articles whose changes of wording are not those that their fetches show."""
    for key, read in each_row(archive, Articles.id, _differing):
        checked["changes"] += read if isinstance(read, int) else 0
        if isinstance(read, str):
            yield of_row(archive, "changes", read, article=key)


def wrong_stories(archive: Archive, checked: Counter[str]) -> Iterator[Finding]:
    """Yield the stories that one article alone tells, or that are named after none of theirs."""
    with archive.reading() as connection:
        checked["stories"] += connection.scalar(_STORIES) or 0
        wrong = connection.execute(_WRONG_STORIES).all()
    for row in wrong:
        message = sentence(f"has {row.members} articles, and is not the first of two or more")
        yield Finding("stories", f"stories {row.story_id}", message)


def _differing(connection: Connection, keys: Sequence[int]) -> dict[int, int | str]:
    """Return of each article how many changes it has, or what is wrong with them."""
    shown = wordings_of(connection, keys)
    kept: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in connection.execute(_REVISED.where(Changes.article_id.in_(keys))):
        kept[row.article_id].append(row._asdict())
    found: dict[int, int | str] = dict.fromkeys(keys, 0)
    for key in {*shown, *kept}:
        right = shown.get(key, [])
        said = [{name: row[name] for name in right[0]} if right else row for row in kept[key]]
        found[key] = len(right)
        if said != right:
            found[key] = sentence(
                f"its {len(said)} changes of wording are not what its revisions show"
            )
    return found
