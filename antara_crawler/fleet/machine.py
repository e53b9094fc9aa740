"""One machine of a fleet: its crawls, each a process of its own, and what came of each."""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from procrastinate import App
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker
from sqlalchemy.engine import URL

from antara_crawler.archive import Archive, Run
from antara_crawler.archive.read.fetches import Part
from antara_crawler.errors import GOOD, AntaraError, NotWritable
from antara_crawler.fleet.state import QUERIES, in_words
from antara_crawler.wording import sentence

CRAWLS, CARE = "crawls", "care"
"""The queues: of the crawls, and of plans and sweeps."""

_LONGEST_WHY = 500
_SIDE_BY_SIDE = 200
"""The last runs of a portal among which one that just ended is: parts are read side by side."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a crawl ended; `stopped` says that a signal ended it before its end."""

    status: int
    stopped: bool
    why: str | None

    @property
    def done(self) -> bool:
        """Whether it did what it could, if not all of it."""
        return self.status in GOOD

    @property
    def in_words(self) -> str:
        """The same for a person."""
        if self.done:
            again = sentence("stopped, again at once")
            return again if self.stopped else in_words(self.status)
        what, why = in_words(self.status), self.why
        return sentence(f"{what} (exit status {self.status}): {why}")


@dataclass(kw_only=True, eq=False)
class Machine:
    """Works at a fleet's jobs until it is asked to stop, or must.

    `stores` is what the captures that it sees are called, `words` are the options that each
    command gets; `say` takes a line of what happens.
    """

    name: str
    stores: Sequence[str]
    at_once: int
    url: URL
    logs: Path
    words: Sequence[str]
    dead_after: float
    pause: float
    say: Callable[[str], None]

    def __post_init__(self) -> None:
        self.exit_status = 0
        self._why: str | None = None
        self._at_work: set[int] = set()
        self._stop = asyncio.Event()
        self._beat = min(5.0, self.dead_after / 4)

    async def work(self, app: App) -> int:
        """Work until asked to stop; return the exit status: of the crawl that ended it, else 0."""
        try:
            self.logs.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotWritable(f"{self.logs} cannot be made ({error.strerror})") from error
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._stop.set)
        # The crawls must not keep the sweep and the plans waiting: each has a worker.
        crawls = self._worker(app, self.at_once, CRAWLS, *map(queue_of, self.stores))
        care = self._worker(app, 1, CARE)
        running = [asyncio.create_task(each.run()) for each in (crawls, care)]
        helping = [
            asyncio.create_task(self._stop.wait()),
            asyncio.create_task(self._watch(app, crawls)),
        ]
        await asyncio.wait([*running, *helping], return_when=asyncio.FIRST_COMPLETED)
        crawls.stop()
        care.stop()
        await asyncio.wait(running)
        for each in helping:
            each.cancel()
        ended = await asyncio.gather(*running, *helping, return_exceptions=True)
        trouble = next((each for each in ended if isinstance(each, Exception)), None)
        if trouble is None and not self._stop.is_set():
            trouble = RuntimeError("its part ended by itself")
        self._why = self._why or (str(trouble) if trouble else None)
        with suppress(ConnectorException):  # then it is shown as silent
            await app.connector.execute_query_async(
                QUERIES["stopped"], name=self.name, why=self._why
            )
        if trouble is not None:
            why = " ".join(str(trouble.__cause__ or trouble).split())
            raise NotWritable(f"the queue was lost ({why}): start the worker again")
        return self.exit_status

    def stop(self, status: int, why: str) -> None:
        """End this machine's part, in order: other crawls are stopped and planned anew."""
        self.exit_status, self._why = status, why
        self._stop.set()

    @contextmanager
    def at_work_on(self, job: int | None) -> Iterator[None]:
        """Know of a job that it is being worked at."""
        assert job is not None
        self._at_work.add(job)
        try:
            yield
        finally:
            self._at_work.discard(job)

    async def crawl(self, portal: str, arguments: Mapping[str, str]) -> Ended:
        """Run `scrapy crawl` of a portal to its end; cancelled, it is stopped in order first."""
        given = [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
        return await self.run(portal, self.logs / f"{portal}.log", "crawl", portal, *given)

    async def reextract(self, portal: str, part: Part) -> Ended:
        """Read a part of a portal's captures again, likewise."""
        store = ("--store", part.store) if part.store else ()
        words = ("--captures", f"{part.first}-{part.last}", "--workers", "1", *store)
        log = self.logs / f"{portal}.reextract-{part.first}.log"
        return await self.run(portal, log, "reextract", "--portal", portal, *words)

    async def run(self, portal: str, log: Path, *words: str) -> Ended:
        """Run a command for a portal to its end; cancelled, it is stopped in order first."""
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "antara_crawler.fleet.child", *words, *self.words),
                stdin=asyncio.subprocess.PIPE,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C is for the worker, which asks its crawls to stop
            )
        assert process.stdin is not None
        self.say(sentence(f"{portal}: {words[0]} begun, process {process.pid}; its log is {log}"))
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            process.stdin.close()
            await process.wait()
            raise
        run = await asyncio.to_thread(self._run_of, portal, process.pid)
        done = status in GOOD
        # By a signal: the end of its minutes or hours is none.
        stopped = done and (
            run is None
            or (run.status == "stopped" and run.counts.get("ended", "shutdown") == "shutdown")
        )
        told = (run.why or "").partition("\n")[0] if run is not None else ""
        return Ended(status, stopped, None if done else told or _last_line(log))

    def _run_of(self, portal: str, pid: int) -> Run | None:
        """Return what the archive has of a crawl that ended, None where that is not to be had."""
        try:
            with Archive.open(self.url, read_only=True) as archive:
                runs = archive.runs(portal, _SIDE_BY_SIDE)
        except AntaraError as error:
            self.say(f"{portal}: {error}")
            return None
        ours = (run for run in runs if (run.pid, run.host) == (pid, socket.gethostname()))
        return next(ours, None)

    def _worker(self, app: App, at_once: int, *queues: str) -> Worker:
        return Worker(
            app,
            queues=list(queues),
            name=self.name,
            concurrency=at_once,
            fetch_job_polling_interval=self._beat,
            abort_job_polling_interval=self._beat,
            update_heartbeat_interval=self._beat,
            stalled_worker_timeout=self.dead_after,
            shutdown_graceful_timeout=2.0,
            listen_notify=False,  # a listener's lost connection would end the worker
            install_signal_handlers=False,
            delete_jobs="successful",
            additional_context={"machine": self},
        )

    async def _watch(self, app: App, crawls: Worker) -> None:
        """Say again and again that this machine lives; let go of jobs that it does not know of.

        Such a job was given out in the moment in which the server went away.
        """
        unknown: set[int] = set()
        while True:
            await asyncio.sleep(self._beat)
            if crawls.worker_id is None:
                continue
            me = {"name": self.name, "worker_id": crawls.worker_id}
            await app.connector.execute_query_async(QUERIES["seen"], at_once=self.at_once, **me)
            await app.connector.execute_query_async(
                QUERIES["forget"], dead_after=self.dead_after, **me
            )
            held = await app.job_manager.list_jobs_async(
                status=Status.DOING.value, worker_id=crawls.worker_id
            )
            jobs = {job.id: job for job in held if job.id and job.id not in self._at_work}
            for key in unknown & jobs.keys():
                await give_back(app, jobs[key], self.say)
            unknown = set(jobs)


def queue_of(store: str | None) -> str:
    """Return the queue of the work on captures of a store; any machine sees those of none."""
    return f"captures on {store}" if store else CRAWLS


async def give_back(app: App, job: Job, say: Callable[[str], None]) -> None:
    """Put back a job whose worker is dead; where another one waits, that takes its place."""
    try:
        await app.job_manager.retry_job(job)
        say(sentence(f"put back: {job.call_string}"))
    except UniqueViolation:
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
        say(sentence(f"closed, since another one waits: {job.call_string}"))


def _last_line(log: Path) -> str | None:
    """Return the last line of a log that says something."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4000))
        lines = file.read().decode(errors="replace").split("\n")
    return next((line.strip()[:_LONGEST_WHY] for line in reversed(lines) if line.strip()), None)
