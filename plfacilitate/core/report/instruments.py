"""What was found with one instrument: item by item, over all rooms that were seen with it.

Owns the values of a report's middle part. Never puts two instruments, or two versions of one, together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plfacilitate.core.protocol import Item, Protocol, tags
from plfacilitate.core.report.came import Came, of_rooms
from plfacilitate.core.report.findings import ALONE, NOBODY, Bar, found
from plfacilitate.core.report.look_fors import Known
from plfacilitate.core.report.quotes import Quote, left_out, quotes
from plfacilitate.core.report.sights import Sight, Telling, rooms_of
from plfacilitate.core.report.words import count, minutes

ONE_ROOM = "Used in one room only: what was noted there stays with those who were there, and is not told here."


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one item: a sentence with its figures, bars, and what was quoted."""

    id: str
    kind: str
    text: str
    tags: tuple[str, ...]
    said: str
    bars: tuple[Bar, ...]
    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Part:
    """A section of an instrument. `unnoted` = items that nobody noted; what one room alone gave is not in it."""

    title: str
    findings: tuple[Finding, ...]
    unnoted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """All observations with one version of one protocol. `agreement` "" = no two people saw the same room with it.

    `withheld` says why nothing is told of it; "" = its `parts` are. `left_out` = items of which something, the figure
    or the words, came from one room alone and is not told. `came` is what the answers came to by the rules in the file.
    """

    id: str
    version: str
    title: str
    source: str
    said: str
    agreement: str
    withheld: str
    left_out: int
    parts: tuple[Part, ...]
    came: tuple[Came, ...] = ()


def found_with(
    protocol: Protocol, group: Sequence[Sight], telling: Telling, agreement: str
) -> tuple[Instrument, list[Known]]:
    """What was found with one version of a protocol, and each of its items with what may be told of it, if anything."""
    parts, known, left = [], list[Known](), 0
    if telling.alone(telling.rooms):
        known += [Known(protocol, item, "") for item in protocol.items]
    withheld = ONE_ROOM if telling.alone(telling.rooms) else ""
    for section in () if withheld else protocol.sections:
        pairs = [(item, _finding(item, group, telling)) for item in section.items]
        known += [Known(protocol, item, one.said if one.said not in (NOBODY, ALONE) else "") for item, one in pairs]
        left += sum(one.said == ALONE or left_out(item.id, group, telling) for item, one in pairs)
        told = (one for _, one in pairs if one.quotes or one.said not in (NOBODY, ALONE))
        parts.append(
            Part(
                section.title,
                tuple(replace(one, said="") if one.said == ALONE else one for one in told),
                tuple(one.text for item, one in pairs if one.said == NOBODY and not _words_on(item, group)),
            )
        )
    seconds = sum(one.seconds for one in group)
    said = [count(len(rooms_of(group)), "room"), count(len({one.observation.observer for one in group}), "observer")]
    said += [f"{minutes(seconds)} of watching"] if seconds else []
    instrument = Instrument(
        protocol.id, protocol.version, protocol.title, protocol.source, " · ".join(said), agreement, withheld,
        left, _with_rates(parts, group), () if withheld else of_rooms(protocol, group, telling),
    )  # fmt: skip
    return instrument, known


def _words_on(item: Item, group: Sequence[Sight]) -> bool:
    """Whether a line was coded to an item, even where nobody answered it."""
    return any(one.observation.lines_of(item.id) for one in group)


def _finding(item: Item, group: Sequence[Sight], telling: Telling) -> Finding:
    one = found(item, group, telling)
    quoted, more = quotes(item.id, group, telling)
    return Finding(item.id, item.kind, item.text, tuple(tags(item)), one.said, one.bars, quoted, more)


def _with_rates(parts: Sequence[Part], group: Sequence[Sight]) -> tuple[Part, ...]:
    """Tallies of one instrument side by side, on one scale: the one that came most often has the longest bar."""
    times = {
        one.id: sum(sight.observation.of(one.id).times for sight in group)
        for part in parts
        for one in part.findings
        if one.kind == "tally" and one.said
    }
    most = max(times.values(), default=0)
    return tuple(
        replace(part, findings=tuple(
            replace(one, bars=(Bar("", "", 1000 * times[one.id] // most),)) if most and one.id in times else one
            for one in part.findings
        ))
        for part in parts
    )  # fmt: skip
