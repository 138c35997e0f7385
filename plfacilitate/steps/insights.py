"""What many visits show together, read from the ledger in one pass over their entries.

Owns which entries are read. Never computes a figure (`core.insights`), and never shows notes that are still blind. A
visit that can't be read is named as such: it fails alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from plfacilitate.core.debrief.meetings import still_blind
from plfacilitate.core.entry import EVENT_KINDS, Entry
from plfacilitate.core.insights.attending import Course, course, gone
from plfacilitate.core.insights.visited import Visited, visited
from plfacilitate.core.insights.whole import Insights, School, insights
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.sights import holds_something
from plfacilitate.core.scheduled import event_of
from plfacilitate.core.visiting.fold import VISIT_KINDS, VisitFold, VisitPicture
from plfacilitate.core.visiting.plan import SITE_VISIT
from plfacilitate.core.visiting.snapshots import Snapshots
from plfacilitate.shelf.insights_report import TEMPLATE, insights_pdf
from plfacilitate.shelf.insights_web import LOOK, insights_page
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.write import write_bytes
from plfacilitate.steps.events import events, read_fold
from plfacilitate.steps.tally import event_credit, sheet_of
from plfacilitate.steps.visit_report import Progress, Written, name_of
from plfacilitate.steps.visiting import as_allowed
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.workspace import Workspace

_SCRIPT = frozenset({"line", "coded"})  # words, which no figure is made of: most of what a visit holds
_KINDS = (VISIT_KINDS - _SCRIPT).union(EVENT_KINDS)
_MISSHAPEN = (AttributeError, KeyError, TypeError, ValueError)  # what content of another make may give


def read_insights(ledger: Ledger, *, since: date | None = None, now: datetime | None = None) -> Insights:
    """All visits of the ledger, from a day on where one is given; with `now`, how far observers agreed, too."""
    return InsightsReader(ledger, since=since, now=now).picture()


def find_school(found: Insights, name: str) -> School:
    """The school of that name, however it is written. Refused: `school-not-visited`."""
    one = found.school(name)
    if one is None:
        known = "; ".join(each.name for each in found.schools) or "none"
        raise Refused("school-not-visited", school=name, known=known)
    return one


class InsightsReader:
    """The visits of a ledger, read once; then only those that something happened to are read again."""

    def __init__(self, ledger: Ledger, *, since: date | None = None, now: datetime | None = None) -> None:
        """Read all of them, from a day on where one is given; with `now`, how far observers agreed, too."""
        self._ledger, self._since, self._now = ledger, since, now
        self._snapshots = Snapshots()
        self._found: dict[str, Visited] = {}
        self._failed: dict[str, str] = {}
        self._read(ledger.visits())

    def take(self, new: Sequence[Entry]) -> bool:
        """Read again what these entries are about; True = it may look different now."""
        if any(entry.kind == "erased" for entry in new):
            changed = self._ledger.visits()
        else:
            changed = sorted({entry.event for entry in new if entry.event and entry.kind in _KINDS})
        self._read(changed)
        return bool(changed)

    def picture(self) -> Insights:
        """All insights as they stand."""
        return insights(self._found.values(), self._failed.items())

    def _read(self, events: Sequence[str]) -> None:
        erased = list(self._ledger.entries(kinds=("erased",))) if events else []
        for event in events:
            self._found.pop(event, None)
            self._failed.pop(event, None)
            try:
                one = _visited(self._ledger, event, erased, self._snapshots, self._since, self._now)
            except _MISSHAPEN as error:
                self._failed[event] = f"{type(error).__name__}: {error}"
            else:
                if one is not None:
                    self._found[event] = one


def _visited(
    ledger: Ledger, event_id: str, erased: list[Entry], snapshots: Snapshots, since: date | None, now: datetime | None
) -> Visited | None:
    """What a visit came to; None = it was before, nobody observed yet, or nobody scheduled it here."""
    entries = list(ledger.entries(event=event_id, kinds=_KINDS))
    event = event_of([entry for entry in entries if entry.kind in EVENT_KINDS])
    if event is None or (since is not None and event.day < since):
        return None
    picture = _picture(event_id, [*entries, *erased], snapshots)
    if not picture.observations:
        return None
    if not all(holds_something(one) for one in picture.observations):  # it may hold a script, and then it counts
        script = ledger.entries(event=event_id, kinds=_SCRIPT)
        picture = _picture(event_id, [*entries, *erased, *script], snapshots)
    shown = as_allowed(event, picture)
    return visited(shown, day=event.day, place=event.place, held=still_blind(shown), now=now)


def _picture(event_id: str, entries: list[Entry], snapshots: Snapshots) -> VisitPicture:
    fold = VisitFold(event_id, snapshots)
    fold.apply(entries)
    return fold.picture()


def write_insights(
    one: School,
    courses: Sequence[Course],
    workspace: Workspace,
    folder: Path,
    *,
    made_at: datetime,
    paper: Paper = "us-letter",
    progress: Progress = lambda text: None,
) -> Written:
    """A school's report as PDF and page in a folder, each in one step. Refused: `not-written`, `sheet-not-drawn`."""
    stem = "-".join(filter(None, (str(one.visits[-1].day), name_of(one.name), "insights")))
    written = Written(folder / f"{stem}.pdf", folder / f"{stem}.html")
    progress("drawing the PDF …")
    pdf = insights_pdf(one, courses, made_at, paper=paper, template=workspace.document(TEMPLATE))
    progress("making the page …")
    page = insights_page(one, courses, workspace.document(LOOK))
    progress("writing both …")
    write_bytes(written.pdf, pdf)
    write_bytes(written.page, page)
    return written


def read_courses(ledger: Ledger, *, at: datetime, since: date | None = None) -> tuple[Course, ...]:
    """Attendance, hours and standing of all series, the earliest first; site visits are none. `at` decides what is over."""
    groups: dict[str, list[Event]] = {}
    for event in events(ledger):
        if event.plan.kind != SITE_VISIT and (since is None or event.day >= since):
            groups.setdefault(event.series, []).append(event)
    return tuple(_course(ledger, series, group, at) for series, group in groups.items())


def _course(ledger: Ledger, series: str, group: list[Event], at: datetime) -> Course:
    folds = {event.id: read_fold(ledger, event.id) for event in group}
    cleared = [
        f"{event.day}  {event.title}: {one.sentence(event.zone)}"
        for event in group
        if (one := folds[event.id].cleared) is not None
    ]
    kept = [event for event in group if folds[event.id].cleared is None]
    if not kept:
        return gone(series, group[0].plan.title, cleared)
    sessions = [event_credit(ledger, event.id, at=at, caught_up=True) for event in kept]
    whole = sheet_of(ledger, [folds[event.id] for event in kept], event=None, at=at, caught_up=True)
    return course(sessions, whole, cleared)
