"""How far observers agree: shares, kappas, AC1, alpha, totals side by side, events matched in time.

Owns the measures and the words of their bands. Never knows an instrument, and never mixes two of them into one number:
what is pooled is for whoever asks to say (`core.debrief.meetings`).

Everything is counted in whole numbers and divided once, at the end: a measure is the nearest float to its exact value,
so neither the order of items nor that of observers changes its last digit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, combinations
from math import lcm
from typing import NamedTuple, TypeVar

Value = TypeVar("Value", bound=Hashable)
Table = Mapping[tuple[Value, Value], int]
"""How often one observer said this and the other that."""

FEW = 20
"""Below so many pairs a figure says little, and says so."""
TOO_FEW = "too few to say"
BANDS = ((0, "poor"), (20, "slight"), (40, "fair"), (60, "moderate"), (80, "substantial"), (100, "almost perfect"))
"""Words of Landis and Koch (1977, Biometrics 33, p. 165): up to so many hundredths; poor is below 0."""


class Measure(NamedTuple):
    """One figure and how many pairs it was made of. `value` None = undefined here; its function says when."""

    value: float | None
    n: int

    @property
    def few(self) -> bool:
        """Made of too few pairs to say anything."""
        return self.n < FEW

    @property
    def band(self) -> str:
        """What a kappa, AC1 or alpha of this size is called; "" = undefined. A share has no band."""
        if self.value is None:
            return ""
        if self.value < 0:
            return "poor"
        return next(word for most, word in BANDS[1:] if self.value <= most / 100)

    @property
    def word(self) -> str:
        """The band, or that there are too few pairs for one."""
        return TOO_FEW if self.few else self.band


def crossed(left: Iterable[Value | None], right: Iterable[Value | None]) -> Counter[tuple[Value, Value]]:
    """What two observers said of the same items, counted; an item that one of them left out (None) is no pair."""
    table: Counter[tuple[Value, Value]] = Counter()
    for (a, b), times in Counter(zip(left, right, strict=True)).items():
        if a is not None and b is not None:
            table[a, b] = times
    return table


# -- two observers ---------------------------------------------------------------------------------------------------


def exact(table: Table[Value]) -> Measure:
    """Share of pairs with the same answer, 0 to 1; None without pairs."""
    n = sum(table.values())
    return Measure(_share(sum(times for (a, b), times in table.items() if a == b), n), n)


def within_one(table: Table[int]) -> Measure:
    """Share of pairs with the same level or the next, 0 to 1; None without pairs."""
    n = sum(table.values())
    return Measure(_share(sum(times for (a, b), times in table.items() if abs(a - b) <= 1), n), n)


def jaccard(table: Table[bool]) -> Measure:
    """Of the pairs in which somebody saw it, the share in which both did; `n` counts these. None = nobody ever saw it.

    What both did not see says little about a thing that is rare, and is left out (P. Jaccard, 1901).
    """
    n = sum(times for (a, b), times in table.items() if a or b)
    return Measure(_share(sum(times for (a, b), times in table.items() if a and b), n), n)


def kappa(table: Table[Value]) -> Measure:
    """Cohen's kappa, -1 to 1 (J. Cohen, 1960); None when chance agreement is 1: both said one and the same throughout."""
    n, rows, columns = _margins(table)
    same = sum(times for (a, b), times in table.items() if a == b)
    chance = sum(times * columns[a] for a, times in rows.items() if a in columns)
    return Measure(_share(n * same - chance, n * n - chance), n)


def weighted_kappa(table: Table[Value], apart: Callable[[Value, Value], int]) -> Measure:
    """Cohen's weighted kappa (J. Cohen, 1968): 1 less the disagreement, as a part of that expected by chance.

    `apart` says how far two answers are from each other, 0 = the same. None when no disagreement is expected: both
    said one and the same throughout.
    """
    n, rows, columns = _margins(table)
    seen = n * sum(times * apart(a, b) for (a, b), times in table.items())
    chance = sum(s * t * apart(a, b) for a, s in rows.items() for b, t in columns.items())
    return Measure(_share(chance - seen, chance), n)


def linear_kappa(table: Table[int]) -> Measure:
    """Weighted kappa in which a disagreement counts by the levels between; None as `weighted_kappa`."""
    return weighted_kappa(table, lambda a, b: abs(a - b))


def quadratic_kappa(table: Table[int]) -> Measure:
    """Weighted kappa in which it counts by their square; None as `weighted_kappa`."""
    return weighted_kappa(table, lambda a, b: (a - b) ** 2)


def ac1(table: Table[Value], answers: int) -> Measure:
    """Gwet's AC1, -1 to 1 (K. L. Gwet, 2008): holds where nearly all say the same, and kappa collapses.

    `answers` = how many different ones the item offers, those that nobody gave included. None without pairs, or where
    it offers only one.
    """
    n, rows, columns = _margins(table)
    same = sum(times for (a, b), times in table.items() if a == b)
    both: Counter[Value] = Counter(rows)
    both.update(columns)
    most = 4 * n * (max(answers, len(both)) - 1)
    chance = sum(times * (2 * n - times) for times in both.values())
    return Measure(_share(most * same - chance, most * n - chance) if most else None, n)


def _margins(table: Table[Value]) -> tuple[int, dict[Value, int], dict[Value, int]]:
    rows: dict[Value, int] = {}
    columns: dict[Value, int] = {}
    n = 0
    for (a, b), times in table.items():
        rows[a] = rows.get(a, 0) + times
        columns[b] = columns.get(b, 0) + times
        n += times
    return n, rows, columns


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


# -- two or more, with gaps ------------------------------------------------------------------------------------------


def nominal_alpha(items: Iterable[Sequence[Value | None]]) -> Measure:
    """Krippendorff's alpha of answers without an order, at most 1 (K. Krippendorff, 2011); an item's answers, None = gap.

    `n` counts the items that two or more answered. None without such, or when all their answers are the same.
    """
    answered, times = _answered(items)
    return _alpha(answered, times, lambda a, b: int(a != b))


def ordinal_alpha(items: Iterable[Sequence[int | None]]) -> Measure:
    """Krippendorff's alpha of levels, at most 1: two levels are the further apart the more answers lie between them.

    Only the order of the levels counts, not their numbers. `n` and None as `nominal_alpha`.
    """
    answered, times = _answered(items)
    levels = sorted(times)
    below = dict(zip(levels, accumulate((times[one] for one in levels), initial=0), strict=False))

    def apart(a: int, b: int) -> int:
        """All answers from the one to the other, their own by half; doubled, so that it is whole, and squared."""
        return (2 * (below[b] - below[a]) + times[b] - times[a]) ** 2

    return _alpha(answered, times, apart)


def _answered(items: Iterable[Sequence[Value | None]]) -> tuple[list[Counter[Value]], Counter[Value]]:
    """The answers of each item that two or more answered, counted; and those of all of them together."""
    given = [Counter(answer for answer in answers if answer is not None) for answers in items]
    answered = [one for one in given if one.total() > 1]
    times: Counter[Value] = Counter()
    for one in answered:
        times.update(one)
    return answered, times


def _alpha(answered: Sequence[Counter[Value]], times: Counter[Value], apart: Callable[[Value, Value], int]) -> Measure:
    """1 less the disagreement within items, as a part of that among all answers thrown together."""
    scale = lcm(*(one.total() - 1 for one in answered))  # an item of m answers counts each pair 1/(m - 1) times
    seen = sum(
        scale // (one.total() - 1) * s * t * apart(a, b)
        for one in answered
        for (a, s), (b, t) in combinations(one.items(), 2)
    )
    chance = scale * sum(s * t * apart(a, b) for (a, s), (b, t) in combinations(times.items(), 2))
    return Measure(_share(chance - (times.total() - 1) * seen, chance), len(answered))


# -- totals, and what happened when ----------------------------------------------------------------------------------


def smaller_of_larger(totals: Iterable[tuple[int, int]]) -> Measure:
    """The smaller totals as a share of the larger, 0 to 1 (durations, counts); None when all are 0.

    `n` counts the pairs in which somebody noted something.
    """
    noted = [pair for pair in totals if any(pair)]
    return Measure(_share(sum(map(min, noted)), sum(map(max, noted))), len(noted))


Span = tuple[datetime, datetime]


def at_once(left: Iterable[Span], right: Iterable[Span]) -> tuple[int, int]:
    """For how many seconds both said that something goes on, and for how many at least one of them did.

    The spans of one observer do not overlap each other.
    """
    ours, theirs = list(left), list(right)
    both = sum(
        max(timedelta(), min(ours_end, theirs_end) - max(begun, their_begun)).total_seconds()
        for begun, ours_end in ours
        for their_begun, theirs_end in theirs
    )
    alone = sum((end - begun).total_seconds() for begun, end in (*ours, *theirs))
    return round(both), round(alone - both)


class Matched(NamedTuple):
    """Events of two observers, put together: pairs, what only the first noted, what only the second did. By time."""

    pairs: tuple[tuple[datetime, datetime], ...]
    only_left: tuple[datetime, ...]
    only_right: tuple[datetime, ...]

    @property
    def share(self) -> Measure:
        """The pairs as a share of all that somebody noted, 0 to 1, `n` of them; None when nobody noted any."""
        n = len(self.pairs) + len(self.only_left) + len(self.only_right)
        return Measure(_share(len(self.pairs), n), n)


def matched(left: Iterable[datetime], right: Iterable[datetime], window: timedelta) -> Matched:
    """Events no further apart than `window` (both ends included), one to one, the nearest first.

    Of two that are as near, the earlier goes first.
    """
    ours, theirs = sorted(left), sorted(right)
    near = [(abs(ours[i] - theirs[j]), i + j, i, j) for i, j in _within(ours, theirs, window)]
    taken, given = {}, set()
    for _, _, i, j in sorted(near):
        if i not in taken and j not in given:
            taken[i] = j
            given.add(j)
    return Matched(
        tuple((ours[i], theirs[taken[i]]) for i in sorted(taken)),
        tuple(at for i, at in enumerate(ours) if i not in taken),
        tuple(at for j, at in enumerate(theirs) if j not in given),
    )


def _within(ours: Sequence[datetime], theirs: Sequence[datetime], window: timedelta) -> Iterator[tuple[int, int]]:
    for i, at in enumerate(ours):
        for j in range(bisect_left(theirs, at - window), bisect_right(theirs, at + window)):
            yield i, j
