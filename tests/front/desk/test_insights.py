"""Insights at the desk: school, attribute and instrument with one key each, a plot, and all of it in words."""

from __future__ import annotations

import re
from datetime import timedelta

from textual_plotext.plot import Plot as Plotter

from plfacilitate.core.insights.whole import insights
from plfacilitate.front.desk.painting.plots import Drawing, Plot
from plfacilitate.front.desk.screens.insights import InsightsScreen
from tests.core.test_insights import line, rooms, walk
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import DAY, Day
from tests.front.desk.insights import SCHOOL, visits_on, walked
from tests.front.desk.test_pictures import Compare, looks, no_blinking, sizes

__all__ = ["no_blinking"]


async def opened(seat: Seat) -> InsightsScreen:
    """From the room to Today, and to the insights."""
    await seat.type("escape", "I")
    await seat.until(lambda: isinstance(seat.app.screen, InsightsScreen))
    screen = seat.app.screen
    assert isinstance(screen, InsightsScreen)
    return screen


async def test_a_school_stands_with_its_figures_and_the_words_of_one(busy: Day) -> None:
    """A bar, the share, what it rests on; below it every visit, also the one that has no number."""
    visits_on(busy)
    async with seat_of(busy, size=(120, 40)) as seat:
        await opened(seat)
        await seat.sees(f"{SCHOOL} · 5 visits")
        await seat.sees("● █████░░░░░ 50 %")
        await seat.sees("20 % → 80 % (n 5 → 5, 4 visits)")
        await seat.sees("● in some of 3 rooms")
        await seat.sees("from visit to visit")


async def test_the_plot_says_its_numbers(busy: Day) -> None:
    """Not by its height alone; of one visit the others of the instrument stand beside."""
    visits_on(busy)
    async with seat_of(busy, size=(120, 40)) as seat:
        screen = await opened(seat)
        await seat.until(lambda: screen.query(Plot) and "● 20 %" in str(screen.query_one(Plot).render()))
        await seat.type("up")
        await seat.sees("side by side, one instrument")
        assert "learner profiles · 100 %" in str(screen.query_one(Plot).render())


def test_a_plot_of_many_visits_keeps_its_words_apart() -> None:
    """A dot each, the first and the last with its number; a sign where nothing is told."""
    marks = [["seen"] * n + ["not seen"] * (5 - n) for n in (1, 2, 3, 4, 5, 3, 4)] + [["seen"], ["not seen"] * 3]
    found = insights([walk(*rooms(each), number=number) for number, each in enumerate(marks)])
    plotter = Plotter()
    plotter.plotsize(80, 10)
    Drawing(plotter, *[(1, 2, 3)] * 4).path(line(found, "who-chooses"))
    drawn = re.sub(r"\x1b\[[0-9;]*m", "", plotter.build())
    assert [drawn.count(words) for words in ("●", "◌", "● 20 %", "● 0 %", "7 Sep 26", "14 Sep 26")] == [
        8,
        1,
        1,
        1,
        1,
        0,
    ]


async def test_one_key_each_for_school_attribute_and_instrument(busy: Day) -> None:
    """What is chosen stands in the second line."""
    visits_on(busy)
    async with seat_of(busy, size=(120, 40)) as seat:
        screen = await opened(seat)
        await seat.sees("all attributes and facets")
        await seat.type("a")
        await seat.sees(" a learner profiles")
        assert all(item.key[-1] == "learner-profiles" or item.line for item in screen.lines.items)
        await seat.type("i")
        await seat.sees("i Adoption and adherence")
        await seat.type("s")
        await seat.sees("Olympic [b]Middle[/b] · 1 visit")
        await seat.sees("i all instruments")
        await seat.sees("◌            too few to tell")


async def test_adoption_stands_beside_adherence_and_achievement_is_empty_in_words(busy: Day) -> None:
    """After the four attributes and the four facets."""
    visits_on(busy)
    async with seat_of(busy, size=(120, 40)) as seat:
        await opened(seat)
        await seat.sees(SCHOOL)
        await seat.type(*"a" * 9)
        await seat.sees("adoption: is it there?")
        await seat.sees("adherence: how is it done? levels of 4")
        await seat.sees("○ achievement: from records")


async def test_who_came_is_read_when_somebody_wants_it(busy: Day) -> None:
    """Groups of fewer than five are together."""
    visits_on(busy)
    async with seat_of(busy, size=(120, 40)) as seat:
        await opened(seat)
        await seat.sees(SCHOOL)
        await seat.type(*"a" * 10)
        await seat.sees("Nowhere two watched the same lesson.")
        await seat.type("a")
        await seat.sees("● everybody")
        await seat.sees("small schools together")


async def test_what_comes_in_is_there_at_once(busy: Day) -> None:
    """A visit that another laptop brought; and nothing of it is read before."""
    async with seat_of(busy, size=(120, 40)) as seat:
        await opened(seat)
        await seat.sees("No visit has been observed yet.")
        walked(busy, SCHOOL, DAY - timedelta(days=9), 5, 5, 2)
        await seat.sees(f"{SCHOOL} · 1 visit")


async def test_many_schools_are_found_by_typing(busy: Day) -> None:
    """The key asks which, where one after the other would be long."""
    for number in range(6):
        walked(busy, f"School {'abcdef'[number]}", DAY - timedelta(days=30 - number), 5, number, 1)
    async with seat_of(busy, size=(120, 40)) as seat:
        await opened(seat)
        await seat.sees("School a · 1 visit")
        await seat.type("s")
        await seat.sees("Insights of which school?")
        await seat.type(*"sch e", "enter")
        await seat.sees("School e · 1 visit")


async def test_the_school_s_report_lies_with_what_is_printed(busy: Day) -> None:
    """PDF and page; the toast says where."""
    visits_on(busy)
    async with seat_of(busy, size=(120, 40)) as seat:
        await opened(seat)
        await seat.sees(SCHOOL)
        await seat.type("w")
        await seat.told("The report: ")
    folder = busy.around.workspace.root / "printed"
    assert sorted(path.suffix for path in folder.glob("*-lakeridge-elementary-insights.*")) == [".html", ".pdf"]


@sizes
def test_insights(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Over four visits, the third with few rooms."""
    visits_on(busy)
    assert looks(snap_compare, busy, size, "escape", "I", sees="from visit to visit")


@sizes
def test_insights_of_one_visit(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Beside the others of its instrument."""
    walked(busy, SCHOOL, DAY - timedelta(days=9), 6, 4, 2)
    assert looks(snap_compare, busy, size, "escape", "I", sees="side by side")


@sizes
def test_adoption_and_adherence(snap_compare: Compare, busy: Day, size: tuple[int, int]) -> None:
    """Apart, instrument by instrument."""
    visits_on(busy)
    assert looks(snap_compare, busy, size, "escape", "I", *"a" * 9, sees="is it there?")
