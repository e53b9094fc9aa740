"""Finds what the program says in its source: the msgids of the catalogue."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment
from jinja2.nodes import Call, Const, Name

from antara_crawler import errors, unanswered
from antara_crawler.wording import TOLD

ROOT = Path(__file__).parents[2]
ERRORS = {
    name
    for module, base in ((errors, errors.AntaraError), (unanswered, unanswered.Unanswered))
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, base)
}
"""What they are raised with is a sentence, too."""


class Message(NamedTuple):
    """A message: its text, or singular and plural; and its context, '' where it has none."""

    text: str | tuple[str, str]
    context: str = ""


def messages(root: Path = ROOT) -> dict[Message, set[str]]:
    """Return each message with the files that say it."""
    found: dict[Message, set[str]] = {}
    for place in ("antara_crawler", "pipelines", "tests/wording/elsewhere.py"):
        for path in sorted((root / place).rglob("*.*")) or [root / place]:
            if reader := READERS.get(path.name) or READERS.get(path.suffix):
                for message in reader(path.read_text("utf-8")):
                    found.setdefault(message, set()).add(str(path.relative_to(root)))
    return found


def messages_of_page(source: str) -> Iterator[Message]:
    """Yield what `t` says in a template of Jinja."""
    for node in Environment().parse(source).find_all(Call):
        if isinstance(node.node, Name) and node.node.name == "t" and node.args:
            said = node.args[0]
            if isinstance(said, Const) and isinstance(said.value, str):
                yield Message(said.value)


def messages_of(source: str) -> Iterator[Message]:
    """Yield what `tr`, `note`, `tell`, `counted` and `sentence` say in a module, and its errors."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = _called(node)
        if called == "counted" and isinstance(thing := node.args[-1], ast.Constant):
            yield Message((f"{{n:,}} {thing.value}", f"{{n:,}} {thing.value}s"))
        elif called in {"tr", "note", "tell", "said"}:
            yield from map(Message, templates(node.args[called == "said"]))
        elif called in {"sentence", *ERRORS}:
            for text in templates(node.args[0]):
                yield Message(text, TOLD if "{" in text else "")


def unmarked(root: Path = ROOT) -> Iterator[str]:
    """Yield words that the package prints and the catalogue does not have."""
    for path in (root / "antara_crawler").rglob("*.py"):
        if path.parent.name != "lines":  # there `say` builds an article's text
            yield from unmarked_in(path.read_text("utf-8"))


def unmarked_in(source: str) -> Iterator[str]:
    """Yield words that a module prints and no mark of the catalogue holds."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in {"print", "report", "say", "wrapped"}:
            for given in node.args:
                yield from filter(re.compile("[A-Za-z]{3}").search, _words(given))


def _words(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Call):
        if _called(node) not in {"tr", "counted", "sentence"}:
            for given in node.args:
                yield from _words(given)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _words(child)


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def templates(expression: ast.expr) -> Iterator[str]:
    """Yield the templates that an expression gives."""
    match expression:
        case ast.IfExp():
            yield from templates(expression.body)
            yield from templates(expression.orelse)
        case ast.Constant(str(text)):
            yield text
        case ast.JoinedStr():
            yield _template(expression)


def _template(text: ast.JoinedStr) -> str:
    parts, names = [], dict[str, str]()
    for value in text.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value).replace("{", "{{").replace("}", "}}"))
        elif isinstance(value, ast.FormattedValue):
            said = ast.unparse(value.value)
            name = name_of(value.value)
            while names.setdefault(name, said) != said:
                name = re.sub(r"\d*$", lambda found: str(int(found[0] or 1) + 1), name, count=1)
            form = ast.unparse(value.format_spec)[2:-1] if value.format_spec else ""
            figure = form if re.search(r"[,.]", form) else ""
            parts.append(f"{{{name}{figure and ':' + figure}}}")
    return "".join(parts)


def name_of(value: ast.expr) -> str:
    """Return what a field is called: by the last name in it."""
    match value:
        case ast.Name():
            return value.id.strip("_")
        case ast.Attribute():
            return value.attr.strip("_")
        case ast.Call() if value.args:
            return name_of(value.args[0])
        case ast.Call():
            return name_of(value.func)
        case ast.Subscript():
            return name_of(value.value)
    return "value"


def messages_of_table(source: str) -> Iterator[Message]:
    """Yield the words of a table of them; a command's line of usage is none."""
    tables: list[Any] = [tomllib.loads(source)]
    while tables:
        for name, found in tables.pop().items():
            for each in found if isinstance(found, list) else [found]:
                if isinstance(each, dict):
                    tables.append(each)
                elif isinstance(each, str) and name != "usage":
                    yield Message(each)


READERS = {
    ".py": messages_of,
    ".html": messages_of_page,
    "help.toml": messages_of_table,
    "words.toml": messages_of_table,
}
