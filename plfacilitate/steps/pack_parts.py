"""The tables of each of the two parcels, beside the entries.

Owns which tables those are. Programme matters never stand in the hours. Never writes.
"""

from __future__ import annotations

from datetime import datetime

from plfacilitate.core import parcels
from plfacilitate.core.sheet import table
from plfacilitate.core.visiting.veil import veil
from plfacilitate.shelf.datapackage import Field, Part, csv_part, described_part, xlsx_part
from plfacilitate.steps.pack_cohort import cohort_parts
from plfacilitate.steps.pack_day import Day
from plfacilitate.steps.pack_polls import poll_parts
from plfacilitate.steps.pack_popup import popup_parts
from plfacilitate.steps.pack_runs import run_parts
from plfacilitate.steps.pack_visit import visit_parts
from plfacilitate.steps.read_me import meaning


def hours_parts(day: Day) -> list[Part]:
    """What the clock-hour office may see."""
    fold, people = day.fold, day.people
    header, rows = table(day.sheet, day.credit.office.columns)
    columns = [Field(one.title, description=meaning(one), ceds=one.ceds) for one in day.credit.office.columns]
    return [
        described_part("event.csv", "The event", parcels.EVENTS, parcels.event_rows(day.credit)),
        described_part(
            "people.csv", "The people of the event", parcels.PEOPLE, parcels.people_rows(fold.persons(), people)
        ),
        described_part("attendance.csv", "Ins and outs", parcels.ATTENDANCE, parcels.attendance(fold, people)),
        described_part("credit.csv", "Clock hours, with reasons", parcels.CREDIT, parcels.credit(day.credit.lines)),
        csv_part("office-table.csv", f"The table of {day.credit.office.title}", columns, rows),
        xlsx_part("office-table.xlsx", f"The table of {day.credit.office.title}", header, rows),
        described_part(
            "evaluation.csv", "Answers at the end, without names", parcels.EVALUATION, parcels.evaluation(fold)
        ),
        *(
            described_part("series.csv", "Clock hours over all sessions", parcels.CREDIT, rows)
            for rows in day.series_rows()
        ),
    ]


def programme_parts(day: Day, now: datetime) -> list[Part]:
    """What the programme may see; `now` = when it is packed."""
    hidden = veil(day.visit.visit)
    return [
        described_part("event.csv", "The event", parcels.EVENTS, parcels.event_rows(day.credit)),
        described_part("notes.csv", "Session notes", parcels.NOTES, parcels.notes(day.fold, hidden)),
        described_part(
            "popups.csv", "Problems of practice", parcels.POPUPS, parcels.popups(day.fold, day.popups, hidden)
        ),
        described_part(
            "commitments.csv",
            "Commitments",
            parcels.COMMITMENTS,
            parcels.commitments(day.fold, day.popups, hidden, runs=day.runs),
        ),
        *popup_parts(day.fold, day.popups, hidden),
        *day.problems,
        *poll_parts(day.fold, day.polls, hidden),
        *visit_parts(day.visit, day.event, now),
        *cohort_parts(day.cohorts),
        *run_parts(day.runs, day.event, now),
    ]
