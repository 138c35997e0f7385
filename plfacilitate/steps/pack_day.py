"""The day that is packed: all that bundles and papers are made of, read at one point of the ledger.

Owns what that is, and what the day's files are called. Never writes, and takes no figure but from the one rule of credit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from plfacilitate.core.cohort.picture import CohortPicture
from plfacilitate.core.fold import EventFold
from plfacilitate.core.parcels import Row, credit
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.polls.picture import PollPicture
from plfacilitate.core.popup.picture import PopupPicture
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.run import Run
from plfacilitate.core.sheet import Sheet
from plfacilitate.core.tally import CreditSheet
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.shelf.datapackage import Part
from plfacilitate.steps.approve import Approval, approval, changed_since
from plfacilitate.steps.events import read_fold
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.pack_cohort import cohorts_of
from plfacilitate.steps.pack_problems import problem_parts
from plfacilitate.steps.polls import read_polls
from plfacilitate.steps.popup import read_popup
from plfacilitate.steps.run import read_runs
from plfacilitate.steps.sheet import sheet_of_event
from plfacilitate.steps.tally import event_credit, known_people, series_credit
from plfacilitate.steps.visiting import as_allowed
from plfacilitate.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Day:
    """What a bundle is made of, read in one picture of the ledger."""

    event: Event
    fold: EventFold
    people: Mapping[str, Person]
    credit: CreditSheet
    series: CreditSheet | None  # None where every session earns its own hours
    sheet: Sheet
    approval: Approval
    visit: VisitPicture
    runs: tuple[Run, ...]
    cohorts: tuple[CohortPicture, ...]
    popups: PopupPicture
    problems: list[Part]
    polls: PollPicture

    def series_rows(self) -> Iterator[Iterable[Row]]:
        """The rows of the series, where hours are counted over all sessions; none where each session earns its own."""
        if self.series is not None:
            yield credit(self.series.lines)


def read_day(ledger: Ledger, event: str, now: datetime) -> Day:
    """An approved day as it stands. Refused: `event-unknown`, `not-approved`."""
    fold = read_fold(ledger, event)
    if fold.event is None:
        raise Refused("event-unknown", event=event)
    approved = approval(fold)
    if approved is None:
        raise Refused("not-approved", title=fold.event.title)
    credit = event_credit(ledger, event, at=now, caught_up=True)
    people = known_people(ledger, [fold], caught_up=True)
    whole = fold.event.plan.credit == "all-sessions"
    series = _whole_series(ledger, fold.event.series, now) if whole else None
    changed = changed_since(ledger, event, approved)
    sheet = sheet_of_event(fold, credit, approved, changed=changed, forked=len(ledger.forked(event)))
    visit = as_allowed(fold.event, read_visit(ledger, event).picture())
    runs = read_runs(ledger, event).runs
    today = now.astimezone(fold.event.zone).date()
    cohorts = cohorts_of(ledger, event, today)
    popups = read_popup(ledger, event).picture()
    problems = problem_parts(ledger, today)
    polls = read_polls(ledger, event).picture()
    return Day(
        fold.event, fold, people, credit, series, sheet, approved, visit, runs, cohorts, popups, problems, polls
    )  # fmt: skip


def _whole_series(ledger: Ledger, series: str, now: datetime) -> CreditSheet | None:
    """Everybody's hours over all sessions; None where one was cleared here: the office has it and reckons the whole."""
    try:
        return series_credit(ledger, series, at=now, caught_up=True)
    except Refused as no:
        if no.refusal.code != "event-cleared":
            raise
        return None


def file_stem(day: Day) -> str:
    """`2026-12-06-pspl-institute-s3-v1`: letters, digits and hyphens only, whatever a plan is called."""
    event = day.event
    text = f"{event.day}-{event.plan.id}-{event.session_id}-v{day.approval.version}".lower()
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)
