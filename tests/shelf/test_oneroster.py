"""OneRoster in: staff as people, students counted and kept nowhere, and one sentence for what can't be read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plfacilitate.core.refusal import Fault, Refused
from plfacilitate.shelf.oneroster import files
from plfacilitate.shelf.oneroster.files import OPENED, is_roster
from plfacilitate.shelf.oneroster.people import read_roster
from plfacilitate.shelf.people_files import PeopleFile, read_people
from tests.rosters import LEADER, ORGS, STUDENT, TEACHER, USERS_11, folder, one_one, one_two, packed, table

TODAY = date(2026, 11, 22)
USER = {"sourcedId": "u1", "enabledUser": "true", "givenName": "Maria", "familyName": "Garcia"}


def role(user: str, name: str, **more: str) -> dict[str, str]:
    """A row of roles.csv."""
    return {"sourcedId": f"r-{user}-{name}", "userSourcedId": user, "role": name, "roleType": "primary", **more}


def taken(path: Path) -> PeopleFile:
    """A roster without a fault."""
    found = read_roster(path, TODAY)
    assert found.faults == ()
    return found


def notes(found: PeopleFile) -> str:
    """All that is said, a line each."""
    return "\n".join(map(str, found.notes))


def faults(path: Path) -> tuple[Fault, ...]:
    """What is wrong with a roster."""
    found = read_roster(path, TODAY)
    assert found.rows == ()
    return found.faults


def no(path: Path) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(Refused) as refused:
        read_roster(path, TODAY)
    return str(refused.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: folder(path / "roster", one_one()),
        lambda path: packed(path / "roster.zip", one_one()),
        lambda path: packed(path / "roster.zip", one_one(), inside="export/"),
        lambda path: folder(path / "roster", one_one()) / "users.csv",
        lambda path: folder(path / "roster", {name.upper(): data for name, data in one_one().items()}),
    ],
)
def test_staff_of_a_folder_or_a_zip_are_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """Name, e-mail, school and district by the organisations, role and the roster's own id."""
    path = make(tmp_path)
    assert is_roster(path)
    found = taken(path)
    assert [(row.source, dict(row.fields)) for row in found.rows] == [
        ("u1", {"last_name": "Garcia", "first_name": "Maria", "email": "maria@example.org",
                "school": "Dimmitt Middle School", "district": "Renton School District", "role": "teacher"}),
        ("u2", {"last_name": "Lee", "first_name": "Bo", "email": "bo@example.org", "school": "Lakeridge Elementary",
                "district": "Renton School District", "role": "administrator"}),
    ]  # fmt: skip
    assert "left out, and kept nowhere: students 1" in notes(found)


def test_nothing_of_a_student_stands_in_anything_that_is_said(tmp_path: Path) -> None:
    """Neither in the rows nor in a remark or a fault, however odd the student's line is."""
    odd = [
        STUDENT,
        STUDENT | {"email": "sam secret no address"},
        STUDENT | {"sourcedId": "", "orgSourcedIds": "secret"},
        STUDENT | {"familyName": "", "givenName": ""},
        STUDENT | {"role": "parent"},
        STUDENT | {"role": "ext:helper"},
        STUDENT | {"role": ""},
        STUDENT | {"status": "tobedeleted"},
    ]
    found = taken(folder(tmp_path / "r", one_one([TEACHER, *odd])))
    assert [row.source for row in found.rows] == ["u1"]
    assert "secret" not in f"{found.rows}{notes(found)}".casefold()
    assert "left out, and kept nowhere: others 2, parents 1, students 5" in notes(found)


def test_no_other_file_is_ever_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enrollments and demographics stay shut, in a folder and in a zip."""
    opened: list[str] = []
    real, unpacked = Path.open, zipfile.ZipFile.open

    def path_open(self: Path, *args: object, **more: object) -> object:
        opened.append(self.name)
        return real(self, *args, **more)  # type: ignore[call-overload]  # passed on as it came

    def zip_open(self: zipfile.ZipFile, name: zipfile.ZipInfo, *args: object) -> object:
        opened.append(name.filename)
        return unpacked(self, name, *args)  # type: ignore[arg-type]  # passed on as it came

    roster, book = folder(tmp_path / "r", one_one()), packed(tmp_path / "r.zip", one_one())
    monkeypatch.setattr(Path, "open", path_open)
    monkeypatch.setattr(zipfile.ZipFile, "open", zip_open)
    for path in (roster, book):
        assert is_roster(path)
        taken(path)
    assert set(opened) == {"manifest.csv", "orgs.csv", "users.csv"}
    assert set(OPENED) == {"manifest.csv", "orgs.csv", "users.csv", "roles.csv"}


def test_a_roster_is_no_people_list(tmp_path: Path) -> None:
    """Under another name its users would come in with all the students, so they don't."""
    path = tmp_path / "export.csv"
    path.write_bytes(table(USERS_11, [TEACHER, STUDENT]))
    assert not is_roster(path)
    found = read_people(path)
    assert found.rows == ()
    assert "OneRoster" in found.faults[0].sentence


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx", "notes.zip", "none"])
def test_what_is_no_roster_is_read_as_before(tmp_path: Path, name: str) -> None:
    """A list, a workbook, another zip, nothing."""
    path = tmp_path / name
    if name.endswith("zip"):
        packed(path, {"a.txt": b"x"})
    elif name.endswith("xlsx"):
        packed(path, {"[Content_Types].xml": b"x", "users.csv": b"x"})
    elif name.endswith("csv"):
        path.write_bytes(b"last_name\nLee\n")
    assert not is_roster(path)


# ------------------------------------------------------------------------------------------------------ version 1.2


def test_roles_say_who_is_staff_and_where(tmp_path: Path) -> None:
    """The primary organisation counts, then the primary role's; a preferred name stands for the other."""
    users = [
        USER | {"preferredGivenName": "Mari", "preferredFamilyName": "García", "primaryOrgSourcedId": "s2"},
        USER | {"sourcedId": "u2", "givenName": "Bo", "familyName": "Lee"},
        USER | {"sourcedId": "u3", "givenName": "Sam", "familyName": "Secret"},
        USER | {"sourcedId": "u4", "givenName": "Pat", "familyName": "Secret"},
        USER | {"sourcedId": "u5", "givenName": "Kim", "familyName": "Secret"},
    ]
    roles = [
        role("u1", "teacher", orgSourcedId="s1"),
        role("u2", "aide", roleType="secondary", orgSourcedId="s2"),
        role("u2", "districtAdministrator", orgSourcedId="s1"),
        role("u3", "student", orgSourcedId="s1"),
        role("u4", "aide", orgSourcedId="s1"),
        role("u4", "student", orgSourcedId="s1", endDate="2025-06-30"),
    ]
    found = taken(packed(tmp_path / "r.zip", one_two(users, roles)))
    assert [(row.fields["last_name"], row.fields["first_name"], row.fields["school"], row.fields["role"])
            for row in found.rows] == [
        ("García", "Mari", "Lakeridge Elementary", "teacher"),
        ("Lee", "Bo", "Dimmitt Middle School", "district administrator"),
    ]  # fmt: skip
    assert "left out, and kept nowhere: students 2, users without a role in roles.csv 1" in notes(found)


def test_a_role_that_is_over_does_not_count(tmp_path: Path) -> None:
    """One that ends today still does."""
    users = [USER, USER | {"sourcedId": "u2"}, USER | {"sourcedId": "u3"}]
    roles = [
        role("u1", "teacher", endDate="2026-11-22"),
        role("u2", "teacher", endDate="2026-11-21"),
        role("u3", "teacher", status="tobedeleted"),
    ]
    found = taken(packed(tmp_path / "r.zip", one_two(users, roles)))
    assert [row.source for row in found.rows] == ["u1"]
    assert "roles.csv:3: 2 role(s) are over or to be deleted: they don't count (line 3, 4)" in notes(found)


def test_two_users_of_one_master_identifier_are_one_person(tmp_path: Path) -> None:
    """Somebody at two schools has two sourcedIds and one self."""
    users = [USER | {"userMasterIdentifier": "m1"}, USER | {"sourcedId": "u9", "userMasterIdentifier": "m1"}]
    found = taken(packed(tmp_path / "r.zip", one_two(users, [role("u1", "teacher"), role("u9", "teacher")])))
    assert [row.source for row in found.rows] == ["u1", "u1"]
    assert "userMasterIdentifier: 1 stand above already" in notes(found)


def test_in_a_delta_whoever_is_known_stays_staff_without_a_role(tmp_path: Path) -> None:
    """A role that did not change is not in the file; a user who is not known could be a student."""
    path = packed(tmp_path / "r.zip", one_two([USER, USER | {"sourcedId": "u2"}], [], mode="delta"))
    found = read_roster(path, TODAY, {"u1"})
    assert [(row.source, row.fields.get("role")) for row in found.rows] == [("u1", None)]
    assert "is a delta" in notes(found)


# --------------------------------------------------------------------------------------------- what is said of rows


def test_who_is_to_be_deleted_or_disabled_is_said_and_stays_out(tmp_path: Path) -> None:
    """Nobody is deleted by a list."""
    users = [TEACHER, LEADER | {"status": "tobedeleted"}, LEADER | {"sourcedId": "u8", "enabledUser": "false"}]
    found = taken(folder(tmp_path / "r", one_one(users)))
    assert [row.source for row in found.rows] == ["u1"]
    assert "users.csv:3: status: 1 of the staff are marked to be deleted" in notes(found)
    assert "users.csv:4: enabledUser: 1 of the staff may not sign in" in notes(found)


def test_organisations_that_are_missing_leave_the_school_open(tmp_path: Path) -> None:
    """Said once for all of them; without the file at all too."""
    found = taken(folder(tmp_path / "r", one_one([TEACHER, LEADER], orgs=ORGS[1:2])))
    assert [(row.fields.get("school"), row.fields.get("district")) for row in found.rows] == [
        ("Dimmitt Middle School", None), (None, None),
    ]  # fmt: skip
    assert "users.csv:3: orgSourcedIds: the organisation of 1 is not in orgs.csv" in notes(found)
    files = one_one([TEACHER])
    del files["orgs.csv"], files["manifest.csv"]
    found = taken(folder(tmp_path / "s", files))
    assert "school" not in found.rows[0].fields
    assert "has no manifest.csv" in notes(found)


def test_a_circle_of_organisations_has_no_district(tmp_path: Path) -> None:
    """The walk upwards ends."""
    orgs = [{"sourcedId": "s1", "name": "A", "type": "school", "parentSourcedId": "s1"}]
    found = taken(folder(tmp_path / "r", one_one([TEACHER], orgs=orgs)))
    assert (found.rows[0].fields["school"], "district" in found.rows[0].fields) == ("A", False)


def test_ids_and_names_that_are_missing_are_faults_by_line(tmp_path: Path) -> None:
    """Of the staff only; an id that stands twice is said."""
    users = [TEACHER | {"sourcedId": ""}, LEADER | {"givenName": "", "familyName": ""}, TEACHER, TEACHER]
    assert [(fault.file, fault.line, fault.key) for fault in faults(folder(tmp_path / "r", one_one(users)))] == [
        ("r/users.csv", 2, "sourcedId"), ("r/users.csv", 3, "familyName"),
    ]  # fmt: skip
    found = taken(folder(tmp_path / "s", one_one([TEACHER, TEACHER | {"givenName": "Other"}])))
    assert [row.fields["first_name"] for row in found.rows] == ["Maria"]
    assert "users.csv:3: sourcedId: stands above already" in notes(found)


def test_columns_that_are_missing_are_said_by_file(tmp_path: Path) -> None:
    """Without a role nobody can be told from a student."""
    files = one_one()
    files["users.csv"] = b"sourcedId,givenName,familyName\nu1,Maria,Garcia\n"
    (fault,) = faults(folder(tmp_path / "r", files))
    assert (fault.file, fault.key) == ("r/users.csv", "role")
    files["users.csv"] = b"sourcedId,role\nu1,teacher\n"
    assert [fault.key for fault in faults(folder(tmp_path / "r", files))] == ["givenName", "familyName"]
    del files["users.csv"]
    assert "users.csv is missing" in faults(folder(tmp_path / "s", files))[0].sentence


def test_a_roster_of_students_only_is_said(tmp_path: Path) -> None:
    """Somebody chose the wrong file."""
    assert "nobody of the staff" in faults(folder(tmp_path / "r", one_one([STUDENT])))[0].sentence


# ------------------------------------------------------------------------------------------- bytes, sizes and tricks


@pytest.mark.parametrize("encoding, said", [("utf-8-sig", False), ("utf-16", False), ("cp1252", True)])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str, said: bool) -> None:
    """Only a guess is told."""
    files = one_one([TEACHER | {"familyName": "Núñez"}])
    files["users.csv"] = files["users.csv"].decode("utf-8").encode(encoding)
    found = taken(packed(tmp_path / "r.zip", files))
    assert found.rows[0].fields["last_name"] == "Núñez"
    assert ("Windows-1252" in notes(found)) == said


def test_a_line_that_never_ends_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """In any of the files, packed or not."""
    for name in ("users.csv", "orgs.csv", "manifest.csv"):
        files = one_one() | {name: one_one()[name] + b"x" * 500_000}
        assert "more than 100000 letters" in no(folder(tmp_path / name, files))


def test_a_bomb_is_refused_by_what_its_directory_says(tmp_path: Path) -> None:
    """Before a byte of it is unpacked."""
    path = packed(tmp_path / "r.zip", one_one() | {"users.csv": b"\n" * 50_000_000})
    assert "unpacks to more than a roster can be" in no(path)


@pytest.mark.parametrize(
    "name", ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:\\roster\\users.csv", "..\\x"]
)
def test_paths_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    """Although nothing is ever unpacked to the disk."""
    assert "leads out of it" in no(packed(tmp_path / "r.zip", one_one() | {name: b"x"}))


def test_a_zip_with_two_of_a_file_or_far_too_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of them counts, nobody knows; what a Mac packs beside a file is none."""
    assert "two files called users.csv" in no(packed(tmp_path / "r.zip", one_one() | {"old/users.csv": b"x"}))
    taken(packed(tmp_path / "s.zip", one_one() | {"__MACOSX/._users.csv": b"x", "__MACOSX/users.csv": b"x"}))
    monkeypatch.setattr(files, "MOST_MEMBERS", 3)
    assert "it holds 5 files" in no(packed(tmp_path / "t.zip", one_one()))


def test_other_packings_and_damage_are_said(tmp_path: Path) -> None:
    """A packing that is none of the two, a zip cut short, bytes turned over."""
    path = tmp_path / "r.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as book:
        for name, data in one_one().items():
            book.writestr(name, data)
    assert "unknown packing" in no(path)
    whole = packed(path, one_one()).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in no(path)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 100_000), value=st.integers(0, 255))
def test_no_damage_gives_anything_but_a_sentence(
    place: int, value: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """One byte of a zip is another one."""
    data = bytearray(packed(tmp_path_factory.mktemp("z") / "r.zip", one_one()).read_bytes())
    data[place % len(data)] = value
    path = tmp_path_factory.mktemp("z") / "r.zip"
    path.write_bytes(bytes(data))
    if is_roster(path):
        with suppress(Refused):  # one sentence; anything else fails here
            read_roster(path, TODAY)


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["u1", "s1", "d1", "teacher", "student", "true", "false", "tobedeleted", "2026-01-01", "a@example.org", '"', ","]
)


@settings(max_examples=100, deadline=None)
@given(users=st.lists(st.dictionaries(st.sampled_from(USERS_11), CELLS), max_size=6), raw=st.binary(max_size=60))
def test_no_content_gives_anything_but_people_and_sentences(
    users: list[dict[str, str]], raw: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands in the cells, and whatever bytes stand below them; no student comes through."""
    files = one_one([TEACHER, *users])
    files["users.csv"] += raw
    found = read_roster(folder(tmp_path_factory.mktemp("f") / "r", files), TODAY)
    students = {row.get("sourcedId", "") for row in users if row.get("role", "").strip().casefold() == "student"}
    staff = {row.get("sourcedId", "").strip() for row in users if row.get("role", "").strip().casefold() != "student"}
    assert not {row.source for row in found.rows} & (students - staff - {"u1"})
    assert all(row.fields.get("last_name") for row in found.rows)
