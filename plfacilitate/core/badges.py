"""The number on a badge: digits only, made from the person, with a check digit.

Owns how a number follows from a person and what a scanned number must look like. Never says whose a number is: whoever
knows the people does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

DIGITS = 12  # eleven and a check digit: no two of a hundred thousand people share one by chance more than once in ten


def badge_number(person: str, taken: Collection[str] = ()) -> str:
    """The number of a person: the same on every laptop, unless somebody else has it already."""
    for rank in range(len(taken) + 1):
        found = hashlib.sha256(f"badge {rank} {person}".encode()).digest()
        body = str(int.from_bytes(found[:8], "big") % 10 ** (DIGITS - 1)).zfill(DIGITS - 1)
        number = body + check_digit(body)
        if number not in taken:
            return number
    raise AssertionError("one more number than are taken is always free")


def check_digit(digits: str) -> str:
    """The last digit by Luhn's rule: one wrong digit, or two swapped neighbours, and the number is nobody's."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_badge(text: str) -> bool:
    """Whether a text can stand on a badge: digits only, ours or another system's."""
    return text.isascii() and text.isdigit() and 4 <= len(text) <= 32


def spaced(number: str) -> str:
    """As people read it out: `1234 5678 9012`."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
