"""How long ago something was, as cards say it: '5 jam lalu', 'kemarin'."""

import re
from datetime import timedelta

_AGO = re.compile(
    r"\b(\d{1,4}|se|satu|a|an|one)[\s-]*"
    r"(detik|menit|jam|hari|minggu|pekan|bulan|tahun|seconds?|minutes?|hours?|days?|weeks?|months?|years?)"
    r"\s+(?:yang\s+)?(?:lalu|ago)\b",
    re.I | re.A,
)
_SPANS = {
    "detik": timedelta(seconds=1), "second": timedelta(seconds=1),
    "menit": timedelta(minutes=1), "minute": timedelta(minutes=1),
    "jam": timedelta(hours=1), "hour": timedelta(hours=1),
    "hari": timedelta(days=1), "day": timedelta(days=1),
    "minggu": timedelta(weeks=1), "pekan": timedelta(weeks=1), "week": timedelta(weeks=1),
    "bulan": timedelta(days=30), "month": timedelta(days=30),
    "tahun": timedelta(days=365), "year": timedelta(days=365),
}  # fmt: skip
_LONGEST = 300


def read_age(text: str) -> timedelta | None:
    """Return how long ago '5 jam lalu', 'kemarin' or 'baru saja' is, None for anything else."""
    text = text[:_LONGEST].casefold()
    match = _AGO.search(text)
    if match:
        count = int(match[1]) if match[1].isdecimal() else 1
        return count * _SPANS[match[2] if match[2] in _SPANS else match[2].removesuffix("s")]
    if re.search(r"\b(kemarin|yesterday)\b", text):
        return timedelta(days=1)
    if re.search(r"\b(baru saja|just now)\b", text):
        return timedelta(0)
    return None
