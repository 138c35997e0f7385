"""A cohort's year: five schools, four sessions, an Academy day, ten visits, action plans, a school that leaves, the network.

At each point of the year the board says what a programme director would say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.front.commands.cohort_facts import picture_facts
from plfacilitate.steps import capture
from plfacilitate.steps.cohort_reading import read_cohorts
from tests.laptops import Laptop

SCHOOLS = ("Alder", "Birch", "Cedar", "Maple", "Willow")
SESSIONS = {"pd1": "2023-12-06", "pd2": "2024-02-07", "pd3": "2024-04-03", "pd4": "2024-05-29"}
FILE = """\
id = "one"
title = "Cohort I"
starts = 2023-10-02
months = 12
office = "psesd"
visits = 2
session = [{ date = 2023-12-06 }, { date = 2024-02-07 }, { date = 2024-04-03 }, { date = 2024-05-29 }]
academy = [{ date = 2024-01-17 }]
visit = [{ school = "Alder", date = 2024-01-09 }]
"""


def people_of(school: str) -> list[str]:
    """Five people: two administrators, three teacher leaders."""
    return [
        f"{name} {school}son <{name.lower()}@{school.lower()}.example.org>"
        for name in ("Ada", "Ben", "Cyd", "Dot", "Eve")
    ]


def cohort_file(folder: Path, teams: Mapping[str, list[str]]) -> Path:
    """The year's file; the first two of a team are its administrators."""
    text = FILE
    for school, team in teams.items():
        text += f'[[school]]\nname = "{school}"\nadministrators = {team[:2]}\nteacher_leaders = {team[2:]}\n'
    path = folder / "cohort.toml"
    path.write_text(text.replace("'", '"'), "utf-8")
    return path


class Year:
    """The year on one laptop, told in a few words."""

    def __init__(self, laptop: Laptop) -> None:
        self.laptop = laptop
        self.teams = {school: people_of(school) for school in SCHOOLS}
        self.teams["Willow"] = self.teams["Willow"][:2]  # the others are found later

    def day(self, day: str) -> None:
        """It is noon of that day at the place."""
        self.laptop.played.set(f"{day}T12:00:00-08:00")

    def start(self) -> str:
        """The file, taken in."""
        return self.laptop.do("cohort", "start", cohort_file(self.laptop.folder, self.teams))

    def held(self, plan: str, day: str, came: Mapping[str, int], session: str = "") -> str:
        """An event of that day, at which so many of each team were; the first of a team come first."""
        self.day(day)
        told = {"session": session} if session else {}
        event = self.laptop.schedule(plan, day, **told)
        self.laptop.do("event", "open", event)
        mails = [one.split("<")[1][:-1] for school, count in came.items() for one in people_of(school)[:count]]
        self.laptop.attend(event, "\n".join(f"{mail}, 8:30, 11:30" for mail in mails))
        self.start()  # takes sessions, Academy days and meetings of the plan's days in
        return event

    def visit(self, school: str, day: str) -> str:
        """A visit at a school, of which nobody says that it belongs to the cohort."""
        self.day(day)
        event = self.laptop.schedule("site-visit", day)
        path = self.laptop.folder / "visit.toml"
        path.write_text(f'school = "{school.upper()}"\npurpose = "To see who chooses"\n', "utf-8")
        self.laptop.do("visit", "plan", event, path)
        self.laptop.do("event", "open", event)
        return event

    def promised(self, event: str, who: str, what: str, due: str) -> str:
        """A problem of practice with a commitment; gives its id."""
        ledger = self.laptop.ledger()
        body = {"owner": who, "problem": "Students wait", "ideas": [], "how_might_we": "", "segment": "",
                "commitment": {"who": who, "what": what, "first_step": "Ask", "due": due}}  # fmt: skip
        (entry,) = capture.written(ledger.append([capture.popup(self.laptop.hand(), event, body)]))
        ledger.close()
        return entry.id

    def do(self, *line: str) -> str:
        """`plfacilitate cohort …` on this cohort."""
        verb, *rest = line
        return self.laptop.do("cohort", verb, "one", *rest)

    def board(self) -> Any:
        """The whole board, as `cohort show --json` has it."""
        ledger = self.laptop.ledger()
        reader = read_cohorts(ledger)
        found = reader.picture(reader.find("one"), self.laptop.surroundings().today)
        ledger.close()
        return picture_facts(found)

    def counts(self, school: str, *names: str) -> tuple[Any, ...]:
        """Some facts of a school."""
        board = self.board()
        found = next(one for one in (*board["schools"], *board["left"]) if one["school"] == school)
        return tuple(found[name] for name in names)

    def next(self, school: str) -> str:
        """What is next for a school."""
        (found,) = self.counts(school, "next")
        assert found, school
        return str(found[0]["words"])

    def sessions(self, school: str) -> list[tuple[int, int]]:
        """Who came to each session, out of whom."""
        return [(one["came"], one["of"]) for one in self.counts(school, "sessions")[0]]


@pytest.fixture
def year(laptop: Laptop) -> Year:
    """Nothing has begun."""
    return Year(laptop)


def test_a_year_on_the_board(year: Year, laptops: Callable[[str], Laptop]) -> None:
    """From the file in September to the network a year later; at the end a second laptop says the same."""
    before_the_year(year)
    first_session(year)
    winter(year)
    second_session_and_plans(year)
    a_school_leaves(year)
    a_goal_is_dropped(year)
    the_last_sessions(year)
    the_network(year)
    other = laptops("other")
    other.do("receive", year.laptop.workspace.ledger)
    assert other.json("cohort", "show", "one") == year.board()


def before_the_year(year: Year) -> None:
    """A team of two is not one; the others wait for the first session."""
    year.day("2023-09-20")
    assert year.start() == "Cohort I: started with 5 school(s), 22 in teams, 22 of them new here.\n"
    assert year.board()["stage"] == "before the year"
    assert year.next("Willow") == "complete the team: 2 in the team, 5 to 6 wanted, no teacher leader"
    assert year.next("Cedar") == "session 1 on Wed 6 Dec"
    year.day("2023-10-03")
    year.teams["Willow"] = people_of("Willow")
    assert year.start() == "Cohort I: brought up to date with 3 in teams, 3 of them new here.\n"
    assert (year.board()["stage"], year.next("Willow")) == ("before session 1 of 4", "session 1 on Wed 6 Dec")


def first_session(year: Year) -> None:
    """Signed in as at any event; a team that was not there catches up."""
    year.held("pscpl-cohort", "2023-12-06", {"Alder": 5, "Cedar": 5, "Maple": 3, "Willow": 2}, "pd1")
    assert year.board()["stage"] == "session 1 of 4"
    assert [year.sessions(school) for school in ("Cedar", "Maple", "Birch")] == [[(5, 5)], [(3, 5)], [(0, 5)]]
    assert year.next("Birch") == "catch up on session 1: nobody of the team was there"
    assert year.next("Alder") == "site visit on Tue 9 Jan"
    assert "Academy day 1 on Wed 17 Jan" in year.laptop.do("cohort", "show", "one")


def winter(year: Year) -> None:
    """Five visits, an Academy day, coaching and planning in between; a visit elsewhere is said."""
    for n, school in enumerate(SCHOOLS):
        year.visit(school, f"2024-01-{n + 8:02}")
    year.held("administrator-academy", "2024-01-17", {"Alder": 3, "Cedar": 1})
    year.do("contact", "Birch", "--as", "coaching", "--minutes", "60", "--note", "Session 1, in short")
    year.do("contact", "Birch", "--as", "planning", "--minutes", "90", "--date", "2024-01-16")
    year.visit("Lincoln", "2024-01-18")
    assert year.counts("Birch", "visits_held", "visits_planned", "coaching_minutes", "planning_minutes") == (
        1,
        2,
        60,
        90,
    )
    assert [(one["came"], one["of"]) for one in year.counts("Alder", "academy")[0]] == [(2, 2)]
    assert year.board()["remarks"] == ["site visit of Thu 18 Jan: LINCOLN is in no cohort"]
    assert year.next("Cedar") == "session 2 on Wed 7 Feb"


def second_session_and_plans(year: Year) -> None:
    """Promises are made there, and from then on every school has an action plan."""
    everybody = dict.fromkeys(SCHOOLS, 4)
    event = year.held("pscpl-cohort", "2024-02-07", everybody, "pd2")
    assert year.next("Maple") == "write the action plan: no goal is set"
    for school in SCHOOLS:
        year.do("goal", school, "add", f"{school} students propose questions", "--attribute", "personal-learning-paths")
    carts = year.promised(event, "Ada Mapleson", "Lend two carts", "1 Mar")
    year.do("point", "Maple", "1", "--commitment", carts[:8])
    assert "goal: Maple: Maple students propose questions\n" in year.laptop.do("problem", "show", carts[:8])
    year.promised(event, "Birch", "Ask the library", "in spring")
    assert year.next("Maple") == "session 3 on Wed 3 Apr"
    assert [one["state"] for one in year.counts("Birch", "commitments")[0]] == ["promised"]
    year.day("2024-03-04")
    assert year.next("Maple") == "overdue since Fri 1 Mar: “Lend two carts” (Ada Mapleson)"


def a_school_leaves(year: Year) -> None:
    """It stands apart with its day, and nothing is next for it; all that it did stays."""
    year.visit("Willow", "2024-03-05")
    year.do("leave", "Willow", "--reason", "A new principal", "--on", "2024-03-15")
    assert "Willow" in [one["school"] for one in year.board()["schools"]], "it is in until that day"
    year.day("2024-03-15")
    board = year.board()
    assert [one["school"] for one in board["schools"]] == ["Alder", "Birch", "Cedar", "Maple"]
    (gone,) = board["left"]
    assert (gone["left"], gone["next"], gone["visits_held"], len(gone["goals"])) == ("2024-03-15", [], 2, 1)
    assert "left: Willow, Fri 15 Mar: A new principal" in year.laptop.do("cohort", "show", "one")


def a_goal_is_dropped(year: Year) -> None:
    """What points at it is listed and stays; the board asks where it points now."""
    ran = year.laptop.run("cohort", "goal", "one", "Maple", "drop", "1", "--reason", "No time")
    assert ran.err == "still points at it: commitment: Lend two carts (Ada Mapleson), due Fri 1 Mar: overdue\n"
    carts = year.counts("Maple", "commitments")[0][0]["commitment"]
    told = year.laptop.do("problem", "show", carts[:8])
    assert "goal: Maple: Maple students propose questions (dropped: No time)" in told
    year.do("settle", carts[:8], "--not-kept", "--note", "The carts were sold")
    year.do("goal", "Maple", "add", "Maple students plan their week")
    assert [bool(one["dropped"]) for one in year.counts("Maple", "goals")[0]] == [True, False]
    year.do("undo")
    year.do("undo")
    points = "point a promise elsewhere: “Maple students propose questions” was dropped"
    assert points in [one["words"] for one in year.counts("Maple", "next")[0]]
    year.do("goal", "Maple", "add", "Maple students plan their week")
    year.do("point", "Maple", "1", "--commitment", carts[:8], "--off")
    year.do("point", "Maple", "2", "--commitment", carts[:8])
    year.do("settle", carts[:8], "--kept")
    assert year.next("Maple") == "session 3 on Wed 3 Apr"


def the_last_sessions(year: Year) -> None:
    """Ten visits in all; what is seen there points at goals, and what nobody saw is looked for."""
    year.held("pscpl-cohort", SESSIONS["pd3"], dict.fromkeys(SCHOOLS[:4], 5), "pd3")
    for n, school in enumerate(SCHOOLS[:4]):
        event = year.visit(school, f"2024-04-{n + 15}")
        if school != "Birch":
            year.do("point", school, "2" if school == "Maple" else "1", "--visit", event)
    year.held("pscpl-cohort", SESSIONS["pd4"], dict.fromkeys(SCHOOLS[:4], 5), "pd4")
    board = year.board()
    assert board["stage"] == "session 4 of 4"
    assert sum(one["part"] == "site-visit" and one["state"] == "held" for one in board["meetings"]) == 10
    assert {one["school"]: (one["visits_held"], one["visits_planned"]) for one in board["schools"]} == dict.fromkeys(
        SCHOOLS[:4], (2, 2)
    )
    assert year.next("Cedar") == "nothing waits"
    assert year.next("Birch") == (
        "look for evidence of “Birch students propose questions”: so far nothing seen points at it"
    )


def the_network(year: Year) -> None:
    """After the year: a meeting, coaching that goes on, and a call where it was quiet for long."""
    year.day("2024-10-02")
    assert year.board()["stage"] == "year over: network"
    assert year.next("Cedar") == "give the next network meeting a day"
    year.do("contact", "Cedar", "--as", "support", "--minutes", "30")
    said = [one["words"] for one in year.counts("Alder", "next")[0]]
    assert "call the school: last worked with on Wed 29 May" in said
    year.day("2024-11-01")
    event = year.laptop.schedule("network-meeting", "2024-11-13")
    year.do("event", event, "--as", "network-meeting")
    assert year.next("Alder") == "network meeting on Wed 13 Nov"
    year.held("network-meeting", "2024-11-13", {"Alder": 2})
    assert "call the school" not in " ".join(one["words"] for one in year.counts("Alder", "next")[0])
    assert year.next("Alder") == "give the next network meeting a day"
