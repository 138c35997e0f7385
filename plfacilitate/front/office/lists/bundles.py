"""Bundles as lines: when, from which laptop, what, and what became of it.

Owns the wording. What a programme parcel holds is not told: only that one came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.text import cut
from plfacilitate.front.office.lists.states import UNKNOWN, VERDICTS, State, moment_text
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.front.widgets.words import Words, wrapped
from plfacilitate.office.overview import Arrived

TITLES = " came              what became    laptop        parcel     offering"
_ITSELF = re.compile(r"^laptop .*?\([0-9a-f]{8}, key [0-9A-Z-]{24}\) ")
HELD_TITLES = " packed            laptop        parcel     waits for"


class BundleLine(NamedTuple):
    """A bundle with what is known around it. `offering` = of its hours, "" = none or not known; `reason` names laptops."""

    bundle: Arrived
    offering: str
    reason: str
    zone: ZoneInfo

    @property
    def state(self) -> State:
        """What became of it."""
        return VERDICTS.get(self.bundle.came.verdict, UNKNOWN)

    @property
    def laptop(self) -> str:
        """The laptop's name, else the beginning of its id."""
        return self.bundle.laptop or self.bundle.came.device[:8]

    @property
    def short(self) -> str:
        """The reason without the laptop that it begins with: its name stands before it."""
        text = _ITSELF.sub("", self.reason)
        return (
            text.removeprefix("Need ").removeprefix("is ").removesuffix(" first.")
            if self.state.word == "held"
            else text
        )

    @property
    def texts(self) -> tuple[str, ...]:
        """What it is found by."""
        came = self.bundle.came
        return (self.laptop, came.parcel, self.state.word, self.offering, self.reason, came.received_at[:10])


class CameList(LineList[BundleLine]):
    """What came, the newest first."""

    HELP = "Every bundle that came, the newest first, with what became of it. Enter checks it again; w stops watching."

    def key_of(self, item: BundleLine) -> object:
        """Its id."""
        return item.bundle.came.bundle

    def draw(self, item: BundleLine, width: int) -> tuple[Parts, Parts]:
        """When, verdict, laptop, parcel, offering; the reason where there is room."""
        came = item.bundle.came
        left = [
            Part(f" {moment_text(came.received_at, item.zone)}  ", "dim"),
            item.state.part(15),
            Part(cut(item.laptop, 13) + " "),
            Part(cut(came.parcel, 10) + " ", "dim"),
            Part(item.offering),
        ]
        if item.short:
            left.append(Part(f"{'  ' if item.offering else ''}{item.short}", "dim"))
        return left, ()


class HeldList(LineList[BundleLine]):
    """What is held."""

    HELP = (
        "Bundles that wait: for one that was packed before them, or for their laptop to be accepted. Nothing is to be"
        " done about the first kind: the laptop sends what is missing. a accepts the laptop of the second."
    )

    def key_of(self, item: BundleLine) -> object:
        """Its id."""
        return item.bundle.came.bundle

    def draw(self, item: BundleLine, width: int) -> tuple[Parts, Parts]:
        """When packed, laptop, parcel, what it waits for."""
        came = item.bundle.came
        left = (
            Part(f" {moment_text(came.packed_at, item.zone)}  ", "dim"),
            Part(cut(item.laptop, 13) + " "),
            Part(cut(came.parcel, 10) + " ", "dim"),
            Part("" if item.bundle.there else "⚠ its file is gone · ", "warn"),
            Part(f"◐ {item.short}", "warn"),
        )
        return left, ()


def reason_of(bundle: Arrived, names: Mapping[str, str]) -> str:
    """Why it was not taken, with laptops by their names."""
    text = bundle.came.reason
    for device, name in names.items():
        if f"{name} ({device[:8]}" not in text:
            text = text.replace(f"laptop {device[:8]}", f"laptop {name} ({device[:8]})")
    return text


def words_of(line: BundleLine, width: int, more: str = "") -> Iterator[Words]:
    """All that is known of a bundle."""
    came, zone = line.bundle.came, line.zone
    if line.reason:
        yield from wrapped(line.reason, width, " ", line.state.look)
    if more:
        yield from wrapped(more, width, " ")
    packed, received = moment_text(came.packed_at, zone), moment_text(came.received_at, zone)
    yield from wrapped(f"Packed {packed}, came {received}, laptop {line.laptop} ({came.device[:8]}).", width, " ")
    gone = "" if line.bundle.there else " It is not there any more: ask for it again."
    yield from wrapped(f"{came.file}{gone}", width, " ", "dim")
