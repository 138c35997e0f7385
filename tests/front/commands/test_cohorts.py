"""`cohort …`: started from a file, brought up to date, and a year written down by commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plfacilitate.steps.cohort_reading import read_cohorts
from tests.laptops import Laptop
from tests.shelf.test_cohorts import RIGHT

FULL = RIGHT.replace('"Bo Lee"', '"Bo Lee <bo@example.org>"')


@pytest.fixture
def started(laptop: Laptop) -> Laptop:
    """A laptop with a cohort of one school, on the day of its first session."""
    laptop.do("cohort", "start", file(laptop))
    return laptop


def file(laptop: Laptop, *changes: tuple[str, str]) -> Path:
    """The cohort's file with some texts changed."""
    text = FULL
    for right, other in changes:
        assert right in text
        text = text.replace(right, other, 1)
    path = laptop.folder / "cohort.toml"
    path.write_text(text, "utf-8")
    return path


def school(laptop: Laptop, name: str = "lakeridge") -> Any:
    """Everything of a school."""
    return laptop.json("cohort", "school", "c1", name)


def goal(laptop: Laptop, text: str = "Students propose questions", *options: str) -> str:
    """A goal, by its id."""
    laptop.do("cohort", "goal", "c1", "lakeridge", "add", text, *options)
    found = school(laptop)["goals"][-1]["goal"]
    assert isinstance(found, str)
    return found


# -- from a file -------------------------------------------------------------------------------------------------------


def test_check_says_what_is_wrong_and_what_is_right(laptop: Laptop) -> None:
    """With the year that comes out of it."""
    assert "right. Cohort I, 1 school(s), 5 people, 2023-10-02 to 2024-10-01." in laptop.do(
        "cohort", "check", file(laptop)
    )
    ran = laptop.run("cohort", "check", file(laptop, ("starts = 2023-10-02", "starts = 7")))
    assert (ran.code, "starts: must be a day" in ran.out) == (1, True)


def test_start_twice_with_one_file_changes_nothing(laptop: Laptop) -> None:
    """People whom no list knew are new people, once."""
    assert "started with 1 school(s), 5 in teams, 5 of them new here." in laptop.do("cohort", "start", file(laptop))
    assert laptop.do("cohort", "start", file(laptop)) == "Cohort I: as it was.\n"
    assert laptop.json("cohort", "start", file(laptop))["changed"] is False
    assert len(laptop.json("people", "list")) == 5


def test_people_who_are_known_are_not_made_anew(laptop: Laptop) -> None:
    """By their e-mail, or by their name at that school."""
    path = laptop.folder / "people.csv"
    path.write_text(
        "last_name,first_name,email,school\nSilva,Ana,ANA@example.org,Lakeridge Elementary\nPark,Cy,,Lakeridge Elementary\n"
        "Park,Cy,,Dimmitt\n", "utf-8",
    )  # fmt: skip
    laptop.do("people", "import", path)
    assert laptop.json("cohort", "start", file(laptop))["people"] == 3
    assert len(laptop.json("people", "list")) == 6


def test_a_name_that_fits_several_is_asked_about_by_line(laptop: Laptop) -> None:
    """And nothing is written."""
    path = laptop.folder / "people.csv"
    path.write_text("last_name,first_name,email,school\nPark,Cy,a@x.org,A\nPark,Cy,b@x.org,B\n", "utf-8")
    laptop.do("people", "import", path)
    no = laptop.no("cohort", "start", file(laptop))
    assert "cohort.toml:8: school[0].teacher_leaders[0]: Cy Park could be" in no
    assert laptop.json("cohort", "list") == []


def test_a_changed_file_adds_and_never_takes_away(started: Laptop) -> None:
    """A new school, a new date, another role; whoever the file leaves out stays, and that is said."""
    changed = file(
        started, ('"Cy Park", ', ""), ('administrators = ["Ana', 'others = ["Ana'),
        ("[[session]]", '[[school]]\nname = "Dimmitt"\nadministrators = ["Fi Ode"]\n[[session]]'),
        ('title = "Cohort I"', 'title = "Cohort One"'),
    )  # fmt: skip
    ran = started.run("cohort", "start", changed)
    assert ran.out == "Cohort One: brought up to date with 1 school(s), 3 in teams, 1 of them new here.\n"
    assert "Cy Park, teacher leader at Lakeridge Elementary, is not in the file, and stays." in ran.err
    roles = {mate["name"]: mate["roles"] for mate in school(started)["team"]}
    assert (roles["Ana Silva"], roles["Cy Park"]) == (["other"], ["teacher-leader"])
    assert school(started, "dimmitt")["joined"] == "2023-12-06"
    assert started.do("cohort", "start", changed) == "Cohort One: as it was.\n"


def test_what_was_done_by_hand_beats_the_file(started: Laptop) -> None:
    """Who was taken out stays out, a role set by hand stays, a school that left stays out."""
    started.do("cohort", "team", "c1", "lakeridge", "--remove", "Ed van der Berg")
    started.do("cohort", "team", "c1", "lakeridge", "--add", "Cy Park", "--as", "administrator")
    ran = started.run("cohort", "start", file(started))
    assert ran.out == "Cohort I: as it was.\n"
    assert "Ed van der Berg left the team of Lakeridge Elementary, and stays out." in ran.err
    assert (
        "Cy Park at Lakeridge Elementary is administrator by hand, teacher leader in the file: that stays." in ran.err
    )
    started.do("cohort", "leave", "c1", "lakeridge", "--reason", "A new principal")
    ran = started.run("cohort", "start", file(started))
    assert "Lakeridge Elementary left on Wed 6 Dec, and stays out." in ran.err


def test_a_school_that_the_file_leaves_out_stays(started: Laptop) -> None:
    """A file that was cut short takes nobody out of the year."""
    changed = file(started, ("Lakeridge Elementary", "Dimmitt"), ("lakeridge ELEMENTARY", "Dimmitt"))
    assert (
        "Lakeridge Elementary is not in the file, and stays in the cohort."
        in started.run("cohort", "start", changed).err
    )
    assert len(started.json("cohort", "show", "c1")["schools"]) == 2


def test_events_on_days_of_the_plan_are_found(started: Laptop) -> None:
    """Of the plan's kind, on its day; one of another kind is left alone."""
    started.schedule("pspl-institute")
    event = started.schedule()
    for session in ("pd2", "pd3"):  # two that could be it: somebody has to say which
        started.schedule(on="2024-02-07", session=session)
    assert started.json("cohort", "start", file(started))["events"] == 1
    found = started.json("cohort", "show", "c1")["meetings"]
    assert [one["event"] for one in found if one["part"] == "session"] == [event, None, None, None]


# -- by commands -------------------------------------------------------------------------------------------------------


def test_the_board_has_a_line_a_school(started: Laptop) -> None:
    """From its team to what is next."""
    event = started.schedule()
    started.do("cohort", "event", "c1", event, "--as", "session")
    started.do("event", "open", event)
    started.attend(event, "ana@example.org, 8:30, 15:45\nCy Park, 8:30, 15:45")
    lines = started.do("cohort", "show", "c1").splitlines()
    assert lines[0] == (
        "Cohort I · 2023-10-02 to 2024-10-01 · 1 school(s), 3 Teacher Leadership Fellows · session 1 of 4"
    )
    assert lines[2].split("  ")[0] == "Lakeridge Elementary"
    assert lines[1].split() == ["school", "team", "sessions", "visits", "next"], "what nobody did yet has no column"
    assert "5     2/5 " in lines[2]
    assert lines[2].endswith("site visit on Wed 24 Jan")


def test_the_list_names_each_cohort_with_its_stage(started: Laptop) -> None:
    """And without one says how one begins."""
    assert "c1      2023-10-02  2024-10-01  1        before session 1 of 4  Cohort I" in started.do("cohort", "list")


def test_without_a_cohort_the_list_says_how_one_begins(laptop: Laptop) -> None:
    """Nothing on stdout."""
    ran = laptop.run("cohort", "list")
    assert (ran.out, "cohort start FILE" in ran.err) == ("", True)
    assert "none yet" in laptop.no("cohort", "show", "c1")


def test_a_school_leaves_and_comes_back(started: Laptop) -> None:
    """Apart with its day and reason; twice out or twice in is refused."""
    started.do("cohort", "leave", "c1", "lakeridge", "--reason", "A new principal", "--on", "2023-11-30")
    board = started.json("cohort", "show", "c1")
    assert (board["schools"], board["left"][0]["left"], board["left"][0]["reason"]) == (
        [],
        "2023-11-30",
        "A new principal",
    )
    assert "left: Lakeridge Elementary, Thu 30 Nov: A new principal" in started.do("cohort", "show", "c1")
    assert "left Cohort I on Thu 30 Nov already" in started.no("cohort", "leave", "c1", "lake", "--reason", "x")
    started.do("cohort", "join", "c1", "Lakeridge Elementary")
    assert "is in Cohort I already, since Wed 6 Dec" in started.no("cohort", "join", "c1", "LAKERIDGE elementary")
    assert school(started)["left"] is None


def test_a_team_changes_and_its_warnings_are_said(started: Laptop) -> None:
    """Another role is not a second person."""
    ran = started.run("cohort", "team", "c1", "lake", "--remove", "Ed van der Berg")
    assert (ran.out, ran.err) == (
        "Lakeridge Elementary: 4 in the team.\n", "Lakeridge Elementary: 4 in the team, 5 to 6 wanted\n",
    )  # fmt: skip
    started.do("cohort", "team", "c1", "lake", "--add", "Ed van der Berg", "--as", "administrator")
    ran = started.run("cohort", "team", "c1", "lake", "--add", "Ed van der Berg", "--as", "teacher-leader")
    assert (ran.out, ran.err) == ("Lakeridge Elementary: 5 in the team.\n", "")
    assert [mate["roles"] for mate in school(started)["team"] if mate["name"].startswith("Ed")] == [["teacher-leader"]]


def test_coaching_adds_up(started: Laptop) -> None:
    """Kind by kind."""
    contact = ("cohort", "contact", "c1", "lake", "--as", "coaching")
    started.do(*contact, "--minutes", "45", "--date", "2023-11-20", "--with", "Bo", "--note", "The pilot")
    said = started.do(*contact, "--minutes", "30")
    assert said == "Lakeridge Elementary: coaching, 30 min on Wed 6 Dec; 1 h 15 in all.\n"
    assert "Mon 20 Nov, coaching, 45 min, facilitator of laptop with Bo: The pilot" in started.do(
        "cohort", "school", "c1", "lake"
    )


def test_a_goal_is_set_changed_and_dropped(started: Laptop) -> None:
    """By its number or the beginning of its id; its id stays."""
    first = goal(started, "Students propose questions", "--attribute", "personal-learning-paths", "--due", "2024-03-01")
    change = ("cohort", "goal", "c1", "lake", "change")
    started.do(*change, "1", "--measure", "in three rooms")
    started.do(*change, first[:8], "--text", "Students propose and plan", "--due", "none")
    (found,) = school(started)["goals"]
    assert (found["goal"], found["text"], found["measure"], found["due"]) == (
        first, "Students propose and plan", "in three rooms", None,
    )  # fmt: skip
    assert "says that already" in started.no(*change, "1", "--measure", "in three rooms")
    started.do("cohort", "goal", "c1", "lake", "drop", "1", "--reason", "No time")
    assert "was dropped (No time)" in started.no(*change, "1", "--text", "Else")
    assert "was dropped (No time)" in started.no("cohort", "goal", "c1", "lake", "drop", "1", "--reason", "x")


def test_a_dropped_goal_lists_what_points_at_it(started: Laptop) -> None:
    """And keeps it."""
    event = visit(started)
    goal(started)
    started.do("cohort", "point", "c1", "lake", "1", "--visit", event)
    ran = started.run("cohort", "goal", "c1", "lake", "drop", "1", "--reason", "No time")
    assert ran.err == "still points at it: visit of Wed 6 Dec: Site visit\n"
    assert school(started)["goals"][0]["evidence"][0]["id"] == event


def test_a_goal_that_is_pointed_at_is_not_taken_back(started: Laptop) -> None:
    """Its change is, and so is it once nothing points there any more."""
    event = visit(started)
    first = goal(started)
    started.do("cohort", "goal", "c1", "lake", "change", "1", "--text", "Others")
    started.do("cohort", "point", "c1", "lake", "1", "--visit", event)
    changed = started.json("cohort", "undo", "c1", "--list")[1]["entry"]
    started.do("cohort", "undo", "c1", changed)
    assert "is pointed at (1 times): drop it with a reason" in started.no("cohort", "undo", "c1", first[:8])
    started.do("cohort", "undo", "c1")
    started.do("cohort", "undo", "c1", first[:8])
    assert school(started)["goals"] == []


def visit(laptop: Laptop) -> str:
    """A site visit at the school."""
    event = laptop.schedule("site-visit")
    path = laptop.folder / "visit.toml"
    path.write_text('school = "Lakeridge elementary"\npurpose = "To see"\n', "utf-8")
    laptop.do("visit", "plan", event, path)
    laptop.do("event", "open", event)
    return event


def test_a_pointing_is_said_once_and_taken_off_again(started: Laptop) -> None:
    """A visit, here."""
    event = visit(started)
    goal(started)
    line = ("cohort", "point", "c1", "lake", "1", "--visit", event)
    started.do(*line)
    assert "points at the goal already" in started.no(*line)
    started.do(*line, "--off")
    assert school(started)["goals"][0]["evidence"] == []
    assert "does not point at the goal" in started.no(*line, "--off")


def test_undo_takes_back_one_thing_after_the_other(started: Laptop) -> None:
    """The newest first, or the one that is named; the list says what there is."""
    goal(started)
    started.do("cohort", "contact", "c1", "lake", "--as", "support", "--minutes", "20")
    listed = started.json("cohort", "undo", "c1", "--list")
    assert [one["kind"] for one in listed[:2]] == ["contact", "goal"]
    assert "taken back: goal" in started.do("cohort", "undo", "c1", listed[1]["entry"])
    assert (school(started)["goals"], school(started)["support_minutes"]) == ([], 20)
    assert "taken back: contact" in started.do("cohort", "undo", "c1")
    assert school(started)["support_minutes"] == 0
    for _ in listed[2:]:
        started.do("cohort", "undo", "c1")
    assert started.json("cohort", "list") == []


@pytest.mark.parametrize(
    "line, said",
    [
        (("show", "c9"), "There is no cohort c9 here: c1."),
        (("school", "c1", "Nowhere"), "Nowhere is not in Cohort I: it has Lakeridge Elementary."),
        (("school", "c1", ""), "is not in Cohort I"),
        (("join", "c1", "!?"), "A name is needed"),
        (("leave", "c1", "lake", "--reason", " "), "A correction needs a reason"),
        (("leave", "c1", "lake", "--reason", "x", "--on", "2023-10-01"), "from Mon 2 Oct on"),
        (("leave", "c1", "lake", "--reason", "x", "--on", "soon"), "soon is no day"),
        (("team", "c1", "lake", "--remove", "Nobody"), "Nobody here is called Nobody"),
        (("team", "c1", "lake", "--add", "Cy Park", "--as", "teacher-leader"), "is in the team of Lakeridge Elementary as that"),
        (("contact", "c1", "lake", "--as", "coaching", "--minutes", "5", "--date", "2024-01-01"), "is still to come"),
        (("goal", "c1", "lake", "add", "  "), "A goal needs words"),
        (("goal", "c1", "lake", "drop", "1", "--reason", "x"), "has no goal 1"),
        (("goal", "c1", "lake", "change", "0000", "--text", "x"), "has no goal 0000"),
        (("goal", "c1", "lake", "add", "x", "--due", "31 Feb"), "31 Feb is no day"),
        (("settle", "c1", "abcd"), "There is no commitment abcd"),
        (("event", "c1", "abcd", "--as", "session"), "There is no event abcd"),
        (("event", "c1", "EVENT", "--as", "site-visit"), "A visit belongs to one school"),
        (("undo", "c1", "zzzz"), "nothing to take back"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_sentence(started: Laptop, line: tuple[str, ...], said: str) -> None:
    """And nothing is written."""
    event = started.schedule()
    ledger = started.ledger()
    before = ledger.count()
    assert said in started.no("cohort", *(event if word == "EVENT" else word for word in line))
    assert ledger.count() == before
    ledger.close()


@pytest.mark.parametrize(
    "line",
    [
        ("team", "c1", "lake"), ("team", "c1", "lake", "--add", "Cy Park", "--as", "boss"),
        ("team", "c1", "lake", "--add", "Cy Park", "--remove", "Cy Park"),
        ("contact", "c1", "lake", "--as", "coaching", "--minutes", "0"), ("contact", "c1", "lake", "--as", "tea", "--minutes", "5"),
        ("goal", "c1", "lake", "paint", "1"), ("goal", "c1", "lake", "add", "x", "--attribute", "robots"),
        ("point", "c1", "lake", "1"), ("point", "c1", "lake", "1", "--visit", "a", "--commitment", "b"),
        ("event", "c1", "x", "--as", "party"),
    ],
)  # fmt: skip
def test_a_line_without_sense_has_exit_code_2(started: Laptop, line: tuple[str, ...]) -> None:
    """With what the option takes."""
    assert started.run("cohort", *line).code == 2


def test_a_point_at_a_goal_that_was_dropped_is_refused(started: Laptop) -> None:
    """An observation that nobody made, too."""
    event = visit(started)
    goal(started)
    assert "There is no observation abcd" in started.no("cohort", "point", "c1", "lake", "1", "--observation", "abcd")
    started.do("cohort", "goal", "c1", "lake", "drop", "1", "--reason", "No time")
    assert "was dropped" in started.no("cohort", "point", "c1", "lake", "1", "--visit", event)


def test_two_laptops_start_one_file_and_agree(laptops: Callable[[str], Laptop], tmp_path: Path) -> None:
    """Merged both ways, each shows the same board: one school, one team, one plan."""
    one, two = laptops("one"), laptops("two")
    for laptop in (one, two):
        laptop.do("cohort", "start", file(laptop))
    one.do("cohort", "goal", "c1", "lake", "add", "From one")
    two.do("cohort", "leave", "c1", "lake", "--reason", "A new principal")
    two.do("cohort", "join", "c1", "Lakeridge Elementary")
    for here, there in ((one, two), (two, one)):
        here.do("receive", there.workspace.ledger)
    boards = [laptop.json("cohort", "show", "c1") for laptop in (one, two)]
    assert boards[0] == boards[1]
    (found,) = boards[0]["schools"]
    assert (len(found["team"]), found["warnings"], len(found["goals"])) == (5, [], 1)


def test_two_versions_of_a_goal_are_settled_by_one_more(laptops: Callable[[str], Laptop]) -> None:
    """Also by one that says what is shown already."""
    one, two = laptops("one"), laptops("two")
    one.do("cohort", "start", file(one))
    one.do("cohort", "goal", "c1", "lake", "add", "Students ask")
    two.do("receive", one.workspace.ledger)
    for laptop, text in ((one, "Students ask first"), (two, "Students ask aloud")):
        laptop.do("cohort", "goal", "c1", "lake", "change", "1", "--text", text)
    one.do("receive", two.workspace.ledger)
    (found,) = school(one)["goals"]
    assert found["undecided"]
    assert "changed on two laptops at once" in one.do("cohort", "school", "c1", "lake")
    one.do("cohort", "goal", "c1", "lake", "change", "1", "--text", found["text"])
    assert not school(one)["goals"][0]["undecided"]


def test_a_reader_that_looks_again_forgets_what_was_erased(started: Laptop) -> None:
    """As a desk does that stays open: no name stays behind, and nothing is read twice."""
    ledger = started.ledger()
    reader = read_cohorts(ledger)

    def size() -> int:
        return len(reader.cohorts[0].members["lakeridge elementary"])

    assert size() == 5
    assert not reader.refresh(ledger)
    started.do("people", "erase", "Ed van der Berg", "--reason", "asked", "--yes")
    assert reader.refresh(ledger)
    assert size() == 4
    assert reader.cohorts == read_cohorts(ledger).cohorts
    ledger.close()


def test_a_reader_that_looks_again_sees_what_a_fresh_one_does(started: Laptop) -> None:
    """Sign-ins, corrections of who is who, a visit, a promise, whatever came in between."""
    ledger = started.ledger()
    reader, today = read_cohorts(ledger), date(2023, 12, 6)
    event = started.schedule()
    for line in (
        ("cohort", "event", "c1", event, "--as", "session"), ("event", "open", event),
        ("cohort", "goal", "c1", "lake", "add", "Students ask"), ("cohort", "undo", "c1"),
    ):  # fmt: skip
        started.do(*line)
        reader.refresh(ledger)
    for rows in ("ana@example.org, 8:30, 15:45", "Cy Park, 8:30, 15:45"):
        started.attend(event, rows)
        assert reader.refresh(ledger)
    visit(started)
    started.do("people", "merge", "Cy Park", "Di Moreau", "--reason", "one person")
    assert reader.refresh(ledger)
    found = reader.picture(reader.cohorts[0], today)
    fresh = read_cohorts(ledger)
    assert found == fresh.picture(fresh.cohorts[0], today)
    assert (found.schools[0].sessions[0].words, found.schools[0].visits_held) == ("2 of 4", 1)
    ledger.close()


def test_erasing_a_person_takes_them_out_of_the_team(started: Laptop) -> None:
    """For good."""
    started.do("people", "erase", "Ed van der Berg", "--reason", "asked", "--yes")
    assert len(school(started)["team"]) == 4
