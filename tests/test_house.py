"""The shape of the house, read from the source: who imports whom, sizes, and what a file is for."""

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.wording.catalogue import read
from tests.wording.messages import Message, messages

ROOT = Path(__file__).parent.parent
PACKAGES = ("antara_crawler", "pipelines")
MOST_LINES = 300
MOST_MODULES = 10
MAY_HOLD_MORE = {
    "antara_crawler/commands",  # Scrapy wants each command as a module of one package
    "antara_crawler/archive/migrations/versions",  # what a version shipped stays
}

# `commands` uses rooms of their own beside the archive, each of which stands between the
# stores and a command.
LEAVES = {
    *("items", "errors", "text", "portals", "addresses", "wording"),
}
STORES = {"archive", "warc", *LEAVES}
MAY_IMPORT = {
    "": set(),
    "settings": set(),
    "wording": set(),
    "unanswered": {"errors", "wording"},
    "items": {"errors"},
    "errors": {"wording"},
    "text": {"items", "wording"},
    "portals": {"errors", "wording"},
    "addresses": {"items", "portals"},
    "locations": {"archive", "errors", "warc"},
    "pages": LEAVES,
    "warc": {"items", "errors", "wording"},
    "archive": {"dates", "items", "errors", "text", "portals", "addresses", "wording"},
    "spiders": {"locations", "pages", "unanswered", *LEAVES},
    "crawl": {"locations", "unanswered", *STORES},
    "pipelines": {"crawl", *STORES},
    "dates": {"portals", "wording"},
    "citing": {"archive", "dates", "portals", "terminal"},
    "terminal": {"dates", "text", "wording"},
    "cli": {"locations", "settings", "terminal", *STORES},
    "export": {"dates", *STORES},
    "holdings": {"fleet", "verify", *STORES},
    "reextract": {"locations", "spiders", "pages", *STORES},
    "doctor": {"crawl", "locations", "pages", "spiders", "terminal", "unanswered", *STORES},
    "verify": {"reextract", *STORES},
    "rebuild": {"reextract", "spiders", "pages", *STORES},
    "health": {"fleet", *STORES},
    "fleet": STORES,
    "commands": {
        *("citing", "cli", "dates", "terminal", "locations", "crawl", "pages", "web", "export"),
        *("holdings", "reextract", "verify", "rebuild", "health", "fleet", "doctor", "spiders"),
        *STORES,
    },
    "web": {"citing", "dates", "export", "fleet", "health", "pages", "terminal", *STORES},
}
STAYS_OUT = {
    "pages": {"scrapy", "sqlalchemy", "time"},
    "warc": {"scrapy", "sqlalchemy"},
    "archive": {"scrapy", "twisted"},
    "spiders": {"sqlalchemy"},
    "text": {"scrapy", "sqlalchemy"},
    "web": {"scrapy", "sqlalchemy"},
}
SUB_ROOMS = {
    "archive": ["tables", "index", "frontier", "store", "read", "search", "beside"],
}
"""Sub-rooms of a room, each of which may use those before it."""


def modules(root: Path, *packages: str) -> dict[str, Path]:
    """Map dotted names to the files of the packages that are there."""
    found = {}
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(name: str, path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, relative ones made absolute."""
    inside = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = inside[: len(inside) - node.level + 1] if node.level else []
            stem = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def room_of(name: str) -> str:
    """Return the room a name of ours lies in; that of the package itself is ''."""
    parts = name.split(".")
    return parts[0] if parts[0] != "antara_crawler" else "".join(parts[1:2])


def house_faults(root: Path) -> list[str]:
    """Return one line for each import that no arrow of the house allows."""
    known = modules(root, *PACKAGES)
    faults = []
    for name, path in known.items():
        room = room_of(name)
        if room not in MAY_IMPORT:
            faults.append(f"{name}: no rule says what the room {room!r} may import")
            continue
        for target in imported(name, path):
            ours = target.split(".")[0] in PACKAGES
            other = room_of(target) if ours else target.split(".")[0]
            if ours and f"antara_crawler.{other}" not in known and other != "pipelines":
                continue  # a name of the package itself, such as __version__
            allowed = other in {room, *MAY_IMPORT[room]} if ours else True
            if not allowed or other in STAYS_OUT.get(room, ()):
                faults.append(f"{name} imports {target}")
    return faults


def upward_imports(root: Path) -> list[str]:
    """Return one line for each import that goes up the stairs of a room's sub-rooms."""
    faults = []
    for name, path in modules(root, *PACKAGES).items():
        _, room, sub, *_ = [*name.split("."), "", "", ""]
        stairs = SUB_ROOMS.get(room, [])
        for target in imported(name, path) if sub in stairs else ():
            _, other, step, *_ = [*target.split("."), "", "", ""]
            if other == room and step in stairs and stairs.index(step) > stairs.index(sub):
                faults.append(f"{name} imports {target}")
    return faults


def circle(root: Path) -> list[str]:
    """Return modules that import each other in a circle, or nothing."""
    known = modules(root, *PACKAGES)
    graph = {}
    for name, path in known.items():
        targets = {t if t in known else t.rpartition(".")[0] for t in imported(name, path)}
        graph[name] = {target for target in targets if target in known and target != name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_rooms_import_only_what_the_house_allows():
    assert house_faults(ROOT) == []


def test_sub_rooms_import_only_those_below_them():
    assert upward_imports(ROOT) == []


def test_no_modules_import_each_other_in_a_circle():
    assert circle(ROOT) == []


def test_the_arrows_themselves_make_no_circle():
    assert list(TopologicalSorter(MAY_IMPORT).static_order())


def test_no_file_is_too_long_for_one_reason():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in modules(ROOT, *PACKAGES, "tests").values()
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def crowded(root: Path) -> dict[str, int]:
    """Return the rooms with more modules than one can keep in mind, and how many each has."""
    rooms = Counter(
        str(path.parent.relative_to(root))
        for path in modules(root, *PACKAGES).values()
        if path.name != "__init__.py"
    )
    return {room: count for room, count in rooms.items() if count > MOST_MODULES}


def test_no_room_holds_more_modules_than_one_can_keep_in_mind():
    assert set(crowded(ROOT)) <= MAY_HOLD_MORE, "merge what answers one question, or part the room"


def test_a_crowded_room_is_seen(tmp_path):
    room = tmp_path / "antara_crawler" / "warc"
    room.mkdir(parents=True)
    for name in ("__init__", *map(str, range(MOST_MODULES))):
        (room / f"{name}.py").touch()
    assert crowded(tmp_path) == {}
    (room / "one_more.py").touch()
    assert crowded(tmp_path) == {"antara_crawler/warc": MOST_MODULES + 1}


def test_every_module_says_what_it_is_for():
    silent = [
        name
        for name, path in modules(ROOT, *PACKAGES, "tests").items()
        if (source := path.read_text("utf-8").strip()) and not ast.get_docstring(ast.parse(source))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("path", "line", "fault"),
    [
        ("pages/article.py", "from antara_crawler.archive import Writer", "archive.Writer"),
        ("pages/article.py", "from scrapy import Request", "scrapy.Request"),
        ("pages/article.py", "from .. import archive", "antara_crawler.archive"),
        ("items.py", "from antara_crawler import text", "antara_crawler.text"),
        ("items.py", "import antara_crawler.text", "antara_crawler.text"),
        ("warc/writer.py", "import sqlalchemy.orm", "sqlalchemy.orm"),
        ("commands/crawl.py", "from pipelines import tidy_text", "pipelines.tidy_text"),
        ("commands/crawl.py", "def f():\n    import pipelines", "pipelines"),
        ("attic/box.py", "", "no rule says what the room 'attic' may import"),
    ],
)
def test_a_wrong_arrow_is_seen(tmp_path, path, line, fault):
    house = tmp_path / "antara_crawler"
    for name in ("archive/__init__.py", "text/__init__.py", path):
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        (house / name).touch()
    assert "attic" in path or house_faults(tmp_path) == []
    (house / path).write_text(f"{line}\n", "utf-8")
    (told,) = house_faults(tmp_path)
    assert told.endswith(fault)


def test_a_circle_is_seen(tmp_path):
    house = tmp_path / "antara_crawler" / "pages"
    house.mkdir(parents=True)
    (house / "__init__.py").write_text("from .dates import read\n", "utf-8")
    (house / "dates.py").write_text("from . import tree\n", "utf-8")
    (house / "tree.py").write_text("", "utf-8")
    assert circle(tmp_path) == []
    (house / "tree.py").write_text(
        "def f():\n    from antara_crawler.pages import dates\n", "utf-8"
    )
    assert set(circle(tmp_path)) == {"antara_crawler.pages.dates", "antara_crawler.pages.tree"}


def test_what_the_program_says_is_in_the_catalogue_with_its_indonesian():
    again = "write the Indonesian into antara.po and run: python -m tests.wording"
    entries = [entry for entry in read() if entry.id]
    assert set(messages()) == {Message(each.id, each.context or "") for each in entries}, again
    assert [each.id for each in entries if not each.string or each.fuzzy] == [], again
