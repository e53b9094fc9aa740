"""Captions and the credits at their ends: 'ANTARA/HO-Humas', 'Foto: Siti', '(Istimewa)' and so on.

'Antara' is an everyday word ('between'): the agency's name counts in upper case, or in an exact
form ('Antara Foto/…', 'Antaranews Kalsel/…'). A line without any mark of a picture is a caption
only with a credit that nothing but a credit is; a person's name in brackets is none.
"""

import re

from antara_crawler.items import Picture
from antara_crawler.text import is_prose

_NAMED = r"(?:\s+[A-Z][\w.]*){0,3}"
_AGENCY = (
    rf"(?:LKBN\s+)?(?:ANTARA(?:\s?(?:FOTO|Foto|NEWS|News|TV))?|Antara\s?(?:Foto|News|news|TV)"
    rf"|Antara)(?:\.com)?{_NAMED}"
)
_HOST = r"(?:[\w-]+\.)*[Aa]ntara\s?\w*\.com"
_OTHERS = (
    r"(?:REUTERS|Reuters|XINHUA|Xinhua|AFP|AP(?: Photo)?|EPA|Bernama|Kyodo|Anadolu|Getty Images"
    r"|Shutterstock|Pixabay|Pexels|Unsplash|Freepik|YouTube|Youtube|Instagram|Facebook|Twitter)"
)
_HANDOUT = r"(?:HO|Ho)(?:\s*[-/–:]\s*\S.*|\s+[A-Z].*)?"
_LABELLED = (
    r"(?i:(?:foto|photo|image|gambar|ilustrasi|sumber(?:\s+(?:foto|gambar))?|source|kredit|credit"
    r"|dok(?:umentasi|umen)?\.?|doc\.?)\s*:\s*\S.*)"
)
_ARCHIVES = (
    r"(?i:istimewa|ist\.?|(?:foto\s+)?ilustrasi(?:/\S.*)?|dok(?:umentasi|umen)?\.?(?:\s+\S+){0,6}"
    r"|doc\.?(?:\s+\S+){0,4})"
)
_SIGNED = re.compile(
    rf"(?:(?i:foto|photo|sumber|dok\.?)\s*:?\s*)?(?:(?:{_AGENCY}|{_HOST})\s*[/|]\s*\S.*"
    rf"|(?:{_AGENCY}|{_HOST})\s*[-–]\s*(?:HO\b|Ho\b|[A-Z]\w+\s+[A-Z]).*"
    rf"|(?i:antara\s+foto)(?:\s+\S.*)?|{_HOST})"
    rf"|{_HANDOUT}|{_LABELLED}|{_ARCHIVES}|{_OTHERS}(?:\s*/.*)?"
)
_KNOWN = re.compile(
    rf"{_SIGNED.pattern}|{_AGENCY}|(?i:foto|photo)(?:\s+(?i:oleh|by))?\s+[A-Z@].*"
    r"|(?:Biro\s+)?(?:Humas|Kominfo|Diskominfo|Prokopim|Protokol|Satpol|Polres|Polda|BPBD|BNPB)\b.*"
    r"|(?i:(?:tangkapan\s+layar|screenshot|cuplikan|instagram|istagram|@).*)"
)
"""What may end in brackets what is known to be a caption."""
_INSIDE = r"((?:[^()\[\]]|\([^()]*\)){2,160}?)"
_AT_END = re.compile(rf"[(\[]\s*{_INSIDE}\s*[)\]]\s*\.?$")
_UNCLOSED = re.compile(r"\(\s*(ANTARA(?:\s?FOTO)?\s?/(?:[^()]|\([^()]*\)){2,80})$")
_SLASHED_AGENCY = r"(?:ANTARA(?:\s?(?:FOTO|Foto|NEWS|News))?|Antara\s?(?:Foto|foto|News|news)?)"
_BARE = re.compile(
    rf"(?:^|[\s–—-])(?:(?i:foto|photo)\s*:?\s+)?((?:LKBN\s+)?{_SLASHED_AGENCY}{_NAMED}\s?/\s?\S.{{1,80}}?)\.?$"
)
_BARE_BEHIND_SENTENCE = re.compile(
    r"(?:^|[.!?…)”\"](?:\s+|(?=ANTARA\b))|\s[-–—|]\s+)"
    rf"((?:{_HANDOUT}|{_LABELLED}|(?:ANTARA|Antara)(?:\s?(?:FOTO|Foto))?|(?:Istimewa|Ist|IST)"
    rf"|{_OTHERS}\s*/\s*\S.*|(?:Foto|FOTO|Photo)\s+[A-Z]\S.*|Dok(?:umentasi)?\.?\s+\S.*))\.?$"
)
_BARE_OF_AGENCY = re.compile(
    rf"(?:^|[.!?…)”\"]\s+)(?:(?:Foto|FOTO|Photo)\s*:?\s+)?"
    rf"(ANTARA(?:\s?(?:FOTO|Foto))?{_NAMED}\s?/\s?\S.{{1,80}}?)\.?$"
)
_BY = re.compile(rf"(?i:foto|photo)\s+(?:oleh|by)\s+[A-Z].*|{_AGENCY}\s+[-–]\s+[A-Z].*")
_SENTENCE_END = re.compile(r"[.!?…)”\"](?:\s+|(?=ANTARA\b))")
_PERSON = re.compile(
    r"(?!(?:Kecamatan|Kabupaten|Kota|Desa|Kelurahan|Provinsi|Kampung|Dusun|Jalan)\b)"
    r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3}"
)
_NAME = re.compile(r"[A-Z][^()\d.,;!?]{1,40}(?:\.\w{1,10})?|(?!kiri|kanan|tengah)[a-z]{3,20}")
"""What a caption's last sentence ends with in brackets of its own: whoever gave the picture."""
_SLASHED = re.compile(r"[^\W\d_][^\d/]*(?:/[^\d/]+)+")
_DAY = re.compile(r"\(\d{1,2}[/)]\d{1,2}(?:/\d{2,4})?\)\.?$", re.A)
_GOES_ON = re.compile(
    r"^(?:ia|dia|mereka|pihaknya|menurut|namun|te?tapi|meski\w*|walau\w*|sementara|sebelumnya"
    r"|sebaliknya|selain|selanjutnya|kemudian|lalu|akhirnya|karena|oleh\s+karena|sehingga|jadi|maka"
    r"|akibatnya|padahal|bahkan|apalagi|adapun|sedangkan|misalnya|jika|bila|kalau|tidak|tak"
    r"|hingga\s+(?:kini|saat)|saat\s+ini|kini|ke\s+depan|berdasarkan|lebih\s+lanjut"
    r"|(?:dalam|pada|di)\s+kesempatan|terpisah|senada|terkait|atas(?=\s)|di\w+kan|diketahui"
    r"|(?:dengan|untuk|seperti)\s+(?:begitu|demikian|itu|di\w+)|\w+\s+(?:itu|ini|tersebut)"
    r"|he|she|they|according|however|meanwhile|previously)\b|\btersebut\b",
    re.I,
)
"""How a sentence begins that goes on from one before it, or refers to it."""
_SPEECH = re.compile(
    r"\b(?:men(?:gatakan|ambahkan|uturkan)|said|added)\b|[,.!?][\"”’']\s+\w+"
    r"|\b(?:kata|ujar|tutur|ucap|ungkap|jelas|imbuh|pungkas|tegas|sebut)(?:nya)?"
    r"\b(?=[^()]{0,60}(?:\.|$|\())",
    re.I,
)
"""What somebody says: no picture is told so."""
_SENTENCE_MARKS = (".", "!", "?", "…", ")", "]", '"', "”", "’")
_BRACKETS = (")", "]", ").", "].")
LONGEST = 700
_LONGEST_CREDIT = 170
_LONGEST_SIGNED_BY_NAME = 300


def read_caption(text: str, *, beside_picture: bool) -> Picture | None:
    """Return the caption and credit in a line, or None when the line is an ordinary paragraph.

    The credit must be a credit's form ('ANTARA/HO-…', 'Antaranews Kalsel/Name', 'Istimewa'); a
    mere name in brackets counts only beside a picture or behind the day of the photo ('…
    (15/4/2021). (Name)'). Without a picture what somebody says, or what goes on from a sentence
    before, is no caption, however it is signed; an ordinary remark in brackets is never a credit.
    """
    if len(text) > LONGEST:
        return None
    if not beside_picture and not text.endswith(_BRACKETS) and "ANTARA" not in text:
        return None
    end = text[-_LONGEST_CREDIT:]
    if not beside_picture and "(" not in end and "[" not in end and "ANTARA" not in end:
        return None
    match = _at_end(text)
    if match is None:
        return _bare(text, beside_picture=beside_picture) or _unclosed(text)
    inside = match[1]
    words = text[: match.start()].rstrip()
    signed = _SIGNED.fullmatch(inside) is not None
    if signed and not beside_picture:
        ends = not text.endswith(".") or words.endswith(_SENTENCE_MARKS) or not words
        signed = ends and _is_certain(inside) and not is_told(words)
    if not signed and (
        _PERSON.fullmatch(inside) or (beside_picture and _SLASHED.fullmatch(inside))
    ):
        set_off = len(text) <= _LONGEST_SIGNED_BY_NAME and not text.endswith(".")
        signed = set_off and (
            _DAY.search(words) is not None or (beside_picture and _SPEECH.search(words) is None)
        )
    if not signed and beside_picture:
        is_dated = _DAY.search(words) is not None
        is_short = len(text) <= _LONGEST_SIGNED_BY_NAME and _SPEECH.search(words) is None
        is_name = is_dated and not text.endswith(".") and _NAME.fullmatch(inside) is not None
        signed = is_name or ((is_dated or is_short) and _KNOWN.fullmatch(inside) is not None)
    return Picture(None, _words(words), inside) if signed else None


def split_caption(text: str) -> Picture:
    """Return what is known to be a caption, its credit apart when it ends in one."""
    match = _at_end(text)
    if match and (
        any(form.fullmatch(match[1]) for form in (_KNOWN, _PERSON, _SLASHED))
        or (
            _NAME.fullmatch(match[1])
            and _SENTENCE_END.search(text, match.start() - 2, match.start())
        )
    ):
        return Picture(None, _words(text[: match.start()]), match[1])
    for form in (_BARE, _BARE_BEHIND_SENTENCE):
        match = form.search(text, max(0, len(text) - _LONGEST_CREDIT))
        if match:
            words = text[: match.start(1)].removesuffix(" ")
            return Picture(None, _words(_without_label(words)), match[1])
    words, last = _last_sentence(text)
    if _SIGNED.fullmatch(last) or _BY.fullmatch(last):
        return Picture(None, _words(words), last)
    return _unclosed(text) or Picture(None, _words(text), None)


def known_caption(text: str, before: Picture | None = None) -> Picture | None:
    """Return the caption that a text is which the page marks as one.

    None for a sentence behind a caption, the one `before`, that has ended with its credit.
    """
    found = split_caption(text)
    is_whole = before is not None and before.credit is not None
    return None if is_whole and found.credit is None and is_prose(text) else found


def _at_end(text: str) -> re.Match[str] | None:
    """What stands in brackets at the end of a text."""
    if not text.endswith(_BRACKETS):
        return None
    return _AT_END.search(text, max(0, len(text) - _LONGEST_CREDIT))


def _last_sentence(text: str) -> tuple[str, str]:
    """Part a text before its last sentence, which comes without its full stop."""
    begin = max(0, len(text) - _LONGEST_CREDIT)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, begin, len(text) - 1)]
    at = ends[-1] if ends else len(text)
    return text[:at], text[at:].removesuffix(".")


def is_told(words: str) -> bool:
    """Whether words are a sentence of a text, and not what is to see in a picture."""
    return bool(_GOES_ON.search(words) or _SPEECH.search(words))


def ends_in_day(text: str) -> bool:
    """Whether a text ends as captions do with the day of the photo, and is told by nobody."""
    return _DAY.search(text) is not None and not is_told(text)


def _is_certain(credit: str) -> bool:
    """Whether nothing but a credit is written so: '(istimewa)' may be an ordinary word."""
    return not credit.islower() or credit in {"ist", "ist."} or "/" in credit or ":" in credit


def _bare(text: str, *, beside_picture: bool) -> Picture | None:
    """A credit without brackets: the agency's, behind a sentence."""
    match = _BARE_OF_AGENCY.search(text, max(0, len(text) - _LONGEST_CREDIT))
    if match is None and beside_picture:
        end = max(0, len(text) - _LONGEST_CREDIT)
        match = _BARE.search(text, end) or _BARE_BEHIND_SENTENCE.search(text, end)
    if match is None or _SPEECH.search(text, match.start(1)):
        return None
    if not beside_picture and is_told(text):
        return None
    return Picture(None, _words(_without_label(text[: match.start(1)])), match[1])


def _unclosed(text: str) -> Picture | None:
    match = _UNCLOSED.search(text) if "(ANTARA" in text else None
    return Picture(None, _words(text[: match.start()]), match[1]) if match else None


def _without_label(words: str) -> str:
    return re.sub(
        r"(?:\|\s*)?(?:\b(?:foto|photo)(?:\s+(?:oleh|by))?\s*:?|\b(?:kredit|credit|source|gambar|image"
        r"|sumber(?:\s+(?:foto|gambar))?)\s*:|[-–—|©])\s*$",
        "",
        words,
        flags=re.I,
    )


def _words(text: str) -> str | None:
    """Return the caption, or None when nothing but punctuation is left of it."""
    text = text.strip()
    return text if any(character.isalnum() for character in text) else None
