"""A crawler with the statistics that pipelines count in, and an article to send through them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from scrapy.utils.test import get_crawler

from antara_crawler.items import Article, Capture


@pytest.fixture
def crawler():
    crawler = get_crawler()
    crawler._apply_settings()
    return crawler


@pytest.fixture
def article():
    wita = timezone(timedelta(hours=8))
    seen_at = datetime(2023, 10, 18, 1, 0, tzinfo=UTC)
    return Article(
        portal="kalsel",
        kind="berita",
        article_id=389012,
        url="https://kalsel.antaranews.com/berita/389012/warga-tanam-bambu",
        title="Warga tanam bambu di lereng bukit",
        paragraphs=(
            "Warga tiga desa di lereng bukit gotong royong menanam bambu.",
            "“Akar bambu menahan tanah di tepi sungai,” ujar Pambakal Rusmadi.",
        ),
        dateline="Barabai",
        dateline_text="Barabai (ANTARA) - ",
        published_at=datetime(2023, 10, 17, 15, 47, tzinfo=wita),
        seen_at=seen_at,
        captures=(
            Capture(
                url="https://kalsel.antaranews.com/berita/389012/warga-tanam-bambu",
                status=200,
                captured_at=seen_at,
                file="kalsel-1.warc.gz",
                offset=0,
                length=9,
                sha256="0" * 64,
                payload_sha256="1" * 64,
            ),
        ),
    )
