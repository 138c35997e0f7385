"""What may be counted together over several visits: items of one instrument that say the same on the same levels.

Owns that rule. Two instruments never share a yardstick, and neither do two versions of one whose items or levels differ;
ladders of different lengths are different yardsticks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple, get_args

from plfacilitate.core.protocol import TITLES, Attribute, Facet, Item, Prompt, Protocol

Scale = Literal["look-for", "rating", "adoption"]
ATTRIBUTES: tuple[str, ...] = get_args(Attribute)
FACETS: tuple[str, ...] = get_args(Facet)
WHOLE = ""
"""In place of an attribute or facet: all items of an instrument."""

_DIMENSIONS = ("adoption", "adherence")
"""Groups of a result that an instrument may keep apart by itself (`protocols/observation/lake-county-visit.toml`)."""

Same = tuple[str, str, str, tuple[str, ...]]
"""What makes two items the same one: id, kind, words, levels. Help and source may differ."""


class Yardstick(NamedTuple):
    """What is counted alike. `tag` = an attribute or a facet, or `WHOLE`; `steps` = levels of a ladder, 0 = look-fors.

    `adoption` counts rooms with at least one look-for seen. `asked` = people answered, nobody watched a room.
    """

    instrument: str
    tag: str
    scale: Scale
    steps: int
    items: frozenset[Same]
    asked: bool = False

    @property
    def order(self) -> tuple[int, str, str, int, list[Same]]:
        """By attribute and facet, instrument, kind, levels; never by chance."""
        place = list(TITLES).index(self.tag) if self.tag else len(TITLES)
        return place, self.instrument, self.scale, self.steps, sorted(self.items)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its items."""
        return frozenset(item for item, *_ in self.items)


def yardsticks(protocol: Protocol) -> Iterator[Yardstick]:
    """All that one version of a protocol can be measured by: each attribute and facet, then the whole."""
    groups: dict[tuple[str, Scale, int], set[Same]] = {}
    whole = _dimensions(protocol)
    for part in protocol.parts:
        scale, steps = _scale(part, protocol)
        if scale is None:
            continue
        for tag in (*(tag for tag in (part.attribute or "", part.facet or "") if tag in TITLES), WHOLE):
            if tag == WHOLE and whole and part.id not in whole:
                continue
            kind: Scale = "adoption" if tag == WHOLE and scale == "look-for" else scale
            groups.setdefault((tag, kind, steps), set()).add(_same(part, protocol))
    asked = protocol.kind == "interview"
    for (tag, scale, steps), items in groups.items():
        yield Yardstick(protocol.id, tag, scale, steps, frozenset(items), asked)


def _dimensions(protocol: Protocol) -> frozenset[str]:
    """The items that a protocol itself counts as adoption and as adherence; none = all of its items are."""
    groups = [group for one in protocol.results if one.rule == "counts" for group in one.groups]
    return frozenset(item for group in groups if group.id in _DIMENSIONS for item in group.items)


def elsewhere(protocol: Protocol) -> Iterator[str]:
    """Dimensions that a protocol counts and a visit can't tell: `achievement: from records …`."""
    for one in protocol.results:
        if one.rule == "counts":
            yield from (f"{group.title}: {group.elsewhere}" for group in one.groups if group.elsewhere)


def _scale(part: Item | Prompt, protocol: Protocol) -> tuple[Scale | None, int]:
    if isinstance(part, Prompt):
        return ("rating", len(protocol.levels)) if protocol.levels else (None, 0)
    if part.kind == "rating":
        return "rating", len(part.levels)
    return ("look-for", 0) if part.kind == "look-for" else (None, 0)


def _same(part: Item | Prompt, protocol: Protocol) -> Same:
    if isinstance(part, Prompt):
        return part.id, "prompt", str(part.ask), tuple(map(str, protocol.levels))
    return part.id, part.kind, str(part.text), tuple(map(str, part.levels))
