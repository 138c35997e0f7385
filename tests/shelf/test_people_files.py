"""People files as they come: any order, any usual title, faults by line and column, nobody lost."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from plfacilitate.core.people import FIELDS
from plfacilitate.core.roster import plan_import
from plfacilitate.shelf.people_files import PeopleFile, read_people
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.tables import write_csv, write_xlsx


def people(tmp_path: Path, *lines: str, name: str = "people.csv") -> PeopleFile:
    """What a file of these lines says."""
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_people(path)


def fields(file: PeopleFile) -> list[dict[str, str]]:
    """The fields of each row of a file without faults."""
    assert file.faults == ()
    return [dict(row.fields) for row in file.rows]


# -------------------------------------------------------------------------------------------------------- columns


def test_our_own_columns_are_read_in_any_order(tmp_path: Path) -> None:
    """Each value in its field, each row with its line."""
    order = FIELDS[::-1]
    file = people(tmp_path, ",".join(order), ",".join(f"7{name}" if name != "badge" else "7" for name in order))
    assert fields(file) == [{name: f"7{name}" if name != "badge" else "7" for name in FIELDS}]
    assert [row.line for row in file.rows] == [2]


@pytest.mark.parametrize(
    "title, field",
    [
        ("Last Name", "last_name"),
        ("SURNAME", "last_name"),
        ("Family name", "last_name"),
        ("familyName", "last_name"),
        ("Participant Last Name (required)", "last_name"),
        ("Given Name", "first_name"),
        ("First", "first_name"),
        ("Attendee: First Name*", "first_name"),
        ("E-mail", "email"),
        ("Email Address", "email"),
        ("pdEnroller email", "email"),
        ("Your e-mail", "email"),
        ("School/Building", "school"),
        ("Work Location", "school"),
        ("Organization", "school"),
        ("District/Employer", "district"),
        ("School District", "district"),
        ("Employer", "district"),
        ("Position/Title", "role"),
        ("Job title", "role"),
        ("Certificate No.", "certificate"),
        ("WA cert #", "certificate"),
        ("WA Certificate Number", "certificate"),
        ("Maiden/Former name", "former_name"),
        ("Former Last Name", "former_name"),
        ("Badge ID", "badge"),
    ],
)
def test_what_exports_call_a_column_is_understood(tmp_path: Path, title: str, field: str) -> None:
    """Case, punctuation and the words around a title don't matter."""
    other = "first_name" if field == "last_name" else "last_name"
    file = people(tmp_path, f"{other},{title}", "x,7")
    assert fields(file) == [{other: "x", field: "7"}]
    assert [note for note in file.notes if "left aside" in note.sentence] == []


def test_unknown_columns_are_said_and_left_aside(tmp_path: Path) -> None:
    """They stop nothing, and their titles are shown safely."""
    file = people(tmp_path, "Last name,Dietary needs,\x1b[31mT-shirt", "Lee,none,M")
    assert fields(file) == [{"last_name": "Lee"}]
    assert "“Dietary needs”, “␛[31mT-shirt”" in file.notes[0].sentence


def test_no_name_column_is_one_fault_that_says_which_are_needed(tmp_path: Path) -> None:
    """A file without a header looks like this too."""
    file = people(tmp_path, "Garcia,Maria,m@a.org", "Lee,Bo,b@a.org")
    assert [fault.line for fault in file.faults] == [1]
    assert "last_name and first_name" in file.faults[0].sentence
    assert "“Garcia”, “Maria”" in file.faults[0].sentence


def test_two_columns_for_one_field_are_one_with_the_stronger_first(tmp_path: Path) -> None:
    """The e-mail of the registration platform counts before any other, where it is filled."""
    file = people(tmp_path, "Last,Work email,pdEnroller email", "Lee,w@a.org,p@a.org", "Ito,i@a.org,")
    assert [each["email"] for each in fields(file)] == ["p@a.org", "i@a.org"]
    assert "“pdEnroller email” and “Work email”" in file.notes[0].sentence


def test_one_name_column_is_taken_apart_and_said(tmp_path: Path) -> None:
    """By the comma surely, by the last word with a note."""
    file = people(tmp_path, "Name;School", "Garcia, Maria;Dimmitt", "Anneke van der Berg;Dimmitt", "Sokhanvar;Dimmitt")
    assert [(each["last_name"], each.get("first_name", "")) for each in fields(file)] == [
        ("Garcia", "Maria"), ("van der Berg", "Anneke"), ("Sokhanvar", ""),
    ]  # fmt: skip
    assert [note.sentence for note in file.notes] == ["“First Last” was taken apart in 1 line(s) (3): look them over."]


def test_a_name_column_beside_a_first_name_is_the_last_name(tmp_path: Path) -> None:
    """As some lists have it."""
    assert fields(people(tmp_path, "Name,First Name", "Lee,Bo")) == [{"last_name": "Lee", "first_name": "Bo"}]


def test_a_lone_first_name_is_the_whole_name(tmp_path: Path) -> None:
    """Some people have one name."""
    file = people(tmp_path, "last_name,first_name", ",Sokhanvar")
    assert fields(file) == [{"last_name": "Sokhanvar"}]
    assert [(note.line, note.key) for note in file.notes] == [(2, "last_name")]


# ----------------------------------------------------------------------------------------------------------- rows


def test_a_missing_name_is_a_fault_by_line_and_column(tmp_path: Path) -> None:
    """All of them are told, not only the first."""
    file = people(tmp_path, "Surname,E-mail", ",a@a.org", "Lee,b@a.org", " ,c@a.org")
    assert [(fault.line, fault.key) for fault in file.faults] == [(2, "Surname"), (4, "Surname")]
    assert str(file.faults[0]).startswith("people.csv:2: Surname: ")


@pytest.mark.parametrize("badge", ["12a", "١٢", "1.23E+11", "12-3"])
def test_a_badge_code_is_digits_only(tmp_path: Path, badge: str) -> None:
    """A scanner types it, and no digit is a command."""
    file = people(tmp_path, "last_name,badge", f"Lee,{badge}")
    assert [(fault.line, fault.key) for fault in file.faults] == [(2, "badge")]


@pytest.mark.parametrize("email", ["maria", "maria@", "a@a.org; b@a.org", "maria at a.org", "@a.org", "a@b"])
def test_an_odd_e_mail_is_a_doubt_and_kept(tmp_path: Path, email: str) -> None:
    """It may hold enough for a person to put it right."""
    file = people(tmp_path, "last_name,email", f'Lee,"{email}"')
    assert fields(file) == [{"last_name": "Lee", "email": email}]
    assert [(doubt.line, doubt.key) for doubt in file.doubts] == [(2, "email")]


@pytest.mark.parametrize("email", ["mailto:b@a.org", "Bo Lee <b@a.org>", " b@a.org "])
def test_an_e_mail_is_freed_of_what_programs_put_around_it(tmp_path: Path, email: str) -> None:
    """Address books export it so."""
    assert fields(people(tmp_path, "last_name,email", f"Lee,{email}")) == [{"last_name": "Lee", "email": "b@a.org"}]


@pytest.mark.parametrize("empty", ["", "-", "N/A", "none", "None", "null", " "])
def test_nothing_said_is_nothing(tmp_path: Path, empty: str) -> None:
    """Two people whose e-mail is `n/a` are not one."""
    file = people(tmp_path, "last_name,email,certificate,badge", f"Null,{empty},{empty},{empty}")
    assert fields(file) == [{"last_name": "Null"}]
    assert (file.doubts, file.notes) == ((), ())


@pytest.mark.parametrize(
    "certificate, noted", [("123456A", False), ("123456 a", False), ("123456", True), ("12345A", True)]
)
def test_an_odd_certificate_number_is_noted_and_kept(tmp_path: Path, certificate: str, noted: bool) -> None:
    """It is wanted, never required, and its form is not certain."""
    file = people(tmp_path, "last_name,certificate", f"Lee,{certificate}")
    assert fields(file) == [{"last_name": "Lee", "certificate": certificate}]
    assert bool(file.notes) == noted


def test_a_hostile_badge_is_shown_harmless(tmp_path: Path) -> None:
    """Twice, so that both messages about it are seen."""
    file = people(tmp_path, "last_name,badge", "Lee,\x1b[31m", "Ito,\x1b[31m")
    assert (len(file.faults), len(file.doubts)) == (2, 1)
    assert all(str(each).isprintable() for each in (*file.faults, *file.doubts))


def test_a_long_name_is_kept_and_noted(tmp_path: Path) -> None:
    """300 characters are no reason to lose somebody."""
    file = people(tmp_path, "last_name", "x" * 300)
    assert fields(file) == [{"last_name": "x" * 300}]
    assert "300 characters" in file.notes[0].sentence


@pytest.mark.parametrize(
    "name", ["[red]Lee[/]", "Lee\x1b[31m", "=1+1", "Lee\u202eeeL", "<b>Lee</b>", "Lee'); drop table people;--", "{Lee}"]
)
def test_hostile_text_stays_data(tmp_path: Path, name: str) -> None:
    """It is kept as it was typed, and the messages about it are safe to show."""
    file = people(tmp_path, "last_name,email", f'"{name}",{name}', f"{name},{name}")
    assert [each["last_name"] for each in fields(file)] == [name, name]
    assert all(str(each).isprintable() for each in (*file.doubts, *file.notes))


def test_one_e_mail_under_two_names_is_a_doubt(tmp_path: Path) -> None:
    """Both stay, as two people."""
    file = people(tmp_path, "last_name,email", "Lee,a@a.org", "Ito,A@a.org")
    assert [(doubt.line, doubt.key) for doubt in file.doubts] == [(3, "email")]
    assert "“Ito” and “Lee” are kept as two people" in file.doubts[0].sentence
    assert len(plan_import(file.rows, {}).new) == 2


def test_one_person_in_two_rows_that_differ_is_a_doubt(tmp_path: Path) -> None:
    """A teacher in two schools; the first counts."""
    file = people(tmp_path, "last_name,email,school", "Lee,a@a.org,Dimmitt", "Lee,a@a.org,Lakeridge")
    assert [(doubt.line, doubt.key) for doubt in file.doubts] == [(3, "school")]


def test_one_e_mail_and_one_name_are_one_person_whatever_the_accents(tmp_path: Path) -> None:
    """And her one badge is no doubt."""
    file = people(tmp_path, "last_name,email,badge", "Núñez,a@a.org,7", "NUNEZ,A@a.org,7")
    assert [doubt for doubt in file.doubts if doubt.key != "last_name"] == []
    assert len(plan_import(file.rows, {}).new) == 1


def test_one_badge_for_two_people_is_a_doubt(tmp_path: Path) -> None:
    """A scan could mean either."""
    file = people(tmp_path, "last_name,badge", "Lee,7", "Ito,7")
    assert [(doubt.line, doubt.key) for doubt in file.doubts] == [(3, "badge")]


def test_the_same_row_twice_is_said(tmp_path: Path) -> None:
    """With a key it counts once, without one nobody knows."""
    keyed = people(tmp_path, "last_name,email", "Lee,a@a.org", "Lee,a@a.org")
    assert "line 2: it counts once" in keyed.notes[0].sentence
    keyless = people(tmp_path, "last_name", "Lee", "Lee")
    assert "count as two people" in keyless.notes[0].sentence
    assert (len(plan_import(keyed.rows, {}).new), len(plan_import(keyless.rows, {}).new)) == (1, 2)


def test_a_header_alone_is_a_fault(tmp_path: Path) -> None:
    """Nothing to take is said, not passed over."""
    assert "nobody below the header" in people(tmp_path, "last_name,first_name").faults[0].sentence


def test_faults_of_the_table_and_of_the_rows_come_by_line(tmp_path: Path) -> None:
    """A reader goes through the file once."""
    file = people(tmp_path, "last_name,badge", "Lee,x", "Ito", ",7", '"Oda,1')
    assert [fault.line for fault in file.faults] == [2, 3, 4, 5]


def test_100000_lines_take_a_few_seconds(tmp_path: Path) -> None:
    """From the file to what it would change."""
    path = tmp_path / "people.csv"
    write_csv(
        path,
        FIELDS,
        (
            [f"Garcia {n // 3}", "María", f"m{n}@example.org", f"School {n % 99}", "", "Coach", f"{n:06}A", "", str(n)]
            for n in range(100_000)
        ),
    )
    began = time.process_time()
    plan = plan_import(read_people(path).rows, {})
    assert len(plan.new) == 100_000
    assert time.process_time() - began < 20  # 4 on a quiet machine


# ------------------------------------------------------------------------------------------------- the demo's people


def test_the_people_of_the_demo_are_as_people_are() -> None:
    """52 in five schools of three districts, and the names that programs trip over."""
    file = read_people(folder("demo") / "people.csv")
    rows = fields(file)
    assert (file.doubts, file.notes) == ((), ())
    assert len(rows) == 52
    assert len({each["school"] for each in rows}) == 5
    assert len({each["district"] for each in rows}) == 3
    assert {"O'Leary", "Núñez", "Nguyễn", "van der Berg"} <= {each["last_name"] for each in rows}
    schools = [each["school"] for each in rows if (each["last_name"], each.get("first_name")) == ("Garcia", "Maria")]
    assert len(schools) == len(set(schools)) == 2
    same = Counter((each["last_name"], each.get("first_name"), each["school"]) for each in rows)
    assert max(same.values()) == 2
    assert any("former_name" in each for each in rows)
    assert any("first_name" not in each for each in rows)
    assert sum("certificate" not in each for each in rows) >= 5
    assert all(each["email"].endswith("example.org") and each["badge"].isdigit() for each in rows)
    plan = plan_import(file.rows, {})
    assert (len(plan.new), plan.doubtful) == (52, ())


def test_the_workbook_of_the_demo_says_the_same() -> None:
    """Line by line."""
    assert read_people(folder("demo") / "people.xlsx").rows == read_people(folder("demo") / "people.csv").rows


def test_a_workbook_and_a_csv_of_the_same_rows_are_the_same_people(tmp_path: Path) -> None:
    """Also with a badge that Excel keeps as a number."""
    write_csv(tmp_path / "a.csv", ["Last", "Badge ID"], [["=Lee", 42], ["Núñez", 43]])
    write_xlsx(tmp_path / "a.xlsx", ["Last", "Badge ID"], [["=Lee", 42], ["Núñez", 43]])
    assert read_people(tmp_path / "a.csv").rows == read_people(tmp_path / "a.xlsx").rows
