"""Every file that a docstring, a comment or a page of documentation names is there."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tests.scrapy_runs import ROOT

NAMED = re.compile(r"(?<![\w/.:*{}$-])(?:[\w.-]+/)*[\w.-]*\w\.(?:md|py|toml)\b(?![\w/(*])")
LINKED = re.compile(r"\]\(([^)#\s:]+)(?:#[^)]*)?\)")


OF_USERS = {"data/templates.toml"}
"""Files that are there once a user has made them."""
ROOMS = ("antara_crawler", "pipelines", "tests", "data", ".ci", ".github")


def project_files() -> list[str]:
    """Return the files of the project, seen from its root."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*.*")]
    return [path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.*"), *files)]


def said(path: Path) -> Iterator[str]:
    """Yield what a file says to people: of Python the docstrings and comments, else all lines."""
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        yield source
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def endings(files: list[str]) -> set[str]:
    """Return what each file may be called: by its name, or by any part of the way to it."""
    ways = [PurePosixPath(file).parts for file in files]
    return {"/".join(way[at:]) for way in ways for at in range(len(way))}


def dangling(path: Path, names: set[str]) -> list[str]:
    """Return the references of a file that no file of the project answers to."""
    named = {name for text in said(path) for name in NAMED.findall(text)}
    missing = [name for name in named if name not in names]
    if path.suffix == ".md":
        links = LINKED.findall(path.read_text("utf-8"))
        missing += [link for link in links if not (path.parent / link).exists()]
    return sorted(missing)


def test_what_is_named_is_there() -> None:
    files = project_files()
    names = endings(files) | OF_USERS
    told = [ROOT / file for file in files if file.endswith((".py", ".md", ".toml", ".yml"))]
    assert {str(path): lost for path in told if (lost := dangling(path, names))} == {}


def test_a_name_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "page.py"
    module.write_text(
        '"""As in notes/OLD.md; see text.py."""\n\nX = 1\n"""`gone.py` has more."""\n'
    )
    assert dangling(module, endings(["antara_crawler/text.py"])) == ["gone.py", "notes/OLD.md"]
    page = tmp_path / "page.md"
    page.write_text("[one](page.md) [other](nowhere/page.txt) [site](https://example.org/a.html)")
    assert dangling(page, endings(["page.md"])) == ["nowhere/page.txt"]
