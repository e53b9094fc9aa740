"""The tables of what was read: articles, their revisions, and the readings of each."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from antara_crawler.archive.tables.types import Code, Id, Texts, UtcDateTime


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, int: Id}


class Articles(Base):
    """One row per canonical article, showing its current revision as last read."""

    __tablename__ = "articles"
    id: Mapped[int] = mapped_column(primary_key=True)
    portal: Mapped[str] = mapped_column(Code)
    kind: Mapped[str] = mapped_column(Code)
    article_id: Mapped[int | None]
    import_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    url: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    dateline: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    section_key: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Code)
    copyright: Mapped[str | None] = mapped_column(Text)
    rights: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None]
    published_offset: Mapped[int | None]
    published_on: Mapped[date | None]
    modified_at: Mapped[datetime | None]
    modified_offset: Mapped[int | None]
    revision: Mapped[int]
    extraction_id: Mapped[int | None] = mapped_column(ForeignKey("extractions.id", use_alter=True))
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id", use_alter=True))
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("portal", "kind", "article_id"),
        Index(None, "published_at"),
        Index(None, "portal", "published_at"),
        Index(None, "section_key", "published_at"),
        Index(None, "published_on"),
        # All that a search filters, counts and sorts by, so that it need not read the texts.
        Index(
            "ix_articles_search",
            *("id", "portal", "section_key", "section"),
            *("published_on", "published_at", "extraction_id"),
        ),
    )


class Revisions(Base):
    """One wording of an article: its title and paragraphs."""

    __tablename__ = "revisions"
    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("article_id", "number"),)


class Extractions(Base):
    """One reading of a revision by one version of our code; never changed once written."""

    __tablename__ = "extractions"
    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    number: Mapped[int]
    software: Mapped[str] = mapped_column(Text)
    template: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(Code)
    left_out_digest: Mapped[str | None] = mapped_column(Code)
    extracted_at: Mapped[datetime]
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id", use_alter=True))
    url: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    dateline: Mapped[str | None] = mapped_column(Text)
    dateline_text: Mapped[str | None] = mapped_column(Text)
    paragraphs: Mapped[list[str]] = mapped_column(Texts)
    published_at: Mapped[datetime | None]
    published_offset: Mapped[int | None]
    published_text: Mapped[str | None] = mapped_column(Text)
    published_note: Mapped[str | None] = mapped_column(Text)
    modified_at: Mapped[datetime | None]
    modified_offset: Mapped[int | None]
    section: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Code)
    copyright: Mapped[str | None] = mapped_column(Text)
    rights: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("revision_id", "number"),
        Index("ix_extractions_template", "template"),
    )


class Authors(Base):
    """A name as bylines show it; `key` is the name case folded, for looking it up."""

    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    key: Mapped[str] = mapped_column(Text, index=True)


class Bylines(Base):
    """Who did what for a reading: reporter, editor or uploader, in the page's order."""

    __tablename__ = "bylines"
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    role: Mapped[str] = mapped_column(Code, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), index=True)


class Tags(Base):
    """A tag as pages show it; `key` is the tag case folded, for looking it up."""

    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    key: Mapped[str] = mapped_column(Text, index=True)


class ExtractionTags(Base):
    """The tags of a reading, in the page's order."""

    __tablename__ = "extraction_tags"
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), index=True)


class Pictures(Base):
    """The pictures of a reading, in the page's order."""

    __tablename__ = "pictures"
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    url: Mapped[str | None] = mapped_column(Text)
    caption: Mapped[str | None] = mapped_column(Text)
    credit: Mapped[str | None] = mapped_column(Text)


class RelatedLinks(Base):
    """The 'Baca juga' links of a reading, in the page's order."""

    __tablename__ = "related_links"
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)


class RemovedParagraphs(Base):
    """Body paragraphs taken out as repeated, with their place on the page, counted from 0."""

    __tablename__ = "removed_paragraphs"
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    repeats: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class LeftOutTexts(Base):
    """Texts of a page that are no part of the reading, and why, in the page's order.

    `behind` counts the page's body paragraphs that stand before; no part of the digest, since
    what stands around an article changes from fetch to fetch.
    """

    __tablename__ = "left_out"
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extractions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    behind: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)


class SearchState(Base):
    """What made the search index: one row, whose id is 1.

    `articles` and `length` are sums over the index, which PostgreSQL ranks by; 0 on SQLite.
    """

    __tablename__ = "search_state"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    software: Mapped[str] = mapped_column(Text)
    articles: Mapped[int] = mapped_column(server_default="0")
    length: Mapped[int] = mapped_column(server_default="0")


class SearchGroups(Base):
    """Section and year that articles of the search index have in common; never changed."""

    __tablename__ = "search_groups"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    section: Mapped[str | None] = mapped_column(Text)
    year: Mapped[int | None]


class SearchChanges(Base):
    """When the words of an article last changed: the larger the number, the later.

    An index beside the archive goes by it. An article that is no more keeps its row.
    """

    __tablename__ = "search_changes"
    article_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(unique=True)
