"""People come late, leave early, go out for an hour, forget to sign out: what becomes of their hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.laptops import PEOPLE, Laptop
from tests.played import Clock

MARIA, DANA, WEI, ROSA = (
    f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen", "rosa.diaz")
)


def codes(line: Any) -> dict[str, int]:
    """The reasons of a line: code and minutes."""
    return {reason["code"]: reason["minutes"] for reason in line["reasons"]}


def test_late_and_early(laptop: Laptop, clock: Clock) -> None:
    """Every minute that did not count has its reason, and the minutes of all reasons make up the day."""
    event = laptop.opened()
    laptop.attend(
        event,
        f"""
        {MARIA}, 8:20, 15:50
        {DANA}, 8:37, 15:31
        {WEI}, 9:31, 15:45
        {ROSA}, 8:00, 8:10
        """,
    )
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    lines = laptop.lines(event)
    assert (lines[MARIA]["hours"], codes(lines[MARIA])) == (6.0, {"meal": 45, "break": 30})
    assert lines[DANA]["hours"] == 5.5
    assert codes(lines[DANA]) == {"meal": 45, "break": 30, "late": 7, "left-early": 14, "rounding": 0}
    assert codes(lines[WEI])["late"] == 61
    assert (lines[ROSA]["minutes"], lines[ROSA]["status"]) == (0, "none")
    for line in lines.values():
        assert line["minutes"] == 435 - sum(reason["minutes"] for reason in line["reasons"])


def test_an_explanation_of_one_line(laptop: Laptop, clock: Clock) -> None:
    """As a person at the desk reads it."""
    event = laptop.opened()
    laptop.attend(event, f"{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    said = laptop.do("credit", event, "--person", "Dana Brown")
    assert "in 8:37 −7, out 15:31 −14 → 339 min = 5 h 39 → 5.5 h under psesd 2026-1" in said


def test_out_for_an_hour_and_back(laptop: Laptop, clock: Clock) -> None:
    """The hour is away; the lunch in it never counted."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:25, 11:40\n{MARIA}, 12:45, 15:45")
    clock.set("2023-12-06T16:10:00-08:00")
    line = laptop.lines(event)[MARIA]
    assert codes(line)["away"] == 20
    assert line["minutes"] == 340


def test_a_forgotten_sign_out_is_never_filled_silently(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """It is listed and pending until somebody says when, with a reason; then the sheet says that it was set by hand."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:25,\n{DANA}, 8:25, 15:45")
    assert laptop.lines(event)[MARIA]["status"] == "pending"
    assert "still-in" in codes(laptop.lines(event)[MARIA])
    clock.set("2023-12-06T16:10:00-08:00")
    assert "1 signed in and never out" in laptop.run("event", "close", event).err
    line = laptop.lines(event)[MARIA]
    assert (line["status"], line["minutes"]) == ("pending", 0)
    assert codes(line)["no-sign-out"] == 360
    laptop.do("attendance", "correct", event, MARIA, "--out", "15:40", "--reason", "seen at the closing circle")
    line = laptop.lines(event)[MARIA]
    assert (line["status"], line["minutes"]) == ("earned", 355)
    assert codes(line) == {"meal": 45, "break": 30, "left-early": 5, "closed-by-hand": 0, "rounding": 0}
    by_hand = next(reason["text"] for reason in line["reasons"] if reason["code"] == "closed-by-hand")
    assert "seen at the closing circle" in by_hand
    assert "facilitator of laptop" in by_hand


def test_a_sign_out_before_any_sign_in_counts_nothing(laptop: Laptop, clock: Clock) -> None:
    """By command it is refused in one sentence; in a file it is a fault of its line."""
    event = laptop.opened()
    assert "has not signed in yet" in laptop.no(
        "attendance", "correct", event, MARIA, "--out", "15:00", "--reason", "x"
    )
    laptop.attend(event, f"{MARIA}, 9:00,")
    no = laptop.no("attendance", "correct", event, MARIA, "--out", "8:30", "--reason", "x")
    assert "can't be out at 08:30, before being in at 09:00" in no
    assert laptop.lines(event)[MARIA]["status"] == "pending"


def test_times_are_those_of_the_place(laptop: Laptop, clock: Clock) -> None:
    """A laptop that came from another time zone shows and takes the times of the room."""
    event = laptop.schedule(tz="America/New_York")
    laptop.do("people", "import", PEOPLE)
    laptop.do("event", "open", event)
    laptop.attend(event, f"{MARIA}, 8:30, 15:45")
    clock.set("2023-12-06T15:00:00-08:00")
    line = laptop.lines(event)[MARIA]
    assert (line["status"], line["minutes"]) == ("earned", 360)


def test_fewer_hours_are_asked_for(laptop: Laptop, clock: Clock) -> None:
    """Minutes stay what they were; the hours are the wish, rounded down to the office's step."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:25, 15:45")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("attendance", "correct", event, MARIA, "--hours", "4.75", "--reason", "needs only so many")
    line = laptop.lines(event)[MARIA]
    assert (line["minutes"], line["hours"], line["status"]) == (360, 4.5, "earned")
    assert "requested" in codes(line)
    assert "is no number of hours" in laptop.no(
        "attendance", "correct", event, MARIA, "--hours", "four", "--reason", "x"
    )
    assert "offers clock-hours" in laptop.no(
        "attendance", "correct", event, MARIA, "--choice", "quarter-credits", "--reason", "x"
    )
