"""Every observation and interview that ships: opened, filled to its last item, closed, packed, read elsewhere the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest

from plfacilitate.core.noting.filled import shown
from plfacilitate.core.noting.filling import Said, read
from plfacilitate.core.protocol import Item, Prompt, Protocol, tags
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.shelf.protocols import HOUSE, find_protocol
from plfacilitate.shelf.shipped import folder
from plfacilitate.steps.capture import written
from plfacilitate.steps.observe import begin, end, note, read_visit
from tests.laptops import Laptop
from tests.played import Clock
from tests.shelf.test_shipped_protocols import alike, ladders

FILES = sorted(path for kind in ("observation", "interview") for path in (folder("protocols") / kind).glob("*.toml"))
ASKED = ("look-for", "rating", "choice", "count")
Laptops = Callable[[str], Laptop]


def typed(part: Item | Prompt, protocol: Protocol, place: int) -> str:
    """What somebody who fills a form types for its item number `place`, every kind in the ways that it has."""
    if isinstance(part, Prompt):
        return f"{place % len(protocol.levels) + 1} Room {place} was shown." if protocol.levels else f"S{place}: here."
    match part.kind:
        case "look-for":
            return ("y S1 says it", "n", "-")[place % 3]
        case "rating":
            return f"{place % len(part.levels) + 1} said in line {place}"
        case "tally" | "count":
            return str(place)
        case "state":
            return f"{place}:30"
        case "choice":
            return "1 2" if part.several else str(len(part.options))
        case "snapshot":
            return "; ".join(f"{slot}: {_glance(part, slot)}" for slot in range(1, protocol.minutes // part.every + 1))
        case "text":
            return f"“Item {place}” – what stood there"


def _glance(part: Item, slot: int) -> str:
    if part.capture == "count":
        return " ".join(f"{option.id} {slot + at}" for at, option in enumerate(part.options))
    ids = [option.id for option in part.options]
    return ids[slot % len(ids)] if part.capture == "one" else " ".join(sorted({ids[0], ids[slot % len(ids)]}))


def noted(part: Item | Prompt, protocol: Protocol, place: int) -> Iterator[Said]:
    """What there is to note for it."""
    yield from read(part, typed(part, protocol, place), levels=len(protocol.levels))


def fill(laptop: Laptop, event: str, protocol: Protocol) -> Observation:
    """Open it, fill it to the last item, close it; gives what this laptop holds."""
    ledger, hand = laptop.ledger(), laptop.hand()
    respondent = "teacher leader" if protocol.kind == "interview" else ""
    (started,) = written(
        ledger.append([begin(hand, event, protocol, observer="Ada Okoro", stop="r4", respondent=respondent)])
    )
    seen = read_visit(ledger, event).observation(started.id)
    assert seen is not None
    assert len(seen.left_out) == sum(
        1
        for part in protocol.parts
        if (protocol.asks(part, respondent) if isinstance(part, Prompt) else part.kind in ASKED)
    )
    for place, part in enumerate(protocol.parts, start=1):
        for said in noted(part, protocol, place):
            written(ledger.append([note(hand, seen, part.id, said.value, words=said.words, total=said.total)]))
    written(ledger.append([end(hand, seen)]))
    seen = read_visit(ledger, event).observation(started.id)
    ledger.close()
    assert seen is not None
    return seen


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_filled_in_is_read_elsewhere_to_the_last_item(
    laptops: Laptops, clock: Clock, tmp_path: Path, path: Path
) -> None:
    """Nothing is left out or open; another laptop that takes the bundle in holds the very same answers, and they come to
    the same. The instrument came with them: its source, what its items speak to, levels that differ.
    """
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    clock.set("2023-12-06T09:00:00-08:00")
    protocol = find_protocol(path.stem, one.workspace.protocols)
    seen = fill(one, event, protocol)
    assert (seen.left_out, seen.open_states) == ((), ())
    assert seen.ended_at is not None
    clock.set("2023-12-06T16:10:00-08:00")
    one.finish(event, tmp_path / "mail")
    two.json("receive", tmp_path / "mail")
    with_ledger = two.ledger(readonly=True)
    there = read_visit(with_ledger, event).observation(seen.id)
    with_ledger.close()
    assert there == seen
    keeps_what_it_is(there.protocol)
    assert [one.said for one in outcomes(there)] == [one.said for one in outcomes(seen)]
    assert [(one.open, one.settled) for one in outcomes(there)] == [(0, True)] * len(protocol.results)
    for place, part in enumerate(protocol.parts, start=1):
        for said in noted(part, protocol, place):
            slot = int(str(said.value["slot"])) if isinstance(said.value, dict) else 0
            text = shown(part, there.of(part.id), there.started_at, slot=slot)
            assert read(part, text, levels=len(protocol.levels), slot=slot) == (said,), part.id


def keeps_what_it_is(protocol: Protocol) -> None:
    """Source, attributes and facets, and levels that differ, as they came back."""
    assert "our own words" in protocol.source
    crossed = [part for part in protocol.parts if tags(part)]
    assert {part.attribute for part in crossed} - {None}
    if protocol.kind == "observation" and protocol.id not in HOUSE:
        assert [item.id for item in protocol.items if item.kind != "text" and not tags(item)] == []
    for levels in ladders(protocol):
        assert len(levels) > 1
        assert [pair for pair in combinations(levels, 2) if alike(*pair)] == []


def test_who_closes_without_finishing_is_seen_elsewhere_too(laptops: Laptops, clock: Clock, tmp_path: Path) -> None:
    """A stopwatch that ran on ended by rule and is marked; what has no answer is named: on both laptops."""
    one, two = laptops("one"), laptops("two")
    event = one.opened()
    clock.set("2023-12-06T09:00:00-08:00")
    ledger, hand = one.ledger(), one.hand()
    begun = {}
    for name, item, value in (("questions-and-talk", "floor-quiet", "on"), ("four-attributes", "goals", 2)):
        protocol = find_protocol(name, one.workspace.protocols)
        (entry,) = written(ledger.append([begin(hand, event, protocol, observer="Ada Okoro", stop="r4")]))
        seen = read_visit(ledger, event).observation(entry.id)
        assert seen is not None
        written(ledger.append([note(hand, seen, item, value)]))
        begun[name] = seen
    clock.forward(minutes=9)
    written(ledger.append([end(hand, seen) for seen in begun.values()]))
    ledger.close()
    clock.set("2023-12-06T16:10:00-08:00")
    one.finish(event, tmp_path / "mail")
    two.json("receive", tmp_path / "mail")
    for laptop in (one, two):
        ledger = laptop.ledger(readonly=True)
        found = {seen.protocol.id: seen for seen in read_visit(ledger, event).observations}
        ledger.close()
        (bout,) = found["questions-and-talk"].of("floor-quiet").bouts
        assert (bout.by_rule, bout.ended) == (True, found["questions-and-talk"].ended_at)
        assert len(found["four-attributes"].left_out) == 13


def test_there_are_instruments_of_both_kinds() -> None:
    """The walk above walks: observations and interviews, and together every kind of item."""
    protocols = [find_protocol(path.stem, Path("/nowhere")) for path in FILES]
    assert {one.kind for one in protocols} == {"observation", "interview"}
    assert {"return-from-visit", "student-tour", "implementation-framework"} <= {one.id for one in protocols}
    kinds = {item.kind for one in protocols for item in one.items}
    assert kinds == {"look-for", "rating", "tally", "state", "snapshot", "count", "choice", "text"}
