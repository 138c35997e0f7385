"""JSON that somebody else wrote, taken apart without trust.

Owns one kind of error, ValueError, for whatever is not as it must be. Never guesses a missing value.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

T = TypeVar("T")


def read_object(data: bytes) -> dict[str, Any]:
    """The object that the bytes hold. Raises ValueError, also for JSON that is nested beyond all reason."""
    try:
        value = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return of({"": value}, "", dict)


def of(value: object, key: str, kind: type[T]) -> T:
    """What an object holds under a key, if it is of that kind and no other: true is no number. Raises ValueError."""
    found: object = value.get(key) if isinstance(value, dict) else None
    if type(found) is not kind:
        raise ValueError(key)
    return found


def texts(value: object, key: str) -> tuple[str, ...]:
    """The list of texts under a key. Raises ValueError."""
    return tuple(of({key: item}, key, str) for item in of(value, key, list))


def numbers(value: object, key: str) -> dict[str, int]:
    """The object of whole numbers under a key. Raises ValueError."""
    found: dict[str, Any] = of(value, key, dict)
    return {name: of(found, name, int) for name in found}


def some(value: object, key: str, kind: type[T]) -> T | None:
    """As `of`, and None where the key is missing or null."""
    found: object = value.get(key) if isinstance(value, dict) else None
    return None if found is None else of(value, key, kind)
