"""What an observer noted: the same picture in any order, and no note that changes its meaning on the way."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.protocol import Item, Option, Prompt, Protocol, Section
from plfacilitate.core.visiting.fold import VisitFold
from plfacilitate.core.visiting.observation import Bout, Observation
from plfacilitate.core.visiting.plan import Stop, Visit
from tests.core.entries import entry, undo

ITEMS = (
    Item("names", "look-for", "Names"),
    Item("what", "rating", "What", levels=("Teacher names it.", "Student proposes it.")),
    Item("why", "tally", "Why"),
    Item("teacher", "state", "Teacher talks", group="talk"),
    Item("student", "state", "Student talks", group="talk"),
    Item("noise", "state", "Noise"),
    Item("sweep", "snapshot", "Sweep", options=(Option("on", "On"), Option("off", "Off")), every=2, capture="count"),
    Item("wall", "choice", "Wall", options=(Option("work", "Work"), Option("rules", "Rules")), several=True),
    Item("heads", "count", "Heads"),
    Item("free", "text", "Free"),
)
ROOM = Protocol("room", "The room", "observation", "p", "s", 20, sections=(Section("one", "One", items=ITEMS),))
TALK = Protocol(
    "talk", "Talk", "interview", "p", "s", 20, levels=("No.", "Yes."),
    sections=(Section("one", "One", prompts=(Prompt("bell", "Which bell?"), Prompt("room", "Which room?"))),),
)  # fmt: skip


def started(protocol: Protocol = ROOM, entry_id: str = "o", at: str = "09:00", **body: Any) -> Entry:
    """The beginning of an observation."""
    given = {"stop": "r4", "observer": "Ada", "protocol": protocol.to_json()} | body
    return entry(entry_id, "observation-started", at=at, **given)


def line(entry_id: str, text: str, at: str, *items: str, replaces: tuple[str, ...] = ()) -> Entry:
    """A line of the script."""
    return entry(entry_id, "line", at=at, replaces=replaces, observation="o", text=text, items=list(items))


def noted(entry_id: str, item: str, value: Any, at: str = "09:05", **body: Any) -> Entry:
    """An item that was noted."""
    return entry(entry_id, "observed", at=at, observation="o", item=item, value=value, **body)


def seen(*entries: Entry, observation: str = "o") -> Observation:
    """The observation that these entries make."""
    fold = VisitFold("e")
    fold.apply(entries)
    found = fold.observation(observation)
    assert found is not None
    return found


def clock(text: str) -> datetime:
    """A moment of the day that the entries of these tests lie on."""
    return entry("x", "line", at=text).at


def test_lines_stand_in_the_order_of_their_times() -> None:
    """A line that is keyed in later takes its place by its time."""
    found = seen(started(), line("b", "second", "09:03"), line("a", "first", "09:01"), line("c", "third", "09:07"))
    assert [one.text for one in found.lines] == ["first", "second", "third"]


def test_a_line_is_coded_at_once_and_afterwards_and_the_last_word_counts() -> None:
    """Coded with the line, then to another item, then to none; other words keep what it was coded to."""
    first = [started(), line("a", "S1: why?", "09:01", "why")]
    again = entry("c", "coded", at="09:02", observation="o", line="a", items=["why", "names"])
    reworded = line("b", "S1: but why?", "09:01", "why", "names", replaces=("a",))
    none = entry("d", "coded", at="09:04", observation="o", line="b", items=[])
    assert seen(*first).lines[0].items == ("why",)
    assert seen(*first, again).lines[0].items == ("why", "names")
    found = seen(*first, again, reworded).lines
    assert [(one.text, one.items) for one in found] == [("S1: but why?", ("why", "names"))]
    assert seen(*first, again, reworded, none).lines[0].items == ()
    assert seen(*first, again, reworded, none).lines_of("why") == ()


def test_taps_are_counted_and_a_total_from_paper_takes_their_place() -> None:
    """Three taps are three; a total of five is five, and a tap after it makes six."""
    taps = [noted(f"t{n}", "why", 1, f"09:0{n}") for n in range(1, 4)]
    assert seen(started(), *taps).of("why").times == 3
    total = noted("t5", "why", 5, "09:10", total=True)
    assert seen(started(), *taps, total).of("why").times == 5
    assert seen(started(), *taps, total, noted("t6", "why", 1, "09:11")).of("why").times == 6


def test_states_of_a_group_end_each_other_and_others_go_on() -> None:
    """Student talk ends teacher talk; noise is in no group."""
    found = seen(
        started(), noted("1", "teacher", "on", "09:00"), noted("2", "noise", "on", "09:01"),
        noted("3", "student", "on", "09:04"), noted("4", "student", "off", "09:05"), noted("5", "teacher", "on", "09:06"),
    )  # fmt: skip
    assert found.of("teacher").bouts == (Bout(clock("09:00"), clock("09:04")), Bout(clock("09:06"), None))
    assert found.of("student").bouts == (Bout(clock("09:04"), clock("09:05")),)
    assert [one.id for one in found.open_states] == ["teacher", "noise"]
    assert found.of("teacher").seconds(clock("09:08")) == 6 * 60


def test_a_clock_that_was_put_back_makes_no_time_less_than_none() -> None:
    """Ended five minutes before it began, by a clock that somebody put right: it lasted no time at all."""
    fold = VisitFold("e")
    on, off = noted("a", "teacher", "on", "09:10"), noted("b", "teacher", "off", "09:05")
    fold.apply([started(), on._replace(number=2), off._replace(number=3)])
    found = fold.observation("o")
    assert found is not None
    (bout,) = found.of("teacher").bouts
    assert (bout.began, bout.ended) == (on.at, on.at)
    assert found.of("teacher").seconds(on.at) == 0


def test_a_code_that_comes_before_its_line_is_kept_for_it() -> None:
    """Another laptop's entries come in any order; the picture was looked at in between."""
    fold = VisitFold("e")
    fold.apply([started(), entry("c", "coded", at="09:02", observation="o", line="a", items=["why"])])
    assert fold.observation("o") is not None
    fold.apply([line("a", "T: why?", "09:01")])
    found = fold.observation("o")
    assert found is not None
    assert [one.items for one in found.lines] == [("why",)]


def test_words_for_the_report_that_were_taken_away_are_gone() -> None:
    """A part that says nothing any more is none."""
    fold = VisitFold("e")
    fold.apply([entry("s", "visit-summary", at="09:00", parts={"patterns": "Maps hang.", "next": "More."})])
    fold.apply([entry("t", "visit-summary", at="09:01", parts={"patterns": ""})])
    assert fold.summary == {"next": "More."}


def test_minutes_from_paper_take_the_place_of_the_stopwatch_and_it_goes_on() -> None:
    """Four minutes measured, seven keyed in: seven; what is measured after that is added."""
    watch = [noted("1", "noise", "on", "09:00"), noted("2", "noise", "off", "09:04")]
    total = noted("3", "noise", 7, "09:10", total=True)
    assert seen(started(), *watch, total).of("noise").seconds(clock("09:10")) == 7 * 60
    again = [noted("4", "noise", "on", "09:11"), noted("5", "noise", "off", "09:13")]
    assert seen(started(), *watch, total, *again).of("noise").seconds(clock("09:20")) == 9 * 60
    running = seen(started(), watch[0], total)
    assert running.of("noise").seconds(clock("09:12")) == 9 * 60


def test_a_value_that_no_item_of_the_kind_has_is_passed_over() -> None:
    """Somebody else's program wrote nothing where a tap or a glance belongs: the rest is read."""
    odd = [noted("1", "why", None), noted("2", "sweep", None), noted("3", "sweep", 7), noted("4", "why", 1)]
    found = seen(started(), *odd)
    assert (found.of("why").times, found.of("sweep").glances) == (1, ())


def test_a_state_that_nobody_ended_ends_with_the_observation_and_says_so() -> None:
    """Whoever closes without finishing leaves no endless state, and the rule that ended it is seen."""
    ended = entry("end", "observation-ended", at="09:20", observation="o")
    found = seen(started(), noted("1", "noise", "on", "09:10"), ended)
    assert found.of("noise").bouts == (Bout(clock("09:10"), clock("09:20"), by_rule=True),)
    assert found.open_states == ()
    again = seen(started(), noted("1", "noise", "on", "09:10"), ended, undo("u", "end"))
    assert again.ended_at is None
    assert [one.id for one in again.open_states] == ["noise"]


def test_a_glance_is_taken_once_a_slot_and_can_be_taken_again_or_away() -> None:
    """The second look at slot 1 counts; slot 2 was taken away."""
    found = seen(
        started(),
        noted("1", "sweep", {"slot": 1, "codes": {"on": 20}}, "09:02"),
        noted("2", "sweep", {"slot": 2, "codes": {"on": 18, "off": 4}}, "09:04"),
        noted("3", "sweep", {"slot": 1, "codes": {"on": 21, "off": 1}}, "09:05"),
        noted("4", "sweep", {"slot": 2, "codes": {}, "gone": True}, "09:06"),
    )
    assert [(one.slot, dict(one.codes)) for one in found.of("sweep").glances] == [(1, {"on": 21, "off": 1})]


def test_a_question_for_others_is_not_left_out() -> None:
    """Who answers is asked what names them or nobody; whoever is none of those that are named is asked all."""
    prompts = (Prompt("own", "?", who=("principal",)), Prompt("theirs", "?", who=("student",)), Prompt("all", "?"))
    protocol = replace(TALK, sections=(Section("one", "One", prompts=prompts),))
    for who, left in (
        ("principal", ["own", "all"]),
        ("2 students", ["theirs", "all"]),
        ("Kim", ["own", "theirs", "all"]),
    ):
        assert [one.id for one in seen(started(protocol, respondent=who)).left_out] == left


def test_what_is_left_out_is_named_and_an_empty_tally_is_not() -> None:
    """A tally of none, a state that never was, empty words: they say something. An answer taken away is left out again."""
    assert [one.id for one in seen(started()).left_out] == ["names", "what", "wall", "heads"]
    answers = [noted("1", "names", "seen"), noted("2", "what", 2), noted("3", "wall", ["work"]), noted("4", "heads", 0)]
    assert seen(started(), *answers).left_out == ()
    away = noted("5", "what", None, "09:30")
    assert [one.id for one in seen(started(), *answers, away).left_out] == ["what"]


def test_a_prompt_is_answered_by_its_level_or_by_words() -> None:
    """Either will do; neither is left out."""
    found = seen(started(TALK), noted("1", "bell", 2), noted("2", "room", None, note="Room 4 was made a studio."))
    assert found.left_out == ()
    assert [one.id for one in seen(started(TALK), noted("1", "bell", 1)).left_out] == ["room"]


def test_undo_without_end_takes_back_the_newest_that_stands() -> None:
    """Line, tap, line: back, back, back; then nothing is left to take back, and the beginning stays."""
    entries = [started(), line("a", "one", "09:01"), noted("t", "why", 1, "09:02"), line("b", "two", "09:03")]
    numbered = [one._replace(seq=place) for place, one in enumerate(entries, start=1)]
    fold = VisitFold("e")
    fold.apply(numbered)
    gone = []
    while (newest := fold.newest("o")) is not None:
        gone.append(newest.id)
        fold.apply([undo(f"u{newest.id}", newest.id, at="09:30")])
    assert gone == ["b", "t", "a"]
    left = fold.observation("o")
    assert left is not None
    assert (left.lines, left.of("why").times) == ((), 0)


def test_a_visit_keeps_the_protocol_that_it_was_made_with() -> None:
    """The snapshot reads back as what was written, to its version."""
    assert seen(started()).protocol == ROOM
    assert seen(started(TALK)).protocol.version == TALK.version


def test_rooms_are_letters_unless_they_are_named() -> None:
    """Twenty-seven rooms are A to Z and AA, each one once; a named one has its name."""
    stops = tuple(Stop(f"r{n}", f"Room {n}") for n in range(27))
    visit = Visit("Dimmitt", "To see who chooses.", stops=stops)
    letters = {visit.label(stop.id) for stop in stops}
    assert letters == {*(f"Room {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "Room AA"}
    assert Visit("Dimmitt", "p", rooms="named", stops=stops).label("r26") == "Room 26"
    assert Visit.from_json(visit.to_json()) == visit


def test_letters_of_rooms_do_not_follow_the_way() -> None:
    """The school has the way on paper: other events have other letters, and the same one has the same everywhere."""
    stops = tuple(Stop(f"s{n}", f"Room {n}", f"{9 + n:02}:00") for n in range(6))
    visit = Visit("Dimmitt", "To see who chooses.", stops=stops)
    orders = set()
    for event in ("e1", "e2", "e3", "e4"):
        laptop = VisitFold(event)
        laptop.apply([entry("p", "visit-planned", event=event, visit=visit.to_json())])
        assert laptop.visit is not None
        orders.add(tuple(laptop.visit.label(stop.id)[-1] for stop in stops))
        later = replace(laptop.visit, stops=tuple(replace(stop, starts="") for stop in reversed(stops)))
        assert tuple(later.label(stop.id)[-1] for stop in stops) in orders
        assert "event" not in laptop.visit.to_json()
    assert len(orders) == 4
    assert tuple("ABCDEF") not in orders


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "names": st.sampled_from(["seen", "not seen", None]),
    "what": st.sampled_from([1, 2, None]),
    "why": st.just(1),
    "teacher": st.sampled_from(["on", "off"]),
    "student": st.sampled_from(["on", "off"]),
    "sweep": st.fixed_dictionaries({"slot": st.integers(1, 3), "codes": st.just({"on": 3})}),
}


@st.composite
def lessons(draw: st.DrawFn) -> list[Entry]:
    """Anything an observer can do, in any combination; versions and undos name what they like."""
    ids = [f"i{n:02}" for n in range(draw(st.integers(0, 14)))]
    found = [started()]
    for name in ids:
        at = (datetime(2023, 12, 6, 9, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 9)))).strftime("%H:%M")
        match draw(st.sampled_from(["line", "line", "coded", "observed", "observed", "undo", "end", "erased"])):
            case "line":
                replaces = draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
                found.append(
                    line(name, name, at, *draw(st.lists(st.just("why"), max_size=1)), replaces=tuple(replaces))
                )
            case "coded":
                items = draw(st.lists(st.sampled_from(["why", "what"]), unique=True))
                found.append(entry(name, "coded", at=at, observation="o", line=draw(st.sampled_from(ids)), items=items))
            case "observed":
                item = draw(st.sampled_from(sorted(VALUES)))
                found.append(noted(name, item, draw(VALUES[item]), at))
            case "undo":
                found.append(undo(name, draw(st.sampled_from(ids)), at=at))
            case "end":
                found.append(entry(name, "observation-ended", at=at, observation="o"))
            case _:
                found.append(entry(name, "erased", at=at, ids=draw(st.lists(st.sampled_from(ids), max_size=1))))
    return found


@given(lessons(), st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_gives_the_same_observation(entries: list[Entry], chance: random.Random) -> None:
    """At once, one by one, shuffled, twice, looked at in between: one picture."""
    at_once = VisitFold("e")
    at_once.apply(entries)
    piecemeal = VisitFold("e")
    shuffled = entries * 2
    chance.shuffle(shuffled)
    for one in shuffled:
        piecemeal.apply([one])
        piecemeal.observation("o")
    assert piecemeal.observation("o") == at_once.observation("o")


@pytest.mark.parametrize("kind", ["visit", "observation"])
def test_what_is_erased_is_gone(kind: str) -> None:
    """An erased line leaves no trace in the picture; an erased announcement announces nothing."""
    announced = entry("v", "visit-planned", visit=Visit("Dimmitt", "p").to_json())
    fold = VisitFold("e")
    fold.apply([started(), line("a", "Maria Garcia reads", "09:01"), announced])
    fold.apply([entry("x", "erased", ids=["a", "v"])])
    found = fold.observation("o")
    assert found is not None
    assert (fold.visit is None) if kind == "visit" else (found.lines == ())
