"""The board of a cohort: where each school stands, what is next; what was done is written down from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from plfacilitate.front.desk.threads import followed
from plfacilitate.steps import popup
from tests.front.desk.cohorts import FILE, cohort_on, school_of
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes
from tests.front.desk.visiting import visiting_day

__all__ = ["no_blinking"]


def line(seat: Seat, school: str) -> str:
    """The line of a school as it stands on the screen."""
    return next(row for row in seat.text().splitlines() if school in row)


async def opened(seat: Seat) -> None:
    """From the room to Today, and to the cohorts."""
    await seat.type("escape")
    await seat.type("o")
    await seat.sees("schools")


async def test_each_school_has_a_line_that_says_what_is_next(busy: Day, tmp_path: Path) -> None:
    """Team with a warning, visits promised, the next thing to do; the one under the cursor in full."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await opened(seat)
        assert "●" in line(seat, "Lakeridge  ")
        assert "0/2" in line(seat, "Lakeridge  ")
        assert "⚠" in line(seat, "Dimmitt  ")
        assert "2!" in line(seat, "Dimmitt  ")
        assert "complete the team" in line(seat, "Dimmitt  ")
        await seat.sees("Gil Poe, teacher leader")  # schools stand by name: Dimmitt is the first
        await seat.type("down")
        await seat.sees("Ada Okoro, administrator")


async def test_names_from_a_file_are_no_markup(busy: Day, tmp_path: Path) -> None:
    """A school called like a tag is shown as it is written."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await opened(seat)
        assert "Sierra [b]" in seat.text()


async def test_without_a_cohort_the_screen_says_how_one_begins(busy: Day) -> None:
    """Empty is not the same as reading."""
    async with seat_of(busy) as seat:
        await seat.type("escape", "o")
        await seat.sees("No cohort yet")


async def test_another_cohort_is_one_key_away(busy: Day, tmp_path: Path) -> None:
    """Two cohorts: `o` goes from one to the other and back."""
    cohort_on(busy, tmp_path)
    cohort_on(
        busy,
        tmp_path,
        FILE.replace("pscpl-1", "pscpl-2").replace("Cohort I", "Cohort II").replace("2023-10", "2023-11"),
    )
    async with seat_of(busy) as seat:
        await opened(seat)
        await seat.sees("PSCPL Cohort I ·")
        await seat.type("o")
        await seat.sees("PSCPL Cohort II ·")
        await seat.type("o")
        await seat.sees("PSCPL Cohort I ·")


@sizes
def test_the_board_of_a_cohort(snap_compare: Compare, busy: Day, tmp_path: Path, size: tuple[int, int]) -> None:
    """Three schools, one of them complete."""
    cohort_on(busy, tmp_path)
    assert looks(snap_compare, busy, size, "escape", "o", sees="Gil Poe")


# -- written down from the board ---------------------------------------------------------------------------------------


async def lakeridge(seat: Seat) -> None:
    """The cursor on Lakeridge, the second by name."""
    await opened(seat)
    await seat.sees("Gil Poe")
    await seat.type("down")
    await seat.sees("Ada Okoro")


async def test_enter_writes_down_coaching_and_undo_takes_it_back(busy: Day, tmp_path: Path) -> None:
    """Minutes as hours and minutes, what it was, with whom; the board counts it."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.type("enter", "1:15", "enter", "enter", "enter", "Ada and Ben", "f2")
        await seat.told("Coaching of 1 h 15 with Lakeridge")
        await seat.sees("Wed 6 Dec coaching · 1 h 15 · Ada and Ben")
        assert school_of(busy).coaching_minutes == 75
        await seat.type("u")
        await seat.until(lambda: school_of(busy).coaching_minutes == 0)


async def test_a_contact_without_a_length_or_of_no_kind_is_asked_again(busy: Day, tmp_path: Path) -> None:
    """The form says which field is wrong, and nothing is written."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.type("enter", "soon", "f2")
        await seat.sees("How long did it take?")
        assert school_of(busy).contacts == ()


async def test_a_goal_is_written_changed_and_dropped_with_a_reason(busy: Day, tmp_path: Path) -> None:
    """`g`, `e`, `x`: the plan keeps the dropped goal and why."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.type("g", "Students propose questions", "tab", "paths", "tab", "who chooses", "f2")
        await seat.sees("1. Students propose questions (personal learning paths · who chooses)")
        await seat.type("e", " in every unit", "f2")
        await seat.sees("Students propose questions in every unit")
        await seat.type("x", "enter")
        await seat.sees("Say why")
        await seat.type("Merged with another", "enter")
        await seat.sees("dropped: Merged with another")
        (aim,) = school_of(busy).goals
        assert (aim.goal.text, aim.goal.attribute) == (
            "Students propose questions in every unit",
            "personal-learning-paths",
        )
        assert school_of(busy).standing_goals == ()


async def test_an_attribute_that_nobody_knows_is_asked_again(busy: Day, tmp_path: Path) -> None:
    """A word that fits none of the four."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.type("g", "Students lead", "tab", "robots", "f2")
        await seat.sees("Which one of: learner profiles")


async def test_a_visit_and_what_was_filled_in_there_point_at_a_goal(tmp_path: Path) -> None:
    """`p` offers the held visit of the school, then its observations, without a teacher's name."""
    visited = visiting_day(tmp_path)
    cohort_on(visited, tmp_path, FILE.replace('"Lakeridge"', '"Lakeridge Elementary"'))
    async with seat_of(visited) as seat:
        await opened(seat)
        await seat.type("down")
        await seat.sees("Ada Okoro, administrator")
        await seat.type("g", "Students propose questions", "f2")
        await seat.sees("1. Students propose questions")
        await seat.type("p")
        await seat.sees("site visit of Wed 6 Dec")
        await seat.type("enter")
        await seat.sees("✓ Wed 6 Dec")
        (aim,) = school_of(visited, "lakeridge elementary").goals
        assert [one.what for one in aim.evidence] == ["visit"]


async def test_somebody_joins_a_team_changes_role_and_goes(busy: Day, tmp_path: Path) -> None:
    """`t`: found by name among all people; out of the team they stay in its history."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.type("t", "enter", "yam")
        await seat.sees("Yamamoto")
        await seat.type("enter", "down", "enter")
        await seat.told("Yuki Yamamoto is in the team of Lakeridge, teacher leader")
        await seat.sees("Yuki Yamamoto, teacher leader")
        assert len(school_of(busy).team) == 6
        await seat.type("t", "end", "enter", "end", "enter")
        await seat.told("is in the team of Lakeridge no more")
        await seat.until(lambda: len(school_of(busy).team) == 5)


async def test_the_event_of_the_room_is_made_the_first_session(busy: Day, tmp_path: Path) -> None:
    """`d` ties an event to the cohort: who of the team came is read from its sign-ins."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.type("d")
        await seat.sees("Which event belongs to the cohort?")
        await seat.type("enter", "enter", "enter")
        await seat.told("is a session of the whole cohort")
        await seat.sees("0/5")
        assert [one.words for one in school_of(busy).sessions] == ["0 of 5"]


async def test_a_promise_is_settled(busy: Day, tmp_path: Path) -> None:
    """What Lakeridge promised waits on its line until somebody says what became of it."""
    cohort_on(busy, tmp_path)
    promised = {"what": "Lend two carts", "who": "Ada Okoro", "first_step": "", "due": "2023-12-01"}
    body = {"owner": "Lakeridge", "problem": "Too few carts", "how_might_we": "", "ideas": [], "commitment": promised}
    busy.ledger.append_one(busy.hand().draft("popup", event=busy.event, body={**body, "segment": ""}))
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        assert "1 late" in line(seat, "Lakeridge  ")
        await seat.type("s")
        await seat.sees("Which promise?")
        await seat.type("enter")
        await seat.sees("What became of it?")
        await seat.type("y", "tab", "Carts came", "f2")
        await seat.told("Kept")
        await seat.sees("✓ Lend two carts")
        assert school_of(busy).waiting == 0


async def test_a_cohort_begins_from_its_file_and_a_bad_file_says_where(busy: Day, tmp_path: Path) -> None:
    """`l`: the path of a file; a fault names file and key, and nothing is begun."""
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "x"\n', encoding="utf-8")
    good = tmp_path / "good.toml"
    good.write_text(FILE, encoding="utf-8")
    async with seat_of(busy) as seat:
        await seat.type("escape", "o")
        await seat.sees("No cohort yet")
        await seat.type("l", str(bad), "enter")
        await seat.told("bad.toml")
        await seat.type("l")
        await seat.sees("as its file says")
        seat.app.screen.query_one("Input").value = str(good)  # type: ignore[attr-defined]
        await seat.type("enter")
        await seat.sees("PSCPL Cohort I ·")


async def test_a_school_joins_and_leaves(busy: Day, tmp_path: Path) -> None:
    """From the palette: both with a day; a school that left stands below with its reason."""
    cohort_on(busy, tmp_path)
    async with seat_of(busy) as seat:
        await lakeridge(seat)
        await seat.app.action_do("school-joins")
        await seat.type("Bryn Mawr", "f2")
        await seat.sees("4 schools")
        await seat.app.action_do("school-leaves")
        await seat.type("New principal", "f2")
        await seat.sees("left on Wed 6 Dec: New principal")


def test_what_a_popup_ends_with_is_a_promise_of_the_owner_s_school(busy: Day, tmp_path: Path) -> None:
    """A problem brought from Lakeridge, its commitment put right once: one promise, under the id of its first version."""
    cohort_on(busy, tmp_path)
    hand, event = busy.hand(), busy.event
    opened = popup.open_problem(
        hand, event, {"owner": "Nobody Known", "school": "Lakeridge", "problem": "Too few carts"}
    )
    busy.ledger.append_one(opened)

    def promise(what: str) -> str:
        problem = popup.read_popup(busy.ledger, event).picture().problems[0]
        words = {"who": "Nobody Known", "what": what, "first_step": "Ask", "due": "2023-12-20"}
        draft = popup.commit(hand, event, problem, words)
        busy.ledger.append_one(draft)
        return draft.id

    first = promise("Lend a cart")
    promise("Lend two carts")
    (found,) = school_of(busy).commitments
    assert (found.id, found.what, found.state) == (first, "Lend two carts", "promised")
    assert school_of(busy, "dimmitt").commitments == ()


async def test_who_signs_in_is_on_the_board_a_moment_later(
    busy: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member of the team comes to the session while the board is open."""
    monkeypatch.setattr(followed, "MARKS_SECONDS", 0.2)
    cohort_on(busy, tmp_path, FILE.replace("Ada Okoro <ada@example.org>", "Yuki Yamamoto"))
    async with seat_of(busy) as seat:
        await seat.type("escape", "o")
        await seat.sees("Gil Poe")
        await seat.type("d", "enter", "enter", "enter")
        await seat.told("is a session of the whole cohort")
        before = line(seat, "Lakeridge  ")
        member = next(mate.person for mate in school_of(busy).team if "Yamamoto" in mate.name)
        busy.comes(member, "10:41")
        await seat.until(lambda: line(seat, "Lakeridge  ") != before, "the board counts who came")
        assert "1/5" in line(seat, "Lakeridge  ")
