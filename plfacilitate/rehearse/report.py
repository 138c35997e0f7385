"""What a played day came to.

Owns the figures, which are a contract, and how each is found: what the door told the phones, what lies in the ledger,
what lies in the office's register, and the hours, counted a second way. Never plays anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plfacilitate.core.entry import Entry
from plfacilitate.core.plan import Event
from plfacilitate.core.tally import CreditSheet
from plfacilitate.office.receive import Answer
from plfacilitate.rehearse.phones import Crowd, Phone


@dataclass(frozen=True, slots=True)
class Report:
    """`acknowledged` and the like count marks, a sign-in or a sign-out each. Milliseconds are of one sign-in post."""

    phones: int
    acknowledged: int
    in_ledger: int
    in_register: int
    lost: int
    doubled: int
    p50_ms: float
    p99_ms: float
    sign_ins_per_s: float
    credit_lines: int
    credit_agrees: bool
    seconds: float

    @property
    def well(self) -> bool:
        """Nothing lost, nothing doubled, and the hours are the ones that the script of the day asks for."""
        return self.lost == 0 and self.doubled == 0 and self.credit_agrees


@dataclass(frozen=True, slots=True)
class Played:
    """A day that is over, from all sides."""

    event: Event
    phones: Sequence[Phone]
    crowd: Crowd
    ledger: Sequence[Entry]
    register: Sequence[Entry]
    sheet: CreditSheet
    answers: Sequence[Answer]
    seconds: float


def report_of(day: Played) -> Report:
    """The figures."""
    said = {(phone.person, what) for phone in day.phones for what in phone.said}
    kept, received = _marks(day.ledger), _marks(day.register)
    times = sorted(day.crowd.sign_in_seconds)
    return Report(
        phones=len(day.phones),
        acknowledged=len(said),
        in_ledger=len(kept),
        in_register=len(received),
        lost=sum(mark not in kept or mark not in received for mark in said),
        doubled=sum(count - 1 for marks in (kept, received) for count in marks.values()),
        p50_ms=_percentile(times, 50),
        p99_ms=_percentile(times, 99),
        sign_ins_per_s=round(len(times) / day.crowd.busy_seconds, 1) if day.crowd.busy_seconds else 0.0,
        credit_lines=len(day.sheet.lines),
        credit_agrees=_agrees(day),
        seconds=round(day.seconds, 2),
    )


def _marks(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    """What the phones themselves wrote: who, and whether in or out."""
    return Counter(
        (str(entry.person), str(entry.kind))
        for entry in entries
        if entry.kind in ("sign-in", "sign-out") and entry.means == "own-phone"
    )


def _agrees(day: Played) -> bool:
    """The laptop's minutes are those of the script, the office gets the same, and both for everybody."""
    due = {phone.person: _minutes(day.event, phone) for phone in day.phones}
    earned = {line.person.id: line.line.minutes for line in day.sheet.lines}
    at_office = sum(answer.credit_lines for answer in day.answers)
    taken = bool(day.answers) and all(answer.verdict == "accepted" for answer in day.answers)
    return due == earned and taken and at_office == len(due) and not any(answer.differs for answer in day.answers)


def _minutes(event: Event, phone: Phone) -> int:
    """The minutes that the script of the day owes this phone, counted one by one: a second way to the same figure."""
    counts = set(event.office["counts"])
    leaves = event.session.minutes if phone.leaves is None else phone.leaves
    minute = earned = 0
    for segment in event.session.agenda:
        for at in range(minute, minute + segment.minutes):
            earned += segment.kind in counts and phone.comes <= at < leaves
        minute += segment.minutes
    return earned


def _percentile(times: Sequence[float], percent: int) -> float:
    return round(times[min(len(times) - 1, len(times) * percent // 100)] * 1000, 2) if times else 0.0
