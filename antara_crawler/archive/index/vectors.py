"""Writes the words of an article as PostgreSQL's index takes them: a tsvector, and its length."""

from antara_crawler.archive.index.analysis import BREAK, MOST_TITLE, MOST_WORDS, Analysed

TITLED = "="
"""Before a word of a title among PostgreSQL's terms, beside the word: found without its places."""

_PLACES = {
    weight: [f":{place}{weight}" for place in range(1, MOST_TITLE + MOST_WORDS + 2)]
    for weight in "ABCD"
}
"""How PostgreSQL writes where a word stands, and how much it counts."""


def length_of(article: Analysed) -> int:
    """Return how many words the index holds of an article, roots and breaks included."""
    words = article.title + article.body
    return len(words) + len([other for _, other in words if other])


def terms_of(article: Analysed) -> str:
    """Return a tsvector: A the title's words, B their roots, D the body's, C their roots.

    The title's are marked besides: a test of weights would read the terms of all that have a word.
    """
    # A gap: no phrase reaches from the title into the body.
    places = ((article.title, 0, ("A", "B")), (article.body, len(article.title) + 1, ("D", "C")))
    titled = {form for word in article.title for form in word if form and form != BREAK}
    terms = [TITLED + form for form in titled]
    for found, start, weights in places:
        own, of_roots = (_PLACES[weight][start : start + len(found)] for weight in weights)
        both = zip(found, own, strict=True)
        terms += [plain + place for (plain, _), place in both if plain != BREAK]
        both = zip(found, of_roots, strict=True)
        terms += [root + place for (_, root), place in both if root]
    return " ".join(terms)
