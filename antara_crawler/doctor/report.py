"""A diagnosis as a page of text that a person reads, and can send to us."""

from antara_crawler.doctor.diagnosis import Diagnosis, Line
from antara_crawler.terminal import Screen, plain
from antara_crawler.wording import sentence, told, tr

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
            screen.say(
                screen.wrapped(
                    plain(each.read) or tr("nothing"), indent, f"{indent}  {tr('read')}: "
                )
            )
            said = indent + tr("  {source} says: ", source=each.source)
            screen.say(screen.wrapped(plain(each.said), indent, said))
        else:
            screen.say(screen.wrapped(told(plain(each.said)), indent, f"{indent}  "))
