"""What a capture file is called, after the IIPC's convention, and what its name tells of it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(
    r"(?P<portal>[^/~]+)-(?P<stamp>\d{17})-(?P<serial>\d{5})-(?P<pid>\d+)~(?P<host>[^/~]+)"
    r"\.warc\.gz",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Name:
    """Which portal a file is of, when it was begun (UTC), and which process wrote it where."""

    portal: str
    begun_at: datetime
    serial: int
    pid: int
    host: str

    @property
    def process(self) -> tuple[int, str]:
        """The process, on its machine."""
        return self.pid, self.host

    def __str__(self) -> str:
        stamp = self.begun_at.strftime("%Y%m%d%H%M%S") + f"{self.begun_at.microsecond // 1000:03d}"
        return f"{self.portal}-{stamp}-{self.serial:05d}-{self.pid}~{self.host}.warc.gz"


def name_of(file: str) -> Name | None:
    """Return what a file's name (its path's last part) tells; None for a name that is not ours."""
    match = _NAME.fullmatch(file.rpartition("/")[2])
    if match is None:
        return None
    try:
        begun_at = datetime.strptime(f"{match['stamp']}000+0000", "%Y%m%d%H%M%S%f%z")
    except ValueError:
        return None
    return Name(match["portal"], begun_at, int(match["serial"]), int(match["pid"]), match["host"])


def host_label(host: str) -> str:
    """Return a host's name as it stands in names of files."""
    return re.sub(r"[^A-Za-z0-9.-]+", "-", host) or "localhost"


def files_written_by(
    folder: Path, *, portal: str, pid: int, host: str, since: datetime
) -> list[str]:
    """Return the files in a folder that a process began to write for a portal since then."""
    from_then = since.astimezone(UTC).replace(microsecond=since.microsecond // 1000 * 1000)
    files = ((name_of(path.name), path.name) for path in folder.glob(f"*-{pid}~*.warc.gz"))
    wanted = portal, (pid, host_label(host))
    return sorted(
        file
        for name, file in files
        if name and (name.portal, name.process) == wanted and name.begun_at >= from_then
    )
