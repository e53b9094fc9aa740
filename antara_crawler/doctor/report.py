"""A diagnosis or inspection on a terminal, to read and to send to us; the latter as HTML, too."""

from collections.abc import Sequence
from html import escape
from io import StringIO

from antara_crawler.doctor.diagnosis import Diagnosis, Line
from antara_crawler.doctor.inspection import Inspection
from antara_crawler.doctor.suggestions import Suggestion
from antara_crawler.pages.custom import as_toml
from antara_crawler.terminal import BOLD, FAINT, MOST_COLUMNS, OFF, Screen, plain
from antara_crawler.wording import language, sentence, told, tr

_VERDICTS = {"fine": sentence("fine"), "look": sentence("LOOK"), "wrong": sentence("WRONG")}


def say_diagnosis(screen: Screen, diagnosis: Diagnosis) -> None:
    """Print a diagnosis."""
    screen.say(screen.bold(tr("First contact with {portal}", portal=diagnosis.portal)))
    screen.say()
    for line in diagnosis.lines:
        _say_line(screen, line)
    screen.say()
    ends = {
        0: tr("all is fine: crawl it with `scrapy crawl {portal}`", portal=diagnosis.portal),
        3: tr("nothing could be read: what is said above comes first"),
        4: tr("look at what is said above; what can be read is read, and all is kept raw"),
    }
    screen.say(ends[diagnosis.status])


def _say_line(screen: Screen, line: Line) -> None:
    verdict = tr(_VERDICTS[line.verdict]).ljust(6)
    first = f"{line.what:<11} {verdict} "
    indent = " " * len(first)
    if line.verdict != "fine":
        first = f"{line.what:<11} {screen.bold(verdict)} "
    found = "; ".join(told(part) for part in plain(line.found).split("; "))
    screen.say(screen.wrapped(found, indent, first))
    if line.todo:
        screen.say(screen.wrapped(tr("what to do: {what}", what=tr(line.todo)), indent, indent))
    for each in line.differences:
        screen.say(screen.faint(f"{indent}{plain(each.url)}"))
        if each.read or each.source:
            read = plain(each.read) or tr("nothing")
            screen.say(screen.wrapped(read, indent, f"{indent}  {tr('read')}: "))
            said = indent + tr("  {source} says: ", source=each.source)
            screen.say(screen.wrapped(plain(each.said), indent, said))
        else:
            screen.say(screen.wrapped(told(plain(each.said)), indent, f"{indent}  "))


def say_inspection(screen: Screen, seen: Inspection) -> None:
    """Print an inspection."""
    screen.say(screen.bold(plain(seen.url)))
    template = seen.template or tr("none")
    screen.tell("portal {portal}, template {template}", portal=seen.portal, template=template)
    if seen.trouble:
        first = screen.bold(f"{tr('not read')}: ")
        screen.say(screen.wrapped(told(plain(seen.trouble)), "  ", first))
    for field in seen.fields:
        screen.say()
        first = f"{screen.bold(field.name)}: "
        screen.say(screen.wrapped(plain(field.value) or tr("nothing"), "  ", first))
        for place in field.places:
            mark = "=" if place.holds else "-"
            text = plain(place.text)[:100]
            screen.say(screen.faint(f"  {mark} {plain(place.where)}: {text}"))
    screen.say()
    for each in seen.texts:
        first = f"{_kind(each.room, each.kind, each.reason):<28} "
        screen.say(screen.wrapped(plain(each.text), " " * 29, first))


def say_suggestions(screen: Screen, found: Sequence[Suggestion], portal: str) -> None:
    """Print suggestions as a template of TOML, of how many pages each holds as a comment."""
    if not found:
        screen.tell("# nothing on the page says where its fields stand")
        return
    screen.tell("# Put this into data/templates.toml, then: scrapy reextract --dry-run")
    for each in found:
        of = {"place": each.place, "fits": each.fits, "all": each.of}
        screen.tell("# {place}: stands there on {fits} of {all} pages that have it", **of)
    places = {each.place: each.selectors for each in found}
    screen.say(as_toml(f"{portal}-suggested", places, portals=[portal]).rstrip())


def as_html(seen: Inspection) -> str:
    """Return an inspection as a page of HTML; all that stood on the page is escaped in it."""
    printed = StringIO()
    screen = Screen(printed)
    screen.terminal, screen.styled, screen.columns = True, True, MOST_COLUMNS
    say_inspection(screen, seen)
    # Codes of a terminal are ours: no text of a page is printed with one.
    body = escape(printed.getvalue())
    for code, tag in ((BOLD, "<span class=bold>"), (FAINT, "<span class=soft>"), (OFF, "</span>")):
        body = body.replace(code, tag)
    title = escape(f"{seen.portal}: {seen.url}")
    return (
        f'<!doctype html>\n<html lang="{language()}"><head><meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src'
        " 'unsafe-inline'\">\n"
        "<style>.bold{font-weight:bold} .soft{color:#666}</style></head>\n"
        f"<body><pre>{body}</pre></body></html>\n"
    )


def _kind(room: str, kind: str, reason: str) -> str:
    name = kind if room == "body" else f"{room}: {kind}"
    return f"{name} ({told(reason)})" if reason else name
