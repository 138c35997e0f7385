"""Examining a ledger: every digest, chain, column and gap, and the place it lies in.

Owns what is compared with what, and the sentences for what does not agree. Never repairs anything.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from plfacilitate.core.entry import KINDS
from plfacilitate.core.wire import Envelope, Unreadable, read_content, read_envelope
from plfacilitate.store.device import device_of
from plfacilitate.store.erasure import is_owed
from plfacilitate.store.places import place_warnings

__all__ = ["Report", "examine", "place_warnings"]

SHOWN = 20  # findings of one sort that are listed; the rest is counted
_COLUMNS = """SELECT e.seq, e.id, e.device, e.number, e.previous, e.digest, e.recorded_at, e.event, e.envelope,
    c.event, c.kind, c.person, c.by, c.means, c.happened_at, c.replaces, c.salt, c.content
    FROM entry e LEFT JOIN content c ON c.entry = e.seq ORDER BY e.device, e.number, e.seq"""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `findings` are faults, one sentence each; `remarks` are worth knowing and no fault."""

    entries: int
    findings: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Notes:
    """Findings by sort, each with the ids it is about."""

    by_sort: dict[str, list[str]] = field(default_factory=dict)

    def add(self, sort: str, about: str) -> None:
        self.by_sort.setdefault(sort, []).append(about)

    def sentences(self) -> Iterator[str]:
        for sort, about in self.by_sort.items():
            yield from (sort.format(about=one) for one in about[:SHOWN])
            if len(about) > SHOWN:
                yield f"… and {len(about) - SHOWN} more of that sort."


def examine(connection: sqlite3.Connection) -> Report:
    """Read the whole ledger once, entry by entry, and say what is not as it must be."""
    faults, remarks = _Notes(), _Notes()
    entries = 0
    connection.execute("BEGIN")  # one picture, whatever others write meanwhile
    try:
        for (said,) in connection.execute("PRAGMA integrity_check"):
            if said != "ok":
                faults.add("The file is damaged: {about}.", said)
        entries = _read_all(connection, faults, remarks)
        _beside(connection, faults, remarks)
    except sqlite3.DatabaseError as error:
        faults.add("The file is damaged: {about}.", str(error))
    finally:
        connection.execute("ROLLBACK")
    return Report(entries, tuple(faults.sentences()), tuple(remarks.sentences()))


def _read_all(connection: sqlite3.Connection, faults: _Notes, remarks: _Notes) -> int:
    chain = _Chain(faults, remarks, device_of(connection))
    kinds: Counter[str] = Counter()
    count = 0
    for row in connection.execute(_COLUMNS):
        count += 1
        try:
            words = read_envelope(row[8])
        except Unreadable as no:
            faults.add("Entry {about}.", f"{row[1]} can't be read: {no}")
            continue
        _compare(row, words, faults)
        chain.follow(words)
        if row[17] is not None:
            _look_into(row, words, faults, kinds)
    chain.end()
    for kind, number in sorted(kinds.items()):
        remarks.add(
            "{about}; they are kept.", f"{number} entries are of the kind {kind}, which this version doesn't know"
        )
    return count


def _compare(row: tuple[object, ...], words: Envelope, faults: _Notes) -> None:
    """Digest and columns against the envelope's own words."""
    names = ("id", "device", "number", "previous", "digest", "recorded_at", "event")
    columns = dict(zip(names, row[1:8], strict=True))
    wrong = [name for name in names if columns[name] != getattr(words, name)]
    if "digest" in wrong:
        faults.add("Entry {about}: its envelope was changed.", words.id)
    elif wrong:
        faults.add("Entry {about}: the columns beside its envelope say something else.", f"{words.id} ({wrong[0]})")


def _look_into(row: tuple[object, ...], words: Envelope, faults: _Notes, kinds: Counter[str]) -> None:
    event, kind, person, by, means, happened_at, replaces, salt, content = row[9:]
    assert isinstance(salt, bytes)
    assert isinstance(content, bytes)
    try:
        told = read_content(words, salt, content)
    except Unreadable as no:
        faults.add("Entry {about}.", f"{words.id}: {no}")
        return
    beside = (kind, person, by, means, happened_at, tuple(str(replaces).split()), event)
    if beside != (*told[:6], words.event):
        faults.add("Entry {about}: a column beside its content says something else.", words.id)
    if told.kind not in KINDS:
        kinds[told.kind] += 1


class _Chain:
    """The entries device by device, number by number."""

    def __init__(self, faults: _Notes, remarks: _Notes, own: str) -> None:
        self._faults, self._remarks, self._own = faults, remarks, own
        self._device = ""
        self._number = 0
        self._above: set[str] = set()  # digests of the number before
        self._here: list[Envelope] = []  # entries of the number that is being read
        self._clock = ""

    def follow(self, words: Envelope) -> None:
        """Take the next entry, in order of device and number."""
        if (words.device, words.number) != (self._device, self._number):
            self.end()
            if words.device != self._device:
                self._number, self._above, self._clock = 0, set(), ""
            if words.number != self._number + 1:
                missing = f"{words.device} from number {self._number + 1} to {words.number - 1}"
                # Of another laptop they may come yet; what this one wrote itself must be here.
                notes = self._faults if words.device == self._own else self._remarks
                notes.add("Entries of device {about} are not here.", missing)
                self._above = set()
            self._device, self._number = words.device, words.number
        self._here.append(words)

    def end(self) -> None:
        """Look at the entries of one number together: each must follow one of the number before."""
        here, self._here = self._here, []
        if not here:
            return
        if len(here) > 1:
            both = " and ".join(one.id for one in here)
            self._remarks.add(
                "Two copies of a ledger wrote on as device {about} (a fork): both are kept and counted.",
                f"{here[0].device}, number {here[0].number}: {both}",
            )
        for one in here:
            if self._above and one.previous not in self._above:
                self._faults.add("Entry {about}: the chain of its device is broken before it.", one.id)
            if one.recorded_at < self._clock:
                gone_back = (
                    f"{one.device} went back before number {one.number} (from {self._clock} to {one.recorded_at})"
                )
                self._remarks.add("The clock of device {about}.", gone_back)
        self._clock = max(one.recorded_at for one in here)
        self._above = {one.digest for one in here}


def _beside(connection: sqlite3.Connection, faults: _Notes, remarks: _Notes) -> None:
    """What stands beside the entries: forks, contents that were erased, things kept aside."""
    wrong_forks = connection.execute(
        "SELECT device, number FROM entry GROUP BY device, number HAVING count(*) > 1 EXCEPT SELECT * FROM fork"
    )
    for device, number in wrong_forks:
        faults.add("Device {about} stands twice and is not known as a fork.", f"{device}, number {number}")
    back = connection.execute(
        "SELECT e.id FROM content c JOIN entry e ON e.seq = c.entry JOIN erasure x ON x.id = e.id"
        " WHERE c.kind <> 'erased'"
    )
    for (entry_id,) in back:
        faults.add("Entry {about} was erased, and its content is here.", entry_id)
    for entry_id, reason in connection.execute("SELECT id, reason FROM aside ORDER BY seq"):
        remarks.add("Kept aside: {about}.", f"{entry_id}, because {reason}")
    if is_owed(connection):
        remarks.add("{about}", "Contents were erased while somebody read: the file is swept when it is opened next.")
