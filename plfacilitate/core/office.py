"""What an office decides: which minutes count, how they are rounded, what the table looks like.

Owns the frozen value of an `exports/*.toml`. Never computes credit (`core.credit`) and never reads the file (`shelf`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from plfacilitate.core.plan import SegmentKind
from plfacilitate.core.visiting.plan import Rooms

Round = Literal["total", "day", "session"]
Agenda = Literal["approved", "actual"]
AGENDA_UNLESS_SAID: Agenda = "approved"
"""Whose minutes an office counts that does not say."""
ROOMS_UNLESS_SAID: Rooms = "anonymous"
"""How an office has the rooms of a visit that does not say."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the office's table: its title, the field that fills it, and its CEDS id where there is one."""

    title: str
    field: str
    ceds: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """An office's rule and columns, as data.

    Minutes are whole; `person_minimum` is minutes below which a person gets nothing, None = no such rule;
    `day_cap` hundredths of an hour a day, None = none; `evaluation` says who asks; `assumed` lists the settings that
    are our assumption (setting -> why), shown wherever the rule is explained. `fee_added_cents` come on top where the
    hours are no more than `fee_added_up_to` hundredths, None = always. `visit_rooms` says whether the report of a site
    visit may name rooms. `agenda` says whether the approved minutes count, or the actual ones where the agenda was kept.
    """

    id: str
    version: str
    title: str
    counts: tuple[SegmentKind, ...]
    minutes_per_hour: int
    round_step_minutes: int
    round: Round
    offering_minimum_minutes: int
    person_minimum: int | None
    day_cap: int | None
    evaluation: Literal["door", "provider"]
    sheet_due_days: int
    transcript_approved: bool
    columns: tuple[Column, ...]
    platform: str = ""
    contact: str = ""
    correction: str = ""
    source: str = ""
    fee_cents_per_hour: int = 0
    fee_minimum_cents: int = 0
    fee_added_cents: int = 0
    fee_added_up_to: int | None = None
    fee_note: str = ""
    keep_years: int = 7
    assumed: Mapping[str, str] | None = None
    visit_rooms: Rooms = ROOMS_UNLESS_SAID
    agenda: Agenda = AGENDA_UNLESS_SAID

    @property
    def rule(self) -> str:
        """The rule's name as people cite it: `psesd 2026-1`."""
        return f"{self.id} {self.version}"

    def fee_cents(self, hundredths: int) -> int:
        """What a person pays for so many hundredths of an hour, in cents; nothing for no hours."""
        if hundredths <= 0:
            return 0
        cents = (hundredths * self.fee_cents_per_hour + 50) // 100
        if self.fee_added_up_to is None or hundredths <= self.fee_added_up_to:
            cents += self.fee_added_cents
        return max(cents, self.fee_minimum_cents)

    def to_json(self) -> dict[str, Any]:
        """The office as plain values, for the snapshot in the ledger."""
        known = asdict(self)
        if self.visit_rooms == ROOMS_UNLESS_SAID:  # an office that says nothing else is written as before it could
            del known["visit_rooms"]
        if self.agenda == AGENDA_UNLESS_SAID:
            del known["agenda"]
        return known

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Office:
        """The office of a snapshot; keys of a later version are passed over."""
        known = {name: value[name] for name in Office.__dataclass_fields__ if name in value}
        known["counts"] = tuple(value["counts"])
        known["columns"] = tuple(Column(c["title"], c["field"], c.get("ceds", "")) for c in value["columns"])
        return Office(**known)
