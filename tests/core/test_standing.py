"""How far a stop is: names and states, never what was noted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plfacilitate.core.protocol import Item, Prompt, Protocol, Section
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.core.visiting.standing import Standing, clock_there, next_stop, standing
from tests.steps.test_visiting import event

ROOM = Protocol(
    "room", "R", "observation", "p", "s", 20, sections=(Section("a", "A", items=(Item("i", "tally", "I"),)),)
)
TALK = Protocol("talk", "T", "interview", "p", "s", 20, sections=(Section("a", "A", prompts=(Prompt("q", "Q?"),)),))
STOP = Stop("s1", "Room 4", team=("Ada", "Ben"), protocols=("room",))
AT = datetime(2023, 12, 6, 17, tzinfo=UTC)


def seen(observer: str, ended: bool = True, protocol: Protocol = ROOM, stop: str = "s1") -> Observation:
    """An observation of somebody, open or not."""
    return Observation(
        f"{observer}-{protocol.id}", "e", stop, observer, "", protocol, "facilitator", AT, AT if ended else None, (), {}
    )


@pytest.mark.parametrize(
    "there, words",
    [
        ([], "not begun"),
        ([seen("Ada", False)], "Ada observes"),
        ([seen("Ada", False), seen("Ben", False)], "Ada and Ben observe"),
        ([seen("Ada")], "1 of 2 done"),
        ([seen("ada"), seen("Ben", False)], "Ben observes · 1 of 2 done"),
        ([seen("Ada"), seen("Ben")], "done"),
        ([seen("Ada"), seen("Ben"), seen("Cy", False)], "Cy observes · 2 of 3 done"),
        ([seen("Ada", stop="s2")], "not begun"),
    ],
)
def test_a_stop_is_as_far_as_its_team(there: list[Observation], words: str) -> None:
    """Whoever the way names is waited for; others count from when they began."""
    assert standing(STOP, there, ()).words == words


def test_who_has_another_protocol_to_fill_in_is_not_done() -> None:
    """A stop may ask for two; an interview is held by one of the team."""
    stop = Stop("s1", "Room 4", team=("Ada", "Ben"), protocols=("room", "more", "talk"))
    assert standing(stop, [seen("Ada")], ()).words == "begun"
    more = Protocol("more", "M", "observation", "p", "s", 20, sections=ROOM.sections)
    both = [seen("Ada"), seen("Ada", protocol=more), seen("Ben"), seen("Ben", protocol=more)]
    assert standing(stop, [*both, seen("Ben", protocol=TALK)], ()).words == "done"


def test_agreed_is_said_when_everybody_is_done() -> None:
    """Not while somebody observes still."""
    agreed = {("s1", "room", "i"): None}
    assert standing(STOP, [seen("Ada"), seen("Ben")], agreed).words == "done · 1 agreed"
    assert standing(STOP, [seen("Ada"), seen("Ben", False)], agreed).state == "observed"
    assert standing(STOP, [seen("Ada"), seen("Ben")], {("s2", "room", "i"): None}).words == "done"


def test_names_are_made_visible() -> None:
    """An escape code in a name reaches no terminal."""
    assert "\x1b" not in standing(STOP, [seen("\x1b[31mAda", False)], ()).words


WAY = Visit("S", "P", stops=(Stop("a", "A", "09:00", 20), Stop("b", "B", "09:30", 20), Stop("c", "C")))
LEFT, DONE = Standing("not-begun", (), 0, 1), Standing("done", (), 1, 1)


@pytest.mark.parametrize(
    "now, stands, coming",
    [
        ("08:00", (LEFT, LEFT, LEFT), "a"),
        ("09:19", (LEFT, LEFT, LEFT), "a"),
        ("09:20", (LEFT, LEFT, LEFT), "b"),
        ("09:05", (DONE, LEFT, LEFT), "b"),
        ("12:00", (LEFT, LEFT, LEFT), "c"),
        ("12:00", (DONE, LEFT, DONE), "b"),
        ("12:00", (DONE, DONE, DONE), ""),
    ],
)
def test_the_next_stop_is_the_one_that_goes_on_or_comes(now: str, stands: tuple[Standing, ...], coming: str) -> None:
    """One that was missed is named when no other is left."""
    assert next_stop(WAY, stands, now) == coming


def test_on_another_day_no_stop_is_on() -> None:
    """Before the day its first stop comes next, afterwards the first that is left; on the day the clock decides."""
    one = event()
    moments = {"2023-12-05T09:35-08:00": "00:00", "2023-12-06T09:35-08:00": "09:35", "2023-12-07T01:00-08:00": "23:59"}
    for moment, shown in moments.items():
        assert clock_there(one, datetime.fromisoformat(moment)) == shown
