"""Leading a protocol at the desk: the running segment's, several clocks on one screen, lines with their step."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.running.places import Size
from plfacilitate.front.desk.painting.pictures import DayPicture
from plfacilitate.front.desk.screens.run import RunScreen
from plfacilitate.front.desk.screens.today import day_lines
from plfacilitate.steps import run as steps
from plfacilitate.steps.problem_bank import read_bank
from plfacilitate.steps.run import read_runs
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import DAY, Day
from tests.front.desk.leading import at_run, begun, found, led_day


@pytest.fixture
def day(tmp_path: Path) -> Day:
    """Three minutes into a segment of 38 minutes that is spent on a troika."""
    return led_day(tmp_path)


async def test_p_leads_the_protocol_of_the_running_segment(day: Day) -> None:
    """Its name and minutes are said, Enter begins; the whole protocol is kept with the run."""
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("p")
        await seat.sees("6 steps, 30 min as the protocol reckons. The segment has 38.")
        await seat.type("backspace", "4", "enter", "enter")
        await seat.sees("ends about 9:03")
        run = found(day)
        assert (run.protocol.id, run.segment, len(run.groups)) == ("troika", "In threes across schools", 4)
        assert [step.title in seat.text() for step in run.protocol.steps[:1]] == [True]


async def test_what_is_looked_for_in_rooms_is_not_led(tmp_path: Path) -> None:
    """A visit's segment names an observation: it is said, and another protocol can be found."""
    day = led_day(tmp_path, protocol="four-attributes")
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("p")
        await seat.told("has no steps")
        await seat.sees("Lead which protocol?")
        assert read_runs(day.ledger, day.event).runs == ()


async def test_what_does_not_fit_is_said_and_never_stops_anybody(day: Day) -> None:
    """Nine turns need more than the segment has: said once, and the second Enter begins so."""
    async with seat_of(day, size=(120, 40)) as seat:
        await seat.type("p")
        await seat.sees("The segment has 38.")
        await seat.type("enter", "backspace", "9", "enter")
        await seat.sees("9 rounds of 9 min and 3 min need 84 min, the segment has 38")
        await seat.type("enter")
        await seat.sees("49 min after the segment's end")
        assert found(day).size.people == 9


@pytest.mark.parametrize("keys", ["0", "99", "x", ""], ids=["zero", "too many", "a letter", "nothing"])
async def test_nobody_and_too_many_are_no_number(day: Day, keys: str) -> None:
    """Zero groups, ninety-nine, a letter or nothing: a sentence, and nothing begins."""
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("p")
        await seat.sees("The segment has 38.")
        await seat.type("backspace", *keys, "f2")
        await seat.sees("A number from 1 to 40 is needed here.")
        assert read_runs(day.ledger, day.event).runs == ()


async def test_each_group_goes_on_by_itself_and_all_at_once(day: Day) -> None:
    """A digit chooses a group, `n` moves it, `N` moves all from where they are, `b` goes back."""
    begun(day, clocks=3)
    async with at_run(day) as seat:
        await seat.type("2", "n")
        await seat.until(lambda: [one.at for one in found(day).groups] == [0, 1, 0])
        await seat.type("N")
        await seat.until(lambda: [one.at for one in found(day).groups] == [1, 2, 1])
        await seat.type("0", "b")
        await seat.until(lambda: [one.at for one in found(day).groups] == [0, 1, 0])
        await seat.type("down", "x")
        await seat.until(lambda: [one.at for one in found(day).groups] == [2, 1, 0])
        await seat.type("u")
        await seat.until(lambda: [one.at for one in found(day).groups] == [0, 1, 0])


async def test_clocks_pause_and_get_a_minute(day: Day) -> None:
    """Space stops the chosen group's clock, `+` and `-` change its minutes and no other's; one minute stays."""
    begun(day, clocks=2)
    async with at_run(day) as seat:
        await seat.type("1", "space")
        await seat.sees("paused")
        await seat.type("+")
        await seat.until(lambda: [one.now.minutes for one in found(day).groups] == [3, 2])
        await seat.type("2", "-")
        await seat.until(lambda: [one.now.minutes for one in found(day).groups] == [3, 1])
        await seat.type("-")
        await seat.sees("A step keeps one minute at least")
        day.at("8:40")
        assert [one.now.left(day.moment("8:40")) for one in found(day).groups] == [180, -360]
        seat.app.repaint()
        await seat.sees("+6:00")


async def test_lines_are_kept_with_run_group_and_step(day: Day) -> None:
    """Enter keeps the line and stays in the field, Tab makes it another kind, Esc gives the keys back."""
    begun(day, clocks=2)
    async with at_run(day) as seat:
        await seat.type("2", "i", "why now?", "enter", "tab", "try it", "enter", "escape", "n")
        await seat.until(lambda: [one.at for one in found(day).groups] == [0, 1])
        run = found(day)
        assert [(one.group, one.step, one.kind, one.text) for one in run.captured] == [
            (2, "reflect", "question", "why now?"), (2, "reflect", "commitment", "try it"),
        ]  # fmt: skip
        await seat.type("l")
        await seat.sees("Written down: 2")
        await seat.sees("try it (who? by when?)")


async def test_a_line_is_said_in_other_words_completed_and_taken_away(day: Day) -> None:
    """All in the list of lines: Enter words it anew, m makes it a full commitment, x takes it away, u brings it back."""
    begun(day)
    place = found(day).places[0]
    day.ledger.append(steps.capture(day.hand(), found(day), "why nwo?", kind="question", place=place))
    day.ledger.append(steps.capture(day.hand(), found(day), "walk", kind="commitment", place=place))
    async with at_run(day) as seat:
        await seat.sees("walk (who? by when?)")
        await seat.type("l", "enter")
        await seat.sees("In other words")
        await seat.type("backspace", "backspace", "backspace", "backspace", "now?", "enter")
        await seat.until(lambda: [one.text for one in found(day).captured] == ["why now?", "walk"])
        await seat.type("l", "down", "m", "tab", "Lan", "enter", "ask Bo", "enter", "in two weeks", "enter")
        await seat.until(lambda: found(day).captured[1].due == "2023-12-20")
        await seat.sees("walk · Lan · first: ask Bo · by")
        await seat.type("l", "x")
        await seat.until(lambda: [one.text for one in found(day).captured] == ["walk"])
        await seat.sees("The line is taken away")
        await seat.type("u")
        await seat.until(lambda: [one.text for one in found(day).captured] == ["why now?", "walk"])


def test_a_commitment_of_a_led_protocol_is_due_on_today(day: Day) -> None:
    """As one of a POP-up is, once it is said by when."""
    begun(day)
    day.ledger.append(steps.capture(day.hand(), found(day), "walk", kind="commitment", place=found(day).places[0]))
    (line,) = found(day).captured
    words = {"who": "Lan", "what": "walk", "due": "2023-12-04"}
    day.ledger.append_one(steps.promise(day.hand(), found(day), line, words))
    lines = day_lines(DayPicture(DAY), day.clock(), read_bank(day.ledger, DAY))
    assert [one.text for one in lines] == ["Promised at POP-ups · 1 overdue", "Lan: walk"]


async def test_a_note_becomes_a_commitment_and_esc_keeps_what_was_typed(day: Day) -> None:
    """It goes on being one line, at its time; the text that waits is there again."""
    begun(day)
    day.ledger.append(steps.capture(day.hand(), found(day), "Lan walks", place=found(day).places[0]))
    async with at_run(day) as seat:
        await seat.sees("Lan walks")
        await seat.type("l", "m", "tab", "Lan N.", "escape")
        await seat.until(lambda: isinstance(seat.app.screen, RunScreen))
        assert [one.kind for one in found(day).captured] == ["note"]
        await seat.type("l", "m")
        await seat.sees("Lan N.")
        await seat.type("f2")
        await seat.until(lambda: [(one.kind, one.who) for one in found(day).captured] == [("commitment", "Lan N.")])
        await seat.sees("by when can be said later")


async def test_what_people_type_is_shown_as_text(day: Day) -> None:
    """Escape codes, markup and 5,000 letters are kept as they are and shown without harm; digits and signs are typed, too."""
    run = begun(day)
    nasty = "\x1b[31m[b]red[/b] " + "long " * 1000
    draft = steps.capture(day.hand(), found(day), nasty, place=found(day).places[0])
    day.ledger.append(draft)
    async with at_run(day) as seat:
        await seat.sees("␛[31m[b]red[/b]")
        await seat.type("i", "2-3 rooms ", "+", " 1/2 @ all_", "enter")
        await seat.until(lambda: [one.text for one in found(day).captured] == [nasty.strip(), "2-3 rooms + 1/2 @ all_"])
        assert found(day).id == run
        assert not list(day.ledger.entries(kinds=("step-minutes",))), "a sign is no key while somebody types"


async def test_a_half_typed_line_waits(day: Day) -> None:
    """Esc twice leaves the screen; `N` in the room goes on with what was typed."""
    begun(day)
    async with at_run(day) as seat:
        await seat.type("i", "half a", "escape", "escape")
        await seat.until(lambda: not isinstance(seat.app.screen, RunScreen), "the room")
        await seat.type("N")
        await seat.until(lambda: isinstance(seat.app.screen, RunScreen), "the run")
        assert isinstance(seat.app.screen, RunScreen)
        assert seat.app.screen.field.value == "half a"


async def test_the_end_is_asked_where_steps_are_left_and_can_be_taken_back(day: Day) -> None:
    """`e` names what is left; afterwards no clock goes on, and `u` lets them."""
    begun(day)
    async with at_run(day) as seat:
        await seat.type("e")
        await seat.sees("13 steps left. End it?")
        await seat.type("y")
        await seat.sees("ENDED 8:33")
        await seat.type("n")
        assert found(day).ended_at is not None
        await seat.type("u")
        await seat.until(lambda: found(day).ended_at is None)
        await seat.sees("ends about")


async def test_a_run_from_before_is_gone_on_with_or_the_agenda_followed(day: Day) -> None:
    """In another segment both could be meant: it is asked."""
    begun(day)
    day.ledger.append_one(steps.begin(day.hand(), day.event, found(day).protocol, segment="Yesterday"))
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("p")
        await seat.sees("Begin what the agenda says now: In threes across schools")
        await seat.type("down", "enter")
        await seat.sees("now on the agenda: In threes across schools")


async def test_any_protocol_is_found_by_typing(tmp_path: Path) -> None:
    """Outside a protocol's segment the list comes at once; letters narrow it, Enter takes it."""
    day = led_day(tmp_path, at="9:15")
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("p")
        await seat.sees("Lead which protocol?")
        await seat.type("wise", "enter")
        await seat.sees("Wise crowds")
        await seat.type("f2", "f2")
        await seat.until(lambda: found(day).protocol.id == "wise-crowds")


async def test_a_jump_goes_to_any_step(day: Day) -> None:
    """By its number or a part of its name, for the group that is looked at."""
    begun(day)
    async with at_run(day) as seat:
        await seat.type("j", "14", "enter")
        await seat.until(lambda: found(day).groups[0].at == 13)
        await seat.type("n")
        await seat.sees("This is the last step: e ends it.")
        await seat.type("b", "x")
        await seat.sees("Nothing is left behind the next step: n or e.")
        assert found(day).groups[0].at == 12


async def test_the_number_of_groups_and_people_can_change_on_the_way(day: Day) -> None:
    """`g` asks for both; what no longer fits is said once, and nothing that was done is lost."""
    begun(day, clocks=2)
    async with at_run(day, size=(120, 40)) as seat:
        await seat.type("2", "n", "g")
        await seat.sees("For how many?")
        await seat.type("3", "enter", "9", "enter")
        await seat.sees("need 84 min, the segment has 38")
        await seat.type("enter")
        await seat.until(lambda: found(day).size == Size(3, people=9), "the new size")
        assert [one.at for one in found(day).groups] == [0, 1, 0]
        await seat.sees("after the segment's end")
        await seat.type("u")
        await seat.until(lambda: found(day).size == Size(2), "the old size")


async def test_asleep_during_a_step_it_is_right_on_waking(day: Day) -> None:
    """Twenty minutes later the clock says so at once; nothing has moved on by itself."""
    begun(day)
    async with at_run(day) as seat:
        day.at("8:53")
        seat.app.repaint()
        await seat.sees("18:00 over 2 min")
        assert found(day).groups[0].at == 0


async def test_on_the_wall_the_keys_work_and_nothing_private_is_seen(day: Day) -> None:
    """No line that was written down, no toast, no status; Esc brings all of it back."""
    begun(day)
    day.ledger.append(steps.capture(day.hand(), found(day), "Maria said so", place=found(day).places[0]))
    async with at_run(day) as seat:
        await seat.sees("Maria said so")
        await seat.type("w")
        await seat.sees("W H A T   W O U L D   I   A S K ?")
        assert "Maria" not in seat.text()
        await seat.type("n")
        await seat.sees("T H E   C L I E N T   T E L L S")
        assert "undoes" not in seat.text()
        await seat.type("escape")
        await seat.sees("i: write a line")


async def test_forty_steps_scroll_and_no_minutes_are_refused_by_the_file(tmp_path: Path) -> None:
    """One's own protocol of forty steps is led to its last; one with a step of 0 minutes is said to be wrong, and the list comes."""
    day = led_day(tmp_path, protocol="mine", minutes=60)
    folder = day.around.workspace.protocols / "facilitation"
    folder.mkdir(parents=True)
    head = 'id = "{}"\ntitle = "Mine"\nkind = "facilitation"\npurpose = "Why"\nsource = "own"\nminutes = 40\n'
    step = '[[step]]\nid = "s{n}"\ntitle = "Step {n}"\nminutes = {m}\nspeaks = "all"\n'
    own = folder / "mine.toml"
    own.write_text(head.format("mine") + step.format(n=1, m=0), "utf-8")
    async with seat_of(day, size=(80, 24)) as seat:
        await seat.type("p")
        await seat.told("has 1 fault")
        await seat.sees("Lead which protocol?")
        await seat.type("escape")
        own.write_text(head.format("mine") + "".join(step.format(n=n, m=1) for n in range(1, 41)), "utf-8")
        await seat.type("p")
        await seat.sees("40 steps, 40 min as the protocol reckons.")
        await seat.type("f2")
        await seat.sees("Step 1 of 40")
        await seat.type("j", "40", "enter")
        await seat.sees("Step 40 of 40")
        await seat.sees("▶ Step 40")
