"""One shared password for readers from elsewhere: only its scrypt hash is kept, in a file."""

import hmac
import re
import secrets
from hashlib import scrypt
from pathlib import Path
from typing import Self

from antara_crawler.errors import UsageError
from antara_crawler.text.characters import normal_form

LEAST = 10
"""Characters."""
_COST, _BLOCK = 2**15, 8
_MEMORY = 256 * _COST * _BLOCK
_LINE = re.compile(r"scrypt:([0-9a-f]{32}):([0-9a-f]{64})")


class Password:
    """A password that can be tried, and cannot be read."""

    def __init__(self, salt: bytes, digest: bytes) -> None:
        self._salt = salt
        self._digest = digest

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the password of a file that `write` made; raise UsageError for any other."""
        try:
            text = path.read_text("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the password file {path} cannot be read: {error}") from error
        found = _LINE.fullmatch(text.strip())
        if found is None:
            raise UsageError(f"{path} is no password file: make one with --set-password {path}")
        return cls(bytes.fromhex(found[1]), bytes.fromhex(found[2]))

    def fits(self, text: str) -> bool:
        """Tell whether this is it; takes a tenth of a second and 32 MB: guessing is dear."""
        return hmac.compare_digest(_digest(text, self._salt), self._digest)


def write(path: Path, text: str) -> None:
    """Keep a password in a file that only its owner reads.

    Raises UsageError where it is too short, or the file cannot be written.
    """
    if len(text) < LEAST:
        raise UsageError(f"the password is too short: take at least {LEAST} characters")
    salt = secrets.token_bytes(16)
    line = f"scrypt:{salt.hex()}:{_digest(text, salt).hex()}\n"
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        fresh.touch(0o600, exist_ok=False)
        fresh.write_text(line, "ascii")
        fresh.replace(path)
    except OSError as error:
        raise UsageError(f"the password file {path} cannot be written: {error}") from error


def _digest(text: str, salt: bytes) -> bytes:
    secret = normal_form("NFC", text).encode(errors="replace")
    return scrypt(secret, salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32)
