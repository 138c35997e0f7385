"""A whole visit, however its entries come in: at once, one by one, shuffled, twice, looked at in between."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry, utc_text
from plfacilitate.core.visiting.fold import VisitFold
from tests.core.entries import entry, undo
from tests.core.test_debrief import VISIT, began, noted, planned

OBSERVERS = ("ada", "ben", "cem")


class Drawn(NamedTuple):
    """What an entry is made of; `other` and `second` may be there, be taken back, be erased, or never have been."""

    name: str
    at: str
    who: str
    other: str
    second: str
    chance: random.Random

    def entry(self, kind: str, **body: Any) -> Entry:
        """An entry of this name and time."""
        return entry(self.name, kind, at=self.at, **body)


def _planned(one: Drawn) -> Entry:
    visit = replace(VISIT, purpose=one.name, stops=VISIT.stops[: one.chance.randint(0, 2)])
    return one.entry("visit-planned", replaces=[one.other, "plan"][: one.chance.randint(1, 2)], visit=visit.to_json())


KINDS: Mapping[str, Callable[[Drawn], Entry]] = {
    "noted": lambda one: noted(one.who, "what", one.chance.choice([1, 2, None]), at=one.at),
    "state": lambda one: noted(one.who, one.chance.choice(["teacher", "student"]), "on", at=one.at),
    "line": lambda one: one.entry("line", replaces=[one.other], observation=one.who, text=one.name, items=[]),
    "coded": lambda one: one.entry("coded", observation=one.who, line=one.other, items=["why"]),
    "end": lambda one: one.entry("observation-ended", observation=one.who),
    "undo": lambda one: undo(one.name, one.other, at=one.at),
    "agreed": lambda one: one.entry("agreed", stop="r4", protocol="room", item="what", value=1),
    "opened": lambda one: one.entry("note", text="open", tag="decision", stop="r4", protocol="room"),
    "erased": lambda one: one.entry("erased", ids=[one.other], instead=[one.second]),
    "planned": _planned,
    "summed": lambda one: one.entry("visit-summary", parts={"next": one.name}),
}


def _visit(kinds: list[str], chance: random.Random) -> list[Entry]:
    """A visit of two laptops whose clocks go as they like, written down up to an hour and a half late."""
    found = {one.id: one for one in (planned(), *(began(who) for who in OBSERVERS[: chance.randint(1, 3)]))}
    for place, kind in enumerate(kinds):
        known = [key for key in found if key.startswith("i")] or ["nothing"]
        at, who = f"{chance.randint(9, 10):02}:{chance.randint(0, 59):02}", chance.choice(OBSERVERS)
        one = KINDS[kind](Drawn(f"i{place:02}", at, who, chance.choice(known), chance.choice(known), chance))
        late = timedelta(minutes=chance.randint(0, 90))
        device, number = chance.choice("ab"), chance.randint(1, 50)
        found.setdefault(one.id, one._replace(device=device, number=number, recorded_at=utc_text(one.at + late)))
    return list(found.values())


@settings(max_examples=250)
@given(st.lists(st.sampled_from(sorted(KINDS)), max_size=25), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same_visit(kinds: list[str], chance: random.Random) -> None:
    """The way, every observation, what was agreed and laid open, when debriefs began, what the team wrote."""
    entries = _visit(kinds, chance)
    at_once, piecemeal = VisitFold("e"), VisitFold("e")
    at_once.apply(entries)
    shuffled = entries * 2
    chance.shuffle(shuffled)
    for one in shuffled:
        piecemeal.apply([one])
        piecemeal.picture()
    assert piecemeal.picture() == at_once.picture()
