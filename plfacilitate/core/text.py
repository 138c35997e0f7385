"""Text from people, made safe to show and easy to find.

Owns how a string that somebody typed is shown in a terminal (`plain`, `cut`) and compared in a search (`fold`).
Never decides what a text means.
"""

from __future__ import annotations

import re
import unicodedata

MOST_LETTERS = 120
"""Letters of one line that somebody types of themself at most."""

# Letters that Unicode does not take apart although people type them without their stroke or as two letters.
_UNSPLIT = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´ʹ"), None)  # noqa: RUF001 (the point is that they look alike)
# Everything that moves text about without being seen: bidi marks, embeddings, isolates, zero-width characters.
_INVISIBLE = frozenset(
    [0x00AD, 0x061C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)]
)


_PASSWORD = re.compile(r"://[^/\s]*:(?!\d*(?:/|$))")


def has_password(text: str) -> bool:
    """Whether an address such as `sftp://user:word@host` holds a password, or begins to; a port is none."""
    return _PASSWORD.search(text) is not None


def plain(text: str) -> str:
    """The text with every control, escape, bidi and unassigned invisible character made visible.

    One line in, one line out: a line break becomes a visible mark too. Safe to hand to a terminal as it is.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code in _INVISIBLE or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
        return f"⟨{code:04X}⟩"
    return char


def tidy(text: str) -> str:
    """What a person typed into a one-line field: NFC, outer blanks gone, runs of blanks made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class _Folding(dict[int, str]):
    """What each character becomes in a search, worked out once: lists of 100,000 names are folded again and again."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code).casefold()).translate(_UNSPLIT)
        kept = "".join(part for part in parts if not unicodedata.combining(part)).casefold().translate(_APOSTROPHES)
        folded = self[code] = "".join(part if part.isalnum() else " " for part in kept)
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text as a search compares it: no case, no accents, no apostrophes, other punctuation as a blank."""
    return " ".join(text.translate(_FOLDING).split())


def cells(text: str) -> int:
    """How many terminal cells a plain text takes: two for wide characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def cut(text: str, width: int) -> str:
    """The plain text cut or padded to exactly `width` cells; `…` marks what was cut."""
    text = plain(text)
    if cells(text) <= width:
        return text + " " * (width - cells(text))
    kept, used = [], 0
    for char in text:
        size = _width(char)
        if used + size > width - 1:
            break
        kept.append(char)
        used += size
    return "".join(kept) + "…" + " " * max(0, width - 1 - used)
