"""What comes in before and after the day: people lists, who is expected, attendance from elsewhere.

Owns how rows of a file become entries. Never merges two people, and takes nothing from a file that has faults.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plfacilitate.core.directory import Directory
from plfacilitate.core.doubles import Double
from plfacilitate.core.entry import Draft, Entry, stable_id, utc_text
from plfacilitate.core.office import Office
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event, Plan
from plfacilitate.core.refusal import Fault, Refused, refuse_faults
from plfacilitate.core.roster import plan_import
from plfacilitate.core.text import fold as folded
from plfacilitate.core.versions import families
from plfacilitate.seal.keys import verify
from plfacilitate.shelf.attendance_files import AttendanceRow, read_attendance
from plfacilitate.shelf.bundle import read_bundle
from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.people_files import read_people
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import expect, read_event, read_fold
from plfacilitate.store.ledger import Ledger, Received
from plfacilitate.store.search import catch_up, people
from plfacilitate.store.workspace import Workspace

PAGE = 500  # drafts a transaction: a long list must not keep the door waiting


@dataclass(frozen=True, slots=True)
class PeopleSummary:
    """What an import did, or would do: numbers, what looks like the same person twice, and remarks about the file.

    `ids` are the people of the file in its order, each once.
    """

    new: int
    changed: int
    same: int
    doubtful: tuple[Double, ...]
    notes: tuple[Fault, ...]
    ids: tuple[str, ...]


def import_people(ledger: Ledger, hand: Hand, path: Path, *, dry_run: bool = False) -> PeopleSummary:
    """Take a people list in; twice or on two laptops it changes nothing. Refused("faults") when the file has any."""
    file = read_people(path)
    if file.faults:
        raise refuse_faults(str(path), list(file.faults))
    catch_up(ledger.connection)
    known = {person.id: person for person in people(ledger.connection)}
    found = plan_import(file.rows, known, merged_people(ledger))
    if not dry_run:
        drafts = [hand.draft("person", person=one.id, body={"fields": dict(one.fields)}) for one in found.new]
        drafts += [_changed(ledger, hand, one.id, one.fields) for one in found.changed]
        for start in range(0, len(drafts), PAGE):
            ledger.append(drafts[start : start + PAGE])
        catch_up(ledger.connection)
    return PeopleSummary(
        new=len(found.new),
        changed=len(found.changed),
        same=len(found.same),
        doubtful=found.doubtful,
        notes=tuple(file.notes),
        ids=found.people,
    )


def _changed(ledger: Ledger, hand: Hand, person: str, fields: Mapping[str, str]) -> Draft:
    return hand.draft("person", person=person, body={"fields": dict(fields)}, replaces=person_heads(ledger, person))


def merged_people(ledger: Ledger) -> dict[str, str]:
    """Record → the record that it was merged into, by the merges that stand."""
    entries = list(ledger.entries(kinds=("people-merged", "undo")))
    standing = [family.current for family in families(entries) if family.current is not None]
    standing.sort(key=lambda entry: (entry.happened_at, entry.id))
    return {str(entry.body["other"]): str(entry.person) for entry in standing if entry.kind == "people-merged"}


def merge_people(ledger: Ledger, hand: Hand, stays: str, other: str, *, reason: str) -> Entry:
    """Two records are one person: `other` is read as `stays` from now on; undo takes it back."""
    if not reason.strip():
        raise Refused("reason-missing")
    if stays == other or merged_people(ledger).get(stays) == other:
        raise Refused("cycle")
    body = {"other": other, "reason": reason.strip()}
    return ledger.append_one(hand.draft("people-merged", person=stays, body=body))


def person_heads(ledger: Ledger, person: str) -> list[str]:
    """The versions of a person's record that nobody replaced: what a change follows."""
    entries = [entry for entry in ledger.entries(person=person, kinds=("person", "undo")) if entry.event is None]
    return [head.id for family in families(entries) for head in family.heads]


def change_person(ledger: Ledger, hand: Hand, person: str, fields: dict[str, str], *, reason: str = "") -> Entry:
    """New values for some fields of a person; an empty text clears a field."""
    body = {"fields": fields, "reason": reason}
    return ledger.append_one(hand.draft("person", person=person, body=body, replaces=person_heads(ledger, person)))


# -- who is expected -------------------------------------------------------------------------------------------------


def expect_from_file(ledger: Ledger, hand: Hand, event: str, path: Path) -> int:
    """Import a list and expect everybody on it; returns how many were not expected before."""
    return expect(ledger, hand, event, import_people(ledger, hand, path).ids)


def expect_school(ledger: Ledger, hand: Hand, event: str, school: str) -> int:
    """Expect everybody known of a school."""
    wanted = folded(school)
    ids = [person.id for person in people(ledger.connection) if folded(person.school) == wanted]
    if not ids:
        raise Refused("school-unknown", school=school)
    return expect(ledger, hand, event, ids)


def expect_same(ledger: Ledger, hand: Hand, event: str, other: str) -> int:
    """Expect whoever was expected or came at another event."""
    return expect(ledger, hand, event, read_fold(ledger, other).persons())


def plan_and_office(workspace: Workspace, event: Event) -> tuple[Plan, Office]:
    """The plan and the office's rule as the files have them now; the scheduled snapshot where a file is gone."""
    try:
        plan = find_plan(event.plan.id, workspace.sessions, offices=workspace.exports)
    except Refused as no:
        if no.refusal.code != "plan-unknown":
            raise
        plan = event.plan
    if plan.session(event.session_id) is None:
        plan = event.plan
    return plan, find_office(plan.office, workspace.exports)


# -- attendance from elsewhere ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttendanceSummary:
    """What an attendance file brought: rows, marks that are new, marks that were here, remarks about the file."""

    rows: int
    new: int
    known: int
    notes: tuple[Fault, ...]


def import_attendance(ledger: Ledger, hand: Hand, event_id: str, path: Path) -> AttendanceSummary:
    """Ins and outs from a paper sheet or another system; the same file again changes nothing."""
    event = read_event(ledger, event_id)
    file = read_attendance(path, event.zone)
    catch_up(ledger.connection)
    directory = Directory(people(ledger.connection))
    faults = list(file.faults)
    drafts: list[Draft] = []
    for row in file.rows:
        try:
            person = directory.find(email=row.email, name=row.name)
            drafts += _marks(hand, event_id, person, row)
        except Refused as no:
            faults.append(Fault(str(path), row.line, "email" if row.email else "name", str(no)))
    if faults:
        raise refuse_faults(str(path), sorted(faults, key=lambda fault: fault.line))
    outcomes = [
        outcome for start in range(0, len(drafts), PAGE) for outcome in ledger.append(drafts[start : start + PAGE])
    ]
    new = sum(outcome.status == "new" for outcome in outcomes)
    return AttendanceSummary(len(file.rows), new, len(outcomes) - new, tuple(file.notes))


def _marks(hand: Hand, event: str, person: Person, row: AttendanceRow) -> Iterable[Draft]:
    """One draft an in or out; its id comes from what it says, so that a file keyed in twice is one attendance."""
    for kind, at in (("sign-in", row.in_at), ("sign-out", row.out_at)):
        if at is not None:
            entry_id = stable_id("attendance-import", event, person.id, kind, utc_text(at), row.means)
            writer = Hand(hand.by, row.means, hand.clock, hand.chance)
            body = {"imported": True, "line": row.line}
            yield writer.draft(kind, event=event, person=person.id, at=at, body=body, entry_id=entry_id)


# -- other laptops ---------------------------------------------------------------------------------------------------


def receive_file(ledger: Ledger, hand: Hand, path: Path) -> Received:
    """Take in the entries of another laptop: a bundle, or its ledger's file."""
    with opened(path) as file:
        is_ledger = file.read(16) == b"SQLite format 3\x00"
    if not is_ledger:
        return ledger.receive(read_bundle(path, verify=verify).entries())
    other = Ledger.open(path, clock=hand.clock, chance=hand.chance, readonly=True)
    try:
        return ledger.receive(other.sealed())
    finally:
        other.close()
