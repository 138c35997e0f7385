"""A sign-in sheet to try things on: one day at Renton with everything that a clerk may meet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.designation import Designation
from plfacilitate.core.entry import Means
from plfacilitate.core.line import Line, Status
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Presenter
from plfacilitate.core.reasons import Reason
from plfacilitate.core.sheet import Notice, Sheet, SheetDay, SheetRow

ZONE = ZoneInfo("America/Los_Angeles")
OFF = (Reason("meal", 45, "meals"), Reason("break", 30, "breaks"))


def at(clock: str, day: int = 6) -> datetime:
    """A moment of that December at the place."""
    return datetime.fromisoformat(f"2023-12-{day:02}T{clock:0>5}").replace(tzinfo=ZONE)


def row(
    last: str,
    first: str = "",
    came: str = "8:11",
    left: str | None = "15:47",
    *,
    minutes: int = 360,
    hundredths: int = 600,
    status: Status = "earned",
    requested: int | None = None,
    means: tuple[Means, ...] = ("own-phone",),
    note: str = "",
    **fields: Any,
) -> SheetRow:
    """One person who was there."""
    fields = {
        "email": f"{last}@renton.example.org".lower().replace(" ", ""),
        "school": "Dimmitt Middle School",
    } | fields
    person = Person(f"id-{last}-{first}", last, first, **fields)
    line = Line(person.id, minutes, hundredths, status, OFF, 435, hundredths)
    stays = ((at(came), at(left) if left else None),)
    signature = person.spoken if means == ("own-phone",) else ""
    return SheetRow(person, stays, line, requested, means, signature, at(came) if signature else None, note)


ROWS = (
    row("van der Berg", "Anneke", certificate="388452G"),
    row("Núñez", "Iñaki", certificate="421906E"),
    row("Nguyễn", "Lan", "9:31", minutes=299, hundredths=450, note="in 9:31 −61 → 299 min"),
    row("Garcia", "Maria", email="maria.garcia@renton.example.org", school="Lakeridge Elementary"),
    row("Garcia", "María José", email="mgarcia@tukwila.example.org", school="Showalter Middle School"),
    row(
        "Okonkwo-Reyes",
        "Adaeze",
        former_name="Okonkwo",
        means=("facilitator", "own-phone"),
        note="sign-out set by hand",
    ),
    row("Adams", "Terrence", left=None, minutes=0, hundredths=0, status="pending", note="no sign-out"),
    row(
        "Sokhanvar",
        requested=400,
        hundredths=400,
        means=("paper",),
        note="asked for 4.0 h, fewer than the 6.0 h earned",
    ),
    row("O'Leary", "Siobhán", means=("badge",)),
)

SHEET = Sheet(
    title="Puget Sound Personalized Learning Institute",
    session_title="Session 3: Student ownership in practice",
    days=(SheetDay("Session 3", at("8:30"), at("15:45")),),
    tz="America/Los_Angeles",
    made_at=at("16:05"),
    rows=ROWS,
    exceptions=(
        Notice("Adams, Terrence", "Signed in at 8:11 and never out: waits for a decision.", "id-Adams-Terrence"),
        Notice("Okonkwo-Reyes, Adaeze", "Sign-out was set by hand to 15:47.", "id-Okonkwo-Reyes-Adaeze"),
    ),
    event="e-1",
    in_service="2023-4417",
    claim_code="482913",
    place="Renton, Cedar room",
    sponsor="PSESD",
    presenters=(Presenter("Jordan Ellis", "Director", "M.Ed."), Presenter("Amara Nwosu", "Professor", "")),
    designations=(Designation("Equity"),),
    approved_hundredths=3000,
    office_title="Puget Sound Educational Service District",
    rule="psesd 2026-1",
    approved_by="Dana Brown",
    approved_at=at("16:02"),
    version=2,
    correction="If your hours are wrong, write to the office within 30 days.",
    counting="435 min on the agenda; meals and breaks do not count (−75): 360 min count.",
)


def by_hand(sheet: Sheet = SHEET, spare: int = 3) -> Sheet:
    """The same people on a sheet to be signed with a pen, and rows for whoever comes along."""
    rows = (*(SheetRow(one.person) for one in sheet.rows), *(SheetRow(Person(f"spare-{n}")) for n in range(spare)))
    return replace(sheet, rows=rows, exceptions=(), approved_by="", approved_at=None)


def of_days(count: int, sheet: Sheet = SHEET) -> Sheet:
    """The same people over several days, a week from one to the next."""
    weeks = [timedelta(weeks=week) for week in range(count)]
    days = tuple(
        SheetDay(f"Session {number}", day.starts_at + week, day.ends_at + week)
        for number, week in enumerate(weeks, start=1)
        for day in sheet.days
    )
    rows = tuple(
        replace(one, stays=tuple((a + week, b + week if b else None) for week in weeks for a, b in one.stays))
        for one in sheet.rows
    )
    return replace(sheet, days=days, rows=rows)
