"""A plan and an office as the ledger keeps them, small enough to read."""

from __future__ import annotations

from typing import Any

from plfacilitate.core.office import Office
from plfacilitate.core.plan import Plan, Segment, Session

PLAN: dict[str, Any] = Plan(
    id="institute",
    title="Institute",
    kind="institute",
    office="psesd",
    approved_hundredths=3000,
    credit="each-session",
    sessions=(
        Session("s1", "One", "08:30", (Segment(90, "instruction", "Welcome"), Segment(15, "break", "Break"))),
        Session("s2", "Two", "08:30", (Segment(60, "work-time", "Work"),)),
    ),
).to_json()
OFFICE: dict[str, Any] = Office(
    id="psesd",
    version="2026-1",
    title="PSESD",
    counts=("instruction", "work-time", "protocol"),
    minutes_per_hour=60,
    round_step_minutes=30,
    round="total",
    offering_minimum_minutes=60,
    person_minimum=None,
    day_cap=None,
    evaluation="provider",
    sheet_due_days=10,
    transcript_approved=False,
    columns=(),
).to_json()
