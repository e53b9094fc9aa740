"""Over random redesigns: does the doctor name what is wrong, and do its selectors read the pages?

PYTHONPATH=. python tests/bench/redesigns.py --portals 50
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from antara_crawler.doctor.diagnosis import diagnose
from antara_crawler.doctor.suggestions import Sample, suggest
from antara_crawler.errors import UnreadablePage
from antara_crawler.items import Article
from antara_crawler.pages import read_article
from antara_crawler.pages.custom import as_toml, read_catalogue
from antara_crawler.pages.templates import TEMPLATES, Template
from antara_crawler.portals import portal
from antara_crawler.reextract.extract import Cleaning
from tests.doctor.redesign import Redesign, layouts_of, look_of, visit_of
from tests.portal.model import Article as Told
from tests.portal.site import Site

FIELDS = ("title", "body", "time", "section", "names", "tags", "pictures")


def values(article: Article) -> dict[str, Any]:
    """Return what was read, by the doctor's fields."""
    return {
        "title": article.title,
        "body": (article.dateline, list(article.paragraphs)),
        "time": article.published_at.isoformat() if article.published_at else None,
        "section": article.section,
        "names": ([*article.reporters], [*article.editors]),
        "tags": [*article.tags],
        "pictures": [picture.url for picture in article.images if picture.url],
    }


def truths(article: Told) -> dict[str, Any]:
    """Return what is right, by the doctor's fields."""
    truth = article.truth
    return {
        "title": truth["title"],
        "body": (truth["dateline"], truth["paragraphs"]),
        "time": truth["published_at"],
        "section": truth["section"],
        "names": (truth["reporters"], truth["editors"]),
        "tags": truth["tags"],
        "pictures": [each["url"] for each in truth["images"] if each["url"]],
    }


def faults(
    site: Site,
    articles: Sequence[Told],
    change: Redesign,
    templates: Sequence[type[Template]],
    cleaning: Cleaning,
) -> tuple[Counter[str], int]:
    """Return of how many articles each field is wrong, and how many are wrong in none."""
    wrong: Counter[str] = Counter()
    exact = 0
    for each in articles:
        look = look_of(site, each, change)
        try:
            read = read_article(look.html, look.url, portal(site.portal), templates=templates)
            # Without a date it would be refused whole: the other fields are looked at all the same.
            item = cleaning(replace(read, published_at=read.published_at or each.published))
            found = values(item) if isinstance(item, Article) else {}
            found["time"] = values(read)["time"]
            right = truths(each)
            bad = [name for name in FIELDS if found.get(name) != right[name]]
        except UnreadablePage:
            bad = list(FIELDS)
        wrong.update(bad)
        exact += not bad
    return wrong, exact


def main() -> None:
    """Print one line a portal, then the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portals", type=int, default=50)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    settings: Settings = get_project_settings()
    cleaning = Cleaning(settings)
    place = portal("kalsel")
    missed: list[str] = []
    false: list[str] = []
    good = judged = 0
    for seed in range(given.portals):
        share = (0.0, 0.4, 0.7, 1.0)[seed % 4]
        change = Redesign(seed, share)
        site = Site(seed + 100, given.articles)
        mine = layouts_of(site, ("regional", "wrap", "older")[seed % 3])
        ten, rest = mine[:10], mine[10:]
        wrong, _ = faults(site, ten, change, TEMPLATES, cleaning)
        really = {name for name in FIELDS if wrong[name] > 0.3 * len(ten)}
        lines = diagnose(visit_of(site, ten, change), place).lines
        told = {line.what for line in lines if line.verdict == "wrong"}
        told = {"body" if name == "lead" else name for name in told}
        if "articles" in told:
            told = set(FIELDS)
        judged += len(FIELDS)
        missed += [f"{seed}/{name}" for name in really - told]
        false += [f"{seed}/{name}" for name in told - really - {"articles"}]
        samples = [Sample(x.html, x.url, x.page.hints) for x in visit_of(site, ten, change).looks]
        places = {each.place: each.selectors for each in suggest(samples, place)}
        toml = as_toml("suggested", places)
        templates = read_catalogue(toml, "suggested").serving("kalsel")
        left, exact = faults(site, rest, change, templates, cleaning)
        share_exact = exact / max(1, len(rest))
        good += share_exact >= 0.95
        print(
            f"{seed:>3} {share:.1f} wrong {sorted(really)} told {sorted(told)}"
            f" exact {share_exact:.2f} of {len(rest)} left {dict(left)}"
        )
        if given.verbose:
            print(toml)
            for each in rest:
                one, _ = faults(site, [each], change, templates, cleaning)
                if one:
                    print(each.key, dict(one))
    print(f"missed {len(missed)}: {missed}\nfalse alarms {len(false)} of {judged}: {false}")
    print(f"portals read by suggested selectors: {good} of {given.portals}")


if __name__ == "__main__":
    main()
