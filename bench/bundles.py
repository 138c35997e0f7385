"""Bundles of any size, as a laptop would pack them, made without a ledger: what an office takes in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plfacilitate.core.entry import Draft, Sealed, content_digest, content_of, digest, envelope_of, utc_text
from plfacilitate.seal.keys import key_from
from plfacilitate.shelf.bundle import write_bundle
from plfacilitate.shelf.manifest import Cover, Label

PEOPLE = 200  # at one event: each signs in and out
PACKED = datetime(2026, 2, 1, tzinfo=UTC)
_KEY = key_from("bench", bytes(32))


def made(folder: Path, device: str, count: int, *, name: str = "") -> Path:
    """A signed bundle of a laptop that wrote so many entries, its events one after the other."""
    for last in entries(device, count):  # noqa: B007  the last one is what is wanted
        pass
    name = name or device
    label = Label(
        bundle=name,
        device=device,
        public_key=_KEY.public,
        events=(),
        parcel="hours",
        packed_at=PACKED,
        title="Sign-ins of the bench",
        covers={device: Cover(1, count, digest(last.envelope))},
        as_of={device: count},
    )
    path = folder / f"{name}.zip"
    write_bundle(path, label, lambda: entries(device, count), (), sign=_KEY.sign)
    return path


def entries(device: str, count: int) -> Iterator[Sealed]:
    """Its entries: the same in every run."""
    chance = random.Random(device)
    previous: str | None = None
    event = ""
    for number in range(1, count + 1):
        if number % (2 * PEOPLE) == 1:
            event = _id(chance)
        moment = datetime(2026, 1, 5, 16, tzinfo=UTC) + timedelta(seconds=number)
        at = utc_text(moment)
        comes = number % 2 == 1
        draft = Draft(
            id=_id(chance),
            kind="sign-in" if comes else "sign-out",
            happened_at=moment,
            by="door",
            means="own-phone",
            salt=chance.randbytes(16),
            person=_id(chance),
            event=event,
            body={"ticket": _id(chance), "initial": True} if comes else {"reason": ""},
        )
        content = content_of(draft, at)
        envelope = envelope_of(draft, content_digest(draft.salt, content), device, number, previous, at)
        previous = digest(envelope)
        yield Sealed(envelope, draft.salt, content)


def _id(chance: random.Random) -> str:
    h = chance.randbytes(16).hex()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-8{h[17:20]}-{h[20:]}"
