"""What became of each record of a replayed file: nothing that was shown goes by in silence."""

import gzip
import os
from dataclasses import replace
from datetime import timedelta
from hashlib import sha1, sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antara_crawler.errors import BrokenCapture, UsageError
from antara_crawler.warc import Replay

from .samples import START, URL, exchange, written

SHA1 = f"sha1:{sha1(b'<html>', usedforsecurity=False).hexdigest()}"
HOST = "kalsel.antaranews.com"


def block(body=b"<html>", head=b"HTTP/1.1 200 OK\r\n\r\n"):
    return head + body


SHA256 = f"sha256:{sha256(block()).hexdigest()}"


def record(kind="response", url=URL, content=None, at="2026-11-24T03:15:00Z", name="a", **fields):
    content = block() if content is None else content
    named = {"Type": kind, "Target-URI": url, "Date": at, "Record-ID": f"<urn:{name}>"}
    named |= {key.replace("_", "-"): value for key, value in fields.items()}
    head = "".join(f"WARC-{key}: {value}\r\n" for key, value in named.items())
    length = f"Content-Length: {len(content)}"
    return gzip.compress(f"WARC/1.1\r\n{head}{length}\r\n\r\n".encode() + content + b"\r\n\r\n")


def replayed(tmp_path, *members, packed=True, **options):
    path = tmp_path / ("lain.warc.gz" if packed else "lain.warc")
    path.write_bytes(
        b"".join(members) if packed else b"".join(gzip.decompress(each) for each in members)
    )
    return Replay(path, **options)


def counted(replay):
    told = replay.account()
    assert told.balances
    return (told.used, told.not_asked, told.other_sites, told.damaged, told.superseded)


def test_every_record_is_used_not_asked_for_foreign_damaged_or_superseded(tmp_path):
    other = exchange(4, url="https://contoh.id/berita/1/lain")
    shown = [exchange(1), exchange(1, status=404), exchange(2), other]
    (first, *_) = written(tmp_path, shown)
    path = tmp_path / first.file
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08 rusak")
    replay = Replay(tmp_path, hosts=[HOST])
    assert counted(replay) == (0, 3, 1, 1, 0)
    assert replay.find(first.url).status == 200
    assert replay.find("https://tidak.ada/") is None
    assert counted(replay) == (1, 1, 1, 1, 1)
    assert replay.account().shown == 5
    (fault,) = replay.account().faults
    assert fault.startswith(f"{first.file}@")


@pytest.mark.parametrize(
    "written_as",
    [
        URL + "?utm_source=wa&fbclid=abc",
        URL + "/",
        URL.replace(HOST, f"{HOST}:443"),
        URL.replace("https://" + HOST, f"http://{HOST}:80"),
        URL.replace(HOST, HOST.upper()),
        URL.replace("banjir", "b%61njir"),
        URL.replace(HOST, "www." + HOST),
        URL + "#komentar",
    ],
)
def test_other_spellings_of_an_address_answer(tmp_path, written_as):
    replay = replayed(tmp_path, record(url=written_as), hosts=[HOST])
    assert replay.find(URL).body == b"<html>"
    assert counted(replay) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("other", ["?page=2", "?q=banjir", "?2", ":8080", "/2"])
def test_another_document_does_not(tmp_path, other):
    url = URL.replace(HOST, HOST + other) if other.startswith(":") else URL + other
    assert replayed(tmp_path, record(url=url)).find(URL) is None


@pytest.mark.parametrize(
    "link", [{"Concurrent_To": "<urn:b>"}, {"name": "c", "at": "2026-11-25T00:00:00Z"}]
)
def test_the_answer_to_a_post_or_head_is_never_asked_for(tmp_path, link):
    later = record(content=block(b""), at="2026-11-25T00:00:00Z", name="b")
    request = record("request", content=b"POST /berita/1 HTTP/1.1\r\n\r\n", **{"name": "c", **link})
    replay = replayed(tmp_path, record(), later, request)
    assert replay.find(URL).body == b"<html>"
    assert counted(replay) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    "refers",
    [
        {"Refers_To": "<urn:a>"},
        {"Refers_To_Target_URI": URL, "Refers_To_Date": "2026-11-24T03:15:00Z"},
        {"Refers_To_Target_URI": URL},
        {},
        {"Payload_Digest": SHA1, "Refers_To": "<urn:a>"},
        {"Payload_Digest": SHA1},
    ],
)
def test_a_revisit_stands_for_what_it_refers_to(tmp_path, refers):
    digest = {"Payload_Digest": refers["Payload_Digest"]} if "Payload_Digest" in refers else {}
    held = record(at="2026-11-24T03:15:00.123456Z", **digest)
    again = record("revisit", content=block(b""), at="2026-12-01T00:00:00Z", name="b", **refers)
    replay = replayed(tmp_path, held, again)
    found = replay.find(URL)
    assert (found.body, found.fetched_at.day) == (b"<html>", 1)
    assert counted(replay) == (2, 0, 0, 0, 0)


def test_a_revisit_without_its_page_is_no_page(tmp_path):
    same = record("revisit", content=block(b""), Refers_To="<urn:z>")
    later = record(url=URL + "2")
    replay = replayed(tmp_path, same, later)
    with pytest.raises(BrokenCapture, match="not in these files"):
        replay.find(URL)
    assert counted(replay) == (0, 1, 0, 1, 0)


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (record(Truncated="length"), "cut short by the archiver"),
        (record(Payload_Digest="sha1:" + "A" * 32), "digest names"),
        (record(content=block(head=b"HTTP/1.1 200\r\nContent-Length: 9\r\n\r\n")), "6 bytes of 9"),
        (
            record(
                content=block(b"9\r\n<ht", b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n")
            ),
            "breaks off",
        ),
    ],
)
def test_what_is_not_whole_is_told_and_an_earlier_whole_one_answers(tmp_path, damaged, why):
    replay = replayed(tmp_path, damaged, record(url=URL + "2"))
    with pytest.raises(BrokenCapture, match=why):
        replay.find(URL)
    assert why in replay.account().faults[0]
    assert counted(replay) == (0, 1, 0, 1, 0)
    earlier = record(at="2026-01-01T00:00:00Z", name="c")
    assert replayed(tmp_path, earlier, damaged).find(URL).fetched_at.month == 1


def test_a_header_that_was_altered_is_damage(tmp_path):
    plain = gzip.decompress(record(Block_Digest=SHA256)).replace(b"200 OK", b"200 OX")
    replay = replayed(tmp_path, gzip.compress(plain), record(url=URL + "2"))
    assert "the record is not the one" in replay.account().faults[0]


@pytest.mark.parametrize("change", [-7, -1, 1, 7, 300, 10**6])
def test_a_wrong_length_costs_one_record_and_is_told(tmp_path, change):
    members = [gzip.decompress(record(url=f"{URL}{n}", content=block(b"<p>a" * 9))) for n in "123"]
    wrong = members[1].replace(b"Content-Length: 55", b"Content-Length: %d" % (55 + change))
    assert wrong != members[1]
    replay = replayed(tmp_path, *map(gzip.compress, [members[0], wrong, members[2]]), packed=False)
    assert replay.find(URL + "1") is not None
    assert replay.find(URL + "3") is not None
    assert counted(replay) == (2, 0, 0, 1, 0)


@given(cut=st.binary(max_size=30), at=st.floats(0, 1), length=st.integers(0, 200))
def test_a_damaged_file_never_unbalances_the_books(tmp_path_factory, cut, at, length):
    folder = tmp_path_factory.mktemp("rusak")
    for packed in (True, False):
        whole = [record(url=f"{URL}{n}", Block_Digest=SHA256) for n in range(4)]
        data = b"".join(whole if packed else map(gzip.decompress, whole))
        start = int(at * len(data))
        path = folder / "a.warc"
        path.write_bytes(data[:start] + cut + data[start + length :])
        try:
            replay = Replay(path)
        except UsageError:
            continue
        for number in range(4):
            try:
                found = replay.find(f"{URL}{number}")
            except BrokenCapture:
                continue
            assert found is None or found.body == b"<html>"
        assert replay.account().balances


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_another_user_keeps_to_himself_is_one_line(tmp_path, what):
    inner = tmp_path / "dalam"
    (capture,) = written(inner, [exchange(1)])
    closed = inner / capture.file if what == "file" else inner
    closed.chmod(0)
    try:
        with pytest.raises(UsageError, match=r"cannot read .*Permission denied"):
            Replay(tmp_path)
    finally:
        closed.chmod(0o755)


def test_a_refusal_of_the_system_is_one_line(tmp_path, monkeypatch):
    written(tmp_path / "dalam", [exchange(1)])

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError, match=r"cannot read .*Permission denied; make it readable"):
        Replay(tmp_path)


def test_a_later_failure_or_end_never_hides_the_article(tmp_path):
    later = {"url": URL, "fetched_at": START + timedelta(days=3)}
    shown = [exchange(1, url=URL), exchange(2, status=404, **later)]
    written(tmp_path, [*shown, replace(exchange(3, status=503), **later)])
    replay = Replay(tmp_path)
    assert replay.find(URL).status == 200
    assert counted(replay) == (1, 0, 0, 0, 2)
