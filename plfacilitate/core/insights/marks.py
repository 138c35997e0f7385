"""Marks added up, and what may be told of them.

Owns the sums (whole numbers; adding them in any order gives the same) and the four things that never look alike: a
figure, nobody noted it, observers differ, too few. Never rounds before the end.

Told as in a visit's report (`core.report.sights.Telling`), where rooms are anonymous: of one room alone nothing; of fewer
than `FEW` rooms what holds for all of them together, so no median, and of a single look-for only whether it was seen in
all, in some or in none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from plfacilitate.core.insights.visited import Mark, Used
from plfacilitate.core.insights.yardsticks import Yardstick
from plfacilitate.core.protocol import LOOK_FOR
from plfacilitate.core.report.sights import DIFFER, FEW
from plfacilitate.core.report.words import all_of, count, middle, percent

State = Literal["told", "empty", "undecided", "withheld", "failed"]
SYMBOLS: Mapping[State, str] = {"told": "●", "empty": "○", "undecided": "≠", "withheld": "◌", "failed": "✗"}
MEANING: Mapping[State, str] = {
    "told": "a figure",
    "empty": "nobody observed it",
    "undecided": "observers differ",
    "withheld": "too few to tell",
    "failed": "can't be read",
}
_SEEN, _ABSENT, _ELSEWHERE = LOOK_FOR


class Marks(NamedTuple):
    """How often each answer was given. `counts` = seen, not seen, not applicable; or one number a level.

    `differ` = rooms' marks on which observers differ and nothing was agreed. `rooms` = in which a thing could be, a room
    of two visits twice; `settled` = those of them with a mark on which nobody differs. `named` = all of these visits
    name their rooms. `people` = who were asked, also several in one room; 0 = nobody was, rooms were watched.
    """

    counts: tuple[int, ...] = ()
    differ: int = 0
    rooms: int = 0
    settled: int = 0
    visits: int = 0
    named: bool = True
    people: int = 0

    def __add__(self, other: object) -> Marks:
        """Both together."""
        if not isinstance(other, Marks):
            return NotImplemented
        if not self.counts or not other.counts:
            counts = self.counts or other.counts
        else:
            counts = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Marks(
            counts, self.differ + other.differ, self.rooms + other.rooms, self.settled + other.settled,
            self.visits + other.visits, self.named and other.named, self.people + other.people,
        )  # fmt: skip

    @property
    def alone(self) -> bool:
        """Whether what they say would speak of one teacher."""
        return not self.named and self.settled < 2


class Figure(NamedTuple):
    """What is told. `value` = a share in whole per cent, or a median in hundredths of a level; None = no number is.

    `n` marks, `rooms` and `visits` that it rests on, `differ` and `elsewhere` those that are left out. `low` and `high`
    are the least and the highest level, None = look-fors.
    """

    state: State
    said: str
    value: int | None = None
    n: int = 0
    rooms: int = 0
    visits: int = 0
    differ: int = 0
    elsewhere: int = 0
    people: int = 0
    low: int | None = None
    high: int | None = None

    @property
    def symbol(self) -> str:
        """A sign for its state, never alone."""
        return SYMBOLS[self.state]


def marks_of(by: Yardstick, used: Sequence[Used], *, named: bool) -> Marks:
    """The marks of one visit on the items of a yardstick."""
    ids = by.ids
    given = [(item, mark) for one in used for item, marks in one.marks.items() if item in ids for mark in marks]
    known = [mark for _, mark in given] if by.asked else _once(given)
    if by.scale == "adoption":
        known = _adopted(known)
    counts = [0] * (by.steps or len(LOOK_FOR))
    rooms, settled, differ = set[str](), set[str](), 0
    for room, value in known:
        if value != _ELSEWHERE:
            rooms.add(room)
        if value == DIFFER:
            differ += 1
            continue
        counts[value - 1 if isinstance(value, int) else LOOK_FOR.index(value)] += 1
        if value != _ELSEWHERE:
            settled.add(room)
    asked = {who for one in used for item in ids for who in one.people.get(item, ())}
    return Marks(tuple(counts), differ, len(rooms), len(settled), 1 if known else 0, named, len(asked))


def _once(given: Iterable[tuple[str, Mark]]) -> list[Mark]:
    """One mark a room and item, also where two versions of an instrument were used in it; else that they differ."""
    found: dict[tuple[str, str], str | int] = {}
    for item, (room, value) in given:
        found[item, room] = value if found.get((item, room), value) == value else DIFFER
    return [(room, value) for (_, room), value in found.items()]


def _adopted(known: Iterable[Mark]) -> list[Mark]:
    """One mark a room: whether any look-for was seen there; of what nobody decided, that they differ."""
    rooms: dict[str, set[str | int]] = {}
    for room, value in known:
        rooms.setdefault(room, set()).add(value)
    order = (_SEEN, DIFFER, _ABSENT, _ELSEWHERE)
    return [(room, next(one for one in order if one in values)) for room, values in rooms.items()]


def together(by: Yardstick, marks: Marks) -> bool:
    """Whether so few rooms can be spoken of as one only."""
    if marks.named or marks.settled >= FEW:
        return False
    return by.scale != "look-for" or len(by.items) == 1


def figure(by: Yardstick, marks: Marks) -> Figure:
    """What may be told of some marks."""
    ladder = by.scale == "rating"
    decided = sum(marks.counts) if ladder else sum(marks.counts[:2])
    elsewhere = 0 if ladder or not marks.counts else marks.counts[2]
    if not decided and not marks.differ:
        said = "not applicable anywhere" if elsewhere else "nobody noted it"
        return Figure("empty", said, visits=marks.visits, elsewhere=elsewhere)
    if not marks.named and marks.rooms == 1:
        return Figure("withheld", f"{_only(by, marks)} only: not told", visits=marks.visits)
    if not decided or marks.alone:
        made = Figure("undecided", "the observers differ, nothing was agreed")
    else:
        made = (_level(by, marks) if ladder else _share(by, marks, decided))._replace(n=decided)
    return made._replace(
        rooms=marks.rooms, people=marks.people, visits=marks.visits, differ=marks.differ, elsewhere=elsewhere
    )


def _share(by: Yardstick, marks: Marks, decided: int) -> Figure:
    seen = marks.counts[0]
    if together(by, marks):
        if seen == decided:
            return Figure("told", f"in {all_of(decided)}", 100)
        if not seen:
            return Figure("told", "in neither room" if decided == 2 else f"in none of {decided} rooms", 0)
        return Figure("told", f"in {'one' if decided == 2 else 'some'} of {decided} rooms")
    return Figure("told", percent(seen, decided), round(100 * seen / decided))


def _level(by: Yardstick, marks: Marks) -> Figure:
    levels = [level for level, times in enumerate(marks.counts, start=1) for _ in range(times)]
    low, high = levels[0], levels[-1]
    if together(by, marks):
        said = f"level {low}" if low == high else f"levels {low} to {high}"
        return Figure("told", said, 100 * low if low == high else None, low=low, high=high)
    twice = levels[(len(levels) - 1) // 2] + levels[len(levels) // 2]
    return Figure("told", f"median {middle(levels)}", 50 * twice, low=low, high=high)


def resting(by: Yardstick, one: Figure) -> str:
    """On what a figure rests: `n 24 · 6 rooms · 2 visits · 1 differ`."""
    if one.state not in ("told", "undecided"):
        return count(one.visits, "visit") if one.visits else ""
    said = [f"n {one.n}"] if one.n else []
    said += [among(by, one), count(one.visits, "visit")]
    said += [f"{one.differ} differ"] if one.differ else []
    said += [f"{one.elsewhere} not applicable"] if one.elsewhere else []
    return " · ".join(said)


def among(by: Yardstick, one: Figure) -> str:
    """In how many rooms, or of how many people: `6 rooms`, `3 people`."""
    return count(one.people, "person", "people") if by.asked else count(one.rooms, "room")


def _only(by: Yardstick, marks: Marks) -> str:
    if not by.asked:
        return "one room"
    return "one person" if marks.people == 1 else "people of one room"
