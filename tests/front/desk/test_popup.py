"""Problems of practice at the desk: by real keys, live while phones send, from the open call to the commitment."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.core.popup.picture import PopupPicture, Problem
from plfacilitate.front.desk.screens.popup import PopupScreen
from plfacilitate.steps import popup as steps
from plfacilitate.steps.groups import draw, read_groups
from plfacilitate.store.ballots import Ballot, box_of, cast_ballots
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day, busy_day


@pytest.fixture
def busy(tmp_path: Path) -> Day:
    """A room with people in it."""
    return busy_day(tmp_path)


def picture(day: Day) -> PopupPicture:
    """What stands in the ledger."""
    return steps.read_popup(day.ledger, day.event).picture()


def first(day: Day) -> Problem:
    """The first problem."""
    return picture(day).problems[0]


def screen(seat: Seat) -> PopupScreen:
    """The screen of POP-ups."""
    assert isinstance(seat.app.screen, PopupScreen)
    return seat.app.screen


def brought(day: Day, owner: str = "Ana Ruiz", problem: str = "Talk dries up after ten minutes") -> str:
    """A problem from a phone."""
    day.clock.forward(seconds=1)
    fields = {"owner": owner, "school": "Lakeridge", "problem": problem, "data": "3 of 28 spoke on Monday"}
    return day.ledger.append_one(steps.open_problem(day.hand("own-phone"), day.event, fields)).id


def give(day: Day, *ideas: str) -> None:
    """Ideas from phones, without names."""
    asked = first(day).ideas_round
    assert asked is not None
    ballots = [Ballot(asked.id, f"{at:032x}", {"idea": text}) for at, text in enumerate(ideas)]
    assert set(cast_ballots(box_of(day.ledger.path), ballots)) == {"in"}


def vote(day: Day, *dots: list[str]) -> None:
    """Votes from phones, by the texts of their options."""
    asked = first(day).vote
    assert asked is not None
    known = {option.text: option.id for option in asked.options}
    for at, one in enumerate(dots):
        cast_ballots(box_of(day.ledger.path), [Ballot(asked.id, f"{at:032x}", {"dots": [known[text] for text in one]})])


async def opened(seat: Seat) -> None:
    """The screen is there, with what stands on it."""
    await seat.type("P")
    await seat.until(lambda: isinstance(seat.app.screen, PopupScreen) and seat.app.popup is not None)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_whole_popup_by_keys(busy: Day, size: tuple[int, int]) -> None:
    """Brought, edited, ideas from phones and the desk, a cluster, a vote, a commitment."""
    async with seat_of(busy, size=size) as seat:
        await opened(seat)
        await seat.type("a", "Ana Ruiz", "tab", "Lakeridge", "tab", "Talk dries up", "tab", "3 of 28", "f2")
        await seat.told("Ana Ruiz brings a problem")
        await seat.sees("○ Ana Ruiz")
        await seat.type("e", "How might we hear all?", "f2")
        await seat.sees("How might we hear all?")
        await seat.type("i")
        await seat.sees("0 so far")
        give(busy, "pairs first", "ask them", "wait longer")
        await seat.sees("3 so far")
        await seat.type("i")
        await seat.sees("3 ideas so far. Close it?")
        await seat.type("y")
        await seat.sees("pairs first")
        await seat.type("t", "write it down", "enter")
        await seat.told("Idea kept")
        await seat.sees("write it down")
        await seat.type("enter")
        board = screen(seat).board
        await seat.until(lambda: board.has_focus)
        texts = [line.text for line in board.items]
        board.move_to(texts.index("pairs first"))
        await seat.type("space")
        board.move_to([line.text for line in board.items].index("wait longer"))
        await seat.type("space", "c")
        await seat.sees("2 ideas")
        await seat.type("Before they speak", "enter")
        await seat.sees("▾ Before they speak")
        await seat.type("v")
        await seat.sees("0 voted · 2 dots each")
        vote(busy, ["Before they speak", "ask them"], ["Before they speak"])
        await seat.sees("2 voted")
        assert "●●" not in seat.text()
        await seat.type("v", "y")
        await seat.sees("●● 2")
        await seat.type("m")
        await seat.sees("Will try")
        await seat.type("tab", "Ask Bo", "tab", "2023-12-20", "tab", "enter")
        await seat.told("Ana Ruiz will try: Before they speak")
        await seat.sees("✓ Ana Ruiz")
    one = first(busy)
    assert [(each.who, each.what, each.first_step, each.due) for each in one.commitments] == [
        ("Ana Ruiz", "Before they speak", "Ask Bo", "2023-12-20")
    ]
    assert [(each.name, [idea.text for idea in each.ideas]) for each in one.clusters] == [
        ("Before they speak", ["pairs first", "wait longer"])
    ]


async def test_by_when_says_the_day_that_the_words_come_to(busy: Day) -> None:
    """Seen beside the field while it is typed, and kept as that day; words that are no day are kept as they are."""
    brought(busy)
    async with seat_of(busy, size=(80, 24)) as seat:
        await opened(seat)
        await seat.sees("Ana Ruiz")
        await seat.type("m", "Pairs first", "tab", "tab", "in two weeks")
        await seat.sees("Wed 20 Dec, in 14 days")
        await seat.type("f2")
        await seat.told("will try: Pairs first")
        assert first(busy).commitments[0].due == "2023-12-20"
        await seat.sees("✓ Ana Ruiz")
        await seat.type("m", "tab", "tab", *["backspace"] * 10, "after the holidays")
        await seat.sees("kept as words, no day")
        await seat.type("f2")
        await seat.until(lambda: first(busy).commitments[0].due == "after the holidays")


async def test_what_a_phone_brings_is_on_the_screen_at_once(busy: Day) -> None:
    """The screen follows the ledger and stays where the cursor stood."""
    brought(busy)
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("3 of 28 spoke on Monday")
        brought(busy, "Bo Lind", "Homework is late")
        await seat.sees("Bo Lind")
        assert seat.app.problem is not None
        assert seat.app.problem.owner == "Ana Ruiz"


async def test_everybody_who_is_in_is_placed_and_u_takes_it_back(busy: Day) -> None:
    """Evenly, with a reason each; one undo for all."""
    brought(busy)
    brought(busy, "Bo Lind", "Homework is late")
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("without a problem")
        await seat.type("g")
        await seat.told("placed in 2 groups")
        found = picture(busy)
        sizes = [len(one.members) for one in found.problems]
        assert max(sizes) - min(sizes) <= 1
        assert all(member.why for one in found.problems for member in one.members)
        await seat.sees("With ")
        await seat.type("u")
        await seat.told("Taken back")
        assert picture(busy).where == {}
        await seat.type("U")
        await seat.until(lambda: picture(busy).where)
        await seat.type("g")
        await seat.told("everybody who is in works on a problem already")


async def test_an_idea_that_is_set_aside_is_no_option(busy: Day) -> None:
    """It stays on the board, at the end."""
    problem = brought(busy)
    for text in ("one", "two", "three"):
        busy.ledger.append_one(steps.idea(busy.hand(), busy.event, problem, text))
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("three")
        await seat.type("enter", "x")
        await seat.told("Set aside")
        await seat.sees("set aside")
        await seat.type("v")
        await seat.told("The vote is open: 2 dots each")
    asked = first(busy).vote
    assert asked is not None
    assert [option.text for option in asked.options] == ["two", "three"]


async def test_a_vote_on_nothing_is_refused_in_a_sentence(busy: Day) -> None:
    """Ideas first."""
    brought(busy)
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("Ana Ruiz")
        await seat.type("v")
        await seat.told("There is nothing to put dots on yet: ideas first.")


async def test_a_problem_taken_down_in_one_piece_is_shown_and_not_worked_on(busy: Day) -> None:
    """Its ideas and its commitment can be read; phones are not asked, and it says why. One that is brought now is gone to."""
    body = {
        "owner": "Cy",
        "problem": "Noise",
        "how_might_we": "",
        "ideas": ["hush"],
        "commitment": {"what": "x", "who": "Cy"},
    }
    busy.ledger.append_one(busy.hand().draft("popup", event=busy.event, body=body))
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("hush")
        await seat.sees("committed")
        await seat.type("i", "v", "m")
        assert isinstance(seat.app.screen, PopupScreen)
        await seat.told("taken down in one piece: a brings it anew")
        await seat.type("a", "Dee", "tab", "tab", "Late buses", "f2")
        await seat.until(lambda: (line := screen(seat).problems.current) is not None and line.id == seat.app.at_problem)
        await seat.until(
            lambda: seat.app.problem is not None and seat.app.problem.owner == "Dee", "the cursor is there"
        )
        await seat.type("i")
        await seat.sees("0 so far")
    assert first(busy).open_round is None


async def test_a_round_with_something_in_it_is_closed_and_not_taken_back(busy: Day) -> None:
    """`u` right after the beginning takes it back; once an idea has come it says what to do instead."""
    brought(busy)
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("Ana Ruiz")
        await seat.type("i")
        await seat.told("Phones are asked for ideas")
        await seat.type("u")
        await seat.told("Taken back")
        await seat.type("U")
        await seat.told("Done again")
        give(busy, "one")
        await seat.sees("1 so far")
        await seat.type("u")
        await seat.told("Phones have given something already")
    assert first(busy).open_round is not None


async def test_typed_words_survive_escape(busy: Day) -> None:
    """As in every form."""
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.type("a", "Ana", "escape")
        await seat.type("a")
        await seat.sees("Ana")


async def test_drawn_groups_take_up_the_problems_in_an_order_that_is_seen_first(busy: Day) -> None:
    """G proposes first with first; another order is typed; all of them in one step, with the reason, and back in one."""
    brought(busy)
    brought(busy, "Bo Lind", "Homework is late")
    now = read_groups(busy.ledger, busy.event)
    busy.ledger.append(draw(busy.hand(), busy.event, now, way="mix", count=3))
    drawing = read_groups(busy.ledger, busy.event).drawing
    assert drawing is not None
    async with seat_of(busy, size=(80, 24)) as seat:
        await opened(seat)
        await seat.sees("Bo Lind")
        await seat.type("G")
        await seat.sees("3 groups, drawn at 10:42.")
        await seat.sees("8 people: Homework is late")
        await seat.type("backspace", "2", "enter", "enter")
        await seat.sees("Group 2 works on one problem only.")
        await seat.type("backspace", "3", "enter")
        await seat.told("15 people placed from the groups drawn at 10:42")
        one, two = picture(busy).problems
        assert [{each.person for each in problem.members} for problem in (one, two)] == [
            set(drawing.groups[1]), set(drawing.groups[2]),
        ]  # fmt: skip
        assert {(each.how, each.why) for each in one.members} == {("drawn", "from the groups drawn at 10:42")}
        await seat.sees("groups drawn at 10:42")
        await seat.type("u")
        await seat.until(lambda: picture(busy).where == {})


async def test_without_drawn_groups_it_says_where_they_are_drawn(busy: Day) -> None:
    """Nothing is asked."""
    brought(busy)
    async with seat_of(busy, size=(80, 24)) as seat:
        await opened(seat)
        await seat.sees("Ana Ruiz")
        await seat.type("G")
        await seat.told("No groups are drawn yet")


async def test_what_was_taken_down_in_one_piece_takes_no_group(busy: Day) -> None:
    """Nobody works on it any more."""
    body = {"owner": "Ana", "problem": "late", "how_might_we": "", "segment": ""}
    busy.ledger.append_one(busy.hand().draft("popup", event=busy.event, body=body))
    busy.ledger.append(draw(busy.hand(), busy.event, read_groups(busy.ledger, busy.event), way="mix", count=3))
    async with seat_of(busy, size=(80, 24)) as seat:
        await opened(seat)
        await seat.sees("Ana")
        await seat.type("G")
        await seat.told("a brings a problem")
