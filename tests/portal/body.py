"""Writes blocks as the HTML of a body: `<br>`-separated text nodes, or `<p>` elements."""

from collections.abc import Sequence
from html import escape
from random import Random

from tests.portal.model import Block, Foot, Junk, Paragraph, Related, Shot

BREAKS = (
    "<br />\n<br />\n", "<br><br>", "<br/>\r\n&nbsp;<br/>\r\n", "<br />", "<br>\n    <br>\n",
)  # fmt: skip
P_OPENINGS = ("<p>", "<p>", "<p>", '<p style="text-align:justify">', '<p dir="ltr">')


def body_html(blocks: Sequence[Block], style: str, seed: str, *, amp: bool = False) -> str:
    """Return the inner HTML of a body container; the same for the same seed."""
    rng = Random(seed)
    gap = rng.choice(BREAKS)
    parts: list[str] = []
    rest = list(blocks)
    while rest:
        if isinstance(rest[0], Paragraph) and rest[0].form.endswith("-li"):
            parts.append(_list(rest))
            continue
        block = rest.pop(0)
        if isinstance(block, Paragraph):
            following = rest[0] if rest else None
            parts.append(_paragraph(block, following, block.style or style, gap, rng))
        elif isinstance(block, Related):
            parts.append(_related(block, style, gap))
        elif isinstance(block, Shot):
            parts.append(_shot(block, style, gap, amp=amp))
        elif isinstance(block, Junk):
            parts.append(block.html if not amp else _amp_junk(block))
        elif isinstance(block, Foot):
            parts.append(block.html)
    return "".join(parts)


def _paragraph(block: Paragraph, following: Block | None, style: str, gap: str, rng: Random) -> str:
    html = f"{block.before_html}{block.html}"
    if block.form in {"h2", "h3"}:
        return f"<{block.form}>{html}</{block.form}>\n"
    if block.form == "blockquote":
        inner = f"<p>{html}</p>" if rng.random() < 0.5 else html
        return f"<blockquote>{inner}</blockquote>\n"
    if block.form == "strong":
        html = f"<strong>{html}</strong>"
    glued = isinstance(following, Shot) and following.form == "glued"
    inside = isinstance(following, Related) and following.form == "inside"
    if style == "br":
        return f"{html}<br />" if glued or inside else f"{html}{gap}"
    if inside:
        return f"<p>{html}<br />"
    if glued:
        return f"<p>{html}<br>\n"
    opening = rng.choice(P_OPENINGS)
    wrapped = f"<span>{html}</span>" if rng.random() < 0.15 else html
    spacer = "<p>&nbsp;</p>\n" if rng.random() < 0.1 else "\n"
    if rng.random() < 0.1:
        return f"<div>{opening}{wrapped}</p></div>{spacer}"
    return f"{opening}{wrapped}</p>{spacer}"


def _list(rest: list[Block]) -> str:
    """Take the items of one list off the front and return it."""
    items: list[str] = []
    first = rest[0]
    tag = first.form.removesuffix("-li") if isinstance(first, Paragraph) else "ul"
    while rest and isinstance(rest[0], Paragraph) and rest[0].form == f"{tag}-li":
        items.append(f"<li>{rest.pop(0).html}</li>")  # type: ignore[union-attr]
    number = first.text.partition(".")[0] if tag == "ol" and isinstance(first, Paragraph) else "1"
    opening = tag if number == "1" else f'{tag} start="{number}"'
    return f"<{opening}>\n{''.join(items)}\n</{tag}>\n"


def _anchor(link: Related, text: str | None = None) -> str:
    title = escape(link.title if text is None else text, quote=False)
    return f'<a href="{escape(link.href)}">{title}</a>' if link.href else title


def _related(link: Related, style: str, gap: str) -> str:
    anchor = _anchor(link)
    if link.form == "inside":
        end = "</p>\n" if style == "p" else gap
        return f'<span class="baca-juga"><b>Baca juga: {anchor}</b></span>{end}'
    if link.form == "p-span":
        return f'<p><span class="baca-juga">Baca juga: {anchor}</span></p>\n'
    if link.form == "span":
        html = f'<span class="baca-juga"><strong>Baca juga:&nbsp;{anchor}</strong></span>'
    elif link.form == "whole-link":
        html = _anchor(link, f"Baca juga: {link.title}")
    elif link.form == "alone-first":
        html = f"<b>Baca juga:</b><br />{anchor}"
    elif link.form == "alone-next":
        html = anchor
    else:
        html = f"Baca juga: {anchor}"
    return f"<p>{html}</p>\n" if style == "p" else f"{html}{gap}"


def picture(url: str, *, alt: str = "", lazy: bool = False, amp: bool = False) -> str:
    alt = escape(alt)
    if amp:
        size = 'width="730" height="487" layout="responsive"'
        return f'<amp-img src="{url}" alt="{alt}" {size}></amp-img>'
    if lazy:
        pixel = "data:image/gif;base64,R0lGOD"
        return f'<img class="lazyload" src="{pixel}" data-src="{url}" alt="{alt}">'
    return f'<img src="{url}" alt="{alt}" class="img-fluid">'


def caption_text(shot: Shot) -> str:
    """The caption as the page writes it, its credit in parentheses at the end."""
    words = shot.caption or shot.empty.strip()
    credit = f"({shot.credit})" if shot.credit else ""
    return escape(" ".join(part for part in (words, credit) if part), quote=False)


def _shot(shot: Shot, style: str, gap: str, *, amp: bool) -> str:
    text = caption_text(shot)
    if shot.url and shot.form == "figure":
        image = picture(shot.url, amp=amp)
        return f"<figure>{image}<figcaption>{text}</figcaption></figure>\n"
    image = f"{picture(shot.url, amp=amp)}<br />\n" if shot.url else ""
    if style == "br":
        set_off = "&nbsp;<br />\n" if shot.form == "foto" else ""
        return f"{set_off}{image}{text}{gap}"
    if shot.form == "glued":
        return f"{image}{text}</p>\n"
    return f"<p>{image}{text}</p>\n"


def _amp_junk(block: Junk) -> str:
    if block.html.startswith("<!--"):
        return block.html
    return '<amp-ad width="300" height="250" type="adsense"></amp-ad>'
