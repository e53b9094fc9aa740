"""A stored page shown as it was: its words are there, and whatever it holds can do nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from selenium.webdriver.common.by import By

from antara_crawler.archive import Archive
from antara_crawler.web import articles
from tests.web.browser import chromium, missing
from tests.web.pages import see
from tests.web.samples import SEEN, Keeper, bridge
from tests.web.serving import serving

HOSTILE = """<html><head><title>taken</title><base href="{0}/base/"><meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={0}/refresh"><link rel="stylesheet" href="{0}/style">
<link rel="preload" as="image" href="{0}/preload"><script src="{0}/script"></script>
<style>@import url({0}/import); body {{ background: url({0}/background) }}</style>
</head><body onload="fetch('{0}/onload')"><h1>Jembatan <b style="color: blue">bambu</b></h1>
<script>fetch('{0}/fetch'); new Image().src = '{0}/new'; top.location = '{0}/top'</script>
<img src="{0}/picture" onerror="fetch('{0}/onerror')" alt="Foto jembatan">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="titik"><iframe src="{0}/frame"></iframe>
<form action="{0}/form"><button autofocus onfocus="this.form.submit()">Kirim</button></form>
<video src="{0}/video" poster="{0}/poster" autoplay></video><object data="{0}/object"></object>
<svg><image href="{0}/svg"/></svg><p style="background: url({0}/inline)">Warga &amp; desa.</p>
<a href="{0}/link" ping="{0}/ping">Baca juga</a></body></html>"""


@contextmanager
def counting() -> Iterator[tuple[str, list[str]]]:
    """Serve HOSTILE at every path on loopback; give the address and the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/raw":
                self.wfile.write(HOSTILE.format(address).encode())

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def stored(folder: Path, html: bytes) -> Iterator[tuple[str, str]]:
    """Serve an archive of one article with this page; give the address and the page's path."""
    url = f"sqlite:///{folder}/archive.db"
    with Archive.open(url, create=True) as archive:
        keeper = Keeper(archive, folder / "captures")
        row = keeper.keep(bridge(), SEEN, html)
        keeper.end()
        article = archive.article(row)
    assert article is not None
    with (
        Archive.open(url, read_only=True) as archive,
        serving(archive, folder / "captures") as reader,
    ):
        yield reader, f"/kalsel/berita/496552/captures/{article.captures[0].id}"


def test_a_stored_page_keeps_its_words_and_styles_and_loses_what_acts(tmp_path: Path) -> None:
    html = HOSTILE.format("http://127.0.0.1:1").replace("Warga", "Warga \u2013 \u00e9")
    with (
        stored(tmp_path, html.encode()) as (reader, path),
        httpx.Client(base_url=reader, trust_env=False) as web,
    ):
        shown = see(web, f"{path}/page")
        assert "Diambil Minggu, 1 Maret 2026 pukul 09.00 WITA" in shown.text(".notice")
        assert shown.text(".notice .address") == bridge().url
        assert shown.text(".notice a") == "Revisi 1"
        (frame,) = shown.page.css("iframe")
        assert frame.attrib["sandbox"] == ""
        assert frame.attrib["src"] == f"{path}/frame"
        assert (
            see(web, "/kalsel/berita/496552").link("Lihat seperti aslinya").endswith(f"{path}/page")
        )
        inside = see(web, f"{path}/frame")
    policy = inside.answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "img-src data:", "sandbox"} < set(policy)
    assert not any("http" in each or "script" in each for each in policy)
    assert inside.text("h1") == "Jembatan bambu"
    assert inside.text("p") == "Warga \u2013 \u00e9 & desa."
    assert inside.page.css("b").attrib["style"] == "color: blue"
    assert [each.attrib["alt"] for each in inside.page.css("img")] == ["Foto jembatan", "titik"]
    assert inside.page.css("img::attr(src)").getall()[0].startswith("data:")
    assert not inside.page.css("script, meta, base, link, iframe, object, video, [href], [onload]")


@pytest.mark.parametrize("html", [b"", b"x", b"<p>" + b"<b>" * 5000], ids=["none", "text", "deep"])
def test_what_is_no_page_is_said_to_be_none(tmp_path: Path, html: bytes) -> None:
    with (
        stored(tmp_path, html) as (reader, path),
        httpx.Client(base_url=reader, trust_env=False) as web,
    ):
        assert see(web, f"{path}/page", 404).text("h1") == "Salinan asli tidak dapat dibaca"
        assert web.get(f"{path}/frame").status_code == 404


@pytest.mark.skipif(missing() is not None, reason=str(missing()))
def test_a_browser_asks_nobody_for_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chromium(tmp_path / "profile") as browser:
        with counting() as (address, asked):
            browser.get(f"{address}/raw")
            assert {"/style", "/script", "/fetch", "/picture"} < set(asked), "it does nothing here"
        with (
            counting() as (address, asked),
            stored(tmp_path, HOSTILE.format(address).encode()) as (reader, path),
        ):
            for strip in (articles.harmless, lambda html, url: html):  # the policy alone, too
                monkeypatch.setattr(articles, "harmless", strip)
                browser.get(f"{reader}{path}/page")
                browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
                assert browser.find_element(By.TAG_NAME, "h1").text == "Jembatan bambu"
                browser.switch_to.default_content()
                browser.get(f"{reader}{path}/frame")
                assert browser.find_element(By.TAG_NAME, "p").text == "Warga & desa."
                assert browser.current_url == f"{reader}{path}/frame"
            assert asked == []
