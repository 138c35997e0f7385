"""Pack the day: two signed parcels, and beside them the sheet and the table that a clerk really uses.

Owns what goes into a bundle and from which point of the ledger. Never sends anything, and takes no figure but from the
one rule of credit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from plfacilitate.core import parcels
from plfacilitate.core.cohort.picture import CohortPicture
from plfacilitate.core.entry import HOURS_KINDS, PROGRAMME_KINDS, Draft, Sealed
from plfacilitate.core.evaluation import evaluation
from plfacilitate.core.fold import EventFold
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.polls.picture import PollPicture
from plfacilitate.core.popup.picture import PopupPicture
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.run import Run
from plfacilitate.core.sheet import Sheet, table
from plfacilitate.core.tally import CreditSheet
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.veil import veil
from plfacilitate.seal.keys import LaptopKey, fingerprint
from plfacilitate.seal.sealing import ENDING as SEALED
from plfacilitate.seal.sealing import seal
from plfacilitate.shelf.bundle import Written, write_bundle
from plfacilitate.shelf.datapackage import Field, Part, csv_part, described_part, xlsx_part
from plfacilitate.shelf.evaluation_page import TEMPLATE as EVALUATION
from plfacilitate.shelf.evaluation_page import Answered, evaluation_pdf
from plfacilitate.shelf.manifest import Cover, Label, Parcel
from plfacilitate.shelf.sheet import TEMPLATE, write_sheet
from plfacilitate.shelf.tables_out import write_csv, write_xlsx
from plfacilitate.shelf.write import write_bytes, writing
from plfacilitate.steps.approve import Approval, approval, changed_since
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.deliver import known_there
from plfacilitate.steps.evaluation import STATE_IDS, questions
from plfacilitate.steps.events import read_fold
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.office_keys import key_of
from plfacilitate.steps.pack_cohort import cohort_parts, cohorts_of
from plfacilitate.steps.pack_polls import poll_parts
from plfacilitate.steps.pack_popup import popup_parts
from plfacilitate.steps.pack_problems import problem_parts
from plfacilitate.steps.pack_runs import run_parts
from plfacilitate.steps.pack_visit import visit_parts
from plfacilitate.steps.polls import read_polls
from plfacilitate.steps.popup import read_popup
from plfacilitate.steps.read_me import meaning, read_me, what_it_is
from plfacilitate.steps.run import read_runs
from plfacilitate.steps.sheet import sheet_of_event
from plfacilitate.steps.tally import event_credit, known_people, series_credit
from plfacilitate.steps.visiting import as_allowed
from plfacilitate.store.extract import extents, lacking, one_picture
from plfacilitate.store.ledger import Ledger, new_id
from plfacilitate.store.search import catch_up
from plfacilitate.store.workspace import Workspace

KINDS: Mapping[Parcel, frozenset[str]] = {"hours": HOURS_KINDS, "programme": PROGRAMME_KINDS}
Progress = Callable[[str], None]
"""Told in words what is being done; may raise to stop, and then nothing half-done lies in the outbox."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the bundles for people. `pages` say what all this is, and what was answered at the end."""

    sheet: Path
    tables: tuple[Path, ...]
    pages: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them."""
        return (self.sheet, *self.tables, *self.pages)

    def digests(self) -> dict[str, str]:
        """SHA-256 of each by its name: the signed manifest of the hours says which files belong to it."""
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files}


@dataclass(frozen=True, slots=True)
class PackedDay:
    """What was packed: both bundles, the files beside them, and the approval that they rest on."""

    bundles: tuple[Written, ...]
    beside: Beside
    approval: Approval

    @property
    def sheet(self) -> Path:
        """The sign-in sheet."""
        return self.beside.sheet

    @property
    def tables(self) -> tuple[Path, ...]:
        """The office's table as CSV and XLSX, and that of the series where there is one."""
        return self.beside.tables

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that is handed over."""
        return (*(one.path for one in self.bundles), *self.beside.files)


@dataclass(frozen=True, slots=True)
class _Day:
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


def pack(
    ledger: Ledger,
    workspace: Workspace,
    hand: Hand,
    key: LaptopKey,
    event: str,
    *,
    everything: bool = False,
    unsealed: bool = False,
    progress: Progress = lambda text: None,
) -> PackedDay:
    """Pack an approved event into the outbox. `everything` leaves out nothing that a receipt says the office has.

    Where the laptop has taken the office's key, bundles are sealed to it and to the laptop's own, unless `unsealed`.
    """
    catch_up(ledger.connection)
    now = hand.clock()
    written: list[Written] = []
    try:
        with one_picture(ledger.connection):
            day = _read(ledger, event, now)
            recipients = () if unsealed else _recipients(workspace, day, key)
            stem = file_stem(day)
            progress("writing the sign-in sheet")
            beside = _beside(workspace, day, stem)
            for parcel in KINDS:
                progress(f"packing the {parcel} parcel")
                receipt, have = (None, {}) if everything else known_there(ledger, day.event.plan.office, parcel)
                label = _label(ledger, hand, key, day, parcel, have, receipt, now)
                label = replace(label, recipients=tuple(map(fingerprint, recipients)))
                if parcel == "hours":
                    label = replace(label, beside=beside.digests())
                path = workspace.outbox / f"{stem}-{parcel}-{label.bundle[:8]}.zip"
                if not recipients:
                    written.append(_write(ledger, path, label, have, day, key))
                    continue
                inside = path.with_name(f".unsealed-{parcel}.zip")
                try:
                    one = _write(ledger, inside, label, have, day, key)
                    progress(f"sealing the {parcel} parcel")
                    written.append(_sealed(one, path.with_name(path.name + SEALED), recipients))
                finally:
                    inside.unlink(missing_ok=True)
        ledger.append([_packed(hand, event, one, beside.sheet) for one in written])
    except BaseException:
        for one in written:  # a bundle that the ledger does not know of would never be sent
            one.path.unlink(missing_ok=True)
        raise
    return PackedDay(tuple(written), beside, day.approval)


def _read(ledger: Ledger, event: str, now: datetime) -> _Day:
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
    return _Day(
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


def file_stem(day: _Day) -> str:
    """`2026-12-06-pspl-institute-s3-v1`: letters, digits and hyphens only, whatever a plan is called."""
    event = day.event
    text = f"{event.day}-{event.plan.id}-{event.session_id}-v{day.approval.version}".lower()
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)


def _label(
    ledger: Ledger,
    hand: Hand,
    key: LaptopKey,
    day: _Day,
    parcel: Parcel,
    have: Mapping[str, int],
    receipt: str | None,
    now: datetime,
) -> Label:
    event = day.event
    found = extents(ledger.connection, have)
    return Label(
        bundle=new_id(hand.chance),
        device=ledger.device,
        public_key=key.public,
        events=(event.id,),
        parcel=parcel,
        packed_at=now,
        title=f"{event.plan.title} · {event.title} · {event.day} · {parcel}",
        covers={device: Cover(one.first, one.last, one.digest) for device, one in found.items()},
        as_of=day.credit.as_of,
        builds_on=receipt,
    )


def _write(ledger: Ledger, path: Path, label: Label, have: Mapping[str, int], day: _Day, key: LaptopKey) -> Written:
    def entries() -> Iterator[Sealed]:
        return lacking(ledger.connection, have, KINDS[label.parcel])

    parts = _hours(day) if label.parcel == "hours" else _programme(day, label.packed_at)
    return write_bundle(path, label, entries, parts, sign=key.sign)


def _recipients(workspace: Workspace, day: _Day, key: LaptopKey) -> tuple[str, ...]:
    """The public keys to seal to: the office's and this laptop's own; none where the office's was not taken."""
    office = key_of(workspace.keys, day.event.plan.office)
    return () if office is None else (office.public, key.public)


def _sealed(one: Written, path: Path, recipients: tuple[str, ...]) -> Written:
    with writing(path) as file:
        seal(one.path, file, recipients)
    with path.open("rb") as file:
        return Written(path, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), one.manifest)


def _hours(day: _Day) -> list[Part]:
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
            for rows in _series_rows(day)
        ),
    ]


def _series_rows(day: _Day) -> Iterator[Iterable[parcels.Row]]:
    """The rows of the series, where hours are counted over all sessions."""
    if day.series is not None:
        yield parcels.credit(day.series.lines)


def _programme(day: _Day, now: datetime) -> list[Part]:
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


def _beside(workspace: Workspace, day: _Day, stem: str) -> Beside:
    header, rows = table(day.sheet, day.credit.office.columns)
    sheet = workspace.outbox / f"{stem}-sign-in-sheet.pdf"
    tables: tuple[Path, ...] = (workspace.outbox / f"{stem}-hours.csv", workspace.outbox / f"{stem}-hours.xlsx")
    write_sheet(sheet, day.sheet, workspace.document(TEMPLATE))
    write_csv(tables[0], header, rows)
    write_xlsx(tables[1], header, rows, sheet="Hours")
    for series in _series_rows(day):
        whole = workspace.outbox / f"{stem}-series.csv"
        write_csv(whole, [name for name, _ in parcels.CREDIT], series)
        tables = (*tables, whole)
    return Beside(sheet, tables, tuple(_pages(workspace, day, stem, (sheet, *tables))))


def _pages(workspace: Workspace, day: _Day, stem: str, papers: Sequence[Path]) -> Iterator[Path]:
    answered = evaluation(questions(day.event), day.fold.facts("evaluation-summary"), closed=True)
    told = [(path.name, what_it_is(path)) for path in papers]
    if answered.ballots:
        page = workspace.outbox / f"{stem}-evaluation.pdf"
        paper = Answered(day.event, answered, day.sheet.signed_in, day.sheet.office_title, STATE_IDS, day.sheet.made_at)
        write_bytes(page, evaluation_pdf(paper, workspace.document(EVALUATION)))
        told.append((page.name, what_it_is(page)))
        yield page
    first = workspace.outbox / f"{stem}-read-me.txt"
    write_bytes(first, read_me(day.event, day.credit, told).encode())
    yield first


def _packed(hand: Hand, event: str, one: Written, sheet: Path) -> Draft:
    label = one.manifest.label
    body = {
        "bundle": label.bundle,
        "file": one.path.name,
        "sha256": one.sha256,
        "parcel": label.parcel,
        "covers": {device: [cover.first, cover.last] for device, cover in label.covers.items()},
        "as_of": dict(label.as_of),
        "sheet": sheet.name,
    }
    return hand.draft("packed", event=event, body=body)
