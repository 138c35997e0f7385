"""What comes in before and after the day: people lists, who is expected, attendance from elsewhere.

Owns how rows of a file become entries. Never merges two people, and takes nothing from a file that has faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from plfacilitate.core.directory import Directory
from plfacilitate.core.doubles import Double
from plfacilitate.core.entry import Draft, Entry, Sealed, stable_id, utc_text
from plfacilitate.core.fold import MARK_KINDS
from plfacilitate.core.people import person_id
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Fault, Refused, refuse_faults
from plfacilitate.core.roster import SOURCES, Planned, plan_import
from plfacilitate.core.text import fold as folded
from plfacilitate.core.text import tidy
from plfacilitate.seal.keys import verify
from plfacilitate.shelf.attendance_files import AttendanceRow, read_attendance
from plfacilitate.shelf.bundle import read_bundle
from plfacilitate.shelf.oneroster.files import is_roster
from plfacilitate.shelf.oneroster.people import read_roster
from plfacilitate.shelf.opened import opened
from plfacilitate.shelf.people_files import read_people
from plfacilitate.steps.approve import approval
from plfacilitate.steps.capture import Hand, written
from plfacilitate.steps.events import check_kept, expect, local_time, read_event, read_fold, read_kept
from plfacilitate.steps.merge import merged_people, person_heads
from plfacilitate.store.connection import give_way
from plfacilitate.store.ledger import Ledger, Received
from plfacilitate.store.search import catch_up, people

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
    """Take a people list or a roster in; twice or on two laptops it changes nothing.

    Refused: `faults` when the file has any, and what keeps it from being read.
    """
    sources: Mapping[str, str] = {}
    if is_roster(path):
        sources = _sources(ledger)
        file = read_roster(path, hand.clock().date(), sources.keys())
    else:
        file = read_people(path)
    if file.faults:
        raise refuse_faults(str(path), list(file.faults))
    catch_up(ledger.connection)
    known = {person.id: person for person in people(ledger.connection)}
    found = plan_import(file.rows, known, merged_people(ledger), sources)
    notes = list(file.notes)
    changes = {one.id: _beside_corrections(ledger, one, str(path), notes) for one in found.changed}
    changes = {person: fields for person, fields in changes.items() if fields}
    if not dry_run:
        drafts = [hand.draft("person", person=one.id, body={"fields": dict(one.fields)}) for one in found.new]
        drafts += [_changed(ledger, hand, person, fields) for person, fields in changes.items()]
        append_in_pages(ledger, drafts)
        catch_up(ledger.connection)
    return PeopleSummary(
        new=len(found.new),
        changed=len(changes),
        same=len(found.same) + len(found.changed) - len(changes),
        doubtful=found.doubtful,
        notes=tuple(notes),
        ids=found.people,
    )


def _sources(ledger: Ledger) -> dict[str, str]:
    """The record of each id that a roster gave somebody; the first one that had it, where two have."""
    found: dict[str, str] = {}
    for entry in ledger.entries(kinds=("person",)):
        for source in entry.body["fields"].get("source", "").split(SOURCES):
            if source and entry.person:
                found.setdefault(source, entry.person)
    return found


def _beside_corrections(ledger: Ledger, one: Planned, file: str, notes: list[Fault]) -> dict[str, str]:
    """What a list changes of a person, without values that were corrected by hand since: an old list undoes nothing."""
    said: dict[str, list[Entry]] = {}
    for entry in ledger.entries(person=one.id, kinds=("person",)):
        for name in entry.body["fields"]:
            said.setdefault(name, []).append(entry)
    kept = {}
    for name, value in one.fields.items():
        versions = said.get(name, [])
        by_hand = bool(versions) and "reason" in versions[-1].body
        if by_hand and any(entry.body["fields"][name] == value for entry in versions[:-1]):
            now = versions[-1].body["fields"][name]
            sentence = f"says {value or 'nothing'}; corrected here to {now or 'nothing'} since, and that is kept."
            notes.append(Fault(file, one.lines[0], name, sentence))
        else:
            kept[name] = value
    return kept


def append_in_pages(ledger: Ledger, drafts: Sequence[Draft]) -> None:
    """Append many drafts in several transactions, and let whoever waits for the lock in between. Raises a refusal."""
    for start in range(0, len(drafts), PAGE):
        written(ledger.append(drafts[start : start + PAGE]))
        if start + PAGE < len(drafts):
            give_way()


def _changed(ledger: Ledger, hand: Hand, person: str, fields: Mapping[str, str]) -> Draft:
    return hand.draft("person", person=person, body={"fields": dict(fields)}, replaces=person_heads(ledger, person))


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
    return expect(ledger, hand, event, read_kept(ledger, other).persons())


# -- attendance from elsewhere ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AttendanceSummary:
    """What an attendance file brought: rows, marks that are new, marks that were here, remarks about the file."""

    rows: int
    new: int
    known: int
    notes: tuple[Fault, ...]


def import_attendance(ledger: Ledger, hand: Hand, event_id: str, path: Path, *, reason: str = "") -> AttendanceSummary:
    """Ins and outs from a paper sheet or another system; the same file again changes nothing.

    Refused: `faults`, `event-unknown`, `event-cleared`, and `approved-already` where the sheet is approved and no reason is given.
    """
    event = read_event(ledger, event_id)
    fold = read_fold(ledger, event_id)
    check_kept(fold)
    file = read_attendance(path, event.zone)
    faults = list(file.faults)
    find = _finder(ledger)
    rows: dict[str, list[AttendanceRow]] = {}
    for row in file.rows:
        try:
            rows.setdefault(find(row.email, row.name), []).append(row)
        except Refused as no:
            faults.append(Fault(file.file, row.line, "email" if row.email else "name", str(no)))
    if faults:
        raise refuse_faults(str(path), sorted(faults, key=lambda fault: fault.line))
    notes = list(file.notes)
    marks: dict[_Key, AttendanceRow] = {}
    for person, own in rows.items():
        notes += [_on_another_day(event, row, file.file) for row in own if not _that_day(event, row)]
        for kind, row in _as_stays(event, own, file.file, notes):
            at = row.in_at if kind == "sign-in" else row.out_at
            if at is not None:
                marks.setdefault((person, kind, utc_text(at), row.means), row)
    here = {
        (str(entry.person), str(entry.kind), entry.happened_at, entry.means)
        for entry in ledger.entries(event=event_id, kinds=MARK_KINDS)
    }
    new = {key: row for key, row in marks.items() if key not in here}
    if new and not tidy(reason) and approval(fold) is not None:
        raise Refused("approved-already", title=event.title, count=len(new))
    drafts = [_mark(ledger, hand, event_id, key, row, tidy(reason)) for key, row in new.items()]
    append_in_pages(ledger, drafts)
    return AttendanceSummary(len(file.rows), len(new), len(marks) - len(new), tuple(notes))


_Key = tuple[str, str, str, str]  # what a mark says: person, kind, moment, means


def _that_day(event: Event, row: AttendanceRow) -> bool:
    return row.in_at < event.ends_at and (row.out_at or row.in_at).astimezone(event.zone).date() >= event.day


def _on_another_day(event: Event, row: AttendanceRow, file: str) -> Fault:
    day = row.in_at.astimezone(event.zone).date()
    return Fault(
        file, row.line, "in", f"{day} {local_time(event, row.in_at)} is no time of this event: none of it counts."
    )


def _as_stays(
    event: Event, rows: Sequence[AttendanceRow], file: str, notes: list[Fault]
) -> Iterator[tuple[Literal["sign-in", "sign-out"], AttendanceRow]]:
    """One person's ins and outs, each with its row; rows that overlap are one stay, and a note says so.

    Two scanners or two sheets may each hold a part of a day. Row by row the first out would end the stay, and what
    lies behind it would be lost.
    """
    began = ended = None
    for row in sorted(rows, key=lambda row: (row.in_at, row.line)):
        if row.out_at is None:
            yield "sign-in", row
            continue
        if began is None or ended is None or ended.out_at is None or row.in_at >= ended.out_at:
            if ended is not None:
                yield "sign-out", ended
            yield "sign-in", row
            began = ended = row
            continue
        ended = row if row.out_at > ended.out_at else ended
        times = " to ".join(local_time(event, at) for at in (began.in_at, ended.out_at) if at is not None)
        sentence = f"overlaps line {began.line}, the same person's: taken as one stay from {times}."
        notes.append(Fault(file, row.line, "", sentence))
    if ended is not None:
        yield "sign-out", ended


def _finder(ledger: Ledger) -> Callable[[str, str], str]:
    """Finds the person of a row, by an e-mail that a merged record had too."""
    catch_up(ledger.connection)
    directory, merged = Directory(people(ledger.connection)), merged_people(ledger)

    def find(email: str, name: str) -> str:
        by_email = merged.get(person_id({"email": email})) if email else None
        return by_email or directory.find(email=email, name=name).id

    return find


def _mark(ledger: Ledger, hand: Hand, event: str, key: _Key, row: AttendanceRow, reason: str) -> Draft:
    """One in or out. Its id is this laptop's own: another one that imports the same file writes its own entry."""
    person, kind, _, _ = key
    writer = replace(hand, means=row.means)
    body = {"imported": True, "line": row.line} | ({"reason": reason} if reason else {})
    entry_id = stable_id("attendance-import", ledger.device, event, *key)
    at = row.in_at if kind == "sign-in" else row.out_at
    return writer.draft(kind, event=event, person=person, at=at, body=body, entry_id=entry_id)


# -- other laptops ---------------------------------------------------------------------------------------------------


Through = Callable[[Iterable[Sealed]], Iterable[Sealed]]
"""Sees every entry on its way in, and may end before the last: what has passed is in."""


def receive_file(ledger: Ledger, hand: Hand, path: Path, *, through: Through = iter) -> Received:
    """Take in the entries of another laptop: a bundle, or its ledger's file. Refused: `nothing-to-do` for our own."""
    with suppress(OSError):  # a file that is not there is worded below
        if path.samefile(ledger.path):  # and never opened as a file: see store.connection
            raise Refused("nothing-to-do", what="this is the ledger that is open here")
    with opened(path) as file:
        is_ledger = file.read(16) == b"SQLite format 3\x00"
    if not is_ledger:
        return ledger.receive(through(read_bundle(path, verify=verify).entries()))
    other = Ledger.open(path, clock=hand.clock, chance=hand.chance, readonly=True)
    try:
        return ledger.receive(through(other.sealed()))
    finally:
        other.close()
