"""Which events' hours may be cleared from a laptop, and why the others stay.

Owns the rule. Never lets go of what the office may not have: where it is not sure, an event stays and says why. Never
reads a ledger: what an event is comes as a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from plfacilitate.core.minutes import day_text
from plfacilitate.core.plan import Event
from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain

DAYS = 90
"""Days after the hand-over from which on contents may go, where nobody says another number."""
SERIES_RESTS = timedelta(days=365)
"""So long after its last session an offering is over, though sessions of its plan never were; what lies farther apart is
another run of it. Our assumption: no source says it."""
CLEARED_KINDS = frozenset(
    {
        "sign-in", "sign-out", "request", "choice", "signature", "attested", "flag", "flag-decided", "head-count",
        "expected", "not-expected",
    }
)  # fmt: skip
"""What goes, and with it the undos of these: who was expected, was there, signed, asked, doubted.

What an event is, its agenda, its approval and how it was handed over stays; so does the evaluation, which has no names,
and all that belongs to the programme.
"""


class Held(NamedTuple):
    """Of one event all that decides whether its hours may go.

    `entries` would go; of them `unsent` lie in no bundle that was handed over, `elsewhere` only in one of another laptop,
    `unanswered` in none that the office said it has, and `late` came after the newest approval. `people` had been there.
    `handed_at` = the last hand-over that it took, None = no bundle of this event with its newest approval was handed
    over; `receipt` and `where` are those of it. `waiting` = bundles in the outbox that hold a
    copy and wait. `ballots` = answers in the box that nobody has counted. `cohort` = the title of the one that it belongs
    to, "" = none. `cleared` = it was done before, and nothing is left to do.
    """

    event: Event
    entries: int = 0
    people: int = 0
    unsent: int = 0
    elsewhere: int = 0
    unanswered: int = 0
    late: int = 0
    handed_at: datetime | None = None
    receipt: str = ""
    where: str = ""
    waiting: tuple[str, ...] = ()
    ballots: int = 0
    cohort: str = ""
    cleared: bool = False

    @property
    def goes_by(self) -> tuple[date, str]:
        """Order of a list: the earliest first."""
        return self.event.day, self.event.id


class Verdict(NamedTuple):
    """An event, and why it stays: (code, sentence), none = it goes."""

    held: Held
    stays: tuple[tuple[str, str], ...]

    @property
    def goes(self) -> bool:
        """Whether its hours go."""
        return not self.stays


def verdicts(all_held: Iterable[Held], *, now: datetime, days: int, without_receipt: bool) -> list[Verdict]:
    """Every event that holds something to clear, the earliest first, with the reasons for which it stays.

    `now` is aware; `days` after the hand-over. `without_receipt` = what was handed over is enough. A plan of several
    sessions goes as a whole: a line of one says how many were attended, and rests on a signature and choice of another.
    """
    series: dict[str, list[Held]] = {}
    for one in sorted(all_held, key=lambda one: one.goes_by):
        series.setdefault(one.event.series, []).append(one)
    found: list[Verdict] = []
    for group in series.values():
        own = {one.event.id: tuple(_own(one, now, days, without_receipt)) for one in group}
        whole = _as_a_whole(group)
        unfinished = _unfinished(group, now) if whole else ""
        for one in group:
            if one.entries:
                others = [each for each in group if whole and own[each.event.id] and _keeps(each, one, now, days)]
                found.append(Verdict(one, (*own[one.event.id], *_of_series(others, unfinished))))
    return sorted(found, key=lambda one: one.held.goes_by)


def _own(one: Held, now: datetime, days: int, without_receipt: bool) -> Iterator[tuple[str, str]]:
    """Why an event stays, whatever else is of its series; of one that was cleared and to which nothing came, nothing."""
    if one.cleared and not one.entries:
        return
    if one.event.closed_at is None:
        yield ("open", "it was opened and not closed" if one.event.opened_at else "its doors were never opened")
    yield from _on_the_way(one, without_receipt)
    if one.ballots:
        yield ("ballots", f"{count(one.ballots, 'answer')} in the box {_are(one.ballots)} not counted")
    if one.cohort:
        yield ("cohort", f"the cohort {plain(one.cohort)} shows who came to what")
    since = max(one.handed_at or now, one.event.ends_at)
    if one.handed_at is not None and since + timedelta(days=days) > now:
        yield ("young", f"handed over {count(max(0, (now - since).days), 'day')} ago, fewer than {days}")


def _on_the_way(one: Held, without_receipt: bool) -> Iterator[tuple[str, str]]:
    """What of it the office may not have."""
    if one.entries and one.handed_at is None and not one.elsewhere:
        yield ("not-handed-over", "its sheet was not handed over")
    elif one.unsent:
        came = count(one.unsent, "entry", "entries")
        yield ("changed", f"{came} came after the hand-over and {_are(one.unsent)} not sent")
    elif one.late:
        yield ("changed", f"{count(one.late, 'entry', 'entries')} came after the approval: approve and hand over again")
    if one.elsewhere:
        went = count(one.elsewhere, "entry", "entries")
        yield (
            "elsewhere",
            f"{went} went with another laptop's bundle only: clear it there, or pack --all and send here",
        )
    if one.unanswered and not one.unsent and not one.elsewhere and not without_receipt:
        yield ("no-receipt", "it was handed over, and the office has not answered that it has it")
    if one.waiting:
        yield ("waits", f"{plain(', '.join(one.waiting))} waits in the outbox and holds it")


def _as_a_whole(group: Sequence[Held]) -> bool:
    plans = [one.event.plan for one in group]
    return any(plan.credit == "all-sessions" or len(plan.sessions) > 1 or len(plan.choice) > 1 for plan in plans)


def _keeps(other: Held, one: Held, now: datetime, days: int) -> bool:
    """Whether a session that stays keeps this one of its series; one that never was, long ago, does not."""
    if other is one or abs(other.event.ends_at - one.event.ends_at) >= SERIES_RESTS:
        return False
    return other.event.opened_at is not None or other.event.ends_at + timedelta(days=days) > now


def _unfinished(group: Sequence[Held], now: datetime) -> str:
    """The sessions of the plan that are still to come, "" = none, or the last one was long ago."""
    newest = max(group, key=lambda one: one.event.ends_at).event
    here = {one.event.session_id for one in group}
    lacking = [one.title for one in newest.plan.sessions if one.id not in here]
    return "" if newest.ends_at + SERIES_RESTS <= now else ", ".join(lacking)


def _of_series(others: Sequence[Held], unfinished: str) -> Iterator[tuple[str, str]]:
    if others:
        named = "; ".join(f"{plain(one.event.title)}, {day_text(one.event.day)}" for one in others)
        yield ("series", f"its series goes as a whole, and this stays: {named}")
    elif unfinished:
        yield ("series", f"its series is not over, still to come: {plain(unfinished)}")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
