"""What somebody should look at before a person's hours are believed: the same credit twice.

Owns the codes and sentences of doubts that only show when all offerings of a person lie side by side. Only flags:
hours are counted as they are, and a person decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from plfacilitate.core.minutes import hours_text
from plfacilitate.core.roll.lines import RollLine, number_key


class Look(NamedTuple):
    """One doubt: its code, the series that it is about, and one sentence.

    Codes: `same-number` (one in-service number in two offerings), `hours-and-credits` (both for the same thing),
    `two-at-once` (two rooms in the same minutes), `day-over` (more on a day, over several offerings, than counts).
    """

    code: str
    series: tuple[str, ...]
    sentence: str


DayCap = Callable[[str], int | None]
"""Rule (`psesd 2026-1`) → minutes that its office counts in a day; None = no limit."""


def looks(lines: Sequence[RollLine], day_cap: DayCap = lambda rule: None) -> tuple[Look, ...]:
    """The doubts about one person's lines, which must all be theirs."""
    if len(lines) < 2:
        return ()
    worth = [line for line in lines if line.figures.status != "none" or line.takes_credits]
    return (*_pairs(worth), *_days(worth, day_cap))


def two_copies(entries: int) -> str:
    """That so many entries have numbers that two copies of a ledger gave out; "" = none has."""
    said = f"Two copies of one ledger were written to: {entries} entries of it, all counted; look who was there."
    return said if entries else ""


def _pairs(lines: Sequence[RollLine]) -> Iterator[Look]:
    yield from _same_number(lines)
    if any(line.takes_credits for line in lines):
        yield from _same_plan(lines)
    yield from _at_once(lines)


def _same_number(lines: Sequence[RollLine]) -> Iterator[Look]:
    numbers: dict[str, list[RollLine]] = {}
    for line in lines:
        if number := number_key(line.in_service):
            numbers.setdefault(number, []).append(line)
    for same in numbers.values():
        for one, other in combinations(same, 2):
            both, number = (one.series, other.series), one.in_service.strip()
            if one.takes_credits != other.takes_credits:
                text = f"takes quarter credits and has clock hours for in-service number {number}"
                yield Look("hours-and-credits", both, f"{text}: only one of them can stand.")
            else:
                text = f"in-service number {number} twice: {_said(one)}, and {_said(other)}"
                yield Look("same-number", both, f"{text}. A repeat is a new offering with a number of its own.")


def _same_plan(lines: Sequence[RollLine]) -> Iterator[Look]:
    for one, other in combinations(lines, 2):
        apart = not one.in_service or number_key(one.in_service) != number_key(other.in_service)
        alike = one.plan == other.plan and one.school_year == other.school_year
        if apart and alike and one.takes_credits != other.takes_credits:
            text = f"quarter credits for one run of “{one.title}” and clock hours for another"
            yield Look("hours-and-credits", (one.series, other.series), f"{text}, within a school year.")


def _said(line: RollLine) -> str:
    hours = "credits" if line.takes_credits else f"{hours_text(line.figures.hundredths)} h"
    return f"{hours} for “{line.title}” ({line.completed})"


def _at_once(lines: Sequence[RollLine]) -> Iterator[Look]:
    """Lines that have the person in two rooms in the same minutes; one of them must be wrong."""
    ordered = sorted(lines, key=lambda line: line.spells[0].begin)
    for at, one in enumerate(ordered):
        end = max(spell.end for spell in one.spells)
        for other in ordered[at + 1 :]:
            if other.spells[0].begin >= end:
                break
            if minutes := _shared(one, other):
                text = f"{minutes} min in “{one.title}” and in “{other.title}” at the same time"
                sentence = f"{text} ({one.completed}): they are counted in both."
                yield Look("two-at-once", (one.series, other.series), sentence)


def _shared(one: RollLine, other: RollLine) -> int:
    """Minutes that both lines have the person in a room."""
    return sum(
        max(0, min(mine.end, theirs.end) - max(mine.begin, theirs.begin))
        for mine in one.spells
        for theirs in other.spells
    )


def _days(lines: Sequence[RollLine], day_cap: DayCap) -> Iterator[Look]:
    days: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines:
        if day_cap(line.rule) is not None and not line.takes_credits:
            for day, minutes in line.days:
                days.setdefault((line.rule, day), {})[line.series] = minutes
    for (rule, day), by_series in days.items():
        limit, total = day_cap(rule), sum(by_series.values())
        if limit is not None and len(by_series) > 1 and total > limit:
            text = f"{total} min on {day} over {len(by_series)} offerings"
            yield Look("day-over", tuple(by_series), f"{text}: {rule} counts no more than {limit} min in a day.")
