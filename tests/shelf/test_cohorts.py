"""Cohort files: what they say, and what is wrong with them by line and key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.shelf.cohorts import check_cohort_file, read_cohort_file
from plfacilitate.shelf.shipped import folder
from tests.conftest import ROOT

RIGHT = """\
id = "c1"
title = "Cohort I"
starts = 2023-10-02
visits = 2
[[school]]
name = "Lakeridge Elementary"
administrators = ["Ana Silva <ana@example.org>", "Bo Lee"]
teacher_leaders = ["Cy Park", "Di Moreau", "Ed van der Berg <ed@example.org>"]
[[session]]
date = 2023-12-06
[[session]]
date = "2024-02-07"
title = "Design"
[[session]]
date = 2024-04-03
[[session]]
date = 2024-05-29
[[visit]]
school = "lakeridge ELEMENTARY"
date = 2024-01-24
"""


def file(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The right file with some texts changed."""
    text = RIGHT
    for right, other in changes:
        assert right in text
        text = text.replace(right, other, 1)
    path = tmp_path / "cohort.toml"
    path.write_text(text, "utf-8")
    return path


def faults(path: Path) -> list[str]:
    """Line, key and sentence of each."""
    _, found, _ = check_cohort_file(path)
    return [f"{one.line} {one.key}: {one.sentence}" for one in found]


def notes(path: Path) -> list[str]:
    """The same of what is only worth a look."""
    found, wrong, said = check_cohort_file(path)
    assert (wrong, found is None) == ([], False)
    return [f"{one.line} {one.key}: {one.sentence}" for one in said]


def test_a_right_file_says_a_whole_year(tmp_path: Path) -> None:
    """Days of the cohort and of a school, people with and without an e-mail."""
    found = read_cohort_file(file(tmp_path))
    assert notes(file(tmp_path)) == []
    assert (found.cohort.months, found.cohort.ends, found.cohort.visits) == (12, date(2024, 10, 1), 2)
    assert [(day.part, day.day.isoformat(), day.title, day.school) for day in found.cohort.days][1::3] == [
        ("session", "2024-02-07", "Design", ""), ("site-visit", "2024-01-24", "", "lakeridge ELEMENTARY"),
    ]  # fmt: skip
    (school,) = found.schools
    assert [(one.name, one.email, one.role) for one in school.team][::2] == [
        ("Ana Silva", "ana@example.org", "administrator"), ("Cy Park", "", "teacher-leader"),
        ("Ed van der Berg", "ed@example.org", "teacher-leader"),
    ]  # fmt: skip
    assert school.team[-1].fields("L")["last_name"] == "van der Berg"


@pytest.mark.parametrize(
    "right, other, expected",
    [
        ('id = "c1"\n', "", '0 id: is missing: write for instance id = "pscpl-1"'),
        ("starts = 2023-10-02", "starts = 2023-10", None),
        ("starts = 2023-10-02", 'starts = "October"', "3 starts: must be a day such as 2023-12-06."),
        ("starts = 2023-10-02", "starts = 2023-10-02T08:00:00", "3 starts: must be a day such as 2023-12-06."),
        ("visits = 2", "visits = 2\nmonths = 0", "5 months: 0 is too little: at least 1."),
        ("2024-02-07", "2023-12-06", "12 session[1].date: is the day of line 10 once more."),
        ("lakeridge ELEMENTARY", "Dimmitt", '19 visit[0].school: "Dimmitt" is no school of this file: write its [[school]].'),
        ("Ana Silva <ana@example.org>", "ana@example.org", None),
        (
            "Ana Silva <ana@example.org>", "Ana Silva <ana at example>",
            ('7 school[0].administrators[0]: "Ana Silva <ana at example>" must be a name, or a name and an e-mail: '
            '"Ana Silva <ana@school.org>".'),
        ),
        ("Lakeridge Elementary", "…", "6 school[0].name: must have a letter or a digit in it."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_line_and_key(tmp_path: Path, right: str, other: str, expected: str | None) -> None:
    """And nothing is taken from such a file."""
    path = file(tmp_path, (right, other))
    assert expected in faults(path) if expected else faults(path)
    with pytest.raises(Refused) as no:
        read_cohort_file(path)
    assert no.value.refusal.code == "faults"


def test_a_school_stands_once(tmp_path: Path) -> None:
    """However its name is written."""
    path = file(tmp_path, ("[[session]]", '[[school]]\nname = "LAKERIDGE elementary"\n[[session]]'))
    assert "10 school[1].name: is the school of line 6 once more: each school stands once." in faults(path)


@pytest.mark.parametrize(
    "right, other, expected",
    [
        ('"Bo Lee"', '"Ana Silva <ANA@example.org>"', "5 school[0]: Ana Silva is in this team twice."),
        ('"Cy Park", ', "", "5 school[0]: Lakeridge Elementary: 4 in the team, 5 to 6 make one."),
        ("administrators", "others", "5 school[0]: Lakeridge Elementary: no administrator in the team."),
        (
            "[[session]]", '[[school]]\nname = "Dimmitt"\nadministrators = ["Bo Lee"]\n[[session]]',
            "9 school[1]: Bo Lee is in two teams.",
        ),
        ("2024-05-29", "2025-05-29", "17 session[3].date: 2025-05-29 is outside of the year (2023-10-02 to 2024-10-01)."),
        ("[[session]]\ndate = 2023-12-06\n", "", "0 : fixes 3 session(s): the design process has 4."),
        ("[[visit]]", "[[network]]\ndate = 2024-06-05\n[[visit]]", "19 network[0].date: 2024-06-05 is before the year is over (2024-10-01)."),
        ("visits = 2", "visits = 2\nvisit_count = 3", "5 visit_count: is not a key that is known here: it is left aside."),
    ],
)  # fmt: skip
def test_what_is_only_odd_is_said_and_taken(tmp_path: Path, right: str, other: str, expected: str) -> None:
    """What a board would warn of is known before anything is written."""
    assert expected in notes(file(tmp_path, (right, other)))


def test_the_example_of_the_page_for_people_is_right(tmp_path: Path) -> None:
    """What `docs/cohorts.md` shows can be copied."""
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "cohorts.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "cohort.toml").write_text(example, "utf-8")
    found, faults, notes = check_cohort_file(tmp_path / "cohort.toml")
    assert (faults, notes) == ([], [])
    assert found is not None
    assert len(found.schools[0].team) == 5


def test_the_demos_cohort_is_right() -> None:
    """One team is a person short, so that the board has something to say."""
    found, faults, notes = check_cohort_file(folder("demo") / "cohort.toml")
    assert faults == []
    assert found is not None
    assert [note.sentence for note in notes] == ["Dimmitt Middle School: 4 in the team, 5 to 6 make one."]
