"""Answers requests from capture files instead of from the network."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from ..errors import UsageError
from ..items import Capture
from .exchange import Exchange, Revisit
from .members import MAX_BODY, Damage
from .reading import Scanned, read_capture, scan


@dataclass(frozen=True, slots=True)
class _Answer:
    """A capture that may answer, and for a revisit the one that holds its payload."""

    capture: Capture
    source: Capture | None

    @property
    def rank(self) -> tuple[bool, datetime]:
        held = self.source or self.capture
        return held.status == 200, self.capture.captured_at


class Replay:
    """The responses in a WARC file or a folder of them, found by URL.

    Of several captures of a URL the latest with status 200 answers (a revisit stands for the
    payload that it refers to), else the latest of any status. The index is held in memory,
    about a kilobyte a capture; bodies stay in the files. `damage` lists what could not be
    read, one line each. Raises UsageError when the path is missing or holds no response.
    """

    def __init__(self, path: Path, *, max_body: int = MAX_BODY):
        if not path.exists():
            raise UsageError(f"no capture file or folder at {path}; check the path")
        self._folder = path if path.is_dir() else path.parent
        self._max_body = max_body
        self._answers: dict[str, _Answer] = {}
        self._sources: dict[str | tuple[str, datetime], Capture] = {}
        self.damage: list[str] = []
        revisits = []
        for met in scan(path, max_body=max_body, on_damage=self._note_damage):
            if met.exchange is None:
                self.damage.append(f"{met.capture.file}@{met.capture.offset}: {met.note}")
            elif met.exchange.revisit is not None:
                revisits.append((met.capture, met.exchange.revisit))
            else:
                self._take(met)
        for capture, revisit in revisits:
            self._offer(_Answer(capture, self._source(revisit)))
        if not self._answers:
            why = f" ({self.damage[0]})" if self.damage else ""
            raise UsageError(f"{path} holds no captured response{why}; give a WARC file or folder")

    def __len__(self) -> int:
        return sum(not key.startswith("//") for key in self._answers)

    def find(self, url: str) -> Exchange | None:
        """The response kept for a URL, its digests checked; None when there is none.

        The exact URL is looked for first (without its fragment), then the same with any
        scheme and with the host in any case. Raises BrokenCapture when the record no longer
        is what it was.
        """
        answer = self._answers.get(urldefrag(url).url) or self._answers.get(_loose(url))
        if answer is None:
            return None
        source = answer.source
        return read_capture(
            self._folder,
            answer.capture,
            None if source is None else lambda _: source,
            max_body=self._max_body,
        )

    def _take(self, met: Scanned) -> None:
        capture = met.capture
        self._offer(_Answer(capture, None))
        self._sources.setdefault(f"sha256:{capture.payload_sha256}", capture)
        if met.digest:
            self._sources.setdefault(met.digest, capture)
        self._sources[_loose(capture.url), capture.captured_at] = capture

    def _source(self, revisit: Revisit) -> Capture | None:
        if revisit.captured_at is not None:
            found = self._sources.get((_loose(revisit.url), revisit.captured_at))
            if found is not None:
                return found
        return self._sources.get(revisit.digest or "")

    def _offer(self, answer: _Answer) -> None:
        for key in (urldefrag(answer.capture.url).url, _loose(answer.capture.url)):
            known = self._answers.get(key)
            if known is None or answer.rank >= known.rank:
                self._answers[key] = answer

    def _note_damage(self, file: str, damage: Damage) -> None:
        self.damage.append(f"{file}@{damage.offset}: {damage.reason}")


def _loose(url: str) -> str:
    """The URL without scheme and fragment, its host in lower case."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"//{parts.netloc.lower()}{parts.path or '/'}{query}"
