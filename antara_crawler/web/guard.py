"""What stands before every answer: who may ask, what a browser may do with it, what is kept."""

import re
from collections.abc import Collection, Hashable

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from antara_crawler.errors import AntaraError
from antara_crawler.web.reader import Reader

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

MOST = 300
"""So many answers are kept."""

LARGEST = 100_000
"""Bytes of the largest that is: all together take 30 MB at most, and 10 or less in use."""

_PATHS = frozenset({"/", "/atom", "/api/search"})


class Guard:
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


class Kept:
    """Gives the answer to a search again from memory, as long as the archive stays as it is."""

    def __init__(self, app: ASGIApp, reader: Reader) -> None:
        self._app = app
        self._reader = reader
        self._state: Hashable = None
        self._answers: dict[Hashable, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in _PATHS:
            await self._app(scope, receive, send)
            return
        try:
            state = await run_sync(self._reader.state)
        except AntaraError:  # busy: the application asks again, and says so
            await self._app(scope, receive, send)
            return
        if state != self._state:
            self._state, self._answers = state, {}
        # A feed names the address by which it was asked for.
        hosts = tuple(value for name, value in scope["headers"] if name == b"host")
        asked = scope["scheme"], hosts, scope["path"], scope["query_string"]
        answers, told = self._answers, self._answers.pop(asked, None)
        if told is None:
            told = await self._answered(scope, receive, send)
            size = sum(len(message.get("body", b"")) for message in told)
            if told[0]["status"] != 200 or size > LARGEST:
                return
        else:
            for message in told:
                await send(_copy(message))
        answers[asked] = told  # the last asked for is the last to go
        if len(answers) > MOST:
            del answers[next(iter(answers))]

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> list[Message]:
        """Put it to the application; return what it said."""
        told: list[Message] = []

        async def heard(message: Message) -> None:
            told.append(_copy(message))
            await send(message)

        await self._app(scope, receive, heard)
        return told


def _copy(message: Message) -> Message:
    """Return a message that may be changed on its way: the guard adds headers."""
    return {**message, "headers": [*message["headers"]]} if "headers" in message else message
