"""What the answers of a sheet come to: an archetype, criteria, a level, counts; what led there and what is open.

Owns the four rules. Never makes one number out of several, and never says more than the answers allow: a tie is
“between A and B”, and what is open is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from plfacilitate.core.debrief.differing import listed
from plfacilitate.core.protocol import Protocol, Result, Rule, Share
from plfacilitate.core.results.readings import Sheet, Stand, sheet_of, stand
from plfacilitate.core.visiting.observation import Observation

LEAST: Mapping[Rule, int] = {"archetype": 2, "level": 2}
"""Groups that a rule needs at least, where it is more than one."""
MET, PARTLY, NOT_YET, OPEN, OTHERS = "met", "partly", "not yet", "can't say yet", "asked of others"
NOWHERE = "does not apply"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One result of one sheet, or of several taken together.

    `named` are the ids of the groups that it names, in the file's order: two or more = between them; () = none of them,
    or nothing can be said. `states` has a word for each group. `settled` = nothing that is open is waited for.
    """

    result: Result
    stands: tuple[Stand, ...]
    states: tuple[str, ...]
    named: tuple[str, ...]
    said: str
    settled: bool

    @property
    def open(self) -> int:
        """How many answers are missing."""
        return len({part.id for one in self.stands for part in one.open})

    @property
    def asked(self) -> int:
        """How many there could be."""
        answered = {reading.part.id for one in self.stands for reading in one.readings}
        return len(answered | {part.id for one in self.stands for part in one.open})


def outcomes(seen: Observation) -> tuple[Outcome, ...]:
    """All results of one observation or interview, as they stand now."""
    return tuple(worked_out(one, seen.protocol, [sheet_of(seen)]) for one in known(seen.protocol))


def known(protocol: Protocol) -> tuple[Result, ...]:
    """The results of a protocol whose rule is known here; a later version may have others, or put them otherwise."""
    return tuple(one for one in protocol.results if one.rule in _RULES and _whole(one))


def _whole(result: Result) -> bool:
    """Whether there is something to tell apart, by shares that are known."""
    return len(result.groups) >= LEAST.get(result.rule, 1) and {result.holds, result.between} <= set(get_args(Share))


def worked_out(result: Result, protocol: Protocol, sheets: Sequence[Sheet], *, whole: bool = False) -> Outcome:
    """What one rule makes of these sheets taken together; of one sheet, in most cases.

    `whole` = they stand for all that there are: what none of these people was asked is open too.
    """
    stands = tuple(stand(one, result, protocol, sheets, whole=whole) for one in result.groups)
    return _RULES[result.rule](result, stands)


def _unsaid(result: Result, stands: Sequence[Stand]) -> Outcome:
    """Nothing can be said: how much is missing, or that these people were not asked enough."""
    outcome = Outcome(result, tuple(stands), tuple(_word(one) for one in stands), (), "", settled=False)
    rest = f"{outcome.open} of {outcome.asked} not answered" if outcome.open else "too few of its questions were asked"
    return Outcome(result, tuple(stands), outcome.states, (), f"{OPEN}: {rest}", settled=False)


def _word(one: Stand) -> str:
    return "" if one.enough or not one.group.items else OPEN


# -- the rules -------------------------------------------------------------------------------------------------------


def _archetype(result: Result, stands: Sequence[Stand]) -> Outcome:
    """The group with the largest share of answers that count."""
    if not all(one.enough for one in stands):
        return _unsaid(result, stands)
    shares = [Fraction(len(one.counting), len(one.readings)) for one in stands]
    most = max(shares)
    named = tuple(one.group for one, share in zip(stands, shares, strict=True) if most and share == most)
    titles = [one.title for one in named]
    said = f"between {listed(titles)}" if len(named) > 1 else titles[0] if titles else "none: no answer counts for one"
    states = tuple("most" if share == most and most else "" for share in shares)
    return Outcome(result, tuple(stands), states, tuple(one.id for one in named), said, settled=True)


def _readiness(result: Result, stands: Sequence[Stand]) -> Outcome:
    """Each criterion by itself."""
    states = tuple(_criterion(one) for one in stands)
    if not any(state in (MET, PARTLY, NOT_YET) for state in states):
        return _unsaid(result, stands)
    by_state = {
        state: [one.group.title for one, each in zip(stands, states, strict=True) if each == state]
        for state in (MET, PARTLY, NOT_YET, OPEN, OTHERS, NOWHERE)
    }
    said = "; ".join(f"{state}: {listed(titles)}" for state, titles in by_state.items() if titles)
    met = tuple(one.group.id for one, state in zip(stands, states, strict=True) if state == MET)
    return Outcome(result, tuple(stands), states, met, said, settled=OPEN not in states)


def _criterion(one: Stand) -> str:
    if not one.enough:
        return OPEN if one.open or one.readings else NOWHERE if one.void else OTHERS
    if not one.lacking:
        return MET
    return PARTLY if any(reading.partly for reading in one.readings) else NOT_YET


def _level(result: Result, stands: Sequence[Stand]) -> Outcome:
    """The highest level that holds with all before it; what is on the way, or holds above a gap, makes it “between”."""
    first, *above = stands
    if not all(one.enough for one in above):
        return _unsaid(result, stands)
    holds = [_reaches(result.holds, one) for one in above]
    begun = [_reaches(result.between, one) for one in above]
    base = next((place for place, one in enumerate(holds) if not one), len(holds))
    top = max((place for place, some in enumerate(zip(holds, begun, strict=True), start=1) if any(some)), default=0)
    top = max(top, base)
    states = (
        "holds",
        *("holds" if one else "on the way" if some else "" for one, some in zip(holds, begun, strict=True)),
    )
    ends = (stands[base], stands[top]) if top > base else (stands[base],)
    said = f"between {base + 1} and {top + 1}" if top > base else f"{base + 1}, {ends[0].group.title}"
    return Outcome(result, (first, *above), states, tuple(one.group.id for one in ends), said, settled=True)


def _reaches(share: Share, one: Stand) -> bool:
    some, all_of = len(one.counting), len(one.readings)
    return {"all": some == all_of, "most": 2 * some > all_of, "half": 2 * some >= all_of, "some": some > 0}[share]


def _counts(result: Result, stands: Sequence[Stand]) -> Outcome:
    """How many count, group by group; never added up."""
    states = tuple(_counted(one) for one in stands)
    if all(not one.readings for one in stands):
        return _unsaid(result, stands)
    said = "; ".join(
        f"{one.group.title} {state}" for one, state in zip(stands, states, strict=True) if not one.group.elsewhere
    )
    return Outcome(result, tuple(stands), states, (), said, settled=not any(one.open for one in stands))


def _counted(one: Stand) -> str:
    if one.group.elsewhere:
        return one.group.elsewhere
    if not one.readings:
        return OPEN if one.open or not one.void else NOWHERE
    levels = [reading.level for reading in one.readings if reading.level is not None]
    said = f"{len(one.counting)} of {len(one.readings)}"
    return f"{said} on level {one.group.counts_from} or higher" if levels else f"{said} seen"


_RULES: Mapping[Rule, Callable[[Result, Sequence[Stand]], Outcome]] = {
    "archetype": _archetype,
    "readiness": _readiness,
    "level": _level,
    "counts": _counts,
}
