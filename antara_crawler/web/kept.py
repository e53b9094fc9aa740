"""Gives the answer to a search again from memory, as long as the archive stays as it is."""

from collections.abc import Hashable

from anyio.to_thread import run_sync
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from antara_crawler.errors import AntaraError
from antara_crawler.web.reader import Reader

MOST = 300
"""So many answers are kept."""

LARGEST = 100_000
"""Bytes of the largest that is: all together take 30 MB at most, and 10 or less in use."""

_PATHS = frozenset({"/", "/atom", "/api/search"})


class Kept:
    """Stands before the application; puts to it what was not asked since the archive changed."""

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
