"""What a page says of itself beside an article: figures of the day, how many reacted to it, calls
to give, to log in, to follow, to write.

Each is told by its words and by a second sign, as a button of the page, figures, an address of the
newsroom; and only where no paragraph stands.
"""

import re
from collections.abc import Sequence

from antara_crawler.pages.blocks.buttons import is_button
from antara_crawler.pages.blocks.footer import TAG_PAGE
from antara_crawler.pages.lines.lines import NOWHERE, Line, stands_bare
from antara_crawler.pages.stories.labels import CALL_ALONE, REACTIONS
from antara_crawler.pages.stories.links import Title, is_all_link, url_of
from antara_crawler.pages.style.element_style import CONTROL
from antara_crawler.text import is_prose

_MOST_FIGURES = 24
_LONGEST_FIGURE = 60
_LONGEST_SAID = 150
_MOST_CALLS = 2
_FEWEST = 2
_QUOTES = frozenset('"“”„«»')
_SITE_PAGE = re.compile(
    r"https?://(?:(?:[\w-]+\.)*antaranews\.com/[\w-]+/?$"
    r"|(?:www\.)?(?:trakteer\.id|saweria\.co|karyakarsa\.com|patreon\.com|ko-fi\.com)/)",
    re.A,
)
"""A page of the site right below its front page, or where a site is given money."""
_TO_READER = re.compile(
    r"\W*(?:dukung|nikmati|dapatkan|temukan|bantu|mari|ayo|(?:ber)?langganan|donasi|traktir|ikuti"
    r"|masuk|log ?in|daftar|simpan|get|enjoy|support|help|follow|sign|save|donate)\b"
    r"|.*\b(?:kami|anda|our|us|your?|jurnalisme|journalism)\b|.*\?(?:\s|$)"
    r"|.*\b(?:artikel|berita|halaman|tulisan|topik|liputan) ini\b"
    r"|.*\bthis (?:article|story|page|topic)\b",
    re.I,
)
_CALLED = re.compile(
    r"(?:(?:klik |tekan )?(?:di ?sini|here)|(?:donasi(?:kan)?|traktir|dukung|bantu|beri|masuk"
    r"|daftar|kirim(?:kan)?|donate|give|support|send)\b.{0,30})",
    re.I,
)
"""How links are called where a page asks for something, beside those of `is_button`."""
_HEADS = re.compile(
    r"(?:info(?:rmasi)? |data |update |live )?(?:kurs|nilai tukar|(?:prakiraan |perkiraan )?cuaca"
    r"|suhu(?: udara)?|kualitas udara|ihsg|bursa|(?:indeks )?saham|skor|hasil (?:pertandingan|laga)"
    r"|klasemen|jadwal (?:sh?[ao]la?t|imsak(?:iyah)?|pertandingan)|waktu sh?[ao]la?t"
    r"|harga (?:emas|perak|pangan|pasar|komoditas|sembako|bahan pokok|bbm|minyak|saham|kripto)"
    r"|weather|exchange rates?|currenc(?:y|ies)|markets?|stocks?|gold price|scores?|standings"
    r"|prayer times)\b[^.!?:]{0,40}",
    re.I,
)
"""How boxes are headed that a page fills with figures of the day."""
_AT_US = (
    r"(?:(?:redaksi|koreksi|newsroom|editor)@[\w.-]+"
    r"|(?:redaksi|kami|us|newsroom)\b[^.!?@\d]{0,30}\+?\d[\d -]{7,16}\d)"
)
_WRITES_TO_US = re.compile(
    r"(?:(?:ada|punya|memiliki|tahu|melihat|(?:me)?[nt]emukan|mengetahui|have|got|know|seen"
    r"|found)\b[^.!?]{0,80}\?\s*)?(?:(?:silakan|ayo|yuk|segera|please)\s+)?"
    r"(?:(?:kirim|sampai|lapor|hubung|tulis|bagi|beri|send|write|report|contact|tell)\w*\b[^.!?@]{0,60}?"
    r"|(?:kritik|saran|kritik (?:dan|&) saran|pengaduan|kontak|surel|e-?mail)(?: redaksi)?\s*:\s*)"
    rf"{_AT_US}(?:,? (?:atau|dan|or|and) [^.!?@\d]{{0,30}}{_AT_US})?\W*",
    re.I,
)
_FOLLOWS = re.compile(
    r"(?:ikuti|pantau|follow) (?:(?:topik|isu|tagar|penulis|liputan) ini|this (?:topic|writer))\W*",
    re.I,
)


def says_page(lines: Sequence[Line], around: str) -> bool:
    """Whether all the words of a box, or a line, are a page's own; paragraphs stand `around` it.

    Figures and counts in a list, or in paragraphs without a class, are a writer's.
    """
    if not 0 < len(lines) <= _MOST_FIGURES:
        return False
    joined = " ".join([line.text for line in lines]).replace(" | ", " ")
    if len(joined) <= _LONGEST_SAID:
        if found := REACTIONS.fullmatch(joined):
            return bool(found["asked"]) or not all(_is_bare(line, around or ".") for line in lines)
        if _FOLLOWS.fullmatch(joined) or _WRITES_TO_US.fullmatch(joined):
            return True
        if len(lines) == 1 and not lines[0].links and CALL_ALONE.fullmatch(joined):
            return True
    texts = [*lines[0].text.split(" | "), *(line.text for line in lines[1:])]
    if not (around and _are_headed_figures(texts)) or any(_is_written(n, around) for n in lines):
        return False
    return len(lines) == 1 or not _are_of_one_paragraph(lines)


def _are_of_one_paragraph(lines: Sequence[Line]) -> bool:
    """Whether a `<br>` parts the lines: they stand in one element, right in their box."""
    place = lines[0].place
    is_box = "." in place.rpartition(">")[2] and ">aside" not in place
    return is_box and all(line.place == place for line in lines)


def _is_bare(line: Line, around: str) -> bool:
    return ">aside" not in line.place and stands_bare(line, around)


def _is_written(line: Line, around: str) -> bool:
    is_of_list = line.mark in {"item", "row", "quote"} or line.place.endswith(">p")
    if is_of_list:
        return ">aside" not in line.place
    return line.mark != "heading" and _is_bare(line, around)


def _are_headed_figures(texts: Sequence[str]) -> bool:
    """Whether short texts are figures below a head that names some of the day: the weather, say."""
    head, *rest = texts
    if not rest or _HEADS.fullmatch(head) is None:
        return False
    return _are_short_figures(rest, 1)


def _are_short_figures(texts: Sequence[str], fewest: int) -> bool:
    figures = sum(any(map(str.isdigit, text)) for text in texts)
    if figures < fewest or 2 * figures < len(texts) - 1:
        return False
    are_short = all(len(text) <= _LONGEST_FIGURE for text in texts)
    return are_short and not any(is_prose(text) or text[-1] in ".!?…" for text in texts)


def are_linked_figures(lines: Sequence[Line]) -> bool:
    """Whether a box is short figures, and above or below them one link to the page of the site
    that has them: rates, the weather, a league.
    """
    linked = [line for line in lines if line.links]
    if len(linked) != 1 or linked[0].mark in {"item", "row"} or len(lines) > _MOST_FIGURES:
        return False
    is_at_edge = linked[0] in {lines[0], lines[-1]} and is_all_link(linked[0])
    rest = [line.text for line in lines if not line.links]
    return is_at_edge and _are_short_figures(rest, _FEWEST) and _is_of_site(url_of(linked[0]))


def is_offer(lines: Sequence[Line]) -> bool:
    """Whether a box turns to its reader in a few words, and has a button or two, or links called as
    such to pages of the site: to subscribe, to take part, to give.
    """
    found = [line for line in lines if line.text and line.mark != "left out"]
    calls: list[Title] = [(line.text, NOWHERE) for line in lines if line.reason == CONTROL]
    calls += [link for line in found for link in line.links]
    if not 0 < len(calls) <= _MOST_CALLS or not all(map(_is_call, calls)):
        return False
    said = " ".join(line.text for line in found).removesuffix(calls[-1][0]).rstrip()
    is_small = len(said) <= _LONGEST_SAID and _QUOTES.isdisjoint(said)
    return is_small and _TO_READER.match(said) is not None


def _is_call(link: Title) -> bool:
    text = link[0].strip(" +»→>›•")
    return (is_button(text) or _CALLED.fullmatch(text) is not None) and _is_of_site(link[1])


def _is_of_site(url: str | None) -> bool:
    return url == NOWHERE or any(form.match(url or "") for form in (_SITE_PAGE, TAG_PAGE))
