"""Lets in who knows the shared password (HTTP Basic, under any name), and slows who guesses."""

import base64
import binascii
import hmac
import secrets

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from antara_crawler.web.password import Password

PAUSE = 1.0
"""Seconds that a wrong try holds up all others: 86,400 guesses a day for each process."""
MOST_WAITING = 20
_LONGEST = 1000
_ASK = {"WWW-Authenticate": 'Basic realm="ANTARA", charset="UTF-8"'}


class Door:
    """Answers only who gives the password; what was right once is known at once from then on."""

    def __init__(self, app: ASGIApp, password: Password) -> None:
        self.app = app
        self._password = password
        self._key = secrets.token_bytes(32)
        self._right = b""
        self._trying = anyio.Lock()
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or ask for the password."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = _given(Headers(scope=scope).get("authorization", ""))
        if given is None:
            refusal = PlainTextResponse("The password, please.\n", 401, _ASK)
        elif self._is_known(given):
            await self.app(scope, receive, send)
            return
        elif self._waiting >= MOST_WAITING:
            refusal = PlainTextResponse("Too many tries: wait.\n", 429, {"Retry-After": "30"})
        elif await self._is_right(given):
            await self.app(scope, receive, send)
            return
        else:
            refusal = PlainTextResponse("Wrong password.\n", 401, _ASK)
        await refusal(scope, receive, send)

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
