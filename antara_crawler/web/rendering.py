"""Makes pages of templates: autoescaped, in the language asked for, links kept in it.

What has a name in the code (faults, states, kinds, counts) is said by words.toml.
"""

from collections.abc import Mapping
from functools import cache, lru_cache, partial
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from antara_crawler import dates
from antara_crawler.addresses import identity_of
from antara_crawler.archive import ChangeView, Hit, RelatedView, StoredArticle, Telling
from antara_crawler.citing.source import source_of
from antara_crawler.terminal import size
from antara_crawler.wording import LANGUAGES, figure, said, told, words

MESSAGES = words("web")


def say(lang: str, text: str, **values: object) -> str:
    """Return a message, or what MESSAGES has for a name, in 'id' or 'en'. Plain text: escape it."""
    return said(lang, MESSAGES.get(text, text), **values)


def named(lang: str, group: str, name: str) -> str:
    """Return what we call a state, a kind or a count; one we have no word for stays as it is."""
    return said(lang, MESSAGES.get(f"{group}.{name}", name))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("antara_crawler.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # no look at the files for each answer
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"address": address, "related_address": related_address, "web_url": web_url}
    made.globals["source_of"] = source_of
    return made


def rendered(template: str, **values: Any) -> str:
    """Return what a template of this room makes of values."""
    return _environment().get_template(template).render(values)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template of this room as an answer."""
    lang = language(request.query_params)
    path, params = request.url.path, dict(request.query_params)
    other = LANGUAGES[1 - LANGUAGES.index(lang)]
    context: dict[str, Any] = {
        "lang": lang,
        "t": partial(say, lang),
        "named": partial(named, lang),
        "told": lambda text: told(text, lang),
        "link": partial(link, lang),
        "number": lambda n: figure(n, ",", lang),
        "share": partial(share, lang),
        "size": lambda n: size(n, lang),
        "day": lambda on: dates.day(on, lang),
        "moment": lambda at, portal=None: dates.moment(at, lang, portal),
        # a time of ours, on the clock of the portal that it is about
        "stamp": lambda at, portal=None: dates.stamp(dates.local(at, portal or ""), lang),
        "weekday": lambda n: dates.DAYS[lang][n],
        "weekday_short": lambda n: dates.SHORT_DAYS[lang][n],
        "month": lambda n: dates.MONTHS[lang][n - 1],
        "path": path,
        "other_lang": other,
        "other_language": link(other, path, {k: v for k, v in params.items() if k != "lang"}),
    }
    body = rendered(template, **context | values)
    return HTMLResponse(body, status, headers={"Content-Language": lang})


def language(params: Mapping[str, str]) -> str:
    """Return the language that the address asks for; Indonesian unless it says English."""
    return "en" if params.get("lang") == "en" else "id"


def link(
    lang: str, path: str, params: Mapping[str, object] | None = None, **changed: object
) -> str:
    """Return an address of ours with these parameters, the empty ones left out."""
    merged = {**(params or {}), **changed}
    if lang != LANGUAGES[0]:
        merged["lang"] = lang
    asked = [_pair(name, str(value)) for name, value in merged.items() if value not in (None, "")]
    return f"{path}?{'&'.join(asked)}" if asked else path


@lru_cache(1000)
def _pair(name: str, value: str) -> str:
    return urlencode({name: value}, errors="replace")


def address(article: Hit | StoredArticle | ChangeView | Telling) -> str:
    """Return the path of an article's page: the same in every archive that has the article."""
    number = article.number if isinstance(article, ChangeView | Telling) else article.article_id
    if number is None:
        return f"/articles/{article.id}"
    return quote(f"/{article.portal}/{article.kind}/{number}")


def related_address(link: RelatedView) -> str:
    """Return the path of the page of an archived article that another one names."""
    portal, kind, number = identity_of(link.url or "") or ("articles", "", link.id)
    return quote("/".join(["", portal, *filter(None, (kind, str(number)))]))


def web_url(url: str | None) -> str | None:
    """Return an address that a page may link to: http or https with a host, else None."""
    if url is None or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def share(lang: str, value: float) -> str:
    """Return a share in hundredths, never rounded up to all: 99,9 % or 99.9%."""
    tenths = int(value * 1000)
    text = figure(tenths / 10, ".1f" if tenths % 10 else ".0f", lang)
    return f"{text} %" if lang == "id" else f"{text}%"
