"""Groups at the desk: drawn, looked at, changed by hand, latecomers placed, printed; and a protocol led in them."""

from __future__ import annotations

from plfacilitate.front.desk.screens.groups import GroupsScreen
from plfacilitate.steps.groups import Seated, read_groups
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


def found(day: Day) -> Seated:
    """The groups, as anybody reads them who opens the ledger."""
    return read_groups(day.ledger, day.event)


def sizes(day: Day) -> list[int]:
    """How many are in each group."""
    drawing = found(day).drawing
    return [len(group) for group in drawing.groups] if drawing is not None else []


async def drawn(seat: Seat, day: Day) -> None:
    """Everybody who is there is put into evenly mixed groups of four."""
    await seat.type("G")
    await seat.until(lambda: isinstance(seat.app.screen, GroupsScreen) and seat.app.seated is not None)
    await seat.sees("No groups yet. 23 people are there.")
    await seat.type("d", "enter")
    await seat.sees("23 people are there.")
    await seat.type("enter")
    await seat.until(lambda: bool(sizes(day)), "groups are drawn")
    await seat.sees("Group 1")


async def test_groups_are_drawn_and_say_why_they_are_even(busy: Day) -> None:
    """Whoever is in the room, in fours, no school twice more than elsewhere; one key takes all of it back."""
    async with seat_of(busy, size=(120, 40)) as seat:
        await drawn(seat, busy)
        assert sizes(busy) == [4, 4, 4, 4, 4, 3]
        await seat.sees("at most 1 more than in")
        await seat.type("u")
        await seat.sees("No groups yet.")
        assert found(busy).drawing is None


def test_who_is_drawn_is_said_as_it_is() -> None:
    """Whoever is in; before anybody came, and once all have left, the list."""
    who = ("a", "b")
    said = [Seated("e", None, {}, one, arrived).there_text for one, arrived in (((), False), (who, False), (who, True))]
    assert said == ["Nobody is there yet", "Nobody is in: 2 people of the list", "2 people are there"]


async def test_one_person_is_moved_by_hand(busy: Day) -> None:
    """Enter on somebody asks for the group; where they are already is refused."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await drawn(seat, busy)
        first = found(busy).drawing
        assert first is not None
        await seat.type("m")
        await seat.sees("into which group?")
        await seat.type("down", "enter")
        await seat.told("is in group 2 now")
        after = found(busy).drawing
        assert after is not None
        assert after.groups[1][-1] == first.groups[0][0]
        assert len(after.people) == 23


async def test_latecomers_go_where_it_is_smallest(busy: Day) -> None:
    """Whoever came since the drawing is named; one key places them."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await drawn(seat, busy)
        busy.comes(busy.person("Diaz").id, "10:43")
        await seat.sees("1 in no group")
        await seat.type("l")
        await seat.told("Placed: Rosa Diaz in 6")
        assert sizes(busy) == [4, 4, 4, 4, 4, 4]


async def test_more_groups_than_people_are_refused(busy: Day) -> None:
    """A sentence; nothing is drawn. So are no groups and a word."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await seat.type("G")
        await seat.sees("No groups yet.")
        await seat.type("d", "down", "enter")
        await seat.sees("By chance")
        await seat.type("backspace", "0", "f2")
        await seat.sees("A number from 1 to 99 is needed here.")
        await seat.type("backspace", "f2")
        await seat.sees("How many groups, or how many people in each?")
        await seat.type("60", "f2")
        await seat.told("60 groups for 23 people")
        assert found(busy).drawing is None


async def test_tables_to_choose_from_begin_empty(busy: Day) -> None:
    """One topic a line; everybody waits to be put at one."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await seat.type("G")
        await seat.sees("No groups yet.")
        await seat.type("d", "down", "down", "enter")
        await seat.sees("Tables to choose from")
        await seat.type("Voice", "enter", "Choice", "f2")
        await seat.sees("1 · Voice")
        await seat.sees("23 in no group")
        drawing = found(busy).drawing
        assert drawing is not None
        assert (drawing.titles, sizes(busy)) == (("Voice", "Choice"), [0, 0])


async def test_the_page_is_printed(busy: Day) -> None:
    """A PDF in the folder printed."""
    async with seat_of(busy, size=(80, 24)) as seat:
        await drawn(seat, busy)
        await seat.type("p")
        await seat.told("The groups on one page")
    (path,) = (busy.around.workspace.root / "printed").glob("groups-*.pdf")
    assert path.read_bytes().startswith(b"%PDF")


async def test_a_protocol_is_led_in_the_groups_of_the_day(busy: Day) -> None:
    """As many clocks are offered as groups are drawn."""
    async with seat_of(busy, size=(120, 40)) as seat:
        await drawn(seat, busy)
        await seat.type("escape", "p")
        await seat.sees("Lead which protocol?")
        await seat.type("troika", "enter")
        await seat.sees("6 groups are drawn.")
        await seat.type("f2")
        await seat.sees("All groups")
        await seat.until(lambda: seat.app.run_led is not None and len(seat.app.run_led.groups) == 6)
