"""An offering on the roll in one row: who came, what it comes to, what changed, which version was issued.

Owns the row. Never holds a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plfacilitate.core.designation import Designation
from plfacilitate.core.minutes import in_minutes
from plfacilitate.core.roll.issued import Issued
from plfacilitate.core.roll.lines import EARNED, RollLine
from plfacilitate.core.roll.offering import Offering


class Summary(NamedTuple):
    """One offering. Hours are hundredths, `day_cap` minutes (None = no limit).

    `presenter_only` = presenters came and no participant did. `handed_in` is a local day, "" = no laptop packed its hours;
    `changed` lines are other ones since then. `version` is the newest that was issued, 0 = none; `open_changes` lines are
    other ones since that version.
    """

    series: str
    in_service: str
    title: str
    office: str
    rule: str
    day_cap: int | None
    designations: tuple[Designation, ...]
    first_day: str
    last_day: str
    sessions: int
    scheduled: int
    approved: int
    people: int
    never_came: int
    minutes: int
    earned: int
    pending: int
    waiting: int
    credits: int
    presenter_only: bool
    handed_in: str
    changed: int
    version: int
    issued_now: bool
    open_changes: int


def _presented_alone(line: RollLine) -> bool:
    """Whether somebody presented and had no participant, at any of the events."""
    return "presenter-alone" in line.codes and line.figures.status == "none"


def summary_of(found: Offering, lines: Sequence[RollLine], new: Issued | None = None) -> Summary:
    """The row of an offering; `lines` are those of it that are wanted, `new` the version issued just now."""
    sheet, last = found.sheet, found.events[-1]
    cap = sheet.office.day_cap
    return Summary(
        series=sheet.series,
        in_service=last.in_service,
        title=last.plan.title,
        office=sheet.office.id,
        rule=sheet.office.rule,
        day_cap=None if cap is None else in_minutes(cap, sheet.office.minutes_per_hour),
        designations=last.plan.designations,
        first_day=found.events[0].day.isoformat(),
        last_day=last.day.isoformat(),
        sessions=len(last.plan.sessions),
        scheduled=len(found.events),
        approved=last.plan.approved_hundredths,
        people=len(lines),
        never_came=found.never_came,
        minutes=sum(line.figures.minutes for line in lines),
        earned=sum(line.figures.hundredths for line in lines if line.figures.status == EARNED),
        pending=sum(line.figures.hundredths for line in lines if line.figures.status == "pending"),
        waiting=sum(line.figures.status == "pending" for line in lines),
        credits=sum(line.takes_credits for line in lines),
        presenter_only=bool(lines) and all(_presented_alone(line) for line in lines),
        handed_in=found.handed_in.at.astimezone(last.zone).date().isoformat() if found.handed_in else "",
        changed=len(found.changes),
        version=new.version if new else found.versions[-1].version if found.versions else 0,
        issued_now=new is not None,
        open_changes=0 if new else len(found.since_version),
    )
