"""The reader in a headless Chromium: searching, reading, comparing, and how it looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.web.browser import DESKTOP, PHONE, chromium, look, missing
from tests.web.samples import Sample, bridge

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))

AXE = (files("axe_core_python") / "axe.min.js").read_text("utf-8")
FINDINGS = """
const done = arguments[arguments.length - 1];
axe.run({resultTypes: ['violations'], iframes: false}).then(found => done(
  found.violations.map(each => `${each.id}: ${each.help}: ${each.nodes[0].html}`)
)).catch(error => done([String(error)]));
"""
WIDER = "return document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def browser(driver: Chrome, reader: str) -> Chrome:
    look(driver, DESKTOP)
    driver.get(reader)
    return driver


def text(browser: Chrome, css: str) -> str:
    return browser.find_element(By.CSS_SELECTOR, css).text


@contextmanager
def leaving(browser: Chrome) -> Iterator[None]:
    """Wait at the end of the block until another page is there."""
    page = browser.find_element(By.TAG_NAME, "html")
    yield
    # Asked between two pages, chromedriver may fail: ask again.
    wait = WebDriverWait(browser, 20, ignored_exceptions=[WebDriverException])
    wait.until(staleness_of(page))


def find(browser: Chrome, words: str) -> None:
    box = browser.find_element(By.NAME, "q")
    box.clear()
    with leaving(browser):
        box.send_keys(words, Keys.ENTER)


def follow(browser: Chrome, link: str, by: str = By.PARTIAL_LINK_TEXT) -> None:
    with leaving(browser):
        browser.find_element(by, link).click()


def test_a_reader_searches_opens_compares_and_goes_back(browser: Chrome) -> None:
    find(browser, "jembatan bambu awang")
    assert browser.find_elements(By.CSS_SELECTOR, ".hits h3 mark")
    follow(browser, "Warga Awang Landas bangun")
    assert text(browser, "h1").startswith("Warga Awang Landas bangun jembatan bambu sepanjang 45")
    follow(browser, "Bandingkan dengan revisi 2")
    assert text(browser, "p.out del") == bridge().paragraphs[3]
    Select(browser.find_element(By.NAME, "from")).select_by_value("1")
    follow(browser, "main button", By.CSS_SELECTOR)
    assert [e.text for e in browser.find_elements(By.CSS_SELECTOR, "article h2 > *")] == [
        "40",
        "45",
    ]
    follow(browser, "Kembali ke artikel")
    follow(browser, "Revisi 1")
    assert text(browser, "h1") == bridge().title


def test_a_reader_narrows_a_search_and_widens_it_again(browser: Chrome) -> None:
    find(browser, "jembatan")
    everything = text(browser, "#total")
    browser.find_element(By.CSS_SELECTOR, "summary").click()
    browser.find_element(By.NAME, "section").send_keys("hulu sungai tengah")
    since = browser.find_element(By.NAME, "since")
    since.send_keys("01012023")
    assert since.get_attribute("value") == "2023-01-01"
    follow(browser, ".query button", By.CSS_SELECTOR)
    assert text(browser, "#total") == "2 artikel untuk “jembatan”"
    for _ in range(2):
        follow(browser, ".chips a", By.CSS_SELECTOR)
    assert text(browser, "#total") == everything
    follow(browser, ".facet a", By.CSS_SELECTOR)
    assert text(browser, "#total") != everything


def test_a_reader_opens_what_was_taken_out(browser: Chrome, reader: str, sample: Sample) -> None:
    browser.get(f"{reader}/articles/{sample.bridge}")
    assert bridge().removed[0].text not in text(browser, "details")
    browser.find_element(By.CSS_SELECTOR, "details summary").click()
    assert bridge().removed[0].text in text(browser, "details")


def test_a_reader_goes_from_a_year_to_a_day_to_its_articles(browser: Chrome) -> None:
    follow(browser, "Cakupan")
    follow(browser, "2023")
    assert text(browser, "#calendar").startswith("Kalender 2023")
    gap = browser.find_element(By.CSS_SELECTOR, ".month .l0")
    busy = browser.find_element(By.CSS_SELECTOR, ".month a")
    cell = busy.find_element(By.XPATH, "..")
    colours = {each.value_of_css_property("background-color") for each in (gap, cell)}
    assert len(colours) == 2
    with leaving(browser):
        busy.click()
    assert "artikel" in text(browser, "#total")


def test_the_language_can_be_switched_and_stays(browser: Chrome) -> None:
    follow(browser, "English")
    find(browser, "jembatan")
    assert text(browser, "#total").endswith("articles for “jembatan”")
    follow(browser, "Runs & failures")
    assert text(browser, "h1") == "Runs & failures"


def test_a_page_of_an_article_cannot_act(browser: Chrome, reader: str, sample: Sample) -> None:
    browser.get_log("browser")
    for path in (f"articles/{sample.hostile}", "?q=terapung", "runs"):
        browser.get(f"{reader}/{path}")
        assert browser.title != "taken"
        assert not browser.find_elements(
            By.CSS_SELECTOR, "main svg, main img, script:not([type='application/ld+json'])"
        )
    assert browser.get_log("browser") == []
    assert browser.get_cookies() == []


def test_the_keyboard_alone_is_enough(browser: Chrome) -> None:
    browser.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
    first = browser.switch_to.active_element
    assert first.text == "Langsung ke isi"
    assert first.rect["x"] >= 0
    first.send_keys(Keys.ENTER, Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("name") == "q"


def test_it_works_without_scripts(reader: str, tmp_path: Path) -> None:
    with chromium(tmp_path / "profile", scripts=False) as plain:
        plain.get("data:text/html,<title>off</title><script>document.title='on'</script>")
        assert plain.title == "off"
        plain.get(f"{reader}/?q=jembatan+bambu+awang")
        follow(plain, "Warga Awang Landas bangun")
        assert plain.current_url == f"{reader}/kalsel/berita/496552"
        plain.find_element(By.CSS_SELECTOR, "details summary").click()
        assert bridge().removed[0].text in text(plain, "details")


def test_the_first_result_is_visible_on_a_telephone(browser: Chrome, reader: str) -> None:
    look(browser, PHONE)
    for path in ("/", "/?q=jembatan", "/?q=jembatan&section=Hulu+Sungai+Tengah"):
        browser.get(reader + path)
        place = browser.find_element(By.CSS_SELECTOR, ".hits h3").rect
        assert place["y"] + place["height"] < PHONE[1], path


PAGES = [
    "/", "/?q=warga", "/?section=x&tag=y", "/?since=x", "/coverage", "/runs", "/changes", "/health",
    "/none",
]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "dark"),
    [(PHONE, True), (DESKTOP, False), ((320, 600), False)],
    ids=["phone-dark", "desktop-light", "narrow"],
)
def test_axe_finds_nothing_on_any_screen(
    browser: Chrome, reader: str, sample: Sample, size: tuple[int, int], dark: bool
) -> None:
    look(browser, size, dark=dark)
    numbers = (sample.bridge, sample.hostile, sample.gone)
    articles = [f"/articles/{number}" for number in numbers]
    for path in [
        *PAGES,
        *articles,
        f"/articles/{sample.bridge}/diff?from=1",
        f"{articles[0]}?revision=1",
    ]:
        browser.get(reader + path)
        assert browser.execute_script(WIDER) == 0, f"{path} is wider than the screen"
        if size in (PHONE, DESKTOP):
            browser.execute_script(AXE)
            assert browser.execute_async_script(FINDINGS) == [], path
