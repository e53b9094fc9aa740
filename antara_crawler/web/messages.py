"""What the reader says of things that have a name in the code: faults, states, kinds, counts.

All else that it says stands where it is said, in English; the Indonesian is in the catalogue.
"""

from antara_crawler.wording import msgid, said

MESSAGES: dict[str, str] = {
    "portal": msgid("Portal"),
    "section": msgid("Section"),
    "since": msgid("Since"),
    "until": msgid("Until"),
    "tag": msgid("Tag"),
    "author": msgid("Writer or editor"),
    "order": msgid("Order"),
    "relevance": msgid("Best match"),
    "date": msgid("Newest"),
    "oldest": msgid("Oldest"),
    "form.jsonl": msgid("JSON Lines"),
    "form.csv": msgid("CSV"),
    "form.excel.csv": msgid("CSV for Excel (;)"),
    "form.xlsx": msgid("Excel"),
    "form.parquet": msgid("Parquet"),
    "in.dateline": msgid("Dateline:"),
    "in.caption": msgid("Caption:"),
    "in.tag": msgid("Tag:"),
    "in.editor": msgid("Editor:"),
    "in.uploader": msgid("Uploader:"),
    "bad_date": msgid("{name}: write the date like 2024-09-30."),
    "reversed": msgid("The first date is later than the last one: exchange them."),
    "stranger": msgid("{name}: “{value}” is nowhere in this archive."),
    "stranger_near": msgid("{name}: “{value}” is nowhere in this archive. Did you mean: {near}?"),
    "bad_text": msgid("{name}: too long, or with characters that cannot be looked for."),
    "bad_number": msgid("{name}: no number that is known."),
    "bad_choice": msgid("{name}: no such choice."),
    "page": msgid("Page"),
    "year": msgid("Year"),
    "style.indonesia": msgid("Indonesian"),
    "style.apa": msgid("APA"),
    "style.chicago": msgid("Chicago"),
    "style.turabian": msgid("Turabian"),
    "by.numbers": msgid("all numbers"),
    "state.given_up": msgid("given up"),
    "state.alive": msgid("alive"),
    "state.silent": msgid("not heard from"),
    "count.not_due": msgid("known"),
    "count.forbidden": msgid("forbidden by robots.txt"),
    "count.out_of_range": msgid("outside the dates"),
    "count.limit": msgid("waiting for the limit"),
    "count.dates": msgid("waiting for other dates"),
    "count.stopped": msgid("waiting since it was ended"),
    "count.not_captured": msgid("not in the captures"),
    "count.given_up": msgid("given up"),
    "count.repeats_removed": msgid("repeats removed"),
    "kind": msgid("Kind"),
    "kind.paragraph": msgid("paragraph"),
    "kind.gone": msgid("gone or there again"),
    "event.revised": msgid("changed"),
    "event.gone": msgid("gone"),
    "event.returned": msgid("there again"),
    "kind.paragraph-added": msgid("paragraph added"),
    "kind.paragraph-removed": msgid("paragraph removed"),
    "error.404": msgid("Page not found"),
    "hint.404": msgid(
        "This archive does not hold what you asked for. The number may be wrong, or the"
        " article was not crawled yet."
    ),
    "error.405": msgid("Only for reading"),
    "hint.405": msgid("This archive can only be read."),
    "error.503": msgid("The archive is busy"),
    "hint.503": msgid(
        "Another program is writing to the archive. Wait a moment, then load this page again."
    ),
    "error.500": msgid("Something went wrong"),
    "hint.500": msgid(
        "This page could not be made. The details are in the terminal where scrapy serve runs."
    ),
    "error.capture": msgid("The capture cannot be read"),
    "hint.capture": msgid(
        "The archive lists this capture, but its file is missing or damaged. Run: scrapy verify"
    ),
}


def say(lang: str, text: str, **values: object) -> str:
    """Return a message, or what MESSAGES has for a name, in 'id' or 'en'. Plain text: escape it."""
    return said(lang, MESSAGES.get(text, text), **values)


def named(lang: str, group: str, name: str) -> str:
    """Return what we call a state, a kind or a count; one we have no word for stays as it is."""
    return said(lang, MESSAGES.get(f"{group}.{name}", name))
