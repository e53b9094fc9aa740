"""Lines of links that are no text: tags, sharing, printing, buttons that lead nowhere."""

import re
from functools import lru_cache

from antara_crawler.pages.blocks.footer import TAG_PAGE, is_foot_text
from antara_crawler.pages.fields.bylines import label_of
from antara_crawler.pages.fields.dates import CLOCK_ALONE, is_line_of_dates
from antara_crawler.pages.found.hints import is_time_of_story
from antara_crawler.pages.lines.lines import NOWHERE, Line
from antara_crawler.pages.stories.labels import (
    ADVERT_LABEL,
    CALL_ALONE,
    LOOKS_AT,
    PROMOTED,
    WORDS_OF_PAGE,
)
from antara_crawler.pages.stories.links import OWN_PAGE, beside_links, is_path, is_story
from antara_crawler.text import is_prose
from antara_crawler.text.quick import beginning

_SERVICE_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*antaranews\.com/(?:(?:search|slug)/|(?:print|cetak)/\d)", re.A
)
_PAGE_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*antaranews\.com/(?:[\w-]+/){1,3}\d+\b[^?#]{0,300}\?(?:[^#]{0,200}&)?"
    r"(?:page=(?:\d{1,3}|all)|single=1)(?:[&#]|$)",
    re.A,
)
_CHANNEL_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*(?:news\.google\.com|whatsapp\.com/channel|facebook\.com|instagram\.com"
    r"|(?:twitter|x)\.com|threads\.net|tiktok\.com|youtube\.com|t\.me|wa\.me|play\.google\.com"
    r"|apps\.apple\.com)/",
    re.A,
)
_OWN_CHANNEL = re.compile(
    r"https?://(?:[\w-]+\.)*(?:news\.google\.com/|whatsapp\.com/channel/"
    r"|(?:play\.google|apps\.apple)\.com/.*antara"
    r"|[\w.]+/(?:@|c/|channel/|s/)?[\w.-]*antara[\w.-]*/?(?:\?.*)?$)",
    re.A | re.I,
)
"""Where the agency is followed; not what somebody posted once."""
_OURS = re.compile(r"[^\"“”]*\b(?:kami|our|us)\b[^\"“”]*", re.I)
"""What the page says of itself, and nobody whom it quotes."""
_CALL = re.compile(
    r"\W*(?:(?:jangan lupa|mari|ayo|yuk|silakan)\s+)?(?:ikuti|dapatkan|baca|cek|simak"
    r"|(?:ber)?gabung|berlangganan|temukan|pantau|follow|join|get|read|find|subscribe)\b"
    r"(?=.*(?:(?-i:\bANTARA)|\bkami\b|\bus\b|google news|whatsapp))",
    re.I,
)
"""A call to follow the agency, where all links lead to a channel."""
_BESIDE_PAGES = re.compile(
    r"(?:(?:halaman|hal\.|pages?)\W*)?(?:\d{1,3}\W*)?(?:(?:dari|of)\s+\d{1,3})?", re.I
)
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}\s*:")
_COUNT = re.compile("[0-9.,]+")
_LONGEST_SIGN = 2
_SPACES = 2
_LONGEST_DATE = 100
_BEFORE_AGE = re.compile(
    r"(?:ANTARA\W{1,3}|(?:(?:di)?(?:terbit|publikasi|tayang|posting)(?:kan)?|published|posted)\W+)",
    re.I,
)
"""What may stand before how long ago a page came."""
_FIGURES = re.compile("[0-9][^0-9]+[0-9]")
_SHARE_LINK = re.compile(
    r"https?://(?:[\w-]+\.)*(?:facebook\.com/(?:sharer|dialog)|(?:twitter|x)\.com/(?:intent|share)"
    r"|t\.me/share|api\.whatsapp\.com|wa\.me|social-plugins\.line\.me|linkedin\.com/share"
    r"|pinterest\.com/pin)",
    re.A,
)
_BUTTON = re.compile(
    r"(?:(?:perbesar|zoom|klik|click|enlarge|(?:ber)?gabung|berlangganan|coba|isi|join|try|kirim|tulis|lewat|via|simpan|unduh|salin|cetak|ikuti|bagikan|baca|dengarkan|laporkan|lihat|langganan"
    r"|follow|save|download|listen|subscribe|sign|log|report|view|get)(?:\s.*)?"
    r"|surel|feedback|umpan balik|masukan|rss|atom|feeds?|pdf|e-?paper|newsletter|buletin|podcast"
    r"|komentar|comments?|masuk|daftar|login|menu|cari|search|kembali|back|tautan|link|audio|teks|a[+-]|terkini|terbaru|(?:ter)?populer"
    r"|inde(?:x|ks)|berita(?: utama)?|news|artikel)",
    re.I,
)
"""How links are called that stand where a section's does, and lead to none."""
_OTHER_LANGUAGE = re.compile(
    r"(?:read|baca) (?:this )?(?:in|dalam) (?:bahasa )?(?:english|inggris|indonesian?)", re.I
)
_OF_CONTROL = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d[\d.,]*\s*(?:kali|x|k|rb|views?)\b|\biklan\b|\badvertise", re.I
)
"""Of players, counters and advert slots."""
_COUNTER = (
    r"(?:(?:artikel|berita) ini )?(?:(?:telah|sudah) )?(?:dilihat|dibaca)"
    r"\s*:?\s*[\d.,]+\s*(?:kali|orang|x)?"
    r"|(?:[\d.,]+\s*(?:k|rb|jt)?\s*(?:views?|hits|tayangan|tampilan|(?:kali |x )?di(?:baca|lihat)"
    r"|pembaca|komentar|comments?|shares?)\W*)+"
    r"|(?:estimasi )?(?:(?:waktu |lama )?(?:mem)?baca|reading time)\s*:?\s*\d+\s*"
    r"(?:menit|min(?:ute)?s?)"
    r"|(?:komentar|comments?)\s*\(?\d+\)?|\d+ (?:min(?:utes?)?|menit) (?:read|(?:mem)?baca)"
)
_FURNITURE = re.compile(
    r"(?=.)(?:[-–—\[(*\s]*(?:advertisement|iklan)[-–—\])*:\s]*)?"
    r"(?:(?:scroll|gulir|geser)(?: ke bawah| down)? (?:untuk|to) .{0,40})?"
    r"|\(?adsbygoogle\s*=.{0,40}\.push\(\{\}\);?"
    r"|(?:lanjut(?:kan)? (?:mem)?baca|continue reading)(?: di bawah(?: ini)?| below)?"
    r"|(?:tampilkan|muat|lihat|show) (?:semua|lebih banyak|more|all)|kembali ke atas|back to top"
    r"|(?:memuat|loading)\s?(?:\.\.\.|…)|daftar isi|table of contents|laporkan (?:kesalahan|iklan)"
    r"(?: ini)?|(?:unduh|download) (?:aplikasi|app) (?:kami|antara)|(?:post )?views\W*\d[\d.,]*"
    rf"|{_COUNTER}|halaman(?:\s+\d+){{1,20}}|[«»‹›<>→←►◄▶◀\s]+"
    r"|(?:share|bagikan)(?:\s+(?:this|ini|on|ke|di|(?:berita|artikel)(?: ini)?))?\s*:?"
    r"|(?:share this (?:article|news)|follow us(?: on)?|ikuti kami(?: di)?|sebarkan)\s*:"
    r"|(?:topik|tags?) (?:terkait|populer)\s*:?|(?:topik|kata kunci|tags?)\s*:|copy link"
    r"|(?:lihat (?:postingan|kiriman|unggahan) ini|view this post) (?:di|on) instagram"
    r"|(?:sebuah (?:kiriman|unggahan) (?:yang )?dibagikan oleh|a post shared by) .{1,80}"
    r"|(?:konten|pesan) (?:ber)?sponsor|konten promosi|(?:sponsored|promoted) content"
    r"|salin tautan|(?:tautan|link) (?:telah |berhasil )?(?:disalin|copied)|batal(?:kan)?|cancel"
    r"|(?:dengarkan|listen to)(?: (?:berita|artikel|audio|this (?:article|story)))?"
    r"(?: ini)?(?:\W+\d{1,2}:\d\d)?",
    re.I,
)
_may_be_furniture = beginning(
    *("adv", "ikl", "scr", "gul", "ges", "ads", "lan", "con", "tam", "mua", "lih", "sho", "kem"),
    *("bac", "mem", "loa", "daf", "tab", "lap", "und", "dow", "pos", "vie", "dil", "dib", "est"),
    *("wak", "lam", "rea", "kom", "com", "hal", "sha", "bag", "fol", "iku", "seb", "top", "tag"),
    *("kat", "cop", "sal", "den", "lis", "tau", "lin", "bat", "can", "kon", "pes", "spo", "pro"),
    *("tel", "sud", "art", "ber", "nil", "rat"),
)
_COUNTED = (
    "baca", "lihat", "view", "hits", "tayang", "tampil", "koment", "comment", "share", "read",
)  # fmt: skip
"""Words that each counter has one of."""
_COUNTERS_BEHIND = re.compile(rf"(?:[\s,;|/•·(–—-]*(?:{_COUNTER})\)?\s*){{1,3}}$", re.I)
_COUNTER_BEFORE = re.compile(rf"\A(?:{_COUNTER})\s*[|•·–—-]\s*", re.I)
_SHARE_WORD = re.compile(
    r"\s*(?:share|bagikan|whats\s?app|wa|facebook|fb|twitter|x|telegram|line|e-?mail|linkedin"
    r"|pinterest|instagram|threads|copy link|salin(?: tautan)?|cetak|print|kirim)\s*",
    re.I,
)
_LONGEST_FURNITURE = 80
_ELSEWHERE = (TAG_PAGE, _SERVICE_LINK, _SHARE_LINK, _PAGE_LINK)


def is_of_buttons(line: Line) -> bool:
    """Whether a line is links elsewhere and no more, but for a word such as 'Bagikan:'."""
    if not line.links:
        return False
    if is_path(line):
        return True
    if line.mark == "heading" and all(url == NOWHERE for _, url in line.links):
        return is_button(line.text)  # it leads to its own place on the page
    if _leads_to_channels(line) and _CALL.match(line.text):
        return True
    if LOOKS_AT.fullmatch(line.text):
        return len(line.links) == 1
    if CALL_ALONE.fullmatch(line.text) and not any(is_story(url) for _, url in line.links):
        return True
    if not is_elsewhere(line) or is_prose(line.text):
        return False
    beside = beside_links(line).strip(" ,|•·-/«»<>…")
    if not beside or is_furniture(beside) or _is_of_tools(line, beside):
        return True
    are_pages = all(url and _PAGE_LINK.match(url) for _, url in line.links)
    return are_pages and _BESIDE_PAGES.fullmatch(beside) is not None


def _is_of_tools(line: Line, beside: str) -> bool:
    """Whether links are signs and words of buttons, and beside them is their label or a count."""
    texts = [text for text, _ in line.links]
    if _COUNT.fullmatch(beside):
        return all(map(is_share_word, texts))
    is_tool = (len(text) <= _LONGEST_SIGN or is_share_word(text) for text in texts)
    return len(texts) > 1 and _LABEL.fullmatch(beside) is not None and all(is_tool)


def is_channel_call(line: Line) -> bool:
    """Whether all links of a line lead to channels, where others may be followed, and it is no
    byline with such a link.
    """
    return _leads_to_channels(line) and not is_foot_text(without_call(line) or line.text)


def _leads_to_channels(line: Line) -> bool:
    return bool(line.links) and all(_is_channel(url) for _, url in line.links)


@lru_cache(maxsize=2000)
def _is_channel(url: str | None) -> bool:
    return _CHANNEL_LINK.match(url or "") is not None


def is_call(line: Line) -> bool:
    """Whether a line calls to follow: a label whose links lead to channels, or any words with links
    to the agency's own, or to 'ours'. A sentence about what others have there is none.
    """
    if not is_channel_call(line):
        return False
    is_ours = leads_to_own_channel(line) or _OURS.fullmatch(line.text) is not None
    return is_ours or not line.text.endswith((".", "!", "?", "…", '"', "”"))


def without_call(line: Line) -> str:
    """Return what stands beside links to channels alone, if it is more than a label."""
    rest = beside_links(line) if _leads_to_channels(line) else ""
    return "" if rest and label_of(rest) else rest


def is_call_to_own_channel(line: Line) -> bool:
    """Whether a line without an end leads, with its last words, to channels of the agency alone."""
    if not is_channel_call(line) or not line.text.endswith(line.links[-1][0]):
        return False
    return leads_to_own_channel(line)


def leads_to_own_channel(line: Line) -> bool:
    """Whether all links of a line lead to channels of the agency."""
    return all(url and _OWN_CHANNEL.match(url) for _, url in line.links)


def leads_away(line: Line) -> bool:
    """Whether all links of a line lead to other sites, and not to channels."""
    if is_channel_call(line):
        return False
    return all(url and url.startswith("http") and not OWN_PAGE.match(url) for _, url in line.links)


def is_labelled_advert(line: Line) -> bool:
    """Whether a line is an advert's label and, glued to it, links away from the agency."""
    if not line.links or any(url and OWN_PAGE.match(url) for _, url in line.links):
        return False
    beside = beside_links(line)
    is_promoted = beside.endswith("|") and PROMOTED.fullmatch(beside) and leads_away(line)
    return bool(is_promoted) or ADVERT_LABEL.fullmatch(beside) is not None


def may_be_words(text: str, spaces: int = _SPACES) -> bool:
    """Whether a line of a body may be words of its text: some, and none of a player or counter.

    A time of day, as '10.15', may head a text like one word and another.
    """
    are_some = text.count(" ") >= spaces or (spaces < _SPACES and CLOCK_ALONE.fullmatch(text))
    return bool(are_some) and _OF_CONTROL.search(text) is None


def is_date_line(line: Line, before: str) -> bool:
    """Whether a line is a date, or how long ago one is, with no more beside it than links, as to a
    section, or a counter; or the time of day of the line `before`, which is one.
    """
    if len(line.text) > _LONGEST_DATE:
        return False
    text = without_counter(line.text)
    if is_time_of_story(_BEFORE_AGE.sub("", text, count=1) or line.text):
        return True
    if _FIGURES.search(line.text) is None:
        return False
    if CLOCK_ALONE.fullmatch(line.text):
        return is_line_of_dates(before)
    texts = [line.text, text]
    if line.links:
        beside = beside_links(line)
        texts += [beside, without_counter(beside)]
    return any(map(is_line_of_dates, texts))


def is_elsewhere(line: Line) -> bool:
    """Whether all links of a line lead to tags, parts of an article, sharing, or nowhere."""
    return all(
        url == NOWHERE
        or _is_elsewhere(url)
        or is_share_word(text)
        or _OTHER_LANGUAGE.fullmatch(text)
        for text, url in line.links
    )


@lru_cache(maxsize=2000)
def _is_elsewhere(url: str | None) -> bool:
    return any(form.match(url or "") for form in _ELSEWHERE)


def is_button(text: str) -> bool:
    """Whether a link is called as the buttons of a page are, and no section is: 'Surel', 'RSS'."""
    return is_share_word(text) or _BUTTON.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a whole line is one of the words of buttons, counters and advert slots."""
    if not _may_be_furniture(text[:3]):
        return False
    is_one = len(text) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(text) is not None
    return is_one or WORDS_OF_PAGE.fullmatch(text) is not None


def without_counter(text: str) -> str:
    """Return a short line without counters and reading time at its end or its begin."""
    said = text.lower()
    may_be = any(word in said for word in _COUNTED)
    return _COUNTER_BEFORE.sub("", _COUNTERS_BEHIND.sub("", text)) if may_be else text


def is_share_word(text: str) -> bool:
    """Whether a link is called as those that share a page are: 'Bagikan', 'WhatsApp'."""
    return len(text) <= _LONGEST_FURNITURE and _SHARE_WORD.fullmatch(text) is not None
