"""The office's answer to a bundle: what became of it and what the register now holds, signed.

Owns the words and bytes of a receipt. Never knows a key, and never decides what the laptop does with the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast, get_args

from plfacilitate.core.entry import canonical, utc_moment, utc_text
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.core.verdicts import Verdict
from plfacilitate.shelf.jsonof import numbers, of, read_object
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.write import write_bytes

FORMAT = 1
_LONGEST = 1 << 24  # bytes; a region's register may know a thousand devices


@dataclass(frozen=True, slots=True)
class Head:
    """How far the register knows a device: the highest number without a gap before it, and its digest."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answer. `epoch` is new whenever the register was restored: what was receipted before may be missing.

    `needs` (device → first missing number) says why a bundle is held. `counts` are entries: new, known, filled,
    conflicts. `public_key` is the office's.
    """

    receipt: str
    office: str
    register: str
    epoch: str
    bundle: str
    verdict: Verdict
    at: datetime
    public_key: str
    heads: Mapping[str, Head] = field(default_factory=dict)
    needs: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """The receipt as plain values: what is signed, and what the laptop's ledger keeps."""
        return {
            "what": "receipt",
            "format": FORMAT,
            "receipt": self.receipt,
            "office": self.office,
            "register": self.register,
            "epoch": self.epoch,
            "bundle": self.bundle,
            "verdict": self.verdict,
            "at": utc_text(self.at),
            "public_key": self.public_key,
            "heads": {device: {"number": head.number, "digest": head.digest} for device, head in self.heads.items()},
            "needs": dict(self.needs),
            "counts": dict(self.counts),
            "reason": self.reason,
        }

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Receipt:
        """The receipt of plain values; keys of a later version are passed over. Raises ValueError."""
        verdict = of(value, "verdict", str)
        if of(value, "what", str) != "receipt" or verdict not in get_args(Verdict):
            raise ValueError("verdict")
        heads: dict[str, Any] = of(value, "heads", dict)
        return Receipt(
            receipt=of(value, "receipt", str),
            office=of(value, "office", str),
            register=of(value, "register", str),
            epoch=of(value, "epoch", str),
            bundle=of(value, "bundle", str),
            verdict=cast(Verdict, verdict),
            at=utc_moment(of(value, "at", str)),
            public_key=of(value, "public_key", str),
            heads={name: Head(of(head, "number", int), of(head, "digest", str)) for name, head in heads.items()},
            needs=numbers(value, "needs"),
            counts=numbers(value, "counts"),
            reason=of(value, "reason", str),
        )


def receipt_bytes(receipt: Receipt, *, sign: Callable[[bytes], bytes]) -> bytes:
    """The receipt and its signature as one JSON document."""
    value = receipt.to_json()
    return _document(value, sign(canonical(value)))


def write_receipt(path: Path, receipt: Receipt, *, sign: Callable[[bytes], bytes]) -> None:
    """Put a receipt under `path` in one step. Refused: `not-written`."""
    write_bytes(path, receipt_bytes(receipt, sign=sign))


def read_receipt(path: Path, *, verify: Callable[[str, bytes, bytes], bool]) -> Receipt:
    """The receipt under `path`, every byte of it as its office signed it.

    Whose key that is stands in `public_key`: the caller knows which one to expect. Refused: `receipt-altered`,
    `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    with opened(path) as file:
        data = file.read(_LONGEST)
    try:
        return _checked(data, verify)
    except ValueError as error:
        raise Refused("receipt-altered", file=plain(path.name), detail=f"{error}.") from error


def _checked(data: bytes, verify: Callable[[str, bytes, bytes], bool]) -> Receipt:
    try:
        document = read_object(data)
        value = of(document, "receipt", dict)
        signature = bytes.fromhex(of(document, "signature", str))
        receipt, same = Receipt.from_json(value), _document(value, signature) == data
    except ValueError as error:
        raise ValueError("it is no receipt, or only a part of one") from error
    if not same or not verify(receipt.public_key, canonical(value), signature):
        raise ValueError("its signature does not fit what is in it")
    return receipt


def _document(value: Mapping[str, Any], signature: bytes) -> bytes:
    document = {"receipt": value, "signature": signature.hex()}
    return (json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()
