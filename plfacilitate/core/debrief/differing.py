"""How far apart observers are on one item, and one line that says why.

Owns the measure of a difference (0 alike, 1 as far apart as can be) and its words, kind by kind. Never says who is right.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from plfacilitate.core.protocol import Item, Prompt, Protocol

Key = TypeVar("Key", bound=Hashable)
Slots = Mapping[int, Mapping[str, int]]
"""Glances: slot → code → how many students, or 1."""
Noted = str | int | tuple[str, ...] | Slots


def kind_of(part: Item | Prompt) -> str:
    """An item's kind; `prompt` for a prompt."""
    return part.kind if isinstance(part, Item) else "prompt"


Given = Sequence[tuple[str, Noted]]
"""Who noted something, and what."""


def differ(part: Item | Prompt, given: Given, protocol: Protocol) -> tuple[float, str]:
    """How far apart those are who noted something, and one line about it; (0, "") = not at all."""
    if len(given) < 2:
        return 0, ""
    numbers = [value for _, value in given if isinstance(value, int)]
    match kind_of(part):
        case "rating" | "prompt":
            return _levels_apart(numbers, len(part.levels if isinstance(part, Item) else protocol.levels))
        case "look-for":
            return _looked_for(given)
        case "choice":
            return _chosen([value for _, value in given if isinstance(value, tuple)])
        case "snapshot":
            return _glanced([value for _, value in given if isinstance(value, Mapping)])
    return _amounts(given, numbers)


def _levels_apart(levels: Sequence[int], most: int) -> tuple[float, str]:
    between = max(levels) - min(levels)
    words = "one level apart" if between == 1 else f"{between} levels apart"
    return (between / max(1, most - 1), words) if between else (0, "")


def _looked_for(given: Given) -> tuple[float, str]:
    seen = [name for name, value in given if value == "seen"]
    unseen = [name for name, value in given if value == "not seen"]
    if len({value for _, value in given}) == 1:
        return 0, ""
    if not seen or not unseen:
        return 0.5, "does it apply here?"
    if len(seen) == 1:
        return 1, f"only {seen[0]} saw it"
    return 1, f"all but {unseen[0]} saw it" if len(unseen) == 1 else "some saw it, some did not"


def _chosen(answers: Sequence[tuple[str, ...]]) -> tuple[float, str]:
    gap = mean(apart(dict.fromkeys(a, 1), dict.fromkeys(b, 1)) for a, b in combinations(answers, 2))
    return (gap, "different answers" if gap == 1 else "some answers in common") if gap else (0, "")


def _amounts(given: Given, amounts: Sequence[int]) -> tuple[float, str]:
    least, most = min(amounts), max(amounts)
    some = [name for name, value in given if value]
    if least == most:
        return 0, ""
    if len(some) == 1:
        return 1, f"only {some[0]} noted it"
    if not least:
        return 1, f"{listed([name for name, value in given if not value])} noted none"
    return 1 - least / most, f"{round(100 * least / most)} % of the larger"


def _glanced(glances: Sequence[Slots]) -> tuple[float, str]:
    """Slots in which all of them looked are compared, code by code."""
    both = in_common(glances)
    cells = [{(slot, code): n for slot in both for code, n in one[slot].items() if n} for one in glances]
    gap = mean(apart(a, b) for a, b in combinations(cells, 2))
    alike = sum(1 for slot in both if all(_ticked(one[slot]) == _ticked(glances[0][slot]) for one in glances))
    return (gap, f"alike in {alike} of {glances_text(len(both))}") if gap else (0, "")


def apart(a: Mapping[Key, int], b: Mapping[Key, int]) -> float:
    """1 less what they have in common, as a part of what either has."""
    keys = a.keys() | b.keys()
    either = sum(max(a.get(key, 0), b.get(key, 0)) for key in keys)
    return 1 - sum(min(a.get(key, 0), b.get(key, 0)) for key in keys) / either if either else 0


def mean(values: Iterable[float]) -> float:
    """The mean; 0 of none."""
    found = list(values)
    return sum(found) / len(found) if found else 0


def in_common(glances: Sequence[Slots]) -> list[int]:
    """The slots in which all of them looked."""
    return sorted(set.intersection(*(set(one) for one in glances))) if glances else []


def _ticked(codes: Mapping[str, int]) -> dict[str, int]:
    return {code: number for code, number in codes.items() if number}


def glances_text(number: int) -> str:
    """`1 glance`, `12 glances`."""
    return "1 glance" if number == 1 else f"{number} glances"


def listed(names: Sequence[str]) -> str:
    """`Ada, Ben and Cy`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
