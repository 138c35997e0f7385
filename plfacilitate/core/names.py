"""A whole name, taken apart.

Owns which part of a name is the last name on a list. Never certain: who uses it says so.
"""

from __future__ import annotations

from plfacilitate.core.text import fold

_PARTICLES = frozenset(
    [
        "af", "al", "ap", "aw", "bin", "bint", "da", "dal", "dalla", "das", "de", "del", "della", "den", "der", "di",
        "dos", "du", "el", "ibn", "la", "las", "le", "los", "san", "santa", "st", "te", "ten", "ter", "van", "vander",
        "von", "zu", "zur",
    ]
)  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def split_name(whole: str) -> tuple[str, str]:
    """Last and first name of a whole one, as `Last, First` or `First Last`; a one-word name is a last name.

    Particles (van der, de la) and suffixes (Jr., III) stay with the last name.
    """
    last, comma, first = whole.partition(",")
    if comma and fold(first) not in _SUFFIXES:
        return (last.strip(), first.strip()) if last.strip() else (first.strip(), "")
    words = whole.split()
    start = len(words) - 1
    while start > 1 and fold(words[start]) in _SUFFIXES:
        start -= 1
    while start > 1 and words[start - 1].casefold().rstrip(".") in _PARTICLES:
        start -= 1
    if start < 1:
        return whole.strip(), ""
    return " ".join(words[start:]), " ".join(words[:start])
