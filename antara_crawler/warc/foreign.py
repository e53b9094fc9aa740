"""Capture files of other programs within our captures folder: linked to, copied, or unpacked."""

import hashlib
import json
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from antara_crawler.errors import UsageError
from antara_crawler.warc.records.disk import appearing, writing
from antara_crawler.warc.records.members import ENDINGS

FOREIGN = "imported"
"""Where they lie in the captures folder."""

_STEP = 1 << 20
_LIST = "datapackage.json"
_MOST_LISTED = 1 << 24
"""Bytes of a package's list that are read."""
_NOT_WHOLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError),
    *(ValueError, TypeError),  # of its list
)


def is_foreign(file: str) -> bool:
    """Tell whether a capture's file is of another program."""
    return file.startswith(f"{FOREIGN}/")


def is_wacz(path: Path) -> bool:
    """Tell whether a file is a web archive package (WACZ), by its name."""
    return path.name.lower().endswith(".wacz")


def is_captures(path: Path) -> bool:
    """Tell whether a file holds captures, by its name."""
    return path.name.lower().endswith((*ENDINGS, ".wacz"))


def take_in(path: Path, folder: Path, *, copy: bool) -> list[str]:
    """Make a file's records readable within the captures folder; return the files there, in order.

    A WARC file stays where it is, and a link leads to it, or with `copy` it is copied; of a package
    the WARC files are unpacked. A file has the same name there each time, and another content
    another name. Raises UsageError for what is no such file, NotWritable when it cannot be kept.
    """
    place = folder / FOREIGN
    with writing(place):
        place.mkdir(parents=True, exist_ok=True)
    if is_wacz(path):
        return [f"{FOREIGN}/{each.name}" for each in unpack(path, place)]
    try:
        with path.open("rb") as stream:
            target = place / _name(path.name, _digest(stream))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    if not target.exists() or (copy and target.is_symlink()):
        with writing(target):
            if copy:
                with path.open("rb") as stream:
                    _keep(stream, target)
            else:
                target.unlink(missing_ok=True)  # a link that leads nowhere any more
                target.symlink_to(path.resolve())
    return [f"{FOREIGN}/{target.name}"]


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Give what a replay reads: the path as it is, or of a package a folder of its WARC files."""
    if not is_wacz(path) or not path.is_file():
        yield path
        return
    with TemporaryDirectory(prefix="antara-wacz-") as folder:
        unpack(path, Path(folder))
        yield Path(folder)


def unpack(path: Path, folder: Path) -> list[Path]:
    """Unpack the WARC files of a package into a folder; return them in the package's order.

    Raises UsageError for what is no such package, or not as the package lists it; NotWritable when
    it cannot be kept.
    """
    found = []
    try:
        with writing(folder), zipfile.ZipFile(path) as package:
            listed = _listed(package)
            for member in package.infolist():
                if not member.filename.lower().endswith(ENDINGS):
                    continue
                with package.open(member) as stream:
                    digest = _digest(stream)
                said = listed.get(member.filename, "")
                if said.startswith("sha256:") and said != f"sha256:{digest}":
                    raise UsageError(
                        f"{path}: {member.filename} is not the file that {_LIST} names: copy the"
                        " package anew, or unpack it and import its WARC files"
                    )
                target = folder / _name(member.filename.rpartition("/")[2], digest)
                if not target.exists():
                    with package.open(member) as stream:
                        _keep(stream, target)
                found.append(target)
    except _NOT_WHOLE as error:
        raise UsageError(f"{path} is no whole WACZ package ({error}): copy it anew") from error
    if not found:
        raise UsageError(f"{path} holds no WARC file")
    return found


def _listed(package: zipfile.ZipFile) -> dict[str, str]:
    """Return the digests that a package's own list names, by file; nothing where it has none."""
    try:
        with package.open(_LIST) as stream:
            said = json.loads(stream.read(_MOST_LISTED))
        return {str(each["path"]): str(each["hash"]) for each in said["resources"]}
    except KeyError:
        return {}


def _name(name: str, digest: str) -> str:
    """Return what a file is called here: its own name, and a part of its digest before the end."""
    end = next((end for end in ENDINGS if name.lower().endswith(end)), "")
    stem = name[: len(name) - len(end)] if end else name
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in stem)
    return f"{plain.lstrip('.')[:80] or 'captures'}-{digest[:12]}{end or '.warc.gz'}"


def _digest(stream: Any) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()


def _keep(stream: IO[bytes], target: Path) -> None:
    with appearing(target) as out:
        shutil.copyfileobj(stream, out, _STEP)
