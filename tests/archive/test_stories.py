"""The same story on several portals is linked; alike ones with other figures or names are not."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from sqlalchemy import select

from antara_crawler.archive import Archive, Filters, Writer
from antara_crawler.archive.index.stories import SLOTS, forget_stories
from antara_crawler.archive.tables.articles import Articles
from antara_crawler.archive.tables.history import Stories, StoryKeys
from antara_crawler.text.likeness import Wording
from tests.archive.samples import article
from tests.archive.syndication import plant

TEXT = (
    "Bupati Rahmat Hidayat membuka pasar murah di Desa Pagat, Kamis, yang diikuti 40 pedagang.",
    "Pasar itu menjual beras, minyak goreng, dan gula di bawah harga pasar sampai siang hari.",
    "“Kami ingin warga terbantu menjelang hari raya,” kata bupati kepada wartawan di lokasi.",
)


def linked(archive: Archive) -> set[frozenset[int | None]]:
    """Return the numbers of articles of one story, in pairs."""
    query = select(Stories.story_id, Articles.article_id).join(
        Articles, Articles.id == Stories.article_id
    )
    stories = defaultdict(list)
    with archive.reading() as connection:
        for row in connection.execute(query):
            stories[row.story_id].append(row.article_id)
    return {frozenset(pair) for own in stories.values() for pair in combinations(own, 2)}


def told(number: int, *texts: str, portal: str = "kalsel"):
    return article(number, portal=portal, paragraphs=texts, captures=())


def test_planted_copies_are_linked_and_alike_ones_with_other_figures_are_not(
    archive: Archive, writer: Writer, run: int
) -> None:
    planted = plant(400, 60, 20)
    for start in range(0, 400, 100):
        writer.write(planted.articles[start : start + 100], run)
    found = linked(archive)
    assert len(found & set(planted.same)) >= 0.98 * len(planted.same)
    assert len(found & set(planted.same)) >= 0.99 * len(found)
    with archive.reading() as connection:
        kept = set(connection.execute(select(Articles.article_id, Articles.body)).all())
    assert kept == {(each.article_id, "\n\n".join(each.paragraphs)) for each in planted.articles}


def same(*texts: str) -> bool:
    return Wording(TEXT).is_one_story_with(Wording(texts))


def test_figures_and_names_must_agree_and_a_paragraph_may_be_missing() -> None:
    assert same(*TEXT)
    assert same(*TEXT[:2])
    assert same(*TEXT, "Berita ini telah tayang di Antaranews.com dengan judul lain.")
    assert same(TEXT[0].replace("membuka", "resmi membuka"), *TEXT[1:])
    assert not same(TEXT[0].replace("40 pedagang", "45 pedagang"), *TEXT[1:])
    assert not same(TEXT[0].replace("Desa Pagat", "Desa Birayang"), *TEXT[1:])
    assert not same(TEXT[0].replace("Kamis", "Jumat"), *TEXT[1:])
    assert not same("Harga karet di Tabalong turun sepekan terakhir karena permintaan lesu.")


def test_a_caption_of_a_few_words_makes_no_story(
    archive: Archive, writer: Writer, run: int
) -> None:
    writer.write([told(1, "Warga melintas."), told(2, "Warga melintas.", portal="jatim")], run)
    assert linked(archive) == set()


def test_a_third_copy_joins_two_stories_and_forgetting_one_leaves_the_others(
    archive: Archive, writer: Writer, run: int
) -> None:
    more = tuple(
        f"Paragraf tambahan dari penulis lain tentang hal {n} yang panjang." for n in "abc"
    )
    writer.write([told(1, *TEXT), told(2, *more, portal="jatim")], run)
    assert linked(archive) == set()
    writer.write([told(3, *TEXT, *more, portal="kalteng")], run)
    assert linked(archive) == {frozenset(pair) for pair in ((1, 2), (1, 3), (2, 3))}
    with archive.writing() as connection:
        gone = connection.scalar(select(Articles.id).where(Articles.article_id == 1))
        forget_stories(connection, [gone])
    assert linked(archive) == {frozenset((2, 3))}
    with archive.writing() as connection:
        gone = connection.scalar(select(Articles.id).where(Articles.article_id == 2))
        forget_stories(connection, [gone])
    assert linked(archive) == set()


def test_an_article_that_is_changed_into_another_s_text_is_linked_then(
    archive: Archive, writer: Writer, run: int
) -> None:
    other = told(2, TEXT[0].replace("40", "45"), *TEXT[1:], portal="jatim")
    writer.write([told(1, *TEXT), other], run)
    assert linked(archive) == set()
    later = replace(other, paragraphs=TEXT, seen_at=other.seen_at.replace(hour=9))
    [stored] = writer.write([later], run)
    assert stored.outcome == "revised"
    assert linked(archive) == {frozenset((1, 2))}


def test_very_many_alike_texts_take_a_bounded_number_of_rows(
    archive: Archive, writer: Writer, run: int
) -> None:
    notices = [told(n, f"Jadwal ke-{n}: {TEXT[0]}", *TEXT[1:]) for n in range(1, 61)]
    writer.write(notices, run)
    with archive.reading() as connection:
        keys = connection.execute(select(StoryKeys.key, StoryKeys.slot)).all()
    held = defaultdict(int)
    for row in keys:
        held[row.key] += 1
    assert max(held.values()) == SLOTS
    assert linked(archive) == set()


def test_a_story_is_shown_once_where_it_is_asked_for_so_whoever_of_it_fits(
    archive: Archive, writer: Writer, run: int
) -> None:
    first = told(1, *TEXT, portal="jatim")
    late = replace(told(2, *TEXT[:2]), published_at=first.published_at + timedelta(hours=3))
    alone = told(3, "Harga karet di Pagat turun pekan ini karena permintaan pabrik lesu sekali.")
    writer.write([late, alone, first], run)

    def found(query: str, filters: Filters | None = None) -> list[int | None]:
        every, once = (
            archive.search(query, filters, distinct=distinct, order="oldest")
            for distinct in (False, True)
        )
        assert every.total == len(every.hits) and once.total == len(once.hits)
        assert {each.article_id for each in once.hits} <= {each.article_id for each in every.hits}
        return [each.article_id for each in once.hits]

    assert sorted(found("pagat")) == [1, 3]
    assert found("beras") == [1]
    assert found("beras", Filters(portal="kalsel")) == [2]
    assert sorted(found("")) == [1, 3]
    [hit] = archive.search("beras", distinct=True).hits
    assert [each.number for each in hit.story] == [1, 2]
    one, other = archive.story(hit.id)
    assert (one.number, one.later, one.kinds) == (1, timedelta(0), ())
    assert (other.number, other.later) == (2, timedelta(hours=3))
    assert set(other.kinds) == {"headline", "paragraph-removed", "number"}
