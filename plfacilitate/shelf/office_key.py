"""The office's key file: what the office hands out, so that bundles can be sealed to it and its receipts are known.

Owns the words and bytes of that file. It holds nothing secret: the office signs it with the private half, which never
leaves the office. Never decides whether a laptop trusts it: two people compare the fingerprint.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from plfacilitate.core.entry import canonical, utc_moment, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.shelf.jsonof import of, read_object
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.write import write_bytes

FORMAT = 1
_LONGEST = 1 << 16  # bytes


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """An office's public key. `office` is the id of its file in `exports/`; `made_at` is UTC."""

    office: str
    title: str
    public: str
    made_at: datetime

    def to_json(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "what": "office-key",
            "format": FORMAT,
            "office": self.office,
            "title": self.title,
            "public_key": self.public,
            "made_at": utc_text(self.made_at),
        }


def write_office_key(path: Path, key: OfficeKey, *, sign: Callable[[bytes], bytes]) -> None:
    """Put the key file under `path` in one step. Refused: `not-written`."""
    value = key.to_json()
    write_bytes(path, _document(value, sign(canonical(value))))


def read_office_key(path: Path, *, verify: Callable[[str, bytes, bytes], bool]) -> OfficeKey:
    """The office's key in that file, as its owner signed it.

    Refused: `office-key-altered`, `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    with opened(path) as file:
        data = file.read(_LONGEST)
    try:
        document = read_object(data)
        value = of(document, "key", dict)
        key = _key(value)
        good = verify(key.public, canonical(value), bytes.fromhex(of(document, "signature", str)))
    except ValueError as error:
        raise Refused("office-key-altered", file=plain(path.name)) from error
    if not good:
        raise Refused("office-key-altered", file=plain(path.name))
    return key


def _key(value: dict[str, Any]) -> OfficeKey:
    if of(value, "what", str) != "office-key":
        raise ValueError("what")
    return OfficeKey(
        of(value, "office", str),
        of(value, "title", str),
        of(value, "public_key", str),
        utc_moment(of(value, "made_at", str)),
    )


def _document(value: dict[str, Any], signature: bytes) -> bytes:
    document = {"key": value, "signature": signature.hex()}
    return (json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()
