"""What a played day came to.

Owns the figures, which are a contract, and how each is found: what the door told the phones, what lies in the ledger,
what lies in the office's register, and the hours, counted a second way. Never plays anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plfacilitate.core.entry import Entry
from plfacilitate.core.plan import Event
from plfacilitate.core.tally import CreditSheet
from plfacilitate.office.receive import Answer
from plfacilitate.rehearse.habits import FEWER
from plfacilitate.rehearse.phones import Crowd, Phone


@dataclass(frozen=True, slots=True)
class Beside:
    """What goes with the marks: how often the phones were told that it is saved, and how often it lies in the ledger.

    `at_kiosk` counts people. `fewer_agree` = whoever asked for fewer hours gets those and no others.
    """

    told: Mapping[str, int]
    kept: Mapping[str, int]
    at_kiosk: int
    fewer_agree: bool

    @property
    def agrees(self) -> bool:
        """Whether what was told is what is there."""
        return self.told == self.kept and self.fewer_agree

    def words(self) -> list[str]:
        """For people, a line each."""
        names = {
            "signature": "signatures",
            "attested": "hours attested",
            "request": "fewer hours",
            "answers": "answers",
        }
        return [f"{name:<16} {self.told[kind]} given, {self.kept[kind]} counted" for kind, name in names.items()] + [
            f"{'at the kiosk':<16} {self.at_kiosk}"
        ]


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
    beside: Beside

    @property
    def well(self) -> bool:
        """Nothing lost, nothing doubled, and the hours are the ones that the script of the day asks for."""
        return self.lost == 0 and self.doubled == 0 and self.credit_agrees and self.beside.agrees

    def figures(self) -> dict[str, object]:
        """What programs get."""
        return {name: getattr(self, name) for name in Report.__dataclass_fields__ if name != "beside"}


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
        beside=_beside(day),
    )


def _beside(day: Played) -> Beside:
    kinds = ("signature", "attested", "request")
    told = {kind: sum(kind in phone.habits.done for phone in day.phones) for kind in (*kinds, "answers")}
    kept = {kind: sum(entry.kind == kind for entry in day.ledger) for kind in kinds}
    counted = [entry.body["ballots"] for entry in day.ledger if entry.kind == "evaluation-summary"]
    asked = {phone.person for phone in day.phones if "request" in phone.habits.done}
    given = {line.line.hundredths for line in day.sheet.lines if line.person.id in asked}
    return Beside(
        told,
        kept | {"answers": sum(counted)},
        sum(phone.habits.kiosk for phone in day.phones),
        given <= {int(float(FEWER) * 100)},
    )


def _marks(entries: Iterable[Entry]) -> Counter[tuple[str, str]]:
    """What the phones and the kiosk wrote: who, and whether in or out."""
    return Counter(
        (str(entry.person), str(entry.kind))
        for entry in entries
        if entry.kind in ("sign-in", "sign-out") and entry.means in ("own-phone", "kiosk")
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
