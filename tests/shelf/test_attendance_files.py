"""Attendance taken elsewhere: who, when, how, and what is wrong in which line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from plfacilitate.core.entry import Means
from plfacilitate.shelf.attendance_files import MEANS, AttendanceFile, read_attendance

HERE = ZoneInfo("America/Los_Angeles")
IN, OUT = datetime(2025, 12, 6, 16, 7, tzinfo=UTC), datetime(2025, 12, 6, 23, 45, tzinfo=UTC)


def attendance(tmp_path: Path, *lines: str) -> AttendanceFile:
    """What a file of these lines says."""
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_attendance(path, HERE)


def test_the_agreed_columns_are_read(tmp_path: Path) -> None:
    """By e-mail or by name, with several stays a person; paper unless it says otherwise."""
    file = attendance(
        tmp_path,
        "email,in,out,means,name",
        "a@a.org,2025-12-06 08:07,2025-12-06 15:45,badge,",
        ",2025-12-06 08:07,,,Maria Garcia",
        "a@a.org,2025-12-07 08:07,2025-12-07 15:45,,",
    )
    assert file.faults == file.notes == ()
    assert [(row.line, row.email, row.name, row.means) for row in file.rows] == [
        (2, "a@a.org", "", "badge"), (3, "", "Maria Garcia", "paper"), (4, "a@a.org", "", "paper"),
    ]  # fmt: skip
    assert [(row.in_at, row.out_at) for row in file.rows][:2] == [(IN, OUT), (IN, None)]


def test_another_systems_columns_are_read(tmp_path: Path) -> None:
    """A meeting's export, and a sheet with the day in a column of its own."""
    meeting = attendance(
        tmp_path, "User Email,Join Time,Leave Time,Guest", "a@a.org,12/6/2025 8:07 AM,12/6/2025 3:45 PM,No"
    )
    sheet = attendance(tmp_path, "Last Name;First Name;Date;Time In;Time Out", "Garcia;Maria;12/6/2025;8:07;15:45")
    for file in (meeting, sheet):
        assert file.faults == ()
        assert [(row.in_at, row.out_at) for row in file.rows] == [(IN, OUT)]
    assert sheet.rows[0].name == "Garcia, Maria"
    assert "“Guest”" in meeting.notes[0].sentence


def test_a_workbook_with_real_dates_is_read(tmp_path: Path) -> None:
    """Excel keeps a number and shows a time."""
    book = xlsxwriter.Workbook(tmp_path / "sheet.xlsx", {"default_date_format": "m/d/yy h:mm"})
    page = book.add_worksheet()
    page.write_row(0, 0, ["name", "in", "out"])
    page.write_row(1, 0, ["Lee", datetime(2025, 12, 6, 8, 7), datetime(2025, 12, 6, 15, 45)])  # noqa: DTZ001 (as kept)
    book.close()
    assert [(row.in_at, row.out_at) for row in read_attendance(tmp_path / "sheet.xlsx", HERE).rows] == [(IN, OUT)]


@pytest.mark.parametrize(
    "line, key, why",
    [
        (",,2025-12-06 08:07,", "", "neither an e-mail nor a name"),
        ("a@a.org,,,2025-12-06 15:45", "in", "time in is missing"),
        ("a@a.org,,8:07,", "in", "the day is missing"),
        ("a@a.org,,2025-12-06,", "in", "time of day is missing"),
        ("a@a.org,,2025-12-06 08:07,soon", "out", "“soon”: this is no time"),
        ("a@a.org,,2025-12-06 08:07,2025-12-06 07:59", "out", "before the time in"),
        ("a@a.org,,2026-03-08 02:30,", "in", "does not exist"),
    ],
)
def test_a_fault_is_told_by_line_and_column(tmp_path: Path, line: str, key: str, why: str) -> None:
    """The good lines are read all the same, so that all faults are told at once."""
    file = attendance(tmp_path, "email,name,in,out", "b@a.org,,2025-12-06 08:07,", line)
    assert [(fault.line, fault.key) for fault in file.faults] == [(3, key)]
    assert why in file.faults[0].sentence
    assert [row.line for row in file.rows] == [2]


def test_two_faults_in_one_line_are_both_told(tmp_path: Path) -> None:
    """One round of mending is enough."""
    file = attendance(tmp_path, "email,in,out,means", "a@a.org,x,y,z")
    assert [fault.key for fault in file.faults] == ["in", "out", "means"]


def test_a_time_that_comes_twice_is_the_first_and_noted(tmp_path: Path) -> None:
    """The night the clocks are put back."""
    file = attendance(tmp_path, "name,in,out", "Lee,2025-11-02 01:30,2025-11-02 02:30")
    assert file.rows[0].in_at == datetime(2025, 11, 2, 8, 30, tzinfo=UTC)
    assert [(note.line, note.key) for note in file.notes] == [(2, "in")]


def test_somebody_without_times_was_not_there(tmp_path: Path) -> None:
    """A printed list has everybody who was expected."""
    file = attendance(tmp_path, "name,in,out", "Lee,,", "Ito,2025-12-06 08:07,")
    assert [row.name for row in file.rows] == ["Ito"]
    assert [(note.line, note.sentence) for note in file.notes] == [(2, "neither in nor out: taken as not there.")]


def test_the_same_line_twice_counts_once(tmp_path: Path) -> None:
    """And is said."""
    file = attendance(tmp_path, "name,in", "Lee,2025-12-06 08:07", "LEE,2025-12-06 8:07 AM")
    assert len(file.rows) == 1
    assert "line 2" in file.notes[0].sentence


@pytest.mark.parametrize(
    "said, means",
    [
        ("own-phone", "own-phone"), ("Phone", "own-phone"), ("QR", "own-phone"), ("Badge", "badge"), ("kiosk", "kiosk"),
        ("facilitator", "facilitator"), ("", "paper"), ("sign-in sheet", "paper"), ("Zoom", "system"),
    ],
)  # fmt: skip
def test_means_are_understood(tmp_path: Path, said: str, means: Means) -> None:
    """In our words and in plain ones."""
    file = attendance(tmp_path, "name,in,means", f"Lee,2025-12-06 08:07,{said}")
    assert [row.means for row in file.rows] == [means]


def test_every_means_of_an_entry_can_be_said() -> None:
    """The words of the ledger are all understood."""
    assert {MEANS[means.replace("-", " ")] for means in get_args(Means)} == set(get_args(Means))


@pytest.mark.parametrize("header, why", [("in,out", "email or name"), ("email,out", "in and out"), ("a,b", "email or")])
def test_a_header_that_says_too_little_is_a_fault(tmp_path: Path, header: str, why: str) -> None:
    """Which titles are needed is said once, not for every line."""
    file = attendance(tmp_path, header, "x,y")
    assert why in file.faults[0].sentence
    assert all(fault.line == 1 for fault in file.faults)


def test_a_list_where_nobody_came_is_a_fault(tmp_path: Path) -> None:
    """More likely the wrong file."""
    assert "nobody below the header" in attendance(tmp_path, "name,in", "Lee,").faults[0].sentence


def test_hostile_text_is_shown_harmless(tmp_path: Path) -> None:
    """A fault quotes what it complains of."""
    file = attendance(tmp_path, "name,in,means", "Lee,\x1b[31m[red]\u202e" + "x" * 300 + ",<script>")
    assert all(str(fault).isprintable() and len(str(fault)) < 200 for fault in file.faults)
