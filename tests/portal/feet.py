"""What stands at the foot of an article: byline, copyright line, notice, and how they are set."""

from html import escape

from tests.portal.deck import pack
from tests.portal.model import Article

FORMS_REGIONAL = pack(footer=4, footer_spans=1, muted=2, lines=3, one_line=1, glued=1)
FORMS_NEWER = pack(muted=4, muted_spans=1, one_line=2, lines=1)
LABELS = pack(
    pewarta_editor=6, two=2, three=2, slashed=1, penulis=2, oleh=1, oleh_bare=1, penerjemah=1,
    editor_only=2, uploader_only=1, pewarta_only=1, same_person=1, missing=2,
)  # fmt: skip
COPYRIGHTS = pack(regional=8, national=3, missing=1)
NOTICES = pack(none=3, present=2)
NOTICE = (
    "Dilarang keras mengambil konten, melakukan perayapan atau pengindeksan otomatis untuk "
    "kecerdasan buatan di situs ini tanpa izin tertulis dari Kantor Berita ANTARA."
)
_JOINTS = {2: (" dan ",), 3: (", ", " dan ")}


def byline_lines(card: str, people: list[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Labelled names for a card of `LABELS`; `people` are four different names."""
    a, b, c, d = people
    return {
        "pewarta-editor": (("Pewarta", (a,)), ("Editor", (b,))),
        "two": (("Pewarta", (a, b)), ("Editor", (c,))),
        "three": (("Pewarta", (a, b, c)), ("Editor", (d,)), ("Uploader", (b,))),
        "slashed": (("Pewarta", (a, b)), ("Editor", (c,))),
        "penulis": (("Penulis", (a,)), ("Editor", (b,)), ("Uploader", (c,))),
        "oleh": (("Oleh", (a,)), ("Editor", (b,))),
        "oleh-bare": (("Oleh", (a,)), ("Editor", (b,))),
        "penerjemah": (("Pewarta", (a,)), ("Penerjemah", (b,)), ("Editor", (c,))),
        "editor-only": (("Editor", (a,)),),
        "uploader-only": (("Uploader", (a,)),),
        "pewarta-only": (("Pewarta", (a,)),),
        "same-person": (("Pewarta", (a,)), ("Editor", (a,))),
        "missing": (),
    }[card]


def written(article: Article, card: str) -> list[str]:
    """The byline as lines of text: 'Pewarta: A dan B', 'Editor : C' (a space before its colon)."""
    lines = []
    spaced = not article.template.startswith("wrap") and card != "penulis"
    for label, names in article.byline.lines:
        colon = " : " if spaced and label in {"Editor", "Uploader"} else ": "
        if card == "oleh-bare" and label == "Oleh":
            colon = " "
        joints = ("/",) * (len(names) - 1) if card == "slashed" else _JOINTS.get(len(names), ())
        text = names[0] + "".join(joint + n for joint, n in zip(joints, names[1:], strict=True))
        lines.append(f"{label}{colon}{text}")
    return lines


def foot_html(article: Article, card: str, *, form: str | None = None) -> str:
    """The foot as HTML in its form; empty when the page shows neither byline nor copyright."""
    form = form or article.byline.form
    lines = [escape(line, quote=False) for line in written(article, card)]
    sign = "&copy;" if article.number % 2 else "©"
    copyright_line = escape(article.copyright or "").replace("©", sign)
    notice = article.notice or ""
    ended = [line for line in (copyright_line, notice) if line]
    if not lines and not ended:
        return ""
    if form in {"footer", "muted"}:
        byline = [f'<span itemprop="author">{lines[0]}</span>', *lines[1:]] if lines else []
        return f'<p class="text-muted mt-2 small">{"<br />".join(byline + ended)}</p>'
    if form in {"footer-spans", "muted-spans"}:
        spans = "".join(f'<span itemprop="author">{line}</span>' for line in lines)
        rest = "".join(f"<p class='copyright'>{line}</p>" for line in ended)
        return f'<p class="text-muted small">{spans}</p>{rest}'
    if form == "one-line":
        return f'<p class="text-muted small">{" ".join([*lines, copyright_line])}</p>' + (
            f'<div class="alert alert-info">{notice}</div>' if notice else ""
        )
    if form == "glued":
        rest = f"<br/>{notice}" if notice else ""
        return f'<p class="text-muted small">{"".join(lines)}{copyright_line}{rest}</p>'
    parts = ["&nbsp;", *lines, *ended]
    return "<br />\n<br />\n".join(parts) + "<br />\n<br />\n"
