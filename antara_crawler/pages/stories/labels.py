"""The labels before links to other stories ('Baca juga:'), of adverts, and a page's own words."""

import re

from antara_crawler.text.quick import beginning, remembered

WORDS = (
    r"(?:baca|lihat|simak|tonton)\s*(?:(?:juga|jg|pula)(?:\s+(?:berita|artikel)(?:\s+(?:lain(?:nya)?|terkait))?)?"
    r"|selengkapnya|berita\s+(?:lain(?:nya)?|terkait))"
    r"|(?:berita|artikel)\s+(?:terkait(?:\s+lain(?:nya)?)?|lain(?:nya)?)"
    r"|related\s+(?:news|stor(?:y|ies)|articles?)|(?:read|see|watch)\s+(?:also|more)"
    r"|also\s+read"
)
COLON = r"(?:[:：]|[-–—](?=\s))"
_LINKED = (
    r"(?:baca(?:an)?|simak|lihat|tonton|saksikan|cek|klik|video|foto|infografi[sk]|terkait|berita"
    r"|artikel|selengkapnya|sebelumnya|jangan\s+lewatkan|related|read|watch|previous(?:ly)?|further)"
    r"(?:\s+[\w-]+){0,2}"
)
"""Words that are a label only right before a link to a story, with a colon, at a line's end; there
the usual ones need none.
"""
_BEGIN = re.compile(
    rf"[^\w\"'“”‘’«‹]*(?P<quoted>[«‹]\s*)?(?:{WORDS})\s*(?:[)\]]\s*)?(?P<colon>{COLON})?\s*(?:[.,;=|…]+(?=\s|$)\s*)?(?:[>»→►]+\s*)?",
    re.I,
)
_may_begin = beginning("bac", "lih", "sim", "ton", "ber", "art", "rel", "rea", "see", "wat", "als")
WITHIN = re.compile(
    rf"(?:[(\[]\s*(?i:{WORDS})\s*(?:{COLON})?|[^\w\s\"'“”‘’«‹.!?]?\s*(?=[A-Z])"
    rf"(?i:(?:{WORDS})\s*{COLON}|(?P<linked>{_LINKED}\s*[:：]|(?:{WORDS})\s*[>»→►|]*)))\s*"
)
"""A label anywhere in a text: it begins in upper case and has its colon, or opens a bracket."""
ADVERT_LABEL = re.compile(
    r"\W*(?:advertisements?|advertorial|iklan|sponsor(?:ed)?(?: content)?|promoted"
    r"|(?:konten|pesan) (?:ber)?sponsor|konten promosi)\W*",
    re.I,
)
PROMOTED = re.compile(r"\W*(?:promosi|promotion|disponsori|dipromosikan)\W*", re.I)
"""What labels an advert where all beside it leads to other sites; else it may head a text."""

_LOG_IN = r"(?:masuk(?: log)?|log ?in|(?:men)?daftar|logged in|sign(?:ed)? (?:in|up)|register)"
CALL_ALONE = re.compile(
    r"(?:(?:ber)?langganan|daftar|subscribe to|sign up for) (?:(?:our|the) )?"
    r"(?:nawala|newsletter|buletin)(?: (?:harian|mingguan))?(?: (?:kami|antara(?: news)?))?\W*"
    r"|(?:unduh|pasang|download|get) (?:our app|(?:aplikasi|app) (?:kami|antara(?: news)?))"
    r"(?: (?:di|lewat|melalui|dari|on|from|at) (?:(?:di )?sini|here"
    r"|(?:(?:google )?play(?: store)?|app store|dan|atau|and|or|\W){1,6}))?\W*"
    rf"|(?:(?:silakan|anda (?:harus|perlu)|you (?:must|need to)(?: be)?|please) )?{_LOG_IN}"
    rf"(?:,? (?:dulu|dahulu|terlebih dahulu|atau {_LOG_IN}|or {_LOG_IN}))? (?:untuk|to) (?:"
    r"(?:(?:dapat|bisa) )?(?:ber|(?:mengirim|menulis|memberi|meninggalkan)(?:kan)? "
    r"|(?:post|leave|write|add)(?: a)? )?(?:komentar|tanggapan|comment)(?: (?:ini|di sini|here))?"
    r"|(?:menyimpan|save) (?:(?:artikel|berita) ini|this (?:article|story)))\W*"
    rf"|(?:(?:sudah|belum) (?:punya|memiliki) akun|(?:already|don['’]t) have an account|no account)"
    rf"\? (?:silakan )?{_LOG_IN}(?: (?:di sini|sekarang|here|now))?\W*",
    re.I,
)
"""A whole line that calls to take the agency's letters or app, or to log in for a comment."""
LOOKS_AT = re.compile(
    r"(?:(?:lihat|buka|tonton|putar|tampilkan|perbesar|view|see|open|watch|play)"
    r"(?: (?:semua|seluruh|all|the))?(?: \d{1,3})?|(?:semua|seluruh|all)(?: \d{1,3})?|\d{1,3})?"
    r" ?(?:galeri(?: foto)?|(?:foto(?:-foto)?|gambar|video|album)(?:nya)?|(?:photo )?gallery"
    r"|photos?|pictures?)"
    r"(?: (?:lain(?:nya)?|selengkapnya|ini|terkait|more|here))?\W{0,3}",
    re.I,
)
"""How a link is called that shows the pictures of a page."""
_FEELING = (
    r"(?:(?:tidak )?suka|sedih|marah|kaget|terkejut|lucu|senang|gembira|bangga|takjub|kagum|haru"
    r"|terharu|takut|cemas|heran|inspiratif|terinspirasi|terhibur|biasa saja"
    r"|like|love|haha|wow|sad|angry|funny)"
)
_COUNTED = rf"(?:{_FEELING}\W{{1,3}}\d{{1,6}}\s?%?\)?|\d{{1,6}}\s?%?\s{_FEELING}\b)"
REACTIONS = re.compile(
    r"(?P<asked>(?:apa|bagaimana) (?:reaksi|perasaan)(?:mu| anda| kamu)?"
    r"(?: .{1,30} (?:artikel|berita) ini)?\W{0,3}|what(?:['’]s| is) your reaction\W{0,3})?"
    rf"(?:{_COUNTED}\s*){{2,12}}",
    re.I,
)
"""Who had which feelings, and the question above the counts."""
WORDS_OF_PAGE = re.compile(
    r"to (?:view|watch|play|listen to) this (?:video|audio),? (?:please )?enable javascript\b"
    r"[^.!?]{0,100}\.?"
    r"|00?:00 ?/ ?[0-9]{1,2}:[0-9]{2}"
    r"|(?:[\U0001f600-\U0001f64f\U0001f910-\U0001f92f\U0001f970-\U0001f97a\U0001f44d-\U0001f44f"
    r"\U0001f493-\U0001f49f\U0001f389\U0001f525❤]\ufe0f?\s?\d[\d.,]{0,8}\s?(?:k|rb|jt)?[\s|]*){1,12}"
    r"|(?:beri(?:kan)? (?:nilai|rating|penilaian)|nilai|rate)(?: (?:this )?(?:article|news|story))?"
    r"(?: (?:berita|artikel))?(?: ini)?\s*[:!|]?\s*(?:[★☆⭐✩✭✮]\ufe0f?\s?){3,10}"
    r"[(\d.,/\s]{0,12}(?:suara|votes?)?\)?"
    r"|[0-9](?:[.,][0-9]{1,2})? ?/ ?(?:5|10)\W{0,4}\(?[0-9.,]{1,9} (?:votes?|suara|ratings?)\)?",
    re.I,
)
"""What a page says itself: its player, not begun or without a script, a call to rate, reactions."""


@remembered
def label_at_begin(text: str) -> re.Match[str] | None:
    """Return the label at the beginning of a text, with what may stand around it.

    Its group 'colon' is the colon, if there is one; 'quoted' a mark that may open a quotation.
    """
    return _BEGIN.match(text) if _may_begin(text[:3]) else None


@remembered
def is_advert_label(text: str) -> bool:
    """Whether a line is the label of an advert, or may be one: see `PROMOTED`."""
    return any(form.fullmatch(text) for form in (ADVERT_LABEL, PROMOTED))
