"""What the reader says of things that have a name in the code: faults, states, kinds, counts.

All else that it says stands where it is said, in English; the Indonesian is in the catalogue.
"""

from antara_crawler.wording import said, words

MESSAGES = words("web")


def say(lang: str, text: str, **values: object) -> str:
    """Return a message, or what MESSAGES has for a name, in 'id' or 'en'. Plain text: escape it."""
    return said(lang, MESSAGES.get(text, text), **values)


def named(lang: str, group: str, name: str) -> str:
    """Return what we call a state, a kind or a count; one we have no word for stays as it is."""
    return said(lang, MESSAGES.get(f"{group}.{name}", name))
