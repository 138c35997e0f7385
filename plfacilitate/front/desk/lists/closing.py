"""The steps of closing a day, as they stand: what is done, what is next, what still waits for the one before.

Owns their order and wording. Never does one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from plfacilitate.core.minutes import clock, day_text, minute_of
from plfacilitate.core.text import plain
from plfacilitate.core.visiting.plan import SITE_VISIT
from plfacilitate.front.desk.lists.concerned import Ask, Item, Unended, Wish
from plfacilitate.front.desk.painting.pictures import Heads, RoomPicture, Row

if TYPE_CHECKING:
    from plfacilitate.steps.review import Pair, Review

Name = Literal[
    "cleared",
    "still-in",
    "not-seen",
    "walk-ins",
    "doubles",
    "doubts",
    "requests",
    "head-count",
    "observers",
    "names",
    "close",
    "approve",
    "pack",
    "hand-over",
    "receipt",
]


class Step(NamedTuple):
    """One step. `done`; `ready` = it can be done now; `must` False = looking is enough. `rows` = whom it concerns."""

    name: Name
    text: str
    detail: str
    done: bool
    ready: bool
    must: bool = True
    rows: tuple[Item, ...] = ()


def steps(room: RoomPicture, seen: Review | None = None, waits: str = "") -> list[Step]:
    """The checklist of a room. `seen` None = who may be whom is not worked out yet.

    `waits` = why the parcels are not handed over yet, "" = nobody sent them.
    """
    people = [_cleared(room)] if room.cleared else _people(room, seen)
    return [*people, *_visit(room, seen), *_paper(room, waits, seen.asked if seen is not None else ())]


def _cleared(room: RoomPicture) -> Step:
    """Instead of steps that would say of everybody that nobody came."""
    return Step("cleared", "Cleared from here", room.cleared, True, False, must=False)


def _people(room: RoomPicture, seen: Review | None) -> list[Step]:
    pairs = seen.pairs if seen is not None else ()
    matched, doubles = ([one for one in pairs if one.walk_in is kind] for kind in (True, False))
    wishes = tuple(Wish(who.id, who.name, one.hundredths, one.reason) for who, one in (seen.requests if seen else ()))
    came = sum(1 for row in room.rows if row.came)
    still = tuple(row for row in room.rows if row.present)
    unseen = tuple(row for row in room.rows if not row.came and not row.doubtful)
    walked = tuple(row for row in room.rows if row.walk_in)
    doubtful = tuple(row for row in room.rows if row.doubtful)
    doubts = room.doubts
    counted = room.head_count
    return [
        Step("still-in", "Everyone is out", _number(still, "still in: Enter signs them out", f"{came} came, all are out"), not still, bool(still),
             rows=still),
        Step("not-seen", "Expected and not seen", _number(unseen, "never came: look whether that is right"),
             not unseen, bool(unseen), must=False, rows=unseen),
        Step("walk-ins", "Walk-ins", _walked(walked, matched), not walked, bool(walked), must=bool(matched),
             rows=(*_asks(matched), *walked)),
        Step("doubles", "Possible doubles", _number(doubles, "may be one person twice: Enter goes to the list"), not doubles,
             bool(doubles), must=any(one.exact for one in doubles), rows=_asks(doubles)),
        Step("doubts", "Doubts", _number(doubts, "to be decided: g goes from one to the next"), not doubts, bool(doubts),
             rows=doubtful),
        Step("requests", "Fewer hours", _number(wishes, "asked for: they stand on the sheet"), not wishes, bool(wishes), must=False,
             rows=wishes),
        Step("head-count", "Head count", _heads(counted, came), counted is not None and not counted.gap, True,
             must=counted is None),
    ]  # fmt: skip


def _visit(room: RoomPicture, seen: Review | None) -> list[Step]:
    """Of a site visit: who has not ended, and whether names stand in the notes; looking is enough."""
    if room.event is None or not (room.visit or room.event.plan.kind == SITE_VISIT):
        return []
    found = seen.visit if seen is not None else None
    if found is None:
        reading = "being read …"
        return [Step("observers", "Observers", reading, False, False, must=False),
                Step("names", "Names in the notes", reading, False, False, must=False)]  # fmt: skip
    still = "1 observation has" if len(found.open) == 1 else f"{len(found.open)} observations have"
    words = "1 word may name" if found.names == 1 else f"{found.names} words may name"
    done = "all have ended" if found.observed else "nobody observed"
    return [
        Step("observers", "Observers", f"{still} no end: Enter goes there" if found.open else done,
             not found.open, bool(found.open), must=False,
             rows=tuple(Unended(*one) for one in found.open)),
        Step("names", "Names in the notes", f"{words} somebody: Enter looks" if found.names else "none was found",
             not found.names, bool(found.names), must=False),
    ]  # fmt: skip


def _walked(walked: Sequence[Row], matched: Sequence[Pair]) -> str:
    if matched:
        return f"{len(walked)} on no list, {len(matched)} may be on it: m one person, x two"
    return _number(walked, "on no list: are e-mail and school right?")


def _asks(pairs: Sequence[Pair]) -> tuple[Ask, ...]:
    """Those that are as good as sure as one question, then one by one."""
    sure = tuple(one for one in pairs if one.exact)
    return (*((Ask(sure),) if len(sure) > 1 else ()), *(Ask((one,)) for one in pairs))


def _number(rows: Sequence[object], words: str, none: str = "none") -> str:
    return f"{len(rows)} {words}" if rows else none


def _heads(heads: Heads | None, came: int) -> str:
    if heads is None:
        return f"nobody counted; {came} signed in: Enter takes a count"
    return f"{heads.counted} counted at {heads.at}, {heads.there} signed in {heads.then}{gap_text(heads.gap)}"


def gap_text(gap: int) -> str:
    """`: 1 more in the room`; "" where there is none."""
    if not gap:
        return ""
    return f": {abs(gap)} {'more' if gap > 0 else 'fewer'} in the room"


def _paper(room: RoomPicture, waits: str, asked: Sequence[str]) -> list[Step]:
    event, far = room.event, room.delivery
    closed = event is not None and event.closed_at is not None
    still = any(row.present for row in room.rows)
    when = clock(minute_of(event.closed_at), event.zone) if event is not None and event.closed_at else ""
    ready_words = _closes(asked) if not still else "first everyone has to be out"
    opened = event is not None and event.opened_at is not None
    return [
        Step("close", "Close the doors", f"closed at {when}" if closed else ready_words, closed, opened and not still),
        Step("approve", "Approve the sheet", _approved(room), far.approved_at is not None, closed),
        Step("pack", "Pack", "two bundles, the sheet and the table lie in the outbox" if far.packed_at
             else "Enter: sheet, table and two bundles", far.packed_at is not None, far.approved_at is not None),
        Step("hand-over", "Hand over", _handed(room) or waits or "Enter: to a place, or mark it as handed over",
             far.handed_at is not None, far.packed_at is not None),
        Step("receipt", "Receipt", "the office has it all" if far.receipted_at else _answered(far.answer)
             or "Enter: read the office's receipt, when it has come", far.receipted_at is not None,
             far.handed_at is not None),
    ]  # fmt: skip


def _closes(asked: Sequence[str]) -> str:
    """What phones are asked for ends with the doors: whoever closes them reads it first."""
    return f"Enter: it ends and counts {', '.join(asked)}" if asked else "Enter: nobody signs in any more"


def _handed(room: RoomPicture) -> str:
    """Where it was handed over to, by whom and when; "" = not yet."""
    event, far = room.event, room.delivery
    if event is None or far.handed_at is None or far.reached is None:
        return ""
    at = f"{day_text(far.handed_at.astimezone(event.zone).date())} {clock(minute_of(far.handed_at), event.zone)}"
    where, by = plain(far.reached.where), plain(far.reached.by)
    return f"by hand: {where}, says {by}, {at}" if far.reached.by_hand else f"read back at {where}, {by}, {at}"


def _answered(answer: str) -> str:
    """Why the office has not taken it, and what is left to do; "" = it said nothing like that."""
    return f"{plain(answer)} Enter looks for a newer answer" if answer else ""


def _approved(room: RoomPicture) -> str:
    far = room.delivery
    if far.approved_at is None:
        return "Enter: your word that the sheet is right"
    if far.changed:
        return f"{far.changed} change{'s' if far.changed > 1 else ''} since: Enter approves again"
    return "from now on only corrections with a reason"


def next_step(found: Sequence[Step], after: int = -1) -> int:
    """The place of the next step that has to be done and can be: one behind `after`, else any, else the last."""
    wanted = [at for at, step in enumerate(found) if step.ready and step.must and not step.done]
    return next((at for at in wanted if at > after), wanted[0] if wanted else len(found) - 1)


def due_text(due: date | None, today: date) -> str:
    """`sheet due in 10 days (Sat 16 Dec)`; "" where the office names no day."""
    if due is None:
        return ""
    days = (due - today).days
    near = "today" if days == 0 else f"in {days} days" if days > 1 else "tomorrow" if days == 1 else "overdue"
    return f"sheet due {near} ({day_text(due)})"
