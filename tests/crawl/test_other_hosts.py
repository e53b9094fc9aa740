"""Nothing but the portal is asked, and whoever answers must show that it is the portal."""

import ipaddress
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from scrapy.settings import Settings

from antara_crawler.archive import Archive, Frontier
from antara_crawler.crawl.user_agent import UserAgent
from antara_crawler.portals import portal as portal_named
from antara_crawler.warc import scan
from tests.crawl.truth import assert_exact
from tests.portal import Faults, PortalServer, Site
from tests.portal.server import secured
from tests.scrapy_runs import Workplace

KALSEL, KALTARA = portal_named("kalsel"), portal_named("kaltara")


@pytest.fixture
def place(tmp_path: Path, sqlite_url: str) -> Workplace:
    return Workplace(tmp_path, sqlite_url)


def test_a_page_that_leads_to_another_site_fails_alone(place: Workplace, tmp_path: Path) -> None:
    site = Site(seed=41, articles=8)
    path = site.articles[3].path
    with PortalServer(site, Faults(on={path: "redirect_away"})) as portal:
        ended = place.crawl(portal.url)
    assert ended.status == 4, ended.err
    kept = [found.capture for file in tmp_path.rglob("*.warc.gz") for found in scan(file)]
    assert [each.status for each in kept if each.url.endswith(path)] == [302], "kept as it came"
    with Archive.open(place.archive_url, read_only=True) as archive:
        [failure] = [f for f in Frontier(archive).failures("kalsel") if f.role == "article"]
    assert failure.url.endswith(path)
    assert failure.reason == "leads to another site: http://127.0.0.1:1/x"
    others = [truth for truth in site.truth if truth["url"] != failure.url]
    assert_exact(others, place.records())


@pytest.mark.parametrize(
    "url",
    ["https://kalsel.antaranews.com/berita/1/a", "http://kalsel.antaranews.com/x",
     "https://www.kalsel.antaranews.com", "https://m.kalsel.antaranews.com:443/x?y=z",
     "http://KALSEL.antaranews.com.:80/"],
)  # fmt: skip
def test_every_form_of_the_portals_host_is_its_own(url: str) -> None:
    assert KALSEL.owns(url)


def test_an_older_host_of_a_portal_is_its_own() -> None:
    assert KALTARA.owns("https://kalut.antaranews.com/berita/1/a")


@pytest.mark.parametrize(
    "url",
    ["https://www.antaranews.com/berita/1/a", "https://jatim.antaranews.com/", "http://127.0.0.1/",
     "http://localhost/", "http://169.254.169.254/latest/meta-data", "http://[::1]/",
     "https://kalsel.antaranews.com:8443/", "https://kalsel.antaranews.com.example.org/",
     "https://kalsel.antaranews.com@example.org/", "ftp://kalsel.antaranews.com/",
     "file:///etc/passwd", "http://[", "//kalsel.antaranews.com/", ""],
)  # fmt: skip
def test_any_other_host_is_not(url: str) -> None:
    assert not KALSEL.owns(url)


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[ssl.SSLContext]:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nobody")])
    host = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(host, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = tmp_path / "nobody.pem"
    file.write_bytes(certificate.public_bytes(pem) + key.private_bytes(pem, *private))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    yield context


def test_a_host_whose_certificate_nobody_vouches_for_is_not_the_portal(
    place: Workplace, self_signed: ssl.SSLContext
) -> None:
    site = Site(seed=42, articles=3)
    with PortalServer(site) as portal:
        url = secured(portal, self_signed)
        ended = place.crawl(url)
        assert ended.status == 3, ended.err
        [why] = [line for line in ended.err.splitlines() if line.startswith("  why ")]
        assert "TLS certificate is not valid" in why
        assert "certificate verify failed" in why
        assert portal.requests == []
        as_told = place.crawl(url, "-s", "DOWNLOAD_VERIFY_CERTIFICATES=False")
        assert as_told.status == 0, as_told.err
    assert_exact(site.truth, place.records())


@pytest.mark.parametrize(
    ("agent", "contact", "asked_as"),
    [
        (None, "ani@yahoo.co.id", "antara-crawler"),
        (None, "Universitas bingbot/2.0", "antara-crawler"),
        ("Mozilla/5.0 (compatible; Kliping/1.2; +https://yahoo.co.id/1)", "", "Mozilla Kliping"),
        ("Kliping", "", "Kliping"),
    ],
)
def test_the_contact_never_decides_which_rules_apply(
    agent: str | None, contact: str, asked_as: str
) -> None:
    settings = Settings({"CONTACT": contact})
    if agent is not None:
        settings.set("USER_AGENT", agent, "cmdline")
    UserAgent().update_settings(settings)
    assert settings["ROBOTSTXT_USER_AGENT"] == asked_as
