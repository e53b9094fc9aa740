"""Where a portal has an article in its AMP form only, that is what is read."""

from collections.abc import Mapping
from pathlib import Path

from tests.crawl.truth import assert_exact
from tests.portal import PortalServer, Reply, Site
from tests.portal.site import article_in
from tests.scrapy_runs import Workplace


class AmpAlone(Site):
    """A portal that has lost the ordinary pages of its /berita articles."""

    def respond(
        self, path: str, query: str = "", headers: Mapping[str, str] | None = None
    ) -> Reply:
        found = article_in(path)
        if found and found[0] == "berita" and not path.startswith("/amp/"):
            return self.not_found()
        return super().respond(path, query, headers)


def test_articles_that_have_an_amp_page_alone_are_archived_from_it(
    tmp_path: Path, sqlite_url: str
) -> None:
    place = Workplace(tmp_path, sqlite_url)
    site = AmpAlone(seed=21, articles=25)
    with PortalServer(site) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 0, ended.err
    truth = [a.amp_truth if a.kind == "berita" else a.truth for a in site.articles]
    assert_exact(truth, place.records())
