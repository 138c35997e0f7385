"""Hours as people type them into a form, read exactly.

Owns the ways of writing that are understood. Never rounds: what is no whole number of hundredths is not read.
"""

from __future__ import annotations

import re

MOST = 1000_00  # hundredths; more is no number of hours
_VULGAR = {"¼": " 1/4", "½": " 1/2", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3"}
_UNIT = re.compile(r"\s*(clock\s*)?(h|hr|hrs|hour|hours)\.?$")
_DECIMAL = re.compile(r"(\d{1,4})?(?:([.,])(\d{1,6}))?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,3}):([0-5]\d)(?::00)?|(\d{1,3})\s*h(?:ours?|rs?)?\s*([0-5]?\d)\s*(?:m|min|minutes)?", re.ASCII
)
_FRACTION = re.compile(r"(?:(\d{1,3})(?:\s+|\s*-\s*|\s*and\s+))?([1-9]\d?)\s*/\s*([1-9]\d?)", re.ASCII)


def read_hours(text: str) -> int | None:
    """Hours as hundredths: `5.5`, `5,5`, `5 1/2`, `5½`, `5:30`, `5 h 30`, `5.5 hours`; None = not one exact number.

    `5:20` is no whole number of hundredths, and `5,500` could be thousands: neither is read.
    """
    written = " ".join(text.replace("\u2044", "/").casefold().split())
    for sign, spelled in _VULGAR.items():
        written = written.replace(sign, spelled)
    written = written.strip()
    if (parts := _CLOCK.fullmatch(written)) is not None:
        hours, minutes = (parts[1], parts[2]) if parts[1] else (parts[3], parts[4])
        return _exact(int(hours) * 60 + int(minutes), 60)
    written = _UNIT.sub("", written)
    if (parts := _FRACTION.fullmatch(written)) is not None:
        whole, above, below = int(parts[1] or 0), int(parts[2]), int(parts[3])
        return _exact(whole * below + above, below) if above < below else None
    return _decimal(written)


def _decimal(written: str) -> int | None:
    parts = _DECIMAL.fullmatch(written)
    if not written or parts is None or (parts[2] == "," and len(parts[3]) == 3):
        return None
    digits = parts[3] or ""
    return _exact(int((parts[1] or "0") + digits), 10 ** len(digits))


def _exact(above: int, below: int) -> int | None:
    hundredths, rest = divmod(above * 100, below)
    return None if rest or hundredths > MOST else hundredths
