"""One agenda kept on two laptops that don't see each other: brought together both say the same, whichever took in which."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from plfacilitate.core.keeping.run import Run
from plfacilitate.core.keeping.standing import standing
from plfacilitate.steps import keeping
from plfacilitate.steps.capture import undo
from plfacilitate.steps.events import read_fold
from tests.laptops import TZ, Laptop
from tests.played import Clock

Laptops = Callable[[str], Laptop]


def at(clock: Clock, time: str) -> datetime:
    """It is this time in Renton."""
    hour, minute, second = [*map(int, time.split(":")), 0][:3]
    moment = datetime(2023, 12, 6, hour, minute, second, tzinfo=ZoneInfo(TZ))
    clock.set(moment)
    return moment


def kept(laptop: Laptop, event: str) -> Run:
    """The agenda as this laptop has it."""
    with closing(laptop.ledger(readonly=True)) as ledger:
        return read_fold(ledger, event).run


def presses(laptop: Laptop, event: str, clock: Clock, time: str, key: str) -> str:
    """Somebody presses a key of the agenda; gives the entry."""
    at(clock, time)
    with closing(laptop.ledger()) as ledger:
        run, hand = read_fold(ledger, event).run, laptop.hand()
        drafts = {
            "next": lambda: keeping.move_on(hand, event, run),
            "pause": lambda: keeping.pause(hand, event, run),
            "plus": lambda: keeping.retime(hand, event, run, {0: run.minutes[0] + 1}),
            "spread": lambda: keeping.spread(hand, event, run, clock())[0],
        }
        return ledger.append_one(drafts[key]()).id


def test_two_laptops_that_kept_one_agenda_agree_once_they_meet(laptops: Laptops, clock: Clock) -> None:
    """Both began it, one paused it, the other gave a minute; a next that was undone on one is undone on both."""
    one, two = laptops("one"), laptops("two")
    at(clock, "8:00")
    event = one.opened()
    assert two.opened() == event
    presses(one, event, clock, "8:36", "next")
    presses(two, event, clock, "8:36:20", "next")
    presses(two, event, clock, "8:40", "plus")
    presses(one, event, clock, "8:41", "pause")
    presses(one, event, clock, "8:44", "pause")
    wrong = presses(two, event, clock, "8:50", "next")
    with closing(two.ledger()) as ledger:
        entry = ledger.entry(wrong)
        assert entry is not None
        ledger.append_one(undo(two.hand(), entry))
    presses(one, event, clock, "9:02", "next")
    presses(one, event, clock, "9:03", "spread")
    at(clock, "9:10")
    two.json("receive", one.workspace.ledger)
    one.json("receive", two.workspace.ledger)
    both = [kept(laptop, event) for laptop in (one, two)]
    assert both[0] == both[1]
    run = both[0]
    assert [(piece.segment, piece.paused) for piece in run.pieces] == [(0, False), (0, True), (0, False), (1, False)]
    assert run.spent(0, clock()) == timedelta(minutes=23)
    assert run.minutes[0] == run.spans[0].segment.minutes + 1
    assert standing(run, clock()).missed == ()
    shown = [laptop.json("event", "show", event)["agenda"] for laptop in (one, two)]
    assert shown[0] == shown[1]
    assert [line["began"] for line in shown[0]][:3] == ["08:36", "09:02", None]


def test_a_session_that_was_held_before_is_offered_by_command_too(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Scheduling says what took longer; --as-before means it, and what was approved stays."""
    at(clock, "8:00")
    event = laptop.opened()
    first, second, *_ = kept(laptop, event).spans
    began = datetime(2023, 12, 6, 8, 30, tzinfo=ZoneInfo(TZ))
    took = first.segment.minutes + 6
    for minutes in (0, took, took + second.segment.minutes):
        presses(laptop, event, clock, f"{began + timedelta(minutes=minutes):%H:%M}", "next")
    ran = laptop.run("plan", "schedule", "pscpl-cohort", "--on", "2024-01-10", "--at", "Kent")
    assert f"{first.segment.title} {first.segment.minutes} → " in ran.err
    assert "--as-before means those" in ran.err
    asked = ("--on", "2024-01-17", "--at", "Kent", "--as-before")
    again = laptop.json("plan", "schedule", "pscpl-cohort", *asked)["event"]
    run = kept(laptop, again)
    assert run.minutes[0] > first.segment.minutes
    assert run.spans[0].segment.minutes == first.segment.minutes
    assert sum(run.minutes) == sum(span.segment.minutes for span in run.spans)
