"""The roll at the office: the laptop's own figures again, what changed since, and versions of what was given out."""

from __future__ import annotations

import csv
import random
import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plfacilitate.core.people import person_id
from plfacilitate.core.roll.changes import NOTHING_NEW
from plfacilitate.office import rolling
from plfacilitate.office.receive import receive
from plfacilitate.office.rolling import Wanted, roll
from plfacilitate.steps.intake import change_person
from plfacilitate.store.register import open_register
from tests.laptops import PEOPLE, Laptop
from tests.played import Chance, Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))
NUMBER = "PS-4711"


class Office:
    """A register, a folder that laptop and office share, and the office's commands."""

    def __init__(self, folder: Path, laptop: Laptop) -> None:
        self.laptop = laptop
        self.url = f"sqlite:///{folder / 'register.db'}"
        self.mail = folder / "mail"
        self.mail.mkdir()

    def take(self, event: str, laptop: Laptop | None = None) -> None:
        """Hand an event in, and take what came."""
        (laptop or self.laptop).hand_in(event, self.mail)
        self.laptop.json("office", "receive", "--register", self.url, self.mail)
        (laptop or self.laptop).json("receive", self.mail)

    def roll(self, *options: object) -> Any:
        """The roll's document."""
        return self.laptop.json("office", "roll", "--register", self.url, *options)


@pytest.fixture
def office(tmp_path: Path, laptop: Laptop) -> Office:
    """An office with an empty register."""
    made = Office(tmp_path, laptop)
    open_register(made.url, Chance(5)).close()
    return made


def day(laptop: Laptop, clock: Clock, rows: str, **options: str) -> str:
    """A day that was held and closed."""
    event = laptop.opened(**{"in_service": NUMBER, **options})
    laptop.attend(event, rows)
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    return event


def know(laptop: Laptop, last_name: str, first_name: str, email: str) -> str:
    """Somebody more on the laptop's list; gives the e-mail."""
    path = laptop.folder / "more.csv"
    path.write_text(f"last_name,first_name,email\n{last_name},{first_name},{email}\n", "utf-8")
    laptop.do("people", "import", path)
    return email


def said(laptop: Laptop, email: str, school: str) -> None:
    """Somebody's school set right on a laptop."""
    with closing(laptop.ledger()) as ledger:
        change_person(ledger, laptop.hand(), person_id({"email": email}), {"school": school}, reason="moved")


def figures(lines: Any) -> dict[str, tuple[int, float, str]]:
    """Minutes, hours and status by e-mail."""
    return {line["email"] or line["name"]: (line["minutes"], line["hours"], line["status"]) for line in lines}


def test_the_roll_is_the_laptops_own_figures(office: Office, laptop: Laptop, clock: Clock) -> None:
    """To the minute, with the same reasons; who never came has no line and is counted."""
    event = day(laptop, clock, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    office.take(event)
    found = office.roll("--series", NUMBER)
    theirs = {email: line for email, line in laptop.lines(NUMBER).items() if email in (MARIA, DANA)}
    assert figures(found["lines"]) == figures(theirs.values())
    assert [line["explained"] for line in found["lines"]] == [theirs[one]["explained"] for one in (MARIA, DANA)]
    (offering,) = found["offerings"]
    assert (offering["people"], offering["never_came"]) == (2, len(laptop.lines(NUMBER)) - 2)
    assert found["since_handed_in"] == []


def test_what_comes_in_after_the_hand_in_is_said_with_its_reason(office: Office, laptop: Laptop, clock: Clock) -> None:
    """The figures handed in stand beside those of now, and who corrected what and why."""
    event = day(laptop, clock, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    office.take(event)
    laptop.do("attendance", "correct", event, DANA, "--out", "15:45", "--reason", "left by the back door")
    other = laptop.schedule(on="2023-12-07")
    laptop.do("event", "close", other)
    office.take(other)
    found = office.roll("--series", NUMBER)
    assert [(one["name"], one["was"], one["now"]) for one in found["since_handed_in"]] == [
        ("Brown, Dana", "339 min, 5.5 h, earned", "353 min, 5.5 h, earned")
    ]
    assert found["since_handed_in"][0]["why"] == [
        "sign-out set to 15:45 by facilitator of laptop: left by the back door"
    ]


def test_a_correction_after_the_receipt_gives_the_next_version(office: Office, laptop: Laptop, clock: Clock) -> None:
    """Version 1 stays as it was given out; the next one says who is other, from what to what, by whom and why."""
    event = day(laptop, clock, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    office.take(event)
    (first,) = office.roll("--series", NUMBER, "--issue")["offerings"]
    assert (first["version"], first["issued_now"]) == (1, True)
    (again,) = office.roll("--series", NUMBER, "--issue")["offerings"]
    assert (again["version"], again["issued_now"], again["open_changes"]) == (1, False, 0)

    laptop.do("attendance", "correct", event, DANA, "--out", "12:00", "--reason", "went home ill")
    office.take(event)
    found = office.roll("--series", NUMBER)
    assert found["since_handed_in"] == []
    (change,) = found["since_version"]
    assert (change["name"], change["was"], change["now"]) == (
        "Brown, Dana",
        "339 min, 5.5 h, earned",
        "183 min, 3.0 h, earned",
    )
    assert change["why"] == ["sign-out set to 12:00 by facilitator of laptop: went home ill"]
    assert "since version 1:" in laptop.do("office", "roll", "--register", office.url, "--series", NUMBER)

    after = office.roll("--series", event, "--issue")
    assert (after["offerings"][0]["version"], after["offerings"][0]["issued_now"]) == (2, True)
    versions = office.roll("--series", NUMBER)["versions"]
    assert [one["version"] for one in versions] == [1, 2]
    assert versions[0]["sha256"] != versions[1]["sha256"]
    assert [one["changes"] for one in versions] == [[], [change]]
    said = laptop.do("office", "roll", "--register", office.url, "--series", NUMBER)
    assert (
        "3.0 h, earned; sign-out set to 12:00 by facilitator of laptop: went home ill" in said.partition("version 2")[2]
    )
    assert [one["issued_now"] for one in office.roll("--issue")["offerings"]] == [False]


AGENDA = """
id = "{id}"
title = "{id}"
kind = "meeting"
office = "{office}"
approved_hours = {hours}
credit = "each-session"
designations = ["Equity", {{ name = "STEM", hours = 3.0 }}]
objectives = ["Know."]
presenters = []
sponsor = "PSESD"
source = "made up"
[[session]]
id = "s1"
title = "{id}"
starts = "08:30"
agenda = [{agenda}]
"""
WITH_BREAKS = (
    "work 105, break 15, work 90, meal 45, work 75, break 15, work 75"  # 8:30-15:30: 345 min at work, 375 with breaks
)
# Worked examples of domain/clock-hours.md 4.3: office, agenda, out, minutes, hours, status
WORKED = {
    "day": ("psesd", WITH_BREAKS, "15:30", 345, 5.5, "earned"),
    "reasonable-breaks": ("wa-state", WITH_BREAKS, "15:30", 375, 6.0, "earned"),
    "psesds-own": ("psesd", "work 225", "12:15", 225, 3.5, "earned"),
    "esd113s-own": ("esd113", "work 285", "13:15", 285, 4.5, "earned"),
    "too-short-to-approve": ("psesd", "work 59", "9:29", 59, 0.0, "none"),
    "forty-minutes-of-three-hours": ("psesd", "work 180", "9:10", 40, 0.5, "earned"),
}
KINDS = {"work": "instruction", "break": "break", "meal": "meal"}


def test_the_worked_examples_come_out_at_the_office(office: Office, laptop: Laptop, clock: Clock) -> None:
    """As PSESD, ESD 113 and the state would have them; with a reason where nothing is given."""
    sessions = laptop.workspace.create().sessions
    sessions.mkdir(exist_ok=True)
    clock.set("2023-12-06T17:00:00-08:00")
    for name, (rule, agenda, out, *_) in WORKED.items():
        parts = [one.split() for one in agenda.split(", ")]
        told = ", ".join(f'{{ minutes = {many}, kind = "{KINDS[what]}", title = "{what}" }}' for what, many in parts)
        (sessions / f"{name}.toml").write_text(AGENDA.format(id=name, office=rule, hours=7, agenda=told), "utf-8")
        event = laptop.opened(name, in_service=name)
        laptop.attend(event, f"{MARIA}, 8:20, {out}")
        laptop.do("event", "close", event)
        laptop.do("approve", event)
        laptop.do("pack", event)
    laptop.do("send", "--to", office.mail)
    laptop.json("office", "receive", "--register", office.url, office.mail)
    found = office.roll("--person", MARIA)
    assert {line["title"]: (line["minutes"], line["hours"], line["status"]) for line in found["lines"]} == {
        name: tuple(figures_) for name, (_, _, _, *figures_) in WORKED.items()
    }
    reasons = {line["title"]: line["reasons"] for line in found["lines"]}
    assert "offering-minimum" in reasons["too-short-to-approve"]
    assert found["totals"]["by_year"] == {"2023": 20.0}
    assert found["totals"]["by_school_year"] == {"2023-24": 20.0}
    assert found["totals"]["by_designation"] == {"Equity": 20.0, "STEM": 12.5}, (
        "3.0 h of each carry STEM, or all there is"
    )
    explained = {line["title"]: line["explained"] for line in found["lines"]}
    assert explained["day"].endswith(
        "Of these at most 3.0 h STEM: only a part carries it, and they were not there for all of it."
    )
    doubts = {one["code"] for one in found["look_at"]}
    assert doubts == {"two-at-once"}, "all at once in one morning: somebody should look"


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Bundles of two laptops at one offering, corrections between them, each built on the one before."""
    folder = tmp_path_factory.mktemp("handed")
    clock = Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))
    one, two = (Laptop.new(folder / name, clock, Chance(seed)) for name, seed in (("one", 1), ("two", 2)))
    mail = folder / "mail"
    events = [
        (one, one.opened(in_service=NUMBER), f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31"),
        (two, two.opened(in_service=NUMBER, on="2024-01-10", session="pd2"), f"{MARIA}, 8:20, 15:50\n{DANA}, 9:00, "),
    ]
    clock.set("2024-01-10T16:10:00-08:00")
    for laptop, event, rows in events:
        laptop.attend(event, rows)
        laptop.finish(event, mail)
    one.do("attendance", "correct", events[0][1], DANA, "--out", "15:00", "--reason", "seen leaving")
    one.hand_in(events[0][1], mail)
    two.do("attendance", "correct", events[1][1], DANA, "--out", "15:45", "--reason", "still there at the end")
    two.hand_in(events[1][1], mail)
    return sorted(mail.glob("*-hours-*.zip"))


def rolled(url: str, processes: int) -> list[object]:
    """Everything of the roll, offering by offering and line by line."""
    at = datetime(2024, 2, 1, tzinfo=UTC)
    register = open_register(url, Chance(5))
    series = register.all_series()
    register.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rolling, "ALONE", 0 if processes > 1 else 40)  # as for a region: people are worked out beforehand
        return _rolled(url, at, series, processes)


def _rolled(url: str, at: datetime, series: Sequence[str], processes: int) -> list[object]:
    with roll(Wanted(url, at), series, Chance(5), processes=processes) as found:
        return [found.offerings, list(found.people())]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_any_order_of_receiving_gives_the_same_roll(
    engine: str, handed: list[Path], tmp_path: Path, clock: Clock, request: pytest.FixtureRequest
) -> None:
    """Any repetition too, on each engine, in one process or in two."""
    found = []
    for seed in range(3):
        url = (
            f"sqlite:///{tmp_path / str(seed) / 'register.db'}"
            if engine == "sqlite"
            else str(request.getfixturevalue("postgres").database())
        )
        calls = [*handed, *handed[:2]]
        random.Random(seed).shuffle(calls)
        for path in calls:
            (tmp_path / f"mail {seed}").mkdir(exist_ok=True)
            lying = Path(shutil.copy(path, tmp_path / f"mail {seed}"))
            receive(url, [lying], clock=clock, chance=Chance(seed), office="Office", keys=tmp_path / "keys")
        found.append(rolled(url, 2 if seed == 0 else 1))
    assert found[0] == found[1] == found[2]
    people = found[0][1]
    assert isinstance(people, list)
    assert [(one.lines[0].name, one.lines[0].figures) for one in people] == [
        ("Alvarez, Maria", (720, 1200, "earned", 0)),
        ("Brown, Dana", (638, 1050, "earned", 0)),
    ]


def test_tables_hold_every_line_and_no_formula(office: Office, laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """A name that a spreadsheet would run stays a name; the workbook has a sheet for lines, people, university."""
    formula = know(laptop, "=1+1", "Ann", "ann@example.org")
    event = day(laptop, clock, f"{MARIA}, 8:20, 15:50\n{formula}, 8:20, 15:50")
    office.take(event)
    office.roll("--csv", tmp_path / "roll.csv", "--xlsx", tmp_path / "roll.xlsx")
    table = (tmp_path / "roll.csv").read_text("utf-8-sig")
    assert table.splitlines()[0].startswith("last_name,first_name")
    assert "'=1+1" in table
    book = openpyxl.load_workbook(tmp_path / "roll.xlsx")
    assert book.sheetnames == ["Roll", "People", "University"]
    cells = [cell for page in book for found in page.iter_rows() for cell in found]
    assert "=1+1" in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_credits_go_on_the_list_for_the_university(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """With the minutes that are short of the whole, and without clock hours in any sum."""
    rows = {n: f"{MARIA}, 8:20, 15:50\n{DANA}, {'9:00' if n == 2 else '8:20'}, 15:50" for n in range(1, 6)}
    for number, people in rows.items():
        on = f"2023-12-{number + 3:02}"
        clock.set(f"{on}T08:00:00-08:00")
        event = laptop.opened("pspl-institute", on, session=f"s{number}", in_service=NUMBER)
        laptop.attend(event, people)
        if number == 5:
            laptop.do("attendance", "correct", event, DANA, "--choice", "quarter-credits", "--reason", "asked")
        clock.set(f"{on}T16:30:00-08:00")
        laptop.do("event", "close", event)
        laptop.do("approve", event)
        laptop.do("pack", event)
    laptop.do("send", "--to", office.mail)
    laptop.json("office", "receive", "--register", office.url, office.mail)
    found = office.roll("--series", NUMBER, "--university", tmp_path / "university.csv")
    assert figures(found["lines"]) == {MARIA: (1800, 30.0, "earned"), DANA: (1770, 0.0, "credits")}
    assert found["totals"] | {"by_year": 0, "by_school_year": 0, "by_designation": 0} == {
        "lines": 2, "hours": 30.0, "waiting_hours": 0.0, "credits": 1, "by_year": 0, "by_school_year": 0,
        "by_designation": 0,
    }  # fmt: skip
    (dana,) = csv.DictReader((tmp_path / "university.csv").read_text("utf-8-sig").splitlines())
    assert (dana["last_name"], dana["minutes"], dana["short_minutes"]) == ("Brown", "1770", "30")


def test_a_presenter_alone_has_no_hours_and_the_offering_says_so(office: Office, laptop: Laptop, clock: Clock) -> None:
    """WAC 181-85-030: nobody came but the one who presented."""
    event = laptop.opened("pspl-institute", in_service=NUMBER)
    laptop.attend(event, f"{know(laptop, 'Gallardo', 'Rafael', 'rafael@psesd.example.org')}, 8:20, 15:50")
    clock.set("2023-12-06T16:30:00-08:00")
    laptop.do("event", "close", event)
    office.take(event)
    found = office.roll("--series", NUMBER)
    assert found["offerings"][0]["presenter_only"] is True
    assert [(line["hours"], line["status"]) for line in found["lines"]] == [(0.0, "none")]
    assert "no participant" in laptop.do("office", "roll", "--register", office.url)


def test_a_presenter_keeps_the_sessions_to_which_somebody_came(office: Office, laptop: Laptop, clock: Clock) -> None:
    """Only the empty one gives them nothing, and the offering is none of presenters alone."""
    rafael = know(laptop, "Gallardo", "Rafael", "rafael@psesd.example.org")
    office.take(day(laptop, clock, f"{rafael}, 8:20, 15:50\n{MARIA}, 8:20, 15:50", session="pd1"))
    event = laptop.opened(on="2023-12-07", session="pd2", in_service=NUMBER)
    laptop.attend(event, f"{rafael}, 8:20, 15:50")
    clock.set("2023-12-07T16:10:00-08:00")
    laptop.do("event", "close", event)
    office.take(event)
    found = office.roll("--series", NUMBER)
    assert {line["name"]: (line["minutes"], line["hours"]) for line in found["lines"]} == {
        "Alvarez, Maria": (360, 6.0), "Gallardo, Rafael": (360, 6.0),
    }  # fmt: skip
    assert found["offerings"][0]["presenter_only"] is False


@pytest.mark.parametrize(
    "options, sentence",
    [
        (("--year", "23"), "23 is no year"),
        (("--year", "2023-25"), "2023-25 is no year"),
        (("--series", "nothing"), "no offering nothing"),
        (("--person", "Nobody Here"), "Nobody called Nobody Here"),
    ],
)
def test_what_the_register_does_not_know_is_said(
    office: Office, laptop: Laptop, options: tuple[str, ...], sentence: str
) -> None:
    """One sentence, and nothing on stdout."""
    assert sentence in laptop.no("office", "roll", "--register", office.url, *options)


def test_an_offering_is_found_by_its_number_in_any_hand(office: Office, laptop: Laptop, clock: Clock) -> None:
    """As a clerk types it: without the blank, in small letters."""
    office.take(day(laptop, clock, f"{MARIA}, 8:20, 15:50", in_service="PS 4711"))
    for name in ("PS 4711", "ps4711", " Ps  4711"):
        assert [line["in_service"] for line in office.roll("--series", name)["lines"]] == ["PS 4711"]


def test_an_empty_register_has_an_empty_roll(office: Office) -> None:
    """Nothing was handed in yet."""
    found = office.roll()
    assert (found["offerings"], found["people"], found["lines"]) == ([], 0, [])


def test_a_doubt_about_a_person_that_was_settled_is_a_change(
    office: Office, laptops: Callable[[str], Laptop], clock: Clock
) -> None:
    """Two laptops corrected one record otherwise: the line waited when it was handed in, and does no more."""
    one, two = office.laptop, laptops("two")
    event = day(one, clock, f"{MARIA}, 8:20, 15:50")
    two.do("people", "import", PEOPLE)
    for laptop, school in ((one, "Dimmitt"), (two, "Lakeridge")):
        said(laptop, MARIA, school)
    one.do("receive", two.workspace.ledger)
    office.take(event)
    (before,) = office.roll("--series", NUMBER)["lines"]
    assert (before["status"], before["reasons"][-1]) == ("pending", "doubtful-person")
    two.do("receive", one.workspace.ledger)
    said(two, MARIA, "Dimmitt")
    other = two.schedule(on="2023-12-07", in_service="PS-2")
    two.do("event", "close", other)
    office.take(other, two)
    found = office.roll("--series", NUMBER)
    assert [(line["status"], line["handed_in"]) for line in found["lines"]] == [("earned", "360 min, 6.0 h, pending")]
    assert "the person's record was changed" in found["lines"][0]["since"][0]


def test_who_is_forgotten_is_gone_from_issued_versions_too(
    office: Office, laptop: Laptop, clock: Clock, tmp_path: Path
) -> None:
    """Their id can be made from their e-mail, so it goes; the others' figures stay, and nothing new is to be issued."""
    event = day(laptop, clock, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    office.take(event)
    office.roll("--series", NUMBER, "--issue")
    person = person_id({"email": MARIA})
    laptop.do("people", "erase", person, "--reason", "asked", "--yes")
    office.take(event)
    found = office.roll("--series", NUMBER, "--issue")
    assert [(one["version"], one["lines"]) for one in found["versions"]] == [(1, 1)]
    assert found["since_version"] == []
    assert found["offerings"][0]["issued_now"] is False
    assert person.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))


def test_a_year_in_which_nobody_completed_anything_is_empty(office: Office, laptop: Laptop, clock: Clock) -> None:
    """No offering is listed, and what is printed says so in figures."""
    office.take(day(laptop, clock, f"{MARIA}, 8:20, 15:50"))
    assert office.roll("--year", "2022-23")["offerings"] == []
    assert "No offering" in laptop.do("office", "roll", "--register", office.url, "--year", "2022-23")
    office.roll("--year", "2022-23", "--issue")  # what is not shown is not issued
    assert [(one["people"], one["version"]) for one in office.roll("--year", "2023-24")["offerings"]] == [(1, 0)]
    assert [one["version"] for one in office.roll("--year", "2023-24", "--issue")["offerings"]] == [1]
    printed = laptop.do("office", "roll", "--register", office.url, "--person", MARIA)
    assert "2023-12-06" in printed
    assert "6.0 clock hours of 1 person" in printed
    assert "by designation" not in printed


def test_two_records_made_one_after_the_hand_in_are_one_line(office: Office, laptop: Laptop, clock: Clock) -> None:
    """The morning was written on one record and the afternoon on another: now the person has both."""
    twin = know(laptop, "Alvarez", "Maria", "maria@home.example.org")
    event = day(laptop, clock, f"{MARIA}, 8:20, 12:00\n{twin}, 12:00, 15:50")
    office.take(event)
    laptop.do("people", "merge", MARIA, twin, "--reason", "one person")
    other = laptop.schedule(on="2023-12-07", in_service="PS-2")
    laptop.do("event", "close", other)
    office.take(other)
    found = office.roll("--series", NUMBER)
    (line,) = found["lines"]
    assert (line["minutes"], line["handed_in"]) == (360, "190 min, 3.0 h, earned")
    assert "two records are read as one person" in line["since"][0]
    assert len(found["since_handed_in"]) == 2, "the other record's line is gone"


def test_a_session_that_passed_since_the_hand_in_is_said(office: Office, laptop: Laptop, clock: Clock) -> None:
    """All sessions count or none: it was to come, now it was missed, and nobody wrote anything."""
    laptop.schedule("pspl-institute", "2024-01-10", session="s2", in_service=NUMBER)
    event = laptop.opened("pspl-institute", in_service=NUMBER)
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    office.take(event)
    assert office.roll("--series", NUMBER)["since_handed_in"] == []
    clock.set("2024-02-01T12:00:00-08:00")
    (change,) = office.roll("--series", NUMBER)["since_handed_in"]
    assert (change["was"], change["now"]) == ("360 min, 6.0 h, pending", "360 min, 0.0 h, none")
    assert change["why"] == [NOTHING_NEW]
