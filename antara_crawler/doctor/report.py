"""A diagnosis as a page of text that a person reads, and can send to us."""

from antara_crawler.doctor.diagnosis import Diagnosis, Line
from antara_crawler.terminal import Screen, plain

_VERDICTS = {"fine": "fine", "look": "LOOK", "wrong": "WRONG"}
_ENDS = {
    0: "all is fine: crawl it with `scrapy crawl {}`",
    3: "nothing could be read: what is said above comes first",
    4: "look at what is said above; what can be read is read, and all is kept raw",
}


def say_diagnosis(screen: Screen, diagnosis: Diagnosis) -> None:
    """Print a diagnosis."""
    screen.say(screen.bold(f"First contact with {diagnosis.portal}"))
    screen.say()
    for line in diagnosis.lines:
        _say_line(screen, line)
    screen.say()
    screen.say(_ENDS[diagnosis.status].format(diagnosis.portal))


def _say_line(screen: Screen, line: Line) -> None:
    verdict = _VERDICTS[line.verdict].ljust(6)
    first = f"{line.what:<11} {verdict} "
    indent = " " * len(first)
    if line.verdict != "fine":
        first = f"{line.what:<11} {screen.bold(verdict)} "
    screen.say(screen.wrapped(plain(line.found), indent, first))
    if line.todo:
        screen.say(screen.wrapped(f"what to do: {line.todo}", indent, indent))
    for each in line.differences:
        screen.say(screen.faint(f"{indent}{plain(each.url)}"))
        if each.read or each.source:
            screen.say(screen.wrapped(plain(each.read) or "nothing", indent, f"{indent}  read: "))
            said = f"{indent}  {each.source} says: "
            screen.say(screen.wrapped(plain(each.said), indent, said))
        else:
            screen.say(screen.wrapped(plain(each.said), indent, f"{indent}  "))
