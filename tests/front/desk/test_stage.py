"""A led protocol on the wall: everything fits any window, every clock is seen, and nobody is named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from plfacilitate.core.entry import Entry
from plfacilitate.core.protocol import Protocol, Step
from plfacilitate.core.running.fold import RunFold
from plfacilitate.core.running.run import Run
from plfacilitate.core.text import cells, plain
from plfacilitate.front.desk.lists.digits import SIZES, big, fitting
from plfacilitate.front.desk.lists.running import Row, group_rows, stage_rows, step_rows
from plfacilitate.front.desk.lists.stage import wall_rows
from tests.core.entries import entry

BEGAN = datetime(2023, 12, 6, 10, 0, tzinfo=UTC)
STEPS = (
    Step("tell", "Tell it", 3, "owner", "group", "What did you try? " * 8),
    Step("ask", "\x1b[31mAsk " * 20, 5, "group", repeat="person", times=3),
)


def run_of(clocks: int, moves: tuple[int, ...] = ()) -> Run:
    """A run of so many groups, of which those in `moves` are one step further; somebody said something private."""
    led = Protocol("p", "Played", "facilitation", "why", "own", 18, steps=STEPS)
    entries: list[Entry] = [entry("r", "run-begun", at="10:00", protocol=led.to_json(), clocks=clocks)]
    body: dict[str, Any] = {"run": "r", "groups": list(moves), "step": "ask", "turn": 1}
    entries.append(entry("m", "step-begun", at="10:01", number=2, **body))
    entries.append(
        entry("c", "captured", at="10:01", number=3, run="r", group=0, step="tell", turn=1, text="Maria Alvarez")
    )
    fold = RunFold("e")
    fold.apply(entries if moves else [entries[0], entries[2]])
    found = fold.run("r")
    assert found is not None
    return found


def words(row: Row) -> str:
    """A line as it is shown."""
    return "".join(plain(part.text) for part in (*row.left, *row.right))


@given(st.integers(1, 40), st.booleans(), st.integers(60, 200), st.integers(20, 60), st.integers(0, 900))
def test_every_clock_fits_any_window(clocks: int, apart: bool, width: int, height: int, after: int) -> None:
    """No line is wider than the window, and no window lacks a group's clock for as long as lines go round."""
    run = run_of(clocks, (1,) if apart and clocks > 1 else ())
    rows = wall_rows(run, run.groups, BEGAN + timedelta(seconds=after), width, height)
    assert all(cells(words(row)) <= width for row in rows)
    assert len(rows) <= height
    assert "Maria" not in "".join(map(words, rows))


@given(st.integers(2, 40), st.integers(33, 90), st.integers(0, 900))
def test_groups_and_steps_are_no_wider_than_their_list(clocks: int, width: int, after: int) -> None:
    """A line a group, a line a place; titles give way to the clocks."""
    run = run_of(clocks, (1, 2))
    now = BEGAN + timedelta(seconds=after)
    for row in (*group_rows(run, now, 1, width), *step_rows(run, run.groups[0], now, width)):
        assert cells(words(row)) <= width, words(row)
    assert len(group_rows(run, now, 1, width)) == clocks


def test_what_is_said_at_a_step_is_beside_it_and_not_on_the_wall() -> None:
    """The facilitator's pane holds the line, the wall does not."""
    run = run_of(1)
    beside = stage_rows(run, run.groups[0], 1, BEGAN, 60, ZoneInfo("UTC"))
    assert any("Maria Alvarez" in words(row) for row in beside)
    assert not any("Maria" in words(row) for row in wall_rows(run, run.groups, BEGAN, 80, 24))


def test_figures_are_blocks_of_one_width_and_height() -> None:
    """Every size is a rectangle, and the largest that fits is taken."""
    for size in SIZES:
        lines = big("10:25", size)
        assert len({len(line) for line in lines}) == 1
    assert fitting(["10:25"], 200, 20) == SIZES[0]
    assert fitting(["10:25"], 40, 6) == SIZES[1]
    assert fitting(["10:25"], 10, 2) is None
