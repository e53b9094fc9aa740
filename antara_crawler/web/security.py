"""What stands before every answer: who may ask, by which password, and what a browser may do."""

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Collection
from hashlib import scrypt
from pathlib import Path
from typing import Self

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from antara_crawler.errors import UsageError
from antara_crawler.text.normalise import normal_form

THIS_MACHINE = ("127.0.0.1", "localhost")
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.I)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

LEAST = 10
"""Characters."""
_COST, _BLOCK = 2**15, 8
_MEMORY = 256 * _COST * _BLOCK
_LINE = re.compile(r"scrypt:([0-9a-f]{32}):([0-9a-f]{64})")

PAUSE = 1.0
"""Seconds that a wrong try holds up all others: 86,400 guesses a day for each process."""
MOST_WAITING = 20
_LONGEST = 1000
_ASK = {"WWW-Authenticate": 'Basic realm="ANTARA", charset="UTF-8"'}


class HostGuard:
    """Answers only who asks for one of the allowed names of this machine.

    Puts HEADERS on every answer that has no other of the same name.
    The name is checked since a foreign page can point a name of its own at 127.0.0.1 (DNS
    rebinding) and would then read the archive through its visitor's browser.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = THIS_MACHINE) -> None:
        self.app = app
        self._hosts = {each.lower() for each in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        asked = Headers(scope=scope).getlist("host")
        named = _HOST.fullmatch(asked[0]) if len(asked) == 1 else None
        if named and named[1].lower() in self._hosts:
            await self.app(scope, receive, send_guarded)
        else:
            refusal = PlainTextResponse("Not a name of this reader: see --allow-host.\n", 400)
            await refusal(scope, receive, send_guarded)


class Password:
    """A password that can be tried, and cannot be read."""

    def __init__(self, salt: bytes, digest: bytes) -> None:
        self._salt = salt
        self._digest = digest

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the password that `write_password` kept; raise UsageError for any other file."""
        try:
            text = path.read_text("ascii")
        except OSError as error:
            raise UsageError(f"the password file {path} cannot be read: {error}") from error
        except UnicodeDecodeError:
            text = ""
        found = _LINE.fullmatch(text.strip())
        if found is None:
            raise UsageError(f"{path} is no password file: make one with --set-password {path}")
        return cls(bytes.fromhex(found[1]), bytes.fromhex(found[2]))

    def fits(self, text: str) -> bool:
        """Tell whether this is it; takes a tenth of a second and 32 MB: guessing is dear."""
        return hmac.compare_digest(_digest(text, self._salt), self._digest)


def write_password(path: Path, text: str) -> None:
    """Keep a password in a file that only its owner reads.

    Raises UsageError where it is too short, or the file cannot be written.
    """
    if len(text) < LEAST:
        raise UsageError(f"the password is too short: take at least {LEAST} characters")
    salt = secrets.token_bytes(16)
    line = f"scrypt:{salt.hex()}:{_digest(text, salt).hex()}\n"
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(0o600, exist_ok=False)
        fresh.write_text(line, "ascii")
        fresh.replace(path)
    except OSError as error:
        raise UsageError(f"the password file {path} cannot be written: {error}") from error


def _digest(text: str, salt: bytes) -> bytes:
    secret = normal_form("NFC", text).encode(errors="replace")
    return scrypt(secret, salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32)


class BasicAuth:
    """Answers only who gives the password (HTTP Basic, under any name), and slows who guesses.

    What was right once is known at once from then on.
    """

    def __init__(self, app: ASGIApp, password: Password) -> None:
        self.app = app
        self._password = password
        self._key = secrets.token_bytes(32)
        self._right = b""
        self._trying = anyio.Lock()
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or ask for the password."""
        answer = self.app
        if scope["type"] == "http":
            given = _given(Headers(scope=scope).get("authorization", ""))
            if given is None:
                answer = PlainTextResponse("The password, please.\n", 401, _ASK)
            elif not self._is_known(given) and self._waiting >= MOST_WAITING:
                answer = PlainTextResponse("Too many tries: wait.\n", 429, {"Retry-After": "30"})
            elif not (self._is_known(given) or await self._is_right(given)):
                answer = PlainTextResponse("Wrong password.\n", 401, _ASK)
        await answer(scope, receive, send)

    async def _is_right(self, given: str) -> bool:
        """Try a password; one at a time, a wrong one with a pause."""
        self._waiting += 1
        try:
            async with self._trying:
                if self._is_known(given):
                    return True
                if await run_sync(self._password.fits, given):
                    self._right = self._mark(given)
                    return True
                await anyio.sleep(PAUSE)
                return False
        finally:
            self._waiting -= 1

    def _is_known(self, given: str) -> bool:
        return hmac.compare_digest(self._mark(given), self._right)

    def _mark(self, given: str) -> bytes:
        return hmac.digest(self._key, given.encode(errors="replace"), "sha256")


def _given(header: str) -> str | None:
    """Return the password of an Authorization header, None where there is none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic" or len(value) > _LONGEST:
        return None
    try:
        _, colon, given = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return given if colon else None
