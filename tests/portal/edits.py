"""Changes an article's wording after it was published, on its pages and in its truth alike."""

from datetime import timedelta
from html import escape

from tests.portal.model import Article, Paragraph


def reword(article: Article, *, title: str | None = None, paragraph: str | None = None) -> None:
    """Give the article a new title, or new words for its last paragraph of several sentences.

    Where that paragraph stands twice, both places are changed alike.
    """
    if title:
        article.title = title
        article.headline_html = escape(title, quote=False)
    if paragraph or not title:
        _reword_paragraph(article, paragraph)
    if article.stamp.modified:
        article.stamp.modified += timedelta(minutes=5)


def _reword_paragraph(article: Article, text: str | None) -> None:
    blocks = {id(b): b for b in [*(b for page in article.pages for b in page), *article.amp]}
    stood = [block for block in blocks.values() if isinstance(block, Paragraph)]
    joined = {id(b.repeats) for b in stood if b.repeats and b.text != b.repeats.text}
    plain = [b for b in stood if b.repeats is None and b.form == "line" and id(b) not in joined]
    target = next((b for b in reversed(plain) if len(b.text) > 60), stood[0])
    new = text or f"{target.text} Keterangan ini diperbarui, suntingan ke-{article.version + 1}."
    was = target.text
    for block in stood:
        if block.text == was:
            block.text, block.html = new, escape(new, quote=False)
