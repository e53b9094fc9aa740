"""Templates written in TOML: what they may say, which pages they read, and what is refused."""

from datetime import date

import pytest

from antara_crawler.errors import UnreadablePage, UsageError
from antara_crawler.pages import read_article
from antara_crawler.pages.custom import built_in, read_catalogue
from antara_crawler.pages.templates import TEMPLATES
from antara_crawler.portals import portal
from tests.pages import building

NEW = '[[template]]\nname = "new"\nbody = ["div.isi-berita"]\ntitle = ["h2.judul"]\n'
PAGE = (
    f'<html><body><h2 class="judul">{building.TITLE}</h2><div class="isi-berita">'
    f"{building.BODY}</div></body></html>"
)


def test_a_page_of_an_unknown_layout_is_read_by_a_template_of_toml():
    with pytest.raises(UnreadablePage):
        building.read(PAGE)
    templates = read_catalogue(NEW, "t.toml").serving("kalsel")
    article = read_article(PAGE, building.URL, portal("kalsel"), templates=templates)
    assert (article.title, article.paragraphs) == (building.TITLE, building.PARAGRAPHS)
    assert article.template.startswith("new@")


def test_another_selector_gives_a_template_another_name_and_nothing_else_does():
    def name(text: str) -> str:
        return read_catalogue(text, "t.toml").serving("kalsel")[0].name

    assert name(NEW) == name(f"# a word\n{NEW}portals = ['kalsel']")
    assert name(NEW) != name(NEW.replace("h2.judul", "h3"))


def test_a_template_serves_its_portals_from_its_first_day_on():
    catalogue = read_catalogue(f"{NEW}portals = ['kalsel']\nsince = 2026-11-01\n", "t.toml")
    served = {
        (name, day): catalogue.serving(name, day) != TEMPLATES
        for name in ("kalsel", "kalteng")
        for day in (date(2026, 10, 31), date(2026, 11, 1))
    }
    assert [place for place, is_served in served.items() if is_served] == [
        ("kalsel", date(2026, 11, 1))
    ]


def test_a_template_that_extends_another_keeps_what_it_does_not_say():
    text = '[[template]]\nname = "a"\nextends = "regional"\ntitle = ["h2"]\n'
    made = read_catalogue(text, "t.toml").serving("kalsel")[0]
    regional = next(each for each in TEMPLATES if each.name == "regional")
    assert (made.title, made.body) == (("h2",), regional.body)


def test_what_a_page_is_to_be_read_without_is_left_out_and_said_so():
    call = "Kami mengajak pembaca memasang aplikasi kami di telepon mereka hari ini juga. " * 2
    widget = f"<div class=w>{call}<p>{call}</p></div>"
    html = building.page(body=f"{widget}{building.BODY}{widget}")
    assert len(building.read(html).paragraphs) > len(building.PARAGRAPHS)
    text = '[[template]]\nname = "a"\nextends = "regional"\n'
    text += 'without = [".w", "body", ".post-content"]\n'
    templates = read_catalogue(text, "t.toml").serving("kalsel")
    article = read_article(html, building.URL, portal("kalsel"), templates=templates)
    assert (article.title, article.paragraphs) == (building.TITLE, building.PARAGRAPHS)
    left = [each.text for each in article.left_out if each.reason == "template"]
    assert [text.count("memasang aplikasi") for text in left] == [4, 4]


def test_the_built_in_templates_are_written_as_they_are_read():
    again = read_catalogue(built_in(), "built-in").serving("kalsel")[: len(TEMPLATES)]
    assert [each.body for each in again] == [each.body for each in TEMPLATES]
    assert [each.tags for each in again] == [each.tags for each in TEMPLATES]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "t.toml is no TOML"),
        ("[templates]\n", "write \\[\\[template\\]\\]"),
        ("template = 3\n", "write each template under"),
        ('[[template]]\nname = "a"\n', "body is missing"),
        ('[[template]]\nbody = ["p"]\n', "give it a name"),
        ('[[template]]\nname = "generic"\nbody = ["p"]\n', "give it a name"),
        ('[[template]]\nname = "a"\nbdy = ["p"]\n', "'bdy' is not known"),
        ('[[template]]\nname = "a"\nbody = "p"\n', "body is no list of texts"),
        ('[[template]]\nname = "a"\nbody = ["p[["]\n', "not a selector: 'p\\[\\['"),
        ('[[template]]\nname = "a"\nbody = ["//p[nothing()]"]\n', "not a selector"),
        (f"{NEW}extends = 'none'\n", "extends one of"),
        (f"{NEW}since = 'May'\n", "is no day"),
        (f"{NEW}portals = ['kalsell']\n", r"\(.+\): unknown portal"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_in_one_line(text, told):
    with pytest.raises(UsageError, match=told) as error:
        read_catalogue(text, "t.toml")
    assert "\n" not in str(error.value)
