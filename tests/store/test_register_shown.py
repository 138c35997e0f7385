"""What a screen asks a register, on each engine: bundles page by page, laptops, offerings, what is in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import repeat
from pathlib import Path

import pytest

from plfacilitate.shelf.offices import find_office
from plfacilitate.shelf.plans import find_plan
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.events import Schedule, schedule_draft
from plfacilitate.store.register import HandedIn, Register, Taken
from plfacilitate.store.register.shown import Came, Fork, Listed
from tests.played import Chance, Clock
from tests.store import registers
from tests.store.registers import Packed, Paper

CLOCK = Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))


def came(register: Register, packed: Packed, at: str) -> Taken:
    """A bundle that comes at a moment."""
    return register.take(replace(packed.arrival(), received_at=at), lambda: packed.entries)


def test_bundles_come_page_by_page_the_newest_first(register: Register) -> None:
    """None is left out and none comes twice, also where many came at one moment."""
    paper = Paper("ruth")
    for number in range(7):
        paper.write(CLOCK, "event")
        came(register, paper.packed(number, f"b{number}"), "2023-12-06T16:00" if number < 4 else "2023-12-06T17:00")
    pages: list[Came] = []
    while page := register.bundles(2, pages[-1] if pages else None):
        assert len(page) <= 2
        pages += page
    assert [one.bundle for one in pages] == ["b6", "b5", "b4", "b3", "b2", "b1", "b0"]
    assert [one.bundle for one in register.bundles(100)] == [one.bundle for one in pages]


def test_a_bundle_knows_the_events_whose_hours_it_holds(register: Register) -> None:
    """Of hours only: what a programme parcel is about is nobody's business here."""
    paper = Paper("ruth")
    paper.write(CLOCK, "e")
    came(register, paper.packed(name="hours"), "2023-12-06")
    arrival = replace(paper.packed(name="programme").arrival(), parcel="programme")
    register.take(arrival, lambda: paper.written)
    for bundle in ("hours", "programme"):
        for event in ("e2", "e1"):
            register.remember(HandedIn(event, bundle, "2023-12-06", {}))
    assert {one.bundle: one.events for one in register.bundles(9)} == {"hours": ("e1", "e2"), "programme": ()}


def test_what_is_held_again_came_when_it_came(register: Register) -> None:
    """Looked at once more and still held, it does not jump to the top; taken in, it does."""
    paper = Paper("ruth")
    paper.write(CLOCK, "event")
    paper.write(CLOCK, "event")
    first, second = paper.packed(name="first"), paper.packed(1, "second")
    first.entries, first.covers = first.entries[:1], {paper.device: (1, 1, paper.digests[0])}
    assert came(register, second, "2023-12-06").verdict == "held"
    assert came(register, second, "2023-12-07").verdict == "held"
    (held,) = register.held_bundles()
    assert (held.bundle, held.received_at) == ("second", "2023-12-06")
    assert paper.device[:8] in held.reason
    came(register, first, "2023-12-08")
    assert came(register, second, "2023-12-09").verdict == "accepted"
    assert register.held_bundles() == []
    assert [one.bundle for one in register.bundles(9)] == ["second", "first"]
    assert register.last_seen([paper.device, "nobody"]) == {paper.device: "2023-12-09"}


def test_offerings_are_listed_by_their_last_hand_in(register: Register) -> None:
    """Also those that nobody handed in; each with how many events it has."""
    paper, nowhere = Paper("ruth"), Path("/nowhere")
    plan = find_plan("pscpl-cohort", nowhere, offices=nowhere)
    hand = Hand("ruth", "facilitator", CLOCK, Chance(2))
    when = Schedule(plan.sessions[0].id, date(2023, 12, 6), "UTC", "PS-1", "PS-1")
    body = schedule_draft(hand, plan, find_office(plan.office, nowhere), when).body
    for event, series in (("e1", "old"), ("e2", "new"), ("e3", "new"), ("e4", "never")):
        paper.write(CLOCK, event, kind="event-scheduled", **{**body, "series": series})
        paper.write(CLOCK, event, kind="sign-in", person="p")
    came(register, paper.packed(), "2023")
    for event, at in (("e1", "2023-12-01"), ("e2", "2023-12-03"), ("e3", "2023-12-02")):
        register.remember(HandedIn(event, f"b {event}", at, {}))
    assert register.listed() == [
        Listed("new", 2, "2023-12-03"),
        Listed("old", 1, "2023-12-01"),
        Listed("never", 1, ""),
    ]
    found = register.schedules(["new", "never", "?"])
    assert {series: len(events) for series, events in found.items()} == {"new": 2, "never": 1}
    assert {entry.kind for events in found.values() for event in events for entry in event} == {"event-scheduled"}


def test_what_two_copies_of_a_ledger_wrote_is_named(register: Register) -> None:
    """A number given out twice, with the events of both."""
    paper = Paper("ruth")
    paper.write(CLOCK, "e1")
    copy = paper.copied()
    paper.write(CLOCK, "e1")
    copy.write(CLOCK, "e2")
    came(register, paper.packed(), "2023-12-06")
    came(register, copy.packed(name="copy"), "2023-12-07")
    assert register.forks(9) == [Fork(paper.device, 2, ("e1", "e2"))]
    assert register.forks(0) == []


def test_what_is_kept_aside_is_named_without_what_it_says(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same id with other bytes: laptop, number, event of the first one, the reason."""
    monkeypatch.setattr(registers, "_numbers", repeat(1))  # both write the same id
    mine, theirs = Paper("ruth"), Paper("ruth")
    theirs.device = "another"
    entry = mine.write(CLOCK, "e1", text="mine")
    theirs.write(CLOCK, "e1", text="theirs")
    came(register, mine.packed(), "2023-12-06")
    assert register.asides(9) == []
    came(register, theirs.packed(), "2023-12-07")
    (aside,) = register.asides(9)
    assert (aside.id, aside.device, aside.number, aside.event) == (entry, "another", 1, "e1")
    assert "other bytes" in aside.reason
    assert "theirs" not in repr(aside)
