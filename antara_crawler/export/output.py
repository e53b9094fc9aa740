"""Writes files that appear under their names only when they are whole."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from antara_crawler.errors import NotWritable, UsageError
from antara_crawler.warc.records.disk import appearing, part_of


@contextmanager
def whole_file(name: str) -> Iterator[IO[bytes]]:
    """Open a file to be written, or standard output for '-'; raise NotWritable when it cannot be.

    What was there under the name is replaced when the new file is whole and on disk.
    """
    if name == "-":
        yield sys.stdout.buffer
        return
    target = Path(name)
    with _writing(target):
        if target.exists() and not (target.is_file() or target.is_dir()):
            with target.open("wb") as stream:  # a device or a pipe, whose name must stay its own
                yield stream
            return
    target = target.resolve()  # a link stays one
    with _writing(target), appearing(target) as stream:
        yield stream


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give a new folder beside `target`, which takes its name when all in it is whole and on disk.

    Raises UsageError where something is there already, NotWritable when it cannot be written.
    """
    target = target.resolve()
    with _writing(target):
        part = part_of(target)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise UsageError(f"{target} is there already: name a new folder")
        part.mkdir()
    try:
        with _writing(target):
            yield part
            for path in part.rglob("*"):
                if path.is_file():
                    with path.open("rb") as file:
                        os.fsync(file.fileno())
            part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or error
        raise NotWritable(
            f"{target} could not be written ({why}): make room there, or name another file"
        ) from error
