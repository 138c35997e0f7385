"""`attendance import|correct`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA = "maria.alvarez@renton.example.org", "dana.brown@renton.example.org"


def sheet(laptop: Laptop, *rows: str, header: str = "email,name,in,out,means") -> Path:
    """A file of attendance."""
    path = laptop.folder / "sheet.csv"
    path.write_text("\n".join([header, *rows]), "utf-8")
    return path


@pytest.fixture
def event(laptop: Laptop) -> str:
    """An open event with the people of the demo."""
    return laptop.opened()


def test_the_same_file_again_changes_nothing(laptop: Laptop, event: str) -> None:
    """Several rows a person, by e-mail or by name; a row twice in the file counts once."""
    path = sheet(
        laptop,
        f"{MARIA},,2023-12-06 08:20,2023-12-06 10:00,badge",
        f"{MARIA},,2023-12-06 10:15,2023-12-06 15:45,badge",
        '"","Brown, Dana",2023-12-06 08:37,2023-12-06 15:31,',
        ",Terrence Adams,2023-12-06 08:25,,paper",
        f"{MARIA},,2023-12-06 08:20,2023-12-06 10:00,badge",
    )
    ran = laptop.run("attendance", "import", event, path, "--json")
    assert ran.document == {"rows": 4, "new": 7, "known": 0}
    assert "says the same as line 2: it counts once" in ran.err
    entries = laptop.ledger().count()
    assert laptop.json("attendance", "import", event, path) == {"rows": 4, "new": 0, "known": 7}
    assert laptop.ledger().count() == entries


def test_rows_of_one_person_that_overlap_are_one_stay(laptop: Laptop, event: str) -> None:
    """Two sheets hold a part of a day each: nothing of it is lost, it is said, and a stay within another adds nothing."""
    path = sheet(
        laptop,
        f"{MARIA},,2023-12-06 11:00,2023-12-06 15:45,badge",
        f"{MARIA},,2023-12-06 08:30,2023-12-06 12:00,paper",
        f"{DANA},,2023-12-06 08:30,2023-12-06 15:45,",
        f"{DANA},,2023-12-06 09:00,2023-12-06 10:00,",
        ",Terrence Adams,2023-12-06 08:30,2023-12-06 10:00,",
        ",Terrence Adams,2023-12-06 10:00,2023-12-06 15:45,",
    )
    ran = laptop.run("attendance", "import", event, path, "--json")
    assert ran.document == {"rows": 6, "new": 8, "known": 0}
    assert "sheet.csv:2: overlaps line 3, the same person's: taken as one stay from 08:30 to 15:45." in ran.err
    assert "sheet.csv:5: overlaps line 4" in ran.err
    assert ran.err.count("overlaps") == 2
    assert laptop.json("attendance", "import", event, path)["new"] == 0
    lines = laptop.lines(event)
    assert [lines[one]["minutes"] for one in (MARIA, DANA)] == [360, 360]
    assert {entry.means for entry in laptop.ledger().entries(event=event, kinds=("sign-out",))} == {"badge", "paper"}


def test_a_row_of_another_day_is_remarked_on(laptop: Laptop, event: str) -> None:
    """A date typed wrong gives nobody a minute; whoever keyed it in hears of it at once."""
    path = sheet(laptop, f"{MARIA},,2023-12-07 08:30,2023-12-07 15:45,", f"{DANA},,2023-12-06 08:30,2023-12-06 15:45,")
    ran = laptop.run("attendance", "import", event, path)
    assert "sheet.csv:2: in: 2023-12-07 08:30 is no time of this event: none of it counts." in ran.err
    assert ran.err.count("none of it counts") == 1


def test_evidence_is_kept_as_the_file_says(laptop: Laptop, event: str) -> None:
    """An empty cell is paper."""
    laptop.attend(event, f"{MARIA}, 8:20, 15:50, badge\n{DANA}, 8:20, 15:50")
    marks = laptop.ledger().entries(event=event, kinds=("sign-in",))
    assert {entry.means for entry in marks} == {"badge", "paper"}


def test_faults_are_named_by_line_and_nothing_is_taken(laptop: Laptop, event: str) -> None:
    """All of them at once, so that a sheet is put right in one go."""
    path = sheet(
        laptop,
        f"{MARIA},,2023-12-06 08:20,2023-12-06 07:50,badge",
        "nobody@example.org,,2023-12-06 08:20,,",
        ",Maria Garcia,2023-12-06 08:20,,",
        f"{DANA},,6th of December,,",
        f"{DANA},,2023-12-06 08:20,2023-12-06 15:45,carrier pigeon",
        f"{DANA},,2023-12-06 08:20,2023-12-06 15:45,",
    )
    no = laptop.no("attendance", "import", event, path)
    assert "has 5 fault(s); nothing was taken from it" in no
    for part in (
        "sheet.csv:2: out: “2023-12-06 07:50” is before the time in",
        "\nsheet.csv:3: email: Nobody here is called nobody@example.org",
        "\nsheet.csv:4: name: Maria Garcia could be",
        "sheet.csv:5: in: “6th of December”: this is no time",
        "sheet.csv:6: means: “carrier pigeon” is none of",
    ):
        assert part in no, part
    assert laptop.json("event", "show", event)["came"] == 0


def test_an_unknown_event_or_file(laptop: Laptop, event: str, tmp_path: Path) -> None:
    """Each has its sentence."""
    assert "There is no event 12345678" in laptop.no("attendance", "import", "12345678", sheet(laptop))
    assert "is not there" in laptop.no("attendance", "import", event, tmp_path / "nowhere.csv")
    assert "is a folder" in laptop.no("attendance", "import", event, tmp_path)
    assert "no column says when" in laptop.no("attendance", "import", event, sheet(laptop, header="email,colour"))


def test_the_hour_that_comes_twice_is_noted(laptop: Laptop) -> None:
    """On the night on which the clocks go back; on the other one a time does not exist."""
    autumn = laptop.opened(on="2023-11-05")
    ran = laptop.run("attendance", "import", autumn, sheet(laptop, f"{MARIA},,2023-11-05 01:30,2023-11-05 15:45,"))
    assert ran.code == 0
    assert "came twice that day" in ran.err
    spring = laptop.opened(on="2024-03-10")
    path = sheet(laptop, f"{MARIA},,2024-03-10 02:30,2024-03-10 15:45,")
    assert "that time does not exist on that day" in laptop.no("attendance", "import", spring, path)


def test_a_minute_is_a_minute_when_the_clocks_change(laptop: Laptop, clock: Clock) -> None:
    """The agenda's minutes really pass, and so do those of a person."""
    event = laptop.opened(on="2024-03-10")
    laptop.attend(event, f"{MARIA}, 8:30, 15:45")
    clock.set("2024-03-10T17:00:00-07:00")
    assert laptop.lines(event)[MARIA]["minutes"] == 360


def test_correct_sets_both_times_or_none(laptop: Laptop, event: str, clock: Clock) -> None:
    """One of them can't be read: the other is not written either."""
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    correct = ("attendance", "correct", event, MARIA, "--reason", "as the school's log says")
    entries = laptop.ledger().count()
    assert "25:99 is no time" in laptop.no(*correct, "--in", "8:40", "--out", "25:99")
    assert laptop.ledger().count() == entries
    written = laptop.json(*correct, "--in", "8:40", "--out", "3:30 pm")["written"]
    assert [(one["kind"], one["said"]) for one in written] == [("sign-in", "08:40"), ("sign-out", "15:30")]
    clock.set("2023-12-06T16:10:00-08:00")
    assert laptop.lines(event)[MARIA]["minutes"] == 335


def test_correct_says_what_it_needs(laptop: Laptop, event: str) -> None:
    """A reason, something to do, a person who is known."""
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    assert "needs a reason" in laptop.no("attendance", "correct", event, MARIA, "--in", "8:30", "--reason", "  ")
    assert "nothing to do" in laptop.no("attendance", "correct", event, MARIA, "--reason", "x")
    assert "Nobody here is called" in laptop.no(
        "attendance", "correct", event, "Nobody", "--in", "8:30", "--reason", "x"
    )
    assert laptop.run("attendance", "correct", event, MARIA, "--in", "8:30").code == 2


def test_a_person_who_came_back_and_forgot_keeps_the_first_stay(laptop: Laptop, event: str, clock: Clock) -> None:
    """The new out belongs to the second stay; the first out stands."""
    laptop.attend(event, f"{MARIA}, 8:20, 10:00\n{MARIA}, 10:30,")
    laptop.do("attendance", "correct", event, MARIA, "--out", "15:45", "--reason", "seen")
    clock.set("2023-12-06T16:10:00-08:00")
    line = laptop.lines(event)[MARIA]
    assert (line["minutes"], line["status"]) == (345, "earned")


def test_somebody_who_never_signed_in_is_set_by_hand(laptop: Laptop, event: str, clock: Clock) -> None:
    """Both times, with a reason that the sheet shows."""
    laptop.do("attendance", "correct", event, MARIA, "--in", "8:30", "--out", "15:45", "--reason", "phone was empty")
    clock.set("2023-12-06T16:10:00-08:00")
    line = laptop.lines(event)[MARIA]
    assert (line["minutes"], line["status"]) == (360, "earned")
    assert "phone was empty" in next(one["text"] for one in line["reasons"] if one["code"] == "closed-by-hand")
