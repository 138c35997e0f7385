"""A protocol that is led, as lines: every group's clock, the steps in their order, the step that is on.

Owns how they are worded and drawn. Never reads a clock (the moment is given), and never moves a group on.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from textwrap import wrap
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.protocol import CaptureKind
from plfacilitate.core.running.places import Place
from plfacilitate.core.running.run import Captured, Group, Run, Stint, captured_as
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.core.timing import PAUSED, SIGNS, Sign, Urgency, countdown, share
from plfacilitate.front.desk.lists.digits import SIZES, big
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts

BAR = 8  # cells of a group's bar
FIGURES = 46  # cells that a clock of large figures takes, with its hours
NARROW = 44  # cells: a line of groups that has fewer has half a bar
LEAST_TITLE = 8  # cells that a step's title keeps
NAMED = 4  # groups at one step that are named; of more it is said how many they are
GLANCE = 3  # lines that one written line takes beside the step
LOOKS: Mapping[Urgency, str] = {"calm": "strong", "soon": "warn", "close": "bad", "over": "flash-bad"}
SIGN_OF: Mapping[CaptureKind, str] = {"note": "·", "idea": "✦", "question": "?", "commitment": "→"}
"""What stands before a line that was written down."""


class Row(NamedTuple):
    """A line: its parts, and whether it is lit. `group` or `place` = what a click on it means; -1 = nothing."""

    left: tuple[Part, ...]
    right: tuple[Part, ...] = ()
    lit: bool = False
    group: int = -1


class Rows(LineList[Row]):
    """Lines without a cursor of their own: what is lit is said by whoever fills them."""

    AWAY = False
    HELP = "A line a group: its clock, and the step at which it is."

    def __init__(self, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id, empty=empty)
        self.can_focus = False

    def rests(self, item: Row) -> bool:
        """Only a group can be clicked."""
        return item.group >= 0

    def shape(self, item: Row) -> Hashable:
        """The whole line."""
        return item

    def _base(self, item: Row, at: int) -> str:
        return "cursor" if item.lit else ""

    def draw(self, item: Row, width: int) -> tuple[Parts, Parts]:
        """As it is."""
        return item.left, item.right

    def show(self, rows: Sequence[Row]) -> None:
        """These lines; the lit one is seen."""
        self.fill(rows)
        lit = next((at for at, row in enumerate(rows) if row.lit), None)
        height = max(1, self.size.height)
        if lit is not None and not self.top <= lit < self.top + height:
            self.go_to(max(0, min(lit - height // 2, len(rows) - height)))


class Clock(NamedTuple):
    """What a clock shows: symbol and word of its state ("" = it runs, and nothing presses), the figure, how it looks, how much of the time has gone."""

    sign: Sign
    figure: str
    look: str
    gone: int

    def bar(self, width: int = BAR) -> tuple[Part, Part]:
        """What has gone of the time, and what is left of it."""
        filled = self.gone * width // 100
        look = "bar" if self.look in ("strong", "dim") else self.look.removeprefix("flash-")
        return Part("█" * filled, look), Part("░" * (width - filled), "bar-rest")


def clock_of(stint: Stint, now: datetime) -> Clock:
    """A stint's clock at this moment: what is left, and `+0:40` once it is over; up from 0 where no time is meant."""
    state, left = stint.urgency(now), stint.left(now)
    figure = f"+{countdown(left)}" if left < 0 else countdown(left)
    look, sign = LOOKS[state], SIGNS[state] if state != "calm" else Sign(SIGNS[state].symbol, "")
    if stint.watch.ended:
        sign, look = Sign("✓", "done"), "dim"
    elif stint.watch.paused:
        sign, look = PAUSED, "warn"
    return Clock(sign, figure, look, share(stint.watch.spent_at(now), stint.meant))


def left_words(stint: Stint, now: datetime) -> str:
    """`2:14 left of 3 min`, `0:40 over 3 min`."""
    left = stint.left(now)
    return (
        f"{countdown(left)} over {stint.minutes} min" if left < 0 else f"{countdown(left)} left of {stint.minutes} min"
    )


def group_rows(run: Run, now: datetime, chosen: int, width: int) -> list[Row]:
    """All groups at a glance: number, state, clock, bar, step."""
    return [_group_row(one, now, width, lit=one.number == chosen, wide=len(run.groups) > 9) for one in run.groups]


def _group_row(group: Group, now: datetime, width: int, *, lit: bool, wide: bool) -> Row:
    shown = clock_of(group.now, now)
    number = f"{group.number:>3} " if wide else f" {group.number} "
    word = f" {shown.sign.word}" if shown.sign.word else ""
    left = (
        Part(number, "key"), Part(f"{shown.sign.symbol} ", shown.look.removeprefix("flash-")),
        Part(f"{shown.figure:>5}", shown.look), Part(" "), *shown.bar(BAR if width >= NARROW else BAR // 2),
    )  # fmt: skip
    place = group.now.place
    turn = f" {place.turn}/{place.turns}" if place.whose else ""
    word = word if width >= 60 or word in (" paused", " over", " done") else ""
    room = max(4, width - sum(cells(part.text) for part in left) - cells(turn) - cells(word) - 2)
    title = Part(" " + cut(place.step.title, room).rstrip(), "")
    return Row((*left, title, Part(turn, "dim")), (Part(f"{word} ", shown.look.removeprefix("flash-")),) if word else (),
               lit, group.number)  # fmt: skip


def step_rows(run: Run, group: Group, now: datetime, width: int) -> list[Row]:
    """All that is led, in order, as this group goes through it; beside it which groups are where."""
    been = {one.place.key: one for one in group.stints}
    others: dict[int, list[int]] = {}
    for one in run.groups:
        others.setdefault(one.at, []).append(one.number)
    rows = []
    for at, place in enumerate(run.places):
        where = _where(others.get(at, ()), len(run.groups))
        rows.append(
            _step_row(place, been.get(place.key), now, width, here=at == group.at, past=at < group.at, where=where)
        )
    return rows


def _where(there: Sequence[int], groups: int) -> str:
    """Which groups are at a step; "" = none, or there is only one."""
    if groups == 1:
        return ""
    if len(there) == groups:
        return "all"
    return ",".join(map(str, there)) if len(there) <= NAMED else f"{len(there)} groups"


def _step_row(
    place: Place, stint: Stint | None, now: datetime, width: int, *, here: bool, past: bool, where: str
) -> Row:
    if here:
        sign, look = "▶", "strong"
    elif stint is not None:
        sign, look = "✓", "dim"
    else:
        sign, look = ("–", "off") if past else (" ", "")
    minutes = stint.minutes if stint is not None else place.step.minutes
    took = f"{countdown(int(stint.watch.spent_at(now).total_seconds()))} of " if stint is not None and not here else ""
    turn = f" {place.turn}/{place.turns}" if place.whose else ""
    tail = f" {took}{minutes} min "
    groups = f" [{where}]" if where else ""
    if took and width < LEAST_TITLE + 3 + cells(turn) + cells(tail) + cells(groups):
        tail = f" {minutes} min "
    room = max(LEAST_TITLE, width - 3 - cells(turn) - cells(tail) - cells(groups))
    left = (Part(f" {sign} ", "title"), Part(cut(place.step.title, room).rstrip(), look), Part(turn, "dim"))
    return Row(left, (Part(groups, "key"), Part(tail, "dim")), lit=here)


def stage_rows(
    run: Run, group: Group, chosen: int, now: datetime, width: int, zone: ZoneInfo, *, large: bool = False
) -> list[Row]:
    """The step that is on for a group: what is said, who speaks, who is silent, what is written down, and was.

    `large` = there is room for a clock that can be read from across the room.
    """
    stint = group.now
    place, shown = stint.place, clock_of(stint, now)
    whose = f" {place.whose} " if place.whose else ""
    rows = [Row((Part(f" {line}", "title"),)) for line in _wrapped(place.step.title, width - cells(whose))]
    if whose:
        rows[0] = rows[0]._replace(right=(Part(whose, "strong"),))
    words = f" {shown.sign.word}" if shown.sign.word else ""
    clock_line = (
        Part(f" {shown.sign.symbol} {left_words(stint, now)} ", shown.look),
        Part(" "),
        *shown.bar(BAR if width >= NARROW else BAR // 2),
    )
    rows.append(Row((*clock_line, Part(words, shown.look.removeprefix("flash-")))))
    if large and width > FIGURES:
        rows += [
            Row(()),
            *(Row((Part(f"   {line}", shown.look.removeprefix("flash-")),)) for line in big(shown.figure, SIZES[1])),
        ]
    apart = [one.number for one in run.groups if one.at != group.at]
    if not chosen and apart:
        rows.append(
            Row((Part(f" elsewhere: group{'s' if len(apart) > 1 else ''} {', '.join(map(str, apart))}", "warn"),))
        )
    rows.append(Row(()))
    rows += [Row((Part(f" {line}"),)) for line in _wrapped(place.step.prompt, width)]
    rows.append(Row(()))
    for name, text in (("speaks", place.step.speaks), ("silent", place.step.silent), ("noted", place.step.captured)):
        rows += _named(name, text, width)
    return [*rows, *_written(run, group, chosen, width, zone)]


def _named(name: str, text: str, width: int) -> Iterator[Row]:
    for at, line in enumerate(_wrapped(text, width - 9)):
        yield Row((Part(f" {name if not at else '':<8}", "dim"), Part(line)))


def _written(run: Run, group: Group, chosen: int, width: int, zone: ZoneInfo) -> list[Row]:
    """What was written down at this step, for the group that is looked at."""
    key = group.now.place.key
    lines = [one for one in run.written(chosen) if (one.step, one.turn) == key]
    rest = sum(1 for _ in run.written(chosen)) - len(lines)
    if not lines and not rest:
        return []
    rows = [Row(())]
    for one in lines:
        rows += _line(one, width, zone, several=len(run.groups) > 1, most=GLANCE)
    if rest:
        rows.append(Row((Part(f" {rest} more at other steps: l lists all", "dim"),)))
    return rows


def _line(one: Captured, width: int, zone: ZoneInfo, *, several: bool, most: int | None = None) -> Iterator[Row]:
    """A line that was written down, on at most so many lines."""
    who = f" {one.group or 'all'}" if several else ""
    head = f" {clock(minute_of(one.at), zone)}{who} "
    lines = _wrapped(one.told, width - cells(head) - 2)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    for at, line in enumerate(lines):
        sign = f"{SIGN_OF[one.kind]} " if not at else "  "
        yield Row((Part(head if not at else " " * cells(head), "dim"), Part(sign, "marked"), Part(line)))


class WrittenLine(NamedTuple):
    """A row of all that was written down; the first of a line's rows holds it, a title and the rest of a line hold None."""

    left: Parts
    line: Captured | None = None


class WrittenList(LineList[WrittenLine]):
    """All lines, to choose one from."""

    HELP = "All lines, step by step. Enter words one anew, m says whose commitment it is and by when, x takes it away."

    def rests(self, item: WrittenLine) -> bool:
        """On a line, at its beginning."""
        return item.line is not None

    def key_of(self, item: WrittenLine) -> Hashable:
        """A line by its newest version, anything else by what it says."""
        return item.line.entry if item.line is not None else item.left

    def draw(self, item: WrittenLine, width: int) -> tuple[Parts, Parts]:
        """As it is."""
        return item.left, ()


def written_lines(run: Run, width: int, zone: ZoneInfo) -> list[WrittenLine]:
    """Everything that was written down, step by step."""
    found: list[WrittenLine] = []
    for place in run.places:
        lines = [one for one in run.captured if (one.step, one.turn) == place.key]
        if lines:
            whose = f" · {place.whose}" if place.whose else ""
            found.append(WrittenLine((Part(f" {place.step.title}{whose}", "strong"),)))
        for one in lines:
            rows = list(_line(one, width, zone, several=len(run.groups) > 1))
            found += [WrittenLine(row.left, None if at else one) for at, row in enumerate(rows)]
    return found


def _wrapped(text: str, width: int) -> list[str]:
    """The text on lines of so many cells; empty where there is none."""
    return [line for part in text.splitlines() for line in wrap(plain(part), max(16, width - 2))]


def kind_now(stint: Stint) -> CaptureKind:
    """What a line that is written down at a step is, as the protocol says."""
    return captured_as(stint.place.step)
