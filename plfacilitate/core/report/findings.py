"""What several observers found on one item, over all rooms: one sentence with its figures, and bars.

Owns how each kind of item is counted and what may be told of it (`core.report.sights.Telling`): of every kind only what
two rooms or more gave. Never says what a figure is worth, and never puts two items into one number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from plfacilitate.core.protocol import Item, ItemKind
from plfacilitate.core.report.sights import DIFFER, Sight, Telling, answered, rooms_of
from plfacilitate.core.report.words import (
    all_of,
    count,
    listed,
    median,
    middle,
    minutes,
    number,
    people,
    percent,
    rate,
)  # fmt: skip

_UNSETTLED = " Where observers differ, nothing was agreed."
_OFTEN = 3  # codes of a glance that stand in the sentence; the bars have all of them
NOBODY = "Nobody noted it."
ALONE = "Left out: one room only."


class Bar(NamedTuple):
    """One line of a figure: what it is, its number in words, and how long its bar is.

    `share` in thousandths of the longest possible bar; None = there is no figure that may be told, and so no bar.
    """

    label: str
    said: str
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence with the figures of one item, its bars, and on how many rooms it rests."""

    said: str
    bars: tuple[Bar, ...] = ()
    rooms: int = 0


def found(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    """What the observations of one instrument say on one of its items."""
    return _KINDS[item.kind](item, group, telling)


def _look_for(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    values = answered(item, group, telling)
    marks = Counter(values.values())
    seen, absent, differ, elsewhere = (marks[mark] for mark in ("seen", "not seen", DIFFER, "not applicable"))
    rooms = seen + absent + differ  # only those where it could be: in the others nobody could have seen it
    if not values:
        return Found(NOBODY)
    if telling.alone(rooms or elsewhere):
        return Found(ALONE, rooms=1)
    if not rooms:
        return Found("Not applicable anywhere.", rooms=elsewhere)
    if not telling.broken_down(seen + absent):
        return Found(_together(seen, seen + absent, differ), rooms=rooms)
    said = f"Seen in {seen} of {count(rooms, 'room')}." if seen else _none(rooms - differ)
    said += f" Not applicable in {elsewhere}." if elsewhere else ""
    bar = Bar("", "", 1000 * seen // rooms)
    return Found(said + _differing(differ), (bar,), rooms)


def _together(seen: int, decided: int, differ: int) -> str:
    """All rooms of a few as one: in all, in none or in some of them. `decided` = on which the observers don't differ."""
    if decided < 2:
        return _undecided(decided + differ)
    some = f"Seen in some of the {decided} rooms where it could be, not in all."
    some = "Seen in one of the 2 rooms where it could be." if decided == 2 else some
    said = {decided: f"Seen in {all_of(decided)} where it could be.", 0: _none(decided)}.get(seen, some)
    return said + (_UNSETTLED if differ else "")


def _undecided(rooms: int) -> str:
    return f"Noted in {rooms} rooms, on which the observers differ; nothing was agreed."


def _none(rooms: int) -> str:
    return {1: "Not seen in the one room.", 2: "Seen in neither room."}.get(
        rooms, f"Seen in none of the {rooms} rooms."
    )


def _rating(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    values = answered(item, group, telling)
    levels = [value for value in values.values() if isinstance(value, int)]
    differ = len(values) - len(levels)
    if not values:
        return Found(NOBODY)
    if telling.alone(len(values)):
        return Found(ALONE, rooms=1)
    if not telling.broken_down(len(levels)):
        return _span(item, levels, len(values))
    marks = Counter(levels)
    parts = [f"level {level} in {count(marks[level], 'room')}" for level in sorted(marks)]
    said = f"{listed(parts).capitalize()}." if parts else ""
    said += f" Median: {middle(levels)}." if len(levels) > 1 else ""
    bars = tuple(
        Bar(f"{level} · {text}", f"{marks[level]} of {len(levels)}", 1000 * marks[level] // max(1, len(levels)))
        for level, text in enumerate(item.levels, start=1)
    )
    return Found((said + _differing(differ)).strip(), bars, len(values))


def _span(item: Item, levels: Sequence[int], rooms: int) -> Found:
    """From which level to which, where so few rooms can't be broken down."""
    if len(levels) < 2:
        return Found(_undecided(rooms), rooms=rooms)
    low, high, many = min(levels), max(levels), len(levels)
    said = f"Level {low} in {all_of(many)}." if low == high else f"From level {low} to level {high} in {many} rooms."
    said += _UNSETTLED if many < rooms else ""
    bars = tuple(Bar(f"{level} · {text}", "") for level, text in enumerate(item.levels, start=1) if level in levels)
    return Found(said, bars, rooms)


def _tally(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    times, seconds = sum(one.observation.of(item.id).times for one in group), sum(one.seconds for one in group)
    rooms = len(rooms_of(group))
    with_any = len({one.room for one in group if one.observation.of(item.id).times})
    if telling.alone(with_any or rooms):
        return Found(ALONE, rooms=1)
    if not times:
        return Found(f"Not once in {minutes(seconds)} of watching.", rooms=rooms)
    if len(group) > rooms:  # two heard one and the same thing: a sum would hold it twice
        each = number(times / len(group))
        said = f"{rate(times, seconds)} times in ten minutes of watching" if seconds else f"{each} times a sheet"
        said += ", as each observer counted."
    else:
        said = f"Noted {count(times, 'time')}"
        said += f" in {minutes(seconds)} of watching: {rate(times, seconds)} in ten minutes." if seconds else "."
    said += f" In {with_any} of {count(rooms, 'room')}." if telling.broken_down(rooms) else ""
    return Found(said, rooms=rooms)


def _state(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    rooms, seconds = rooms_of(group), sum(one.seconds for one in group)
    lasted = sum(_lasted(one, item) for one in group)
    with_any = len({one.room for one in group if _lasted(one, item)})
    if telling.alone(with_any or len(rooms)):
        return Found(ALONE, rooms=1)
    if not lasted or not seconds:
        return Found(f"At no time in {minutes(seconds)} of watching.", rooms=len(rooms))
    share = percent(lasted, seconds)
    said = f"{share} of the time: {minutes(lasted)} of {minutes(seconds)} of watching."
    return Found(said, (Bar("", "", min(1000, 1000 * lasted // seconds)),), len(rooms))


def _lasted(one: Sight, item: Item) -> int:
    """How long a state went on; one that nobody ended counts up to where the observation is taken to end."""
    return one.observation.of(item.id).seconds(one.observation.started_at + timedelta(seconds=one.seconds))


def _snapshot(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    glances = [glance.codes for one in group for glance in one.observation.of(item.id).glances]
    rooms = len({one.room for one in group if one.observation.of(item.id).glances})
    if not glances:
        return Found(NOBODY)
    if telling.alone(rooms):
        return Found(ALONE, rooms=1)
    if not telling.broken_down(rooms):
        kept = {code for codes in glances for code, holds in codes.items() if holds}
        texts = "; ".join(option.text for option in item.options if option.id in kept)
        return Found(
            f"{count(len(glances), 'glance')} in {rooms} rooms together{f': {texts}' if texts else ''}.", rooms=rooms
        )
    if item.capture == "count":
        marks = Counter({option.id: sum(codes.get(option.id, 0) for codes in glances) for option in item.options})
        whole, what = sum(marks.values()), "looks"
    else:
        marks = Counter(code for codes in glances for code, holds in codes.items() if holds)
        whole, what = len(glances), "glances"
    said = f"{count(len(glances), 'glance')} in {count(rooms, 'room')}"
    said += f", {whole:,} looks at a student in all" if item.capture == "count" else ""
    often = sorted((option for option in item.options if marks[option.id]), key=lambda option: -marks[option.id])
    said += f": {', '.join(f'{one.text} {percent(marks[one.id], whole)}' for one in often[:_OFTEN])}." if often else "."
    bars = tuple(
        Bar(option.text, f"{percent(marks[option.id], whole)} · {marks[option.id]:,} of {whole:,} {what}",
            1000 * marks[option.id] // whole)
        for option in item.options
        if whole
    )  # fmt: skip
    return Found(said, bars, rooms)


def _number(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    values = [value for value in answered(item, group, telling).values() if isinstance(value, (int, float))]
    if not values:
        return Found(NOBODY)
    if telling.alone(len(values)):
        return Found(ALONE, rooms=1)
    total, rooms = sum(values), len(values)
    if rooms == 1:
        return Found(f"{people(total)} in the one room.", rooms=1)
    if not telling.broken_down(rooms):
        return Found(
            f"{people(total)} in {rooms} rooms together: about {people(total / rooms, 1)} a room.", rooms=rooms
        )
    said = f"From {people(min(values))} to {people(max(values))} in {rooms} rooms; median {people(median(values))}."
    return Found(said, rooms=rooms)


def _choice(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    values = answered(item, group, telling)
    chosen = [value for value in values.values() if isinstance(value, tuple)]
    rooms = len(values)
    if not values:
        return Found(NOBODY)
    if telling.alone(rooms):
        return Found(ALONE, rooms=1)
    marks = Counter(option for value in chosen for option in value)
    often = sorted((option for option in item.options if marks[option.id]), key=lambda option: -marks[option.id])
    if not often:
        return Found(f"None of them.{_differing(rooms - len(chosen))}", rooms=rooms)
    if not telling.broken_down(len(chosen)):
        if len(chosen) < 2 and not telling.open:
            return Found(_undecided(rooms), rooms=rooms)
        texts = "; ".join(option.text for option in item.options if marks[option.id])  # never the most frequent first
        return Found(f"In {rooms} rooms together: {texts}.", rooms=rooms)
    bars = tuple(
        Bar(option.text, f"{marks[option.id]} of {len(chosen)}", 1000 * marks[option.id] // len(chosen))
        for option in item.options
    )
    said = "; ".join(f"{option.text} in {marks[option.id]}" for option in often)
    return Found(f"{said} of {count(len(chosen), 'room')}.{_differing(rooms - len(chosen))}", bars, rooms)


def _text(item: Item, group: Sequence[Sight], telling: Telling) -> Found:
    rooms = len(answered(item, group, telling))
    if telling.alone(rooms):
        return Found(ALONE, rooms=1)
    return Found(f"Words from {count(rooms, 'room')}." if rooms else NOBODY, rooms=rooms)


def _differing(rooms: int) -> str:
    return f" In {count(rooms, 'room')} the observers differ, and nothing was agreed." if rooms else ""


_KINDS: Mapping[ItemKind, Callable[[Item, Sequence[Sight], Telling], Found]] = {
    "look-for": _look_for,
    "rating": _rating,
    "tally": _tally,
    "state": _state,
    "snapshot": _snapshot,
    "count": _number,
    "choice": _choice,
    "text": _text,
}
