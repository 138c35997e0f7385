"""Copies that still hold what is taken out of a register: bundles that were taken in, what came beside them, registers.

Owns which files these are and which of them hold nothing else. Never deletes one that holds something that stays, and
never one that was not asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Literal

from plfacilitate.core.entry import HOURS_KINDS, PROGRAMME_KINDS, Sealed
from plfacilitate.core.refusal import Refused
from plfacilitate.core.wire import Envelope, read_envelopes
from plfacilitate.seal.keys import LaptopKey, verify
from plfacilitate.seal.sealing import unsealed
from plfacilitate.shelf.bundle import Bundle, read_bundle
from plfacilitate.store.register import Register
from plfacilitate.store.register.keeping import copies_beside

BATCH = 5000  # entries of a bundle that are looked at together

Stands = Literal["alone", "others", "beside", "waiting", "unread", "register"]
WORDS: dict[Stands, str] = {
    "alone": "holds nothing else",
    "others": "holds what stays, too",
    "beside": "came with such a bundle",
    "waiting": "waits to be taken; this stays out then",
    "unread": "can't be read here: look yourself",
    "register": "a copy of a register",
}
"""What a copy is, in words."""
_SAFE = frozenset({"alone", "beside"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds, or may hold, what is taken away."""

    path: Path
    stands: Stands

    @property
    def safe(self) -> bool:
        """Whether it may be deleted: nothing that stays is lost with it."""
        return self.stands in _SAFE


@dataclass(frozen=True, slots=True)
class Concerned:
    """What is looked for. `is_gone` = this content is taken away; `stays` = this one is not.

    What is of no event and of people stays in the register, so nothing is lost with a copy of it. `beside` says of the events of a bundle that holds some of it what the sheets and tables are that came with it; None =
    nothing of it stands there.
    """

    is_gone: Callable[[Envelope, Sealed], bool]
    stays: Callable[[Envelope, Sealed], bool]
    beside: Callable[[Sequence[str]], Stands | None]


def copies(register: Register, url: str, keys: Sequence[LaptopKey], concerned: Concerned) -> list[Copy]:
    """Every file in reach that still holds it; bundles that lie no more where they were taken in are out of reach."""
    found: dict[Path, Copy] = {}
    for path, verdict in register.bundle_places():
        if path.is_file():
            for one in _of_bundle(path, keys, concerned):
                known = one if verdict == "accepted" or one.stands == "unread" else replace(one, stands="waiting")
                found.setdefault(one.path, known)
    return [*found.values(), *(Copy(path, "register") for path in copies_beside(url))]


def of_events(gone: Callable[[set[str]], frozenset[str]]) -> Concerned:
    """What belongs to events, of which `gone` tells those that are purged or about to be."""
    known: dict[str, bool] = {}

    def goes(event: str) -> bool:
        if event not in known:
            known[event] = bool(gone({event}))
        return known[event]

    def beside(events: Sequence[str]) -> Stands | None:
        return None if not any(map(goes, events)) else "beside" if all(map(goes, events)) else "others"

    return Concerned(
        lambda row, _: row.event is not None and goes(row.event),
        lambda row, one: not goes(row.event) if row.event is not None else _of_programme(one),
        beside,
    )


def _of_programme(one: Sealed) -> bool:
    """Whether a content of no event is the programme's: cohorts and problems outlast the events they came with."""
    return json.loads(one.content or b"{}").get("kind") in PROGRAMME_KINDS - HOURS_KINDS


def about_people(records: frozenset[str]) -> Concerned:
    """What is about these records of people, or names them on a list; sheets that came with it name them, it may be."""
    marks = [one.encode() for one in records]
    return Concerned(
        lambda _, one: any(mark in (one.content or b"") for mark in marks),
        lambda row, one: row.event is not None and not any(mark in (one.content or b"") for mark in marks),
        lambda _: "others",
    )


def delete(found: Sequence[Copy]) -> tuple[list[Path], list[str]]:
    """Delete those that hold nothing else; which went, and what the disk said no to."""
    gone: list[Path] = []
    left: list[str] = []
    for one in found:
        if one.safe:
            try:
                one.path.unlink()
            except OSError as no:
                left.append(f"{one.path}: {no.strerror}")
            else:
                gone.append(one.path)
    return gone, left


def _of_bundle(path: Path, keys: Sequence[LaptopKey], concerned: Concerned) -> Iterator[Copy]:
    try:
        with unsealed(path, keys) as inside:
            bundle = read_bundle(inside, verify=verify)
            holds, others = _holds(bundle, concerned)
    except Refused:
        yield Copy(path, "unread")
        return
    if not holds:
        return
    yield Copy(path, "others" if others else "alone")
    stands = concerned.beside(bundle.manifest.label.events)
    for name in bundle.manifest.label.beside if stands else ():
        beside = path.parent / Path(name).name
        if stands and beside.is_file():
            yield Copy(beside, stands)


def _holds(bundle: Bundle, concerned: Concerned) -> tuple[bool, bool]:
    """Whether it holds something of it, and something that stays."""
    holds = others = False
    entries = (one for one in bundle.entries() if one.content is not None)
    while page := list(islice(entries, BATCH)):
        for row, one in zip(read_envelopes([one.envelope for one in page]), page, strict=True):
            holds = holds or concerned.is_gone(row, one)
            others = others or concerned.stays(row, one)
        if holds and others:
            break
    return holds, others
