"""A protocol as it is led: places in their order, clocks per group, any order of entries, and every shipped one to its end."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.protocol import Protocol, Step
from plfacilitate.core.running.fold import RunFold
from plfacilitate.core.running.places import Size, need_words, needed, places, unfit
from plfacilitate.core.running.run import Run, captured_as
from plfacilitate.shelf.protocols import list_protocols
from tests.core.entries import entry, undo

ONCE = Step("tell", "Tell", 3, "owner")
TURNS = (
    Step("ask", "Ask", 2, "group", repeat="person", times=3),
    Step("help", "Help", 4, "group", repeat="person", times=3),
)
CLOSE = Step("close", "Close", 1, "all")


VERSION_BEFORE = "d922bb3ae311"
"""What the protocol of a single silent step was known by before files could say what a line is."""
SONG: dict[str, Any] = {"as": "song"}


def protocol(*steps: Step) -> Protocol:
    """A protocol of these steps."""
    return Protocol("p", "Played", "facilitation", "why", "own", 20, steps=steps)


PLAYED = protocol(ONCE, *TURNS, CLOSE)
LED = [one for one in list_protocols(Path("/nowhere"))[0] if one.kind == "facilitation"]


class Book:
    """Entries of one laptop, numbered as they are written."""

    def __init__(self, device: str = "d") -> None:
        self.device, self.numbers = device, count(1)
        self.entries: list[Entry] = []

    def write(self, entry_id: str, kind: str, at: str, **body: Any) -> Entry:
        """One more."""
        made = entry(entry_id, kind, at=at, device=self.device, number=next(self.numbers), **body)
        self.entries.append(made)
        return made

    def begun(self, at: str = "10:00:00", led: Protocol = PLAYED, **size: int) -> None:
        """The run `r` begins."""
        self.write("r", "run-begun", at, protocol=led.to_json(), segment="Talk", **{"clocks": 1, **size})

    def run(self, *more: Entry) -> Run:
        """The run as it stands."""
        fold = RunFold("e")
        fold.apply([*self.entries, *more])
        found = fold.run("r")
        assert found is not None
        return found


def moment(at: str) -> datetime:
    """`10:03:20` on the day, UTC."""
    return datetime.fromisoformat(f"2023-12-06T{at}").replace(tzinfo=UTC)


def test_steps_that_repeat_for_the_same_are_one_round() -> None:
    """All of them for the first person, then all of them for the next."""
    order = [one.key for one in places(PLAYED, Size(people=2))]
    assert order == [("tell", 1), ("ask", 1), ("help", 1), ("ask", 2), ("help", 2), ("close", 1)]
    assert [one.whose for one in places(PLAYED, Size())][1:3] == ["person 1 of 3", "person 1 of 3"]


def test_what_does_not_fit_says_why() -> None:
    """Rounds, minutes, and what the segment has; nothing where it fits, or where there is no segment."""
    rounds = protocol(Step("turn", "A turn", 15, "one", repeat="person", times=3))
    assert unfit(rounds, Size(), 30) == "3 rounds of 15 min need 45 min, the segment has 30"
    assert unfit(rounds, Size(people=1), 14) == "1 round of 15 min needs 15 min, the segment has 14"
    assert need_words(PLAYED, Size()) == "3 rounds of 6 min and 4 min need 22 min"
    assert need_words(protocol(ONCE, CLOSE), Size()) == "2 steps need 4 min"
    assert unfit(rounds, Size(), 45) == unfit(rounds, Size(people=9), None) == ""


@given(st.integers(1, 60), st.integers(1, 60))
def test_minutes_are_those_of_all_turns(people: int, groups: int) -> None:
    """What is needed is the sum of every place's minutes, and each step has as many turns as there are people or groups."""
    steps = (ONCE, *TURNS, Step("wander", "Wander", 2, "all", repeat="group"))
    size = Size(people=people, groups=groups)
    order = places(protocol(*steps), size)
    assert needed(protocol(*steps), size) == 3 + people * 6 + groups * 2 == sum(one.step.minutes for one in order)
    assert len({one.key for one in order}) == len(order) == 1 + 2 * people + groups


def test_each_group_has_a_clock_of_its_own() -> None:
    """One goes on, one pauses, one stays: three clocks."""
    book = Book()
    book.begun(clocks=3)
    book.write("a", "step-begun", "10:02:00", run="r", groups=[1], step="ask", turn=1)
    book.write("b", "run-paused", "10:01:00", run="r", groups=[2])
    run = book.run()
    now = moment("10:02:30")
    assert [one.now.place.step.id for one in run.groups] == ["ask", "tell", "tell"]
    assert [one.now.left(now) for one in run.groups] == [90, 60, 30]
    assert [one.now.watch.runs for one in run.groups] == [True, False, True]
    assert run.groups[2].now.urgency(now) == "soon"
    assert run.groups[2].now.urgency(moment("10:04:00")) == "over"


def test_a_pause_counts_for_nothing() -> None:
    """Paused for ten minutes, the rest of the step is there as before; paused twice is paused once."""
    book = Book()
    book.begun()
    for name, kind, at in (
        ("a", "run-paused", "10:01:00"),
        ("b", "run-paused", "10:05:00"),
        ("c", "run-resumed", "10:11:00"),
    ):
        book.write(name, kind, at, run="r", groups=[1])
    assert book.run().groups[0].now.left(moment("10:11:30")) == 90


def test_back_goes_on_with_the_clock_that_was_left() -> None:
    """A step left after a minute has two of its three left when the group comes back to it."""
    book = Book()
    book.begun()
    book.write("a", "step-begun", "10:01:00", run="r", groups=[1], step="ask", turn=1)
    book.write("b", "step-begun", "10:02:00", run="r", groups=[1], step="tell", turn=1)
    group = book.run().groups[0]
    assert group.now.left(moment("10:02:10")) == 110
    assert [(one.place.step.id, one.going) for one in group.stints] == [("tell", True), ("ask", False)]


def test_minutes_change_for_one_group_and_never_fall_below_one() -> None:
    """Two minutes more for the second group; five fewer leave one."""
    book = Book()
    book.begun(clocks=2)
    book.write("a", "step-minutes", "10:00:30", run="r", groups=[2], step="tell", turn=1, minutes=2)
    assert [one.now.minutes for one in book.run().groups] == [3, 5]
    book.write("b", "step-minutes", "10:00:40", run="r", groups=[1], step="tell", turn=1, minutes=-5)
    assert book.run().groups[0].now.minutes == 1


def test_two_laptops_that_say_next_at_once_say_one_thing() -> None:
    """The group is one step further, not two; its clock runs from the earlier word."""
    book, other = Book(), Book("z")
    book.begun()
    book.write("a", "step-begun", "10:03:00", run="r", groups=[1], step="ask", turn=1)
    later = other.write("b", "step-begun", "10:03:04", run="r", groups=[1], step="ask", turn=1)
    group = book.run(later).groups[0]
    assert (group.at, group.now.left(moment("10:03:10"))) == (1, 110)
    paused = book.write("p", "run-paused", "10:03:02", run="r", groups=[1])
    assert paused.kind == "run-paused"
    assert book.run(later).groups[0].now.watch.paused, "what was paused in between stays so"


def test_an_undo_gives_back_the_step_as_if_nothing_had_happened() -> None:
    """The clock of the step runs on from its own beginning."""
    book = Book()
    book.begun()
    book.write("a", "step-begun", "10:01:00", run="r", groups=[1], step="ask", turn=1)
    run = book.run(undo("u", "a", at="10:01:05"))
    assert (run.groups[0].now.place.step.id, run.groups[0].now.left(moment("10:01:30"))) == ("tell", 90)


def test_fewer_people_leave_a_group_at_the_last_turn_there_is() -> None:
    """At the third person's turn when there are two from now on: the next place is the step after the round."""
    book = Book()
    book.begun()
    book.write("a", "step-begun", "10:01:00", run="r", groups=[1], step="help", turn=3)
    book.write("b", "run-sized", "10:02:00", run="r", clocks=1, people=2)
    run = book.run()
    following = run.step_from(run.groups[0], 1)
    assert following is not None
    assert (run.groups[0].now.place.step.id, following.key) == ("help", ("close", 1))


def test_a_group_more_begins_where_the_last_of_the_others_is() -> None:
    """And a group fewer is not shown; what it wrote down stays."""
    book = Book()
    book.begun(clocks=2)
    book.write("a", "step-begun", "10:01:00", run="r", groups=[1, 2], step="ask", turn=1)
    book.write("f", "step-begun", "10:01:05", run="r", groups=[2], step="help", turn=1)
    book.write("l", "captured", "10:01:10", run="r", group=2, step="ask", turn=1, text="why?", **{"as": "question"})
    book.write("b", "run-sized", "10:02:00", run="r", clocks=3)
    third = book.run().group(3)
    assert third is not None
    assert (third.now.place.key, third.now.left(moment("10:02:00"))) == (("ask", 1), 120)
    book.write("c", "run-sized", "10:02:30", run="r", clocks=1)
    run = book.run()
    assert ([one.number for one in run.groups], [one.text for one in run.captured]) == ([1], ["why?"])


def test_what_is_over_is_over() -> None:
    """No clock goes on after the end; an undo of the end lets all of them count again."""
    book = Book()
    book.begun()
    book.write("z", "run-ended", "10:02:00", run="r")
    book.write("a", "step-begun", "10:03:00", run="r", groups=[1], step="ask", turn=1)
    run = book.run()
    assert (run.ended_at, run.groups[0].now.left(moment("12:00:00"))) == (moment("10:02:00"), 60)
    again = book.run(undo("u", "z", at="10:04:00", number=9))
    assert (again.ended_at, again.groups[0].now.place.step.id) == (None, "ask")


def test_a_run_that_was_taken_back_is_none() -> None:
    """Undone or erased, it is as if it had not been; what a later version wrote does no harm."""
    book = Book()
    book.begun()
    for gone in (undo("u", "r"), entry("x", "erased", event=None, ids=["r"])):
        fold = RunFold("e")
        fold.apply([*book.entries, gone])
        assert fold.runs == ()
    strange = entry("s", "step-begun", at="10:01", run="r", groups=[1, 99], step="not there", turn=7, number=5)
    run = book.run(strange, entry("t", "captured", at="10:02", run="r", text="?", number=6, **SONG))
    assert (run.groups[0].at, run.captured[0].kind) == (0, "note")


_KINDS = st.sampled_from(("next", "back", "pause", "go on", "more", "less", "size", "line", "undo"))


@given(st.lists(st.tuples(_KINDS, st.integers(0, 2), st.integers(1, 40), st.booleans()), max_size=25), st.randoms())
def test_any_order_gives_the_same_picture(deeds: list[tuple[str, int, int, bool]], chance: random.Random) -> None:
    """Entries of two laptops, shuffled and repeated: the same run; and no clock has spent more than has passed."""
    books = (Book(), Book("z"))
    books[0].begun(clocks=2)
    at, ids = moment("10:00:00"), ["r"]
    order = places(PLAYED, Size())
    for number, (kind, group, wait, other) in enumerate(deeds):
        at += timedelta(seconds=wait)
        book, name, clock = books[other], f"n{number}", at.strftime("%H:%M:%S")
        place = order[(number * 5 + wait) % len(order)]
        about: dict[str, Any] = {"run": "r", "groups": [group] if group else [1, 2]}
        if kind in ("next", "back"):
            book.write(name, "step-begun", clock, **about, step=place.step.id, turn=place.turn)
        elif kind in ("pause", "go on"):
            book.write(name, "run-paused" if kind == "pause" else "run-resumed", clock, **about)
        elif kind in ("more", "less"):
            minutes = 1 if kind == "more" else -1
            book.write(name, "step-minutes", clock, **about, step=place.step.id, turn=place.turn, minutes=minutes)
        elif kind == "size":
            book.write(name, "run-sized", clock, run="r", clocks=1 + wait % 3, people=1 + wait % 4)
        elif kind == "line":
            book.write(name, "captured", clock, run="r", group=group, step="ask", turn=1, text=name)
        else:
            book.write(name, "undo", clock, undoes=ids[wait % len(ids)])
        ids.append(name)
    entries = [*books[0].entries, *books[1].entries]
    first, second = RunFold("e"), RunFold("e")
    first.apply(entries)
    shuffled = [*entries, *entries[:5]]
    chance.shuffle(shuffled)
    for one in shuffled:
        second.apply([one])
    assert first.runs == second.runs
    for run in first.runs:
        for each in run.groups:
            spent = sum((one.watch.spent_at(at) for one in each.stints), timedelta())
            assert spent <= at - moment("10:00:00")
            assert sum(one.going for one in each.stints) == 1


@pytest.mark.parametrize("led", LED, ids=lambda one: one.id)
def test_every_shipped_protocol_runs_to_its_end_on_a_played_clock(led: Protocol) -> None:
    """Each place for just its minutes: the whole takes as long as the protocol says, and every step has had its time."""
    book, at = Book(), moment("10:00:00")
    book.begun(led=led)
    order = places(led, Size())
    for number, place in enumerate(order[1:], 1):
        at += timedelta(minutes=order[number - 1].step.minutes)
        assert book.run().groups[0].now.left(at) == 0
        clock = at.strftime("%H:%M:%S")
        book.write(f"n{number}", "step-begun", clock, run="r", groups=[1], step=place.step.id, turn=place.turn)
    at += timedelta(minutes=order[-1].step.minutes)
    book.write("end", "run-ended", at.strftime("%H:%M:%S"), run="r")
    run = book.run()
    assert run.step_from(run.groups[0], 1) is None
    assert run.ended_at is not None
    assert run.ended_at - run.began_at == timedelta(minutes=led.minutes)
    assert [one.watch.spent for one in run.groups[0].stints] == [timedelta(minutes=one.step.minutes) for one in order]


def test_what_a_step_captures_is_read_off_its_words() -> None:
    """Ideas, questions and commitments by what the file says; notes elsewhere."""
    said = {"ideas, one a line": "idea", "commitment: owner, first step": "commitment", "facts": "note"}
    said |= {"questions, unanswered": "question", "": "note"}
    found = {words: captured_as(Step("s", "S", 1, "all", captured=words)) for words in said}
    assert found == said


def test_what_a_step_captures_is_what_its_file_says() -> None:
    """Whatever its words are; a kind that only a later version knows leaves it to the words."""
    step = Step("s", "S", 1, "all", captured="ideas, one a line", captured_as="question")
    assert captured_as(step) == "question"
    later = protocol(step).to_json()
    later["steps"][0]["captured_as"] = "promise"
    (read,) = Protocol.from_json(later).steps
    assert captured_as(read) == "idea"


def test_a_protocol_that_does_not_say_it_keeps_its_version() -> None:
    """What files say that were written before there was the key; saying it is another version."""
    silent = protocol(Step("s", "S", 1, "all", captured="facts"))
    said = replace(silent, steps=(replace(silent.steps[0], captured_as="note"),))
    assert "captured_as" not in silent.to_json()["steps"][0]
    assert said.to_json()["steps"][0]["captured_as"] == "note"
    assert silent.version == VERSION_BEFORE != said.version


def test_a_protocol_goes_on_past_midnight() -> None:
    """Its clocks count on, and its end is on the next day."""
    book = Book()
    book.begun("23:55:00")
    late = book.write("n1", "step-begun", "00:03:00", run="r", groups=[1], step="ask", turn=1)
    book.entries[-1] = late._replace(happened_at="2023-12-07T00:03:00.000000Z")
    run = book.run()
    (group,) = run.groups
    now = moment("00:04:30") + timedelta(days=1)
    assert [stint.watch.spent_at(now) for stint in group.stints] == [timedelta(minutes=8), timedelta(seconds=90)]
    assert group.now.left(now) == 30
    assert run.ends_about(now) == now + timedelta(seconds=30, minutes=17)


def test_forty_steps_and_no_minutes_are_led_too() -> None:
    """A snapshot of a step without minutes presses nobody; forty steps have forty places."""
    book = Book()
    book.begun(led=protocol(*(Step(f"s{n}", "S", 0, "all") for n in range(40))))
    run = book.run()
    assert (len(run.places), run.groups[0].now.urgency(moment("11:00:00"))) == (40, "calm")
