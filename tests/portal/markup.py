"""How the portal writes text as HTML: references, inline tags, invisible characters, spaces."""

from html import escape
from random import Random

INVISIBLE = ("\u200b", "&#8203;", "\ufeff", "\u2060")
_QUOTES = {"“": ("&ldquo;", "&#8220;"), "”": ("&rdquo;", "&#8221;"), "–": ("&ndash;", "&#8211;")}


def dress(text: str, rng: Random, manner: str = "plain") -> str:
    """Return HTML that a reader reads as `text`.

    Manners: plain, entities, inline, links, nbsp, zero-width, spaces, line-ends.
    """
    words = [escape(word, quote=False) for word in text.split(" ")]
    somewhere = rng.randrange(1, len(words)) if len(words) > 1 else 0
    if manner == "entities":
        words = [_as_entities(word, rng) for word in words]
    elif manner == "inline" and len(words) > 4:
        for tag in rng.sample(("b", "i", "strong", "em", "span"), 2):
            place = rng.randrange(len(words))
            words[place] = f"<{tag}>{words[place]}</{tag}>"
    elif manner == "links" and len(words) > 4:
        end = min(len(words), somewhere + 2)
        run = " ".join(words[somewhere:end])
        words[somewhere:end] = [f'<a href="/tag/{rng.randint(1, 99)}" title="x">{run}</a>']
    elif manner == "zero-width":
        words = [_with_invisible(word, rng) for word in words]
    spaces = [" "] * (len(words) - 1)
    if manner == "nbsp":
        spaces = [rng.choice((" ", "&nbsp;", "\u00a0", " &nbsp;")) for _ in spaces]
    elif manner == "spaces":
        spaces = [rng.choice((" ", "  ", "\t", " ")) for _ in spaces]
    elif manner == "line-ends" and spaces:
        spaces[somewhere - 1] = rng.choice(("\n", "\r\n", "\n    "))
    html = words[0] + "".join(space + word for space, word in zip(spaces, words[1:], strict=True))
    return f" {html} " if manner in {"spaces", "nbsp"} else html


def _as_entities(word: str, rng: Random) -> str:
    for mark, forms in _QUOTES.items():
        word = word.replace(mark, rng.choice(forms))
    return word.replace('"', "&quot;").replace("'", "&#39;")


def _with_invisible(word: str, rng: Random) -> str:
    if len(word) < 3 or "&" in word or rng.random() < 0.6:
        return word
    place = rng.randrange(1, len(word))
    return f"{word[:place]}{rng.choice(INVISIBLE)}{word[place:]}"
