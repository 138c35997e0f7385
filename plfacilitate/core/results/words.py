"""Results in words: the rule as anybody can check it, and what led to an outcome.

Owns these sentences. Never works anything out (`core.results.outcomes`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from plfacilitate.core.debrief.compared import title_of
from plfacilitate.core.debrief.differing import listed
from plfacilitate.core.protocol import Group, Item, Prompt, Protocol, Result, Share
from plfacilitate.core.results.outcomes import Outcome
from plfacilitate.core.results.raters import Rated
from plfacilitate.core.results.readings import Reading, Stand
from plfacilitate.core.text import cut

_LONGEST = 40  # cells of an item's name where several stand in one line
_SHARES: dict[Share, str] = {
    "all": "all of its answers", "most": "more than half of its answers", "half": "half of its answers or more",
    "some": "one of its answers or more",
}  # fmt: skip


def rule(result: Result, protocol: Protocol) -> str:
    """The rule of a result, in the sentences that stand on the form and on the screen."""
    least = (
        "" if not result.needs else f" Of each, {result.needs} answer{'s' if result.needs > 1 else ''} must be there."
    )
    match result.rule:
        case "archetype":
            return (
                f"The one with the largest share of answers that count ({_counting(result.groups, protocol)}) is named; "
                f"two with as large a share: “between A and B”.{least}"
            )
        case "readiness":
            partly = f" or stands on level {result.partly_from}" if result.partly_from else ""
            return (
                f"Each by itself: met when all its answers count ({_counting(result.groups, protocol)}), partly when one "
                f"does{partly}, else not yet. No sum and no average.{least}"
            )
        case "level":
            return (
                f"A level holds when {_SHARES[result.holds]} count, and all levels before it hold. The highest that holds "
                f"is the level; where of a higher one {_SHARES[result.between]} count: “between A and B”.{least}"
            )
        case "counts":
            return f"Counted apart, never added up: how many count ({_counting(result.groups, protocol)}) of those that apply."


def _counting(groups: Iterable[Group], protocol: Protocol) -> str:
    """What counts in these groups, each way of it once."""
    return "; ".join(dict.fromkeys(counting(one, protocol) for one in groups if one.items))


def counting(group: Group, protocol: Protocol) -> str:
    """What counts in a group: `seen`, `level 3 or higher`."""
    parts = [part for part in protocol.parts if part.id in group.items]
    ways = ["seen"] if any(_looked_for(part) for part in parts) else []
    if any(not _looked_for(part) for part in parts):
        ways.append(f"level {group.counts_from} or higher")
    return ", ".join(ways)


def _looked_for(part: Item | Prompt) -> bool:
    return isinstance(part, Item) and part.kind == "look-for"


def group_words(group: Group, result: Result, protocol: Protocol) -> str:
    """What belongs to a group, for whoever reads the rule: its items, what counts, what follows."""
    parts = [part for part in protocol.parts if part.id in group.items]
    begins = _shared(parts)
    alike = begins and all(part.id in group.items for part in protocol.parts if title_of(part).startswith(begins))
    items = f"“{begins}…”" if alike else "; ".join(_name(part, begins) for part in parts)
    if result.rule == "level" and items:
        items += f" ({counting(group, protocol)})"
    then = group.elsewhere or group.about
    return ". ".join(filter(None, (items, f"{then[:1].upper()}{then[1:]}")))


# -- what led there --------------------------------------------------------------------------------------------------


def said(outcome: Outcome) -> str:
    """The outcome in one line, with what is open where something could be said all the same."""
    rest = (
        f" ({outcome.open} of {outcome.asked} not answered)"
        if outcome.open and "not answered" not in outcome.said
        else ""
    )
    return f"{outcome.result.title}: {outcome.said}{rest}"


def why(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Group by group: its title with its state, and which answers led there."""
    for one, state in zip(outcome.stands, outcome.states, strict=True):
        if one.group.items or one.group.elsewhere:
            yield f"{one.group.title}{f': {state}' if state else ''}", _led(one, outcome.result)


def rated_words(one: Rated) -> str:
    """What several people's results come to side by side, in one line; "" = there is nothing to say of them."""
    return f"{one.result.title}: {one.said}" if one.said else ""


def shares(outcome: Outcome) -> str:
    """How many answers count in each group, of how many: `community-driven 2 of 3; early-adoption 1 of 3`."""
    return "; ".join(
        f"{one.group.title} {len(one.counting)} of {len(one.readings)}" for one in outcome.stands if one.group.items
    )


def follows(result: Result, named: Collection[str]) -> str:
    """What follows for the groups that were named; "" = nothing is said of it in the file."""
    found = [one for one in result.groups if one.id in named and one.about]
    return " ".join(f"{one.title}: {one.about.rstrip('.')}." for one in found)


def _led(one: Stand, result: Result) -> str:
    begins = _shared([*(reading.part for reading in one.readings), *one.void, *one.open])
    words = [] if not one.readings or result.rule == "counts" else [f"{len(one.counting)} of {len(one.readings)} count"]
    words += [f"yes: {_read(one.counting, begins)}"] if one.counting else []
    lacks = "missing" if result.rule == "readiness" else "not"
    words += [f"{lacks}: {_read(one.lacking, begins)}"] if one.lacking else []
    words += [f"does not apply: {_names(one.void, begins)}"] if one.void else []
    words += [f"not answered: {_names(one.open, begins)}"] if one.open else []
    return "; ".join(words)


def _read(readings: Sequence[Reading], begins: str) -> str:
    """`Seen 3, In plain words 4`; of several people's answers to one item, all their levels beside it."""
    found = []
    for _, group in groupby(readings, key=lambda one: one.part.id):
        same = list(group)
        levels = "/".join(str(one.level) for one in same if one.level is not None)
        found.append(" ".join(filter(None, (_name(same[0].part, begins), levels))))
    return ", ".join(found)


def _names(parts: Sequence[Item | Prompt], begins: str) -> str:
    return listed([_name(part, begins) for part in parts])


def _shared(parts: Sequence[Item | Prompt]) -> str:
    """The word and colon with which all of several items begin; "" = they don't."""
    first = {title_of(part).partition(": ")[0] for part in parts if ": " in title_of(part)}
    begins = f"{next(iter(first))}: " if len(first) == 1 and len(parts) > 1 else ""
    return begins if all(title_of(part).startswith(begins) for part in parts) else ""


def _name(part: Item | Prompt, begins: str = "") -> str:
    """What an item is called where several stand in one line, without what they all begin with."""
    return cut(title_of(part).removeprefix(begins), _LONGEST).rstrip()
