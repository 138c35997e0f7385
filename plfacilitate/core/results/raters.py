"""The same result of several people or rooms, side by side: what each comes to, and whether they agree.

Owns how they are compared. Never makes a mean of them: of readiness and of counts, whose questions are spread over
several people and rooms, it says once more what all their answers together come to by the same rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from plfacilitate.core.debrief.differing import listed
from plfacilitate.core.debrief.meetings import Debrief
from plfacilitate.core.protocol import Protocol, Result
from plfacilitate.core.results.outcomes import MET, NOT_YET, PARTLY, Outcome, known, worked_out
from plfacilitate.core.results.readings import Sheet, sheet_of

_TOGETHER = ("readiness", "counts")
Each = Sequence[tuple[str, Outcome]]


class Rated(NamedTuple):
    """One result of several sheets, in their order, and whether they agree.

    `said` tells who differs; "" = fewer than two say anything, and `alike` is None. `together` = what all of them come
    to, where the rule allows to say so.
    """

    result: Result
    each: tuple[tuple[str, Outcome], ...]
    said: str
    alike: bool | None
    together: Outcome | None = None


def rated(protocol: Protocol, sheets: Sequence[tuple[str, Sheet]]) -> tuple[Rated, ...]:
    """Every result of these sheets, each under the name by which it is told."""
    return tuple(_rated(one, protocol, sheets) for one in known(protocol))


def at_debrief(found: Debrief) -> tuple[Rated, ...]:
    """What the notes of each voice of a debrief come to."""
    return rated(found.protocol, [(voice.name, sheet_of(voice.seen)) for voice in found.voices])


def _rated(result: Result, protocol: Protocol, sheets: Sequence[tuple[str, Sheet]]) -> Rated:
    each = tuple((name, worked_out(result, protocol, [sheet])) for name, sheet in sheets)
    together = None
    if result.rule in _TOGETHER:
        together = worked_out(result, protocol, [sheet for _, sheet in sheets], whole=result.rule == "readiness")
    said, alike = _agreement(result, each)
    return Rated(result, each, said, alike, together)


def _agreement(result: Result, each: Each) -> tuple[str, bool | None]:
    """In words, and as yes or no; counts of different rooms need not be the same."""
    if result.rule == "counts":
        return "", None
    return _criteria(result, each) if result.rule == "readiness" else _alike(each)


def _alike(each: Each) -> tuple[str, bool | None]:
    """Who comes to what, the same outcomes together."""
    found: dict[tuple[str, ...], list[str]] = {}
    words: dict[tuple[str, ...], str] = {}
    for name, outcome in each:
        if outcome.settled:
            found.setdefault(outcome.named, []).append(name)
            words[outcome.named] = outcome.said
    if sum(map(len, found.values())) < 2:
        return "", None
    if len(found) == 1:
        (named, names), *_ = found.items()
        return f"{listed(names)} agree: {words[named]}.", True
    return f"They differ: {'; '.join(f'{listed(names)}: {words[named]}' for named, names in found.items())}.", False


def _criteria(result: Result, each: Each) -> tuple[str, bool | None]:
    """On which criteria those agree who say something of it, and who differs on the others."""
    same, differ = [], []
    for place, group in enumerate(result.groups):
        states = [(name, one.states[place]) for name, one in each if one.states[place] in (MET, PARTLY, NOT_YET)]
        if len(states) > 1 and len({state for _, state in states}) == 1:
            same.append(group.title)
        elif len(states) > 1:
            differ.append(f"{group.title} ({', '.join(f'{name} {state}' for name, state in states)})")
    said = [f"They agree on {listed(same)}."] if same else []
    said += [f"They differ on {listed(differ)}."] if differ else []
    return " ".join(said), not differ if said else None
