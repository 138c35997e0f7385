"""What a bundle says of itself, signed: whose it is, what it covers, and which bytes it is made of.

Owns the words of `manifest.json`. Never looks at a zip or a key: it turns values into bytes and bytes into values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, cast, get_args

from plfacilitate.core.entry import utc_moment, utc_text
from plfacilitate.shelf.jsonof import numbers, of, read_object, some, texts

FORMAT = 1
Parcel = Literal["hours", "programme"]
_BESIDE = re.compile(r"[a-z0-9][a-z0-9-]{0,200}\.(?:csv|pdf|txt|xlsx)")


@dataclass(frozen=True, slots=True)
class Cover:
    """What a bundle holds of one device: numbers from `first` to `last`, and the digest of the last."""

    first: int
    last: int
    digest: str


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a bundle before it is packed.

    `public_key` is the one whose owner signs. `builds_on` is the id of the receipt that says what the office has
    already, None = all is in here. `as_of` (number per device) is the point of the ledger that its tables show.
    `recipients` are fingerprints of the keys it is sealed to, none = it is not sealed. `beside` (name → SHA-256) are
    the files for people that were packed with it.
    """

    bundle: str
    device: str
    public_key: str
    events: tuple[str, ...]
    parcel: Parcel
    packed_at: datetime
    title: str
    covers: Mapping[str, Cover] = field(default_factory=dict)
    as_of: Mapping[str, int] = field(default_factory=dict)
    builds_on: str | None = None
    recipients: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of the bundle as it lies in the zip: its name, and SHA-256 and length of its packed bytes."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The label and what was counted while packing. `datapackage` is the SHA-256 of datapackage.json."""

    label: Label
    envelopes: int
    contents: int
    datapackage: str
    files: tuple[Packed, ...]

    def to_bytes(self) -> bytes:
        """The manifest as it is signed and stored."""
        label = self.label
        value = {
            "what": "bundle",
            "format": FORMAT,
            "bundle": label.bundle,
            "title": label.title,
            "device": label.device,
            "public_key": label.public_key,
            "events": list(label.events),
            "parcel": label.parcel,
            "packed_at": utc_text(label.packed_at),
            "builds_on": label.builds_on,
            "covers": {
                device: {"from": cover.first, "to": cover.last, "digest": cover.digest}
                for device, cover in label.covers.items()
            },
            "as_of": dict(label.as_of),
            "recipients": list(label.recipients),
            "envelopes": self.envelopes,
            "contents": self.contents,
            "datapackage": self.datapackage,
            "files": [{"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in self.files],
        }
        if label.beside:
            value["beside"] = dict(label.beside)
        return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def read_format(data: bytes) -> int:
    """The format that a manifest was written in. Raises ValueError where it is no manifest."""
    value = read_object(data)
    if of(value, "what", str) != "bundle":
        raise ValueError("what")
    return of(value, "format", int)


def public_key(data: bytes) -> str:
    """The key that a manifest claims to be signed by. Raises ValueError where it is no manifest."""
    return of(read_object(data), "public_key", str)


def read_manifest(data: bytes) -> Manifest:
    """The manifest of those bytes; keys of a later version are passed over. Raises ValueError."""
    value = read_object(data)
    parcel = of(value, "parcel", str)
    if parcel not in get_args(Parcel):
        raise ValueError("parcel")
    covers = of(value, "covers", dict)
    label = Label(
        bundle=of(value, "bundle", str),
        device=of(value, "device", str),
        public_key=of(value, "public_key", str),
        events=texts(value, "events"),
        parcel=cast(Parcel, parcel),
        packed_at=utc_moment(of(value, "packed_at", str)),
        title=of(value, "title", str),
        covers={device: _cover(cover) for device, cover in covers.items()},
        as_of=numbers(value, "as_of"),
        builds_on=some(value, "builds_on", str),
        recipients=texts(value, "recipients"),
        beside={name: _digest_beside(name, digest) for name, digest in (some(value, "beside", dict) or {}).items()},
    )
    return Manifest(
        label,
        of(value, "envelopes", int),
        of(value, "contents", int),
        of(value, "datapackage", str),
        tuple(_packed(file) for file in of(value, "files", list)),
    )


def _digest_beside(name: str, digest: object) -> str:
    """A name that is no path, and a text. Raises ValueError."""
    if not _BESIDE.fullmatch(name) or not isinstance(digest, str):
        raise ValueError("beside")
    return digest


def _cover(value: object) -> Cover:
    return Cover(of(value, "from", int), of(value, "to", int), of(value, "digest", str))


def _packed(value: object) -> Packed:
    return Packed(of(value, "name", str), of(value, "bytes", int), of(value, "sha256", str))
