"""The tables of a visit: one row for each thing that was noted, with its unit; rooms and people as they may be told."""

from __future__ import annotations

from dataclasses import replace

from plfacilitate.core.report import tables
from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.core.visiting.observation import Bout, Notes
from tests.visits import MADE_AT, SYSTEM, VISIT, WAY, ZONE, at, lessons, named, observation, picture, talks


def told(shown: VisitPicture | None = None) -> tables.Shown:
    """The visit as the tables tell it."""
    return tables.shown(shown or picture(), ZONE)


def column(columns: tuple[tuple[str, str], ...], rows: list[tables.Row], *names: str) -> list[tuple[str | int, ...]]:
    """Some columns of some rows."""
    places = [[name for name, _ in columns].index(name) for name in names]
    return [tuple(row[place] for place in places) for row in rows]


def test_every_row_is_as_wide_as_its_table() -> None:
    """A column for each cell, and a cell for each column."""
    one = told()
    for columns, rows in (
        (tables.STOPS, tables.stops(one)), (tables.OBSERVATIONS, tables.observations(one)),
        (tables.LINES, tables.lines(one)), (tables.NOTED, tables.noted(one)), (tables.AGREED, tables.agreed(one)),
        (tables.AGREEMENT, tables.agreement(one, MADE_AT)), (tables.SUMMARY, tables.summary(one)),
    ):  # fmt: skip
        found = list(rows)
        assert found
        assert {len(row) for row in found} == {len(columns)}
        assert all(meaning for _, meaning in columns)


def test_each_kind_of_note_has_its_unit() -> None:
    """An answer, a level, a number of students, options, times, seconds; a glance has a row for each of its codes."""
    rows = list(tables.noted(told(picture(lessons()[:1]))))
    assert column(tables.NOTED, rows, "item", "value", "unit", "slot", "option", "second") == [
        ("says", "seen", "answer", "", "", 180), ("what", "1", "level", "", "", 180),
        ("heads", "4", "students", "", "", 180), ("wall", "work", "options", "", "", 180),
        ("why", "2", "times", "", "", 120), ("fact", "3", "times", "", "", 60),
        ("teacher", "600", "seconds", "", "", 0), ("student", "240", "seconds", "", "", 600),
        ("sweep", "18", "students", "1", "on", 300), ("sweep", "2", "students", "1", "off", 300),
        ("sweep", "15", "students", "2", "on", 600), ("sweep", "5", "students", "2", "off", 600),
    ]  # fmt: skip


def test_words_beside_an_answer_have_a_row_without_a_value_too() -> None:
    """Somebody who said something and marked no level."""
    rows = list(tables.noted(told(picture(talks()[2:]))))
    assert column(tables.NOTED, rows, "item", "kind", "value", "unit", "note") == [
        ("vision", "prompt", "", "", "Which vision?")
    ]


def test_a_stopwatch_that_nobody_ended_is_marked() -> None:
    """It is as long as it ran, and says that the end of the observation ended it."""
    one = replace(lessons()[0], notes={"teacher": Notes(bouts=(Bout(at(5), at(20), by_rule=True),))})
    rows = list(tables.noted(told(picture([one]))))
    assert column(tables.NOTED, rows, "value", "by_rule") == [("900", "yes")]


def test_observers_are_numbers_and_who_was_asked_is_a_role() -> None:
    """The same person is the same number; a name is somebody."""
    asked = replace(talks()[0], id="x", respondent="Iris Vandermeer")
    rows = list(tables.observations(told(picture([*lessons(), *talks(), asked]))))
    assert [row[0] for row in column(tables.OBSERVATIONS, rows, "observer")] == [2, 1, 1, 1, 1, 1, 2, 1, 1, 2]
    assert [row[0] for row in column(tables.OBSERVATIONS, rows[6:], "respondent")] == [
        "principal", "teacher leader", "teacher leader", "somebody",
    ]  # fmt: skip


def test_what_does_not_count_is_there_and_says_so() -> None:
    """Begun anew by the same observer: the first one is kept, and does not count."""
    again = observation("again", "s0", begins=100, says="seen")
    rows = list(tables.observations(told(picture([lessons()[0], again]))))
    assert column(tables.OBSERVATIONS, rows, "observation", "counts") == [("again", "yes"), ("o0", "no")]


def test_anonymous_rooms_have_neither_name_nor_time_of_day() -> None:
    """Named ones have both."""
    rows = list(tables.observations(told()))
    assert column(tables.OBSERVATIONS, rows, "room", "began")[1:3] == [("Room A", ""), ("Room B", "")]
    rows = list(tables.observations(told(named())))
    assert column(tables.OBSERVATIONS, rows, "room", "began")[:2] == [
        ("Room 204", "2023-12-06 09:00:00"), ("Room 7", "2023-12-06 09:30:00"),
    ]  # fmt: skip
    assert column(tables.LINES, list(tables.lines(told(named()))), "at")[0] == ("2023-12-06 09:01:00",)


def test_nothing_in_the_tables_follows_the_way_of_anonymous_rooms() -> None:
    """No place, no planned length, and no row before another one because it was earlier in the day; named rooms have all."""
    shuffled = picture()._replace(visit=replace(VISIT, event="another event"))
    one, rooms = told(shuffled), [f"Room {letter}" for letter in "ABCDE"]
    rows = list(tables.stops(one))
    assert {(row[1], row[3]) for row in rows} == {("", "")}
    assert [row[2] for row in rows] == [*rooms, "Room F"]
    seen = [str(row[2]) for row in tables.observations(one) if row[2]]
    assert seen == sorted(seen)
    assert shuffled.visit is not None
    assert [shuffled.visit.label(stop.id) for stop in WAY] != [*rooms, "Room F"]
    assert column(tables.STOPS, list(tables.stops(told(named()))), "place", "room", "minutes")[:2] == [
        (1, "Room 204", 20),
        (2, "Room 7", 20),
    ]


def test_no_cell_names_a_host_or_a_room() -> None:
    """Not the words that are an answer, nor those beside one, beside a level that was agreed, or of the team."""
    words = "Rosa Garcia of Room 204"
    sheets = [
        observation("x", "s0", expects=words, what=(2, words), lines=[(1, words, ())]),
        observation("t", protocol=SYSTEM, respondent="principal", vision=(3, words)),
    ]
    agreed = {("s0", "lesson", "expects"): Agreed(words, words, "g")}
    one = told(picture(sheets, agreed=agreed, summary={"patterns": words}))
    cells = [
        str(cell)
        for rows in (tables.noted(one), tables.lines(one), tables.agreed(one), tables.summary(one))
        for row in rows for cell in row
    ]  # fmt: skip
    assert [cell for cell in cells if "Garcia" in cell or "204" in cell] == []
    assert cells.count("[teacher] of [room]") == 7


def test_agreement_stands_room_by_room() -> None:
    """Only where two saw the same with the same: look-fors alike, ratings one level apart."""
    rows = list(tables.agreement(told(), MADE_AT))
    found = column(tables.AGREEMENT, rows, "room", "scale", "figure", "value", "pairs")
    assert ("Room A", "look-fors", "exact", "1.0000", 1) in found
    assert ("Room A", "ratings of 3 levels", "exact", "0.0000", 1) in found
    assert {row[0] for row in found} == {"Room A"}
