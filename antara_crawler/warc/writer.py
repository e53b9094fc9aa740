"""Appends exchanges to WARC files: one file a portal and run, rotated by size."""

import json
import os
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from antara_crawler.items import Capture, Page
from antara_crawler.warc.naming import Name, host_label
from antara_crawler.warc.records import records
from antara_crawler.warc.records.disk import BatchFile, sync_folder, writing
from antara_crawler.warc.records.exchange import (
    IDENTICAL_PAYLOAD,
    NOT_MODIFIED,
    Exchange,
    request_block,
    response_head,
    target_uri,
)

PAGE_FIELD = "Antara-Page"
"""Our own field of a record: the role and the address of the page that was asked for."""
GUESSED = "number"
"""In place of the role, where nothing named the article but its number."""
RUN_FIELD = "antara-run"
"""Our own field of a warcinfo record: what is to be known of the run, as JSON."""
SAMPLE = "sample"
"""The field of a warcinfo record that marks a sample; its value is for people."""
INVENTED = "invented articles to try the software with, none of them ANTARA's"
MAX_WAITING = 8 << 20
"""Bytes held in memory before an append syncs by itself."""


class CaptureWriter:
    """Keeps exchanges as request and response records, gzip member per record (WARC 1.1).

    `append` tells where a record will lie; only after `sync` may a row cite it. When the disk
    refuses, both raise NotWritable, what was appended before stays valid in memory, and a
    later `sync` (after room was made) stores it; the exchange whose append raised is not kept.
    Files are named portal-timestamp-serial-pid~host.warc.gz (the IIPC's convention) and are
    locked while they are written. `sample` has the files say that they hold a sample, and `run`
    what a rebuilt archive is to know of the run; `store` is what the folder is called where
    several write to one archive.
    """

    def __init__(
        self,
        folder: Path,
        portal: str,
        *,
        software: str,
        operator: str | None = None,
        user_agent: str | None = None,
        sample: bool = False,
        store: str | None = None,
        run: Mapping[str, object] | None = None,
        max_bytes: int = 1 << 30,
    ):
        self._folder = folder
        self._portal = portal
        self._store = store
        self._robots: str | None = None
        self._max_bytes = max_bytes
        self._serial = 0
        self._file: BatchFile | None = None
        self._warcinfo_id = ""
        self._host = host_label(socket.gethostname())
        self._about = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/"
            "warc-1.1/",
            "operator": operator,
            "hostname": self._host,
            "http-header-user-agent": user_agent,
            "robots": "obey",
            "isPartOf": portal,
            SAMPLE: INVENTED if sample else None,
            RUN_FIELD: json.dumps(run, sort_keys=True, default=datetime.isoformat) if run else None,
        }

    def append(
        self, exchange: Exchange, previous: Capture | None = None, page: Page | None = None
    ) -> Capture:
        """Takes the exchange's response and request, and tells where the response will lie.

        `previous` is the capture of the same URL that holds the payload in full (or, when that
        is not known, the last one): a 304, or the same payload again, then becomes a revisit
        record that refers to it. `page` is what was asked for, wherever the answer came from.
        Raises NotWritable, and ValueError for a naive time.
        """
        payload = sha256(exchange.body).hexdigest()
        profile, held = NOT_MODIFIED, previous
        if exchange.status != 304 and previous is not None:
            profile = IDENTICAL_PAYLOAD
            held = previous if exchange.body and payload == previous.payload_sha256 else None
        file = self._ready_file()
        common = self._common_fields(exchange)
        if page is not None:
            role = GUESSED if page.guessed and page.number is not None else page.role
            common.append((PAGE_FIELD, f"{role} {target_uri(page.url)}"))
        response_id = records.new_id()
        if held is None:
            fields = [*common, ("WARC-Payload-Digest", f"sha256:{payload}")]
            block = response_head(exchange) + exchange.body
            response = records.compressed("response", fields, block, record_id=response_id)
            del block  # as large as the body
        else:
            payload = held.payload_sha256
            fields = [
                *common,
                ("WARC-Profile", profile),
                ("WARC-Refers-To-Target-URI", target_uri(held.url)),
                ("WARC-Refers-To-Date", records.warc_date(held.captured_at)),
                ("WARC-Payload-Digest", f"sha256:{payload}"),
            ]
            head = response_head(exchange)
            response = records.compressed("revisit", fields, head, record_id=response_id)
        concurrent = ("WARC-Concurrent-To", response_id)
        request = records.compressed("request", [*common, concurrent], request_block(exchange))
        offset = file.add(response)
        file.add(request)
        return Capture(
            url=exchange.url,
            status=exchange.status,
            captured_at=exchange.fetched_at.astimezone(UTC),
            file=file.path.name,
            offset=offset,
            length=len(response),
            sha256=sha256(response).hexdigest(),
            payload_sha256=payload,
            etag=exchange.header("ETag") or (held.etag if held else None),
            last_modified=exchange.header("Last-Modified")
            or (held.last_modified if held else None),
            store=self._store,
        )

    def set_robots(self, text: str) -> None:
        """Notes the robots.txt now in force, in this file and in those that follow."""
        if text == self._robots:
            return
        self._robots = text
        if self._file is not None:
            self._file.add(self._robots_record(text))

    def sync(self) -> None:
        """When this returns, all that was appended is on disk. Raises NotWritable."""
        if self._file is not None:
            self._file.commit()

    def close(self) -> None:
        """Syncs and closes the file. After a NotWritable what was not synced is given up."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _ready_file(self) -> BatchFile:
        file = self._file
        if file is not None and file.end >= self._max_bytes:
            file.commit()
            self.close()
            file = None
        if file is None:
            file = self._file = self._new_file()
        elif file.waiting >= MAX_WAITING:
            file.commit()
        return file

    def _new_file(self) -> BatchFile:
        now = datetime.now(UTC)
        with writing(self._folder):
            if not self._folder.is_dir():
                self._folder.mkdir(parents=True, exist_ok=True)
                sync_folder(self._folder.parent)
        while True:
            name = str(Name(self._portal, now, self._serial, os.getpid(), self._host))
            self._serial += 1
            try:
                file = BatchFile(self._folder / name)
            except FileExistsError:
                continue
            file.add(self._warcinfo(name, now))
            if self._robots is not None:
                file.add(self._robots_record(self._robots))
            return file

    def _warcinfo(self, name: str, now: datetime) -> bytes:
        self._warcinfo_id = records.new_id()
        lines = [f"{key}: {' '.join(v.split())}\r\n" for key, v in self._about.items() if v]
        return records.compressed(
            "warcinfo",
            [("WARC-Date", records.warc_date(now)), ("WARC-Filename", name)],
            "".join(lines).encode(),
            content_type="application/warc-fields",
            record_id=self._warcinfo_id,
        )

    def _robots_record(self, text: str) -> bytes:
        return records.compressed(
            "metadata",
            [
                ("WARC-Date", records.warc_date(datetime.now(UTC))),
                ("WARC-Refers-To", self._warcinfo_id),
                ("WARC-Warcinfo-ID", self._warcinfo_id),
            ],
            text.encode(),
            content_type="text/plain; charset=utf-8",
        )

    def _common_fields(self, exchange: Exchange) -> list[tuple[str, str]]:
        fields = [
            ("WARC-Target-URI", target_uri(exchange.url)),
            ("WARC-Date", records.warc_date(exchange.fetched_at)),
            ("WARC-Warcinfo-ID", self._warcinfo_id),
        ]
        if exchange.ip:
            fields.append(("WARC-IP-Address", exchange.ip))
        if not exchange.protocol.startswith("HTTP/1."):
            fields.append(("WARC-Protocol", exchange.protocol))
        return fields
