"""The Institute: five sessions of six hours, credit only for all five, thirty clock hours or three credits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA, WEI, ROSA, ANNEKE = (
    f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen", "rosa.diaz", "maria.garcia")
)
DAYS = ("2023-12-06", "2024-01-10", "2024-02-07", "2024-03-06", "2024-04-10")
SERIES = "2023-1187"


class Institute:
    """The series as it is lived through."""

    def __init__(self, laptop: Laptop, clock: Clock) -> None:
        self.laptop = laptop
        self.clock = clock
        self.events: list[str] = []

    def hold(self, rows: str, *, session: int | None = None, on: str = "") -> str:
        """The next session (or a make-up of one) with these attendances, closed."""
        number = session or len(self.events) + 1
        day = on or DAYS[number - 1]
        self.clock.set(f"{day}T07:30:00-08:00")
        event = self.laptop.opened("pspl-institute", day, session=f"s{number}", in_service=SERIES)
        if session is None:
            self.events.append(event)
        self.laptop.attend(event, rows)
        self.clock.set(f"{day}T16:30:00-08:00")
        self.laptop.do("event", "close", event)
        return event

    def series(self) -> dict[str, Any]:
        """The series' lines by e-mail."""
        return self.laptop.lines(SERIES)


@pytest.fixture
def institute(laptop: Laptop, clock: Clock) -> Institute:
    """Nothing held yet."""
    return Institute(laptop, clock)


def codes(line: Any) -> dict[str, int]:
    """The reasons of a line."""
    return {reason["code"]: reason["minutes"] for reason in line["reasons"]}


def rows(*who: str, came: str = "8:20", left: str = "15:50") -> str:
    """These people, all day."""
    return "\n".join(f"{one}, {came}, {left}" for one in who)


def test_five_sessions(institute: Institute, laptop: Laptop, tmp_path: Path) -> None:
    """Who attends all five gets thirty hours; a miss costs all unless it is made up; credits leave the table."""
    first = institute.hold(rows(MARIA, DANA, WEI, ROSA))
    event_line = laptop.lines(first)[MARIA]
    assert (event_line["minutes"], event_line["hours"], event_line["status"]) == (360, 6.0, "pending")
    assert "1 of 5 sessions, on course" in event_line["explained"]
    line = institute.series()[MARIA]
    assert (line["minutes"], line["hours"], line["status"]) == (360, 6.0, "pending")
    assert codes(line)["to-come"] == 360

    institute.hold(rows(MARIA, WEI, ROSA))  # Dana is away
    line = institute.series()[DANA]
    assert (line["status"], line["hours"]) == ("none", 0.0)
    assert "missed session 2: no credit without a make-up session" in line["explained"]

    institute.hold(rows(MARIA, DANA, ROSA) + f"\n{WEI}, 8:30, 11:00")  # Wei leaves before three quarters of it
    line = institute.series()[WEI]
    assert (line["status"], line["minutes"]) == ("none", 720)
    assert codes(line)["below-share"] > 0

    institute.hold(rows(MARIA, DANA, ROSA))
    institute.hold(rows(MARIA, DANA, WEI), session=2, on="2024-03-13")  # a make-up of session 2
    line = institute.series()[DANA]
    assert (line["minutes"], line["status"]) == (1440, "pending")
    assert codes(line)["make-up"] == 0

    institute.hold(rows(MARIA, DANA, ROSA, came="8:37"))
    laptop.do(
        "attendance",
        "correct",
        institute.events[4],
        ROSA,
        "--choice",
        "quarter-credits",
        "--reason",
        "asked for credits",
    )
    lines = institute.series()
    assert (lines[MARIA]["minutes"], lines[MARIA]["hours"], lines[MARIA]["status"]) == (1793, 29.5, "earned")
    assert (lines[DANA]["minutes"], lines[DANA]["hours"], lines[DANA]["status"]) == (1793, 29.5, "earned")
    assert (lines[WEI]["hours"], lines[WEI]["status"]) == (0.0, "none")
    assert (lines[ROSA]["hours"], lines[ROSA]["status"]) == (0.0, "none")
    assert {"takes-credits", "credits-short"} <= codes(lines[ROSA]).keys()
    assert lines[ANNEKE]["minutes"] == 0
    for found in lines.values():
        assert found["minutes"] == 5 * 435 - sum(reason["minutes"] for reason in found["reasons"])

    laptop.do(
        "attendance", "correct", institute.events[0], ROSA, "--choice", "clock-hours", "--reason", "thought again"
    )
    assert institute.series()[ROSA]["status"] == "earned"


def test_the_office_gets_the_series_too(institute: Institute, laptop: Laptop, tmp_path: Path) -> None:
    """Every session is handed in on its day; the office recomputes session and series and agrees each time."""
    mail, register = tmp_path / "mail", tmp_path / "register.db"
    for number in range(5):
        event = institute.hold(rows(MARIA, DANA) if number != 2 else rows(MARIA))
        laptop.hand_in(event, mail)
        answers = laptop.receive_at_office(register, *mail.glob(f"*-s{number + 1}-*.zip"))
        assert [(one["verdict"], one["credit_differs"]) for one in answers] == [("accepted", [])] * 2
        laptop.json("receive", mail)
    table = next(mail.glob("*-s5-v1-series.csv")).read_text("utf-8-sig")
    (maria,) = [line for line in table.splitlines() if MARIA in line]
    assert ",1800,3000,earned," in maria
    (dana,) = [line for line in table.splitlines() if DANA in line]
    assert ",1440,0,none," in dana


def test_the_second_sessions_bundle_builds_on_the_first(institute: Institute, laptop: Laptop, tmp_path: Path) -> None:
    """What the office has of a laptop it need not get again, whichever event it came with."""
    mail, register = tmp_path / "mail", tmp_path / "register.db"
    laptop.hand_in(institute.hold(rows(MARIA)), mail)
    laptop.receive_at_office(register, mail)
    laptop.json("receive", mail)
    second = institute.hold(rows(MARIA))
    laptop.do("approve", second)
    (hours,) = [Path(one["file"]) for one in laptop.json("pack", second)["bundles"] if one["parcel"] == "hours"]
    told = laptop.json("verify", hours)
    assert told["builds_on"]
    assert min(first for first, _ in told["covers"].values()) > 1


def test_a_series_is_named_by_its_number_or_plan(institute: Institute, laptop: Laptop) -> None:
    """Where a plan runs twice, only the number says which is meant."""
    institute.hold(rows(MARIA))
    assert laptop.json("credit", "pspl-institute")["series"] == laptop.json("credit", SERIES)["series"]
    laptop.schedule("pspl-institute", "2024-09-04", in_service="2024-2001")
    no = laptop.no("credit", "pspl-institute")
    assert SERIES in no
    assert "2024-2001" in no
    assert laptop.json("credit", SERIES)["lines"]
    assert "There is no event 4711" in laptop.no("credit", "4711")
