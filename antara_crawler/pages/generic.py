"""The text of a page as a reader that knows no portal finds it, for a sample of articles."""

from functools import cache

ONE_IN = 50
"""It takes a third of the time of a reading: so many articles share it."""


def is_sampled(number: int | None) -> bool:
    """Tell whether an article is one of the sample: by its number, so that it is again."""
    return number is not None and number % ONE_IN == 0


def generic_texts(html: str) -> list[str]:
    """Return the lines of what looks like the main text; none without the extra 'check'."""
    if not _is_installed():
        return []
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  (an extra)

    return str(extract_plain_text(html, main_content=True)).splitlines()


@cache
def _is_installed() -> bool:
    try:
        import resiliparse  # noqa: F401, PLC0415
    except ModuleNotFoundError:
        return False
    return True
