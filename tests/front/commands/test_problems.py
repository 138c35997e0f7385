"""`problem …`: the bank by commands, a month later and at the next POP-up."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest

from plfacilitate.steps import popup as steps
from plfacilitate.steps.capture import written
from tests.laptops import Laptop

FIELDS = {"owner": "Ana Ruiz", "school": "Lakeridge", "problem": "Talk dries up", "data": "3 of 28 spoke"}
PROMISE = {"who": "Ana Ruiz", "what": "Pairs first", "first_step": "Monday, period 2", "due": "20 Dec"}


def brought(laptop: Laptop, event: str, fields: dict[str, str] = FIELDS, promise: dict[str, str] | None = None) -> str:
    """A problem is brought to a POP-up, and something promised; gives its id."""
    ledger, hand = laptop.ledger(), laptop.hand()
    opened = ledger.append_one(steps.open_problem(hand, event, fields))
    if promise is not None:
        problem = steps.read_popup(ledger, event).picture().problem(opened.id)
        assert problem is not None
        written(ledger.append([steps.commit(hand, event, problem, promise)]))
    ledger.close()
    return opened.id


@pytest.fixture
def event(laptop: Laptop) -> str:
    """A POP-up in December."""
    return laptop.opened()


@pytest.fixture
def problem(laptop: Laptop, event: str) -> str:
    """The problem of Ana Ruiz, with a commitment until 20 December."""
    return brought(laptop, event, promise=PROMISE)


def later(laptop: Laptop, days: int) -> None:
    """So many days go by."""
    laptop.played.forward(days=days)


def states(laptop: Laptop, *asked: str) -> dict[str, str]:
    """Problem → state, of those that fit."""
    return {one["problem"]: one["state"] for one in laptop.json("problem", "list", *asked)}


def test_from_an_open_call_over_follow_ups_to_a_later_pop_up(laptop: Laptop, event: str, problem: str) -> None:
    """Promised, overdue, tried in part and asked after again, kept; then the problem is back, with all of that."""
    assert states(laptop) == {problem: "promised"}
    later(laptop, 30)
    assert states(laptop, "--state", "overdue") == {problem: "overdue"}
    short = problem[:8]
    said = laptop.do(
        "problem",
        "follow",
        short,
        "--tried",
        "partly",
        "--what",
        "Six of nine groups",
        "--again",
        "20 Feb",
        "--who",
        "Ana",
    )
    assert said == "Pairs first (Ana Ruiz), by Tue 20 Feb 2024: promised\n"
    later(laptop, 20)
    laptop.do("problem", "follow", short, "--tried", "yes", "--then", "keep", "--what", "All of them")
    assert states(laptop, "--state", "settled") == {problem: "kept"}
    laptop.do("problem", "tag", short, "--theme", "Student talk", "--attribute", "personal-learning-paths")
    laptop.do("problem", "resource", short, "Talk moves", "https://example.org/talk")

    spring = laptop.opened(on="2024-03-06")
    laptop.do("problem", "return", short, spring[:8])
    (back,) = [one for one in laptop.json("problem", "list", "--theme", "student") if one["problem"] != problem]
    assert (back["event"], back["continues"], back["school"], back["state"]) == (spring, problem, "Lakeridge", "open")
    shown = laptop.json("problem", "show", back["problem"])
    (before,) = shown["before"]
    assert [one["tried"] for one in before["commitments"][0]["followed"]] == ["partly", "yes"]
    (at_work,) = steps.read_popup(laptop.ledger(), spring).picture().problems
    assert at_work.before == "Wed 6 Dec 2023: Pairs first → All of them"
    text = laptop.do("problem", "show", short)
    for words in (
        "helps: Talk moves · https://example.org/talk",
        "tried in part: Six of nine groups (Ana) · ask again Tue 20 Feb 2024",
        "went on [",
    ):
        assert words in text


def test_what_the_cohorts_board_says_of_a_promise_the_bank_says_too(laptop: Laptop, problem: str) -> None:
    """And the other way round: it is one word, said in two places."""
    cohort = laptop.folder / "cohort.toml"
    cohort.write_text(
        'id = "c1"\ntitle = "Cohort I"\nstarts = 2023-10-02\nmonths = 12\noffice = "psesd"\n\n[[school]]\nname = "Lakeridge"\n',
        "utf-8",
    )
    laptop.do("cohort", "start", cohort)

    def board() -> Any:
        (one,) = laptop.json("cohort", "school", "c1", "lakeridge")["commitments"]
        return one["state"], one["note"]

    later(laptop, 30)
    assert board() == ("overdue", "")
    laptop.do("problem", "follow", problem, "--tried", "partly", "--what", "Two tables", "--then", "change")
    assert board() == ("changed", "Two tables")
    laptop.do("cohort", "settle", "c1", problem[:8], "--not-kept", "--note", "No time")
    assert (board(), states(laptop)[problem]) == (("not-kept", "No time"), "not-kept")


def test_the_last_thing_written_is_taken_back(laptop: Laptop, problem: str) -> None:
    """One after the other, until nothing of the bank is left."""
    laptop.do("problem", "tag", problem, "--theme", "Talk")
    laptop.do("problem", "follow", problem, "--tried", "yes")
    assert "is promised" in laptop.do("problem", "undo", problem)
    laptop.do("problem", "undo", problem)
    assert laptop.json("problem", "list")[0]["theme"] == ""
    assert "nothing" in laptop.no("problem", "undo", problem).lower()


def test_a_return_is_taken_back_with_the_problem_that_it_opened(laptop: Laptop, problem: str) -> None:
    """Unless somebody worked on that one meanwhile: then it only goes on from nothing any more."""
    spring = laptop.opened(on="2024-03-06")
    laptop.do("problem", "return", problem, spring)
    laptop.do("problem", "undo", problem)
    assert set(states(laptop)) == {problem}
    laptop.do("problem", "return", problem, spring)
    (back,) = set(states(laptop)) - {problem}
    ledger = laptop.ledger()
    ledger.append_one(steps.idea(laptop.hand(), spring, back, "Begin with a question"))
    ledger.close()
    laptop.do("problem", "undo", problem)
    assert {one["problem"]: one["continues"] for one in laptop.json("problem", "list")} == {problem: None, back: None}


def test_a_problem_that_is_open_there_already_goes_on_from_the_earlier_one(
    laptop: Laptop, event: str, problem: str
) -> None:
    """Its group reads what was promised then; and nothing goes round in a circle."""
    spring = laptop.opened(on="2024-03-06")
    other = brought(laptop, spring, {**FIELDS, "problem": "Silence"})
    laptop.do("problem", "return", problem, spring, "--as", other)
    assert laptop.json("problem", "show", other)["continues"] == problem
    assert (
        steps.read_popup(laptop.ledger(), spring).picture().problems[0].before
        == "Wed 6 Dec 2023: Pairs first → promised"
    )
    assert [one["kind"] for one in laptop.json("search", "pairs")["texts"]] == ["commitment"]
    assert "circle" in laptop.no("problem", "return", other, event, "--as", problem)
    assert "already" in laptop.no("problem", "return", problem, spring)
    assert "is no problem of" in laptop.no("problem", "return", other, spring, "--as", problem)
    laptop.do("event", "close", spring)
    assert "was closed" in laptop.no("problem", "return", problem, spring)


def test_what_makes_no_sense_is_refused_in_a_sentence(laptop: Laptop, event: str, problem: str) -> None:
    """Nothing is written then."""
    empty = brought(laptop, event, {**FIELDS, "problem": "Nothing promised"})
    assert "no problem of practice zzzz" in laptop.no("problem", "show", "zzzz")
    assert "no problem of practice " in laptop.no("problem", "show", problem[:3])
    assert "Nothing was promised" in laptop.no("problem", "follow", empty, "--tried", "yes")
    assert "still to come" in laptop.no("problem", "follow", problem, "--tried", "yes", "--on", "2024-02-01")
    assert "is no day" in laptop.no("problem", "follow", problem, "--tried", "yes", "--on", "soon")
    assert "a title" in laptop.no("problem", "resource", problem, " ")
    assert "no event" in laptop.no("problem", "return", problem, "nowhere")
    assert "already" in laptop.no("problem", "tag", problem, "--theme", "")
    for wrong in (
        ("follow", problem, "--tried", "perhaps"), ("follow", problem, "--tried", "no", "--then", "drop", "--again", "May"),
        ("list", "--state", "lost"), ("list", "--attribute", "beauty"), ("tag", problem, "--attribute", "beauty"),
    ):  # fmt: skip
        assert laptop.run("problem", *wrong).code == 2
    assert set(states(laptop).values()) == {"open", "promised"}


def test_the_list_has_a_line_a_problem_however_long(laptop: Laptop, event: str, problem: str) -> None:
    """Columns in which nothing stands are left out, and lines are cut."""
    brought(laptop, event, {"owner": "Bo", "school": "", "problem": "Long\n" * 100, "data": ""})
    lines = laptop.do("problem", "list").splitlines()
    assert lines[0].split() == ["problem", "state", "due", "school", "owner", "what"]
    assert [line.split()[1] for line in lines[1:]] == ["promised", "open"]
    assert max(map(len, lines)) < 150


def test_an_empty_bank_says_so(laptop: Laptop) -> None:
    """And a filter that nothing fits says that instead."""
    assert laptop.run("problem", "list").err == "No problem of practice was written down yet.\n"
    brought(laptop, laptop.opened())
    assert laptop.run("problem", "list", "--theme", "x").err == "No problem fits that.\n"


def test_the_owner_gets_one_page(laptop: Laptop, problem: str) -> None:
    """Everything of it, and where to write back to; read by another program."""
    out = laptop.folder / "page.pdf"
    laptop.do("problem", "follow", problem, "--tried", "partly", "--what", "Six of nine <b>groups</b> #[x]")
    laptop.do("problem", "print", problem, "--out", out, "--reply", "ann@example.org")
    (page,) = pypdf.PdfReader(out).pages
    text = " ".join(page.extract_text().split())
    for words in (
        "Talk dries up",
        "3 of 28 spoke",
        "Pairs first",
        "Monday, period 2",
        "Wed 20 Dec 2023",
        "Six of nine <b>groups</b> #[x]",
        "ann@example.org",
    ):
        assert words in text


def test_words_of_a_follow_up_a_theme_and_a_resource_are_found(laptop: Laptop, problem: str) -> None:
    """And no more once they were taken back."""
    laptop.do("problem", "follow", problem, "--tried", "yes", "--what", "Everybody whispered")
    laptop.do("problem", "tag", problem, "--theme", "Oracy")
    laptop.do("problem", "resource", problem, "Talk moves", "library")
    kinds = {
        word: [one["kind"] for one in laptop.json("search", word)["texts"]]
        for word in ("whispered", "oracy", "library")
    }
    assert kinds == {"whispered": ["commitment-settled"], "oracy": ["problem-filed"], "library": ["problem-resource"]}
    laptop.do("problem", "undo", problem)
    assert laptop.json("search", "library")["texts"] == []


def test_the_programme_parcel_holds_the_bank_and_the_hours_parcel_nothing_of_it(
    laptop: Laptop, event: str, problem: str, tmp_path: Path
) -> None:
    """Three tables, as far as there is anything in them."""
    laptop.do("problem", "follow", problem, "--tried", "no", "--what", "Snow day")
    laptop.do("problem", "tag", problem, "--theme", "Student talk")
    laptop.finish(event, tmp_path / "mail")
    hours, programme = (
        zipfile.ZipFile(next(one for one in laptop.outbox if name in one.name)) for name in ("-hours-", "-programme-")
    )
    assert not any("problem" in name or b"Snow" in hours.read(name) for name in hours.namelist())
    tables = {
        name: list(csv.DictReader(io.StringIO(programme.read(name).decode("utf-8-sig"))))
        for name in programme.namelist()
        if name.startswith("problems/")
    }
    assert sorted(tables) == ["problems/bank.csv", "problems/follow-ups.csv"]
    assert (tables["problems/bank.csv"][0]["theme"], tables["problems/bank.csv"][0]["state"]) == (
        "Student talk",
        "promised",
    )
    assert tables["problems/follow-ups.csv"][0]["happened"] == "Snow day"
