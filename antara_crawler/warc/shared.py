"""Capture files by name: in the folder of this machine, else in a store that machines share."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BufferedReader, RawIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Literal, cast

from antara_crawler.errors import NotWritable, UsageError, require
from antara_crawler.warc.records.disk import appearing, sync_folder
from antara_crawler.warc.records.members import ENDINGS, warc_files
from antara_crawler.wording import sentence

SHARED = "the shared store"
"""What rows call the store that machines share; each machine says where it is."""
_BLOCK = 1 << 20
_BLOCKS, _SIZES = 8, 1000
"""How much is kept of what was read of a store with a URL."""


class FolderStore:
    """A store that is a folder, such as a network file system's."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def names(self) -> set[str]:
        """Return the names of its capture files."""
        return names_in(self.path)

    def take(self, source: Path, name: str) -> None:
        """Copy a file into it: under another name until all of it is on the disk."""
        with source.open("rb") as given, appearing(self.path / name) as kept:
            shutil.copyfileobj(given, kept, 1 << 20)
        sync_folder(self.path)

    def changing(self, name: str) -> AbstractContextManager[Path]:
        """Give the folder itself."""
        return nullcontext(self.path)

    def empty(self, name: str) -> None:
        """Take all out of a file of it, not while it is being moved away."""
        with suppress(FileNotFoundError), (self.path / name).open("r+b") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            held.truncate()
            os.fsync(held.fileno())

    def remove(self, name: str) -> None:
        """Delete a file of it that was emptied."""
        path = self.path / name
        with suppress(FileNotFoundError):
            path.unlink()
            sync_folder(path.parent)


class RemoteStore:
    """A store that fsspec knows by its URL: an object store's bucket, another file system.

    Raises NotWritable when it does not answer.
    """

    def __init__(self, url: str) -> None:
        fsspec = require(sentence("a shared store with a URL"), "store", "fsspec")
        self._url = url
        # Asked for anew each time: what it gives is kept by fsspec, and is of one process.
        self._open: Callable[[], tuple[Any, str]] = partial(
            fsspec.core.url_to_fs, url, use_listings_cache=False
        )
        try:
            self._open()
        except (ImportError, ValueError) as error:
            raise UsageError(f"CAPTURES_SHARED cannot be used: {error}") from error
        # One request for many records that lie side by side.
        self.size = lru_cache(_SIZES)(self._size)
        self.block = lru_cache(_BLOCKS)(self._block)

    def __reduce__(self) -> tuple[type["RemoteStore"], tuple[str]]:
        return RemoteStore, (self._url,)

    def __truediv__(self, name: str) -> "_RemoteFile":
        return _RemoteFile(self, name)

    @contextmanager
    def _asked(self) -> Iterator[tuple[Any, str]]:
        """Give the file system and our folder in it."""
        try:
            yield self._open()
        except FileNotFoundError:
            raise
        except Exception as error:  # each driver has its own, and they have no common base
            raise NotWritable(
                f"the shared store does not answer as it should ({error}): mend that, then run the"
                " same command again"
            ) from error

    def _size(self, name: str) -> int:
        with self._asked() as (system, root):
            return int(system.size(f"{root}/{name}"))

    def _block(self, name: str, number: int) -> bytes:
        end = min((number + 1) * _BLOCK, self.size(name))
        with self._asked() as (system, root):
            data: bytes = system.cat_file(f"{root}/{name}", start=number * _BLOCK, end=end)
        return data

    def names(self) -> set[str]:
        """Return the names of its capture files."""
        with self._asked() as (system, root):
            names = [path[len(root) :].lstrip("/") for path in system.find(root)]
        return {name for name in names if name.endswith(ENDINGS)}

    def take(self, source: Path, name: str) -> None:
        """Copy a file into it."""
        with self._asked() as (system, root):
            system.makedirs(root, exist_ok=True)
            system.put_file(str(source), f"{root}/{name}")
        self._forget()

    @contextmanager
    def changing(self, name: str) -> Iterator[Path]:
        """Give a folder with a copy of a file, which then takes its place."""
        with TemporaryDirectory() as folder:
            copy = Path(folder, name)
            with self._asked() as (system, root):
                system.get_file(f"{root}/{name}", str(copy))
            yield Path(folder)
            self.take(copy, name)

    def empty(self, name: str) -> None:
        """Take all out of a file of it."""
        with self._asked() as (system, root):
            system.pipe_file(f"{root}/{name}", b"")
        self._forget()

    def remove(self, name: str) -> None:
        """Delete a file of it that was emptied."""
        with self._asked() as (system, root):
            system.rm_file(f"{root}/{name}")
        self._forget()

    def _forget(self) -> None:
        self.size.cache_clear()
        self.block.cache_clear()


@dataclass(frozen=True, slots=True)
class _RemoteFile:
    store: RemoteStore
    name: str

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        return BufferedReader(_Blocks(self.store, self.name))

    def is_file(self) -> bool:
        try:
            self.store._size(self.name)
        except FileNotFoundError:
            return False
        return True


class _Blocks(RawIOBase):
    """A file of a store as blocks that are kept; raises FileNotFoundError when there is none."""

    def __init__(self, store: RemoteStore, name: str) -> None:
        self._store, self._file, self._at = store, name, 0
        self._end = store.size(name)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._end)[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._end:
            return 0
        number, begin = divmod(self._at, _BLOCK)
        data = self._store.block(self._file, number)[begin : begin + len(buffer)]
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class CaptureFiles:
    """All capture files that this machine sees.

    `name` is what its own `folder` is called in the rows of the archive; `shared` is None where
    it sees no store that machines share.
    """

    def __init__(self, folder: Path, name: str, shared: "Store | None" = None) -> None:
        self.folder, self.name, self.shared = folder, name, shared

    def __truediv__(self, name: str) -> "Stored":
        """Return a file; one that is both here and shared is read here."""
        if self.shared is None:
            return self.folder / name
        return _OneOf([self.folder / name, self.shared / name])

    def places(self, name: str) -> "list[Store]":
        """Return the places where a file lies: in both while it is moved."""
        own = FolderStore(self.folder)
        both: list[Store] = [own] if self.shared is None else [own, self.shared]
        return [each for each in both if (each / name).is_file()]

    def sees(self, store: str | None) -> bool:
        """Tell whether what rows call a store can be seen from here; rows of none lie here."""
        return store in (None, self.name) or (store == SHARED and self.shared is not None)

    def names(self) -> set[str]:
        """Return the names of the files; raises OSError for a place that may not be read."""
        own = names_in(self.folder) if self.folder.is_dir() else set()
        return own if self.shared is None else own | self.shared.names()


class _OneOf:
    """A file that may lie in several places, and is moved from one to the next."""

    def __init__(self, places: "Sequence[Stored]") -> None:
        self._places = places

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        for place in self._places[:-1]:
            with suppress(FileNotFoundError):
                return place.open(mode)
        return self._places[-1].open(mode)

    def is_file(self) -> bool:
        return any(place.is_file() for place in self._places)


Stored = Path | _RemoteFile | _OneOf
"""A capture file, wherever it lies."""
Store = FolderStore | RemoteStore
"""What machines share."""
Folder = Path | CaptureFiles
"""What gives capture files by name."""


def names_in(folder: Path) -> set[str]:
    """Return the names of the capture files in a folder; raises OSError."""
    return {path.relative_to(folder).as_posix() for path in warc_files(folder)}


def digest_of(stored: Stored) -> bytes:
    """Return the SHA-256 of a whole file; raises OSError."""
    with stored.open("rb") as file:
        return hashlib.file_digest(cast(Any, file), "sha256").digest()
