"""The reader over real HTTP: uvicorn in a thread of this process, on a port that is free."""

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from antara_crawler.archive import Archive
from antara_crawler.web.app import create_app, listen, server_of
from antara_crawler.web.security import THIS_MACHINE, Password
from tests.scrapy_runs import wait_for


@contextmanager
def serving(
    archive: Archive,
    captures: Path,
    hosts: Collection[str] = THIS_MACHINE,
    password: Password | None = None,
) -> Iterator[str]:
    """Serve until the end of the block; give the address."""
    listener = listen(0)
    server = server_of(create_app(archive, captures, hosts, password))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    wait_for(lambda: server.started or not thread.is_alive())
    assert thread.is_alive(), "the server did not start"
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
