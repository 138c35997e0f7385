"""A district's roster beside registration lists: one record a person, whichever came first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.intake import PeopleSummary, import_people
from plfacilitate.store.search import catch_up, people
from tests.laptops import Laptop
from tests.rosters import LEADER, STUDENT, TEACHER, folder, one_one, one_two, packed

LIST = "last_name,first_name,email,school\nGarcia,Maria,maria@example.org,Dimmitt\n"


def taken(laptop: Laptop, files: Mapping[str, bytes] | str, *, dry_run: bool = False) -> PeopleSummary:
    """What importing these files, or this list, did."""
    path: Path = laptop.folder / ("list.csv" if isinstance(files, str) else "roster.zip")
    if isinstance(files, str):
        path.write_text(files, "utf-8")
    else:
        packed(path, files)
    ledger = laptop.ledger()
    try:
        return import_people(ledger, Hand("Dana", "facilitator", laptop.played, laptop.chance), path, dry_run=dry_run)
    finally:
        ledger.close()


def known(laptop: Laptop) -> list[Person]:
    """Everybody known, in last-name order."""
    ledger = laptop.ledger()
    try:
        catch_up(ledger.connection)
        return people(ledger.connection)
    finally:
        ledger.close()


def counts(found: PeopleSummary) -> tuple[int, int, int]:
    """New, changed, same."""
    return found.new, found.changed, found.same


def test_the_same_roster_again_changes_nothing(laptop: Laptop) -> None:
    """Nor does a dry run before it."""
    assert counts(taken(laptop, one_one(), dry_run=True)) == (2, 0, 0)
    assert known(laptop) == []
    assert counts(taken(laptop, one_one())) == (2, 0, 0)
    assert counts(taken(laptop, one_one())) == (0, 0, 2)
    assert [(one.name, one.school, one.role) for one in known(laptop)] == [
        ("Garcia, Maria", "Dimmitt Middle School", "teacher"),
        ("Lee, Bo", "Lakeridge Elementary", "administrator"),
    ]


def test_a_person_is_known_again_by_the_rosters_id_alone(laptop: Laptop) -> None:
    """Another name, another address, another school: it is still the same record."""
    taken(laptop, one_one([TEACHER]))
    (before,) = known(laptop)
    married = TEACHER | {"familyName": "Okoro", "email": "maria.okoro@example.org", "orgSourcedIds": "s2"}
    assert counts(taken(laptop, one_one([married]))) == (0, 1, 0)
    (after,) = known(laptop)
    assert (after.id, after.name, after.email) == (before.id, "Okoro, Maria", "maria.okoro@example.org")
    assert after.school == "Lakeridge Elementary"


@pytest.mark.parametrize("roster_first", [True, False])
def test_a_list_and_a_roster_make_one_record(laptop: Laptop, roster_first: bool) -> None:
    """They meet by e-mail and name, and from then on by the roster's id."""
    both: list[Mapping[str, bytes] | str] = [LIST, one_one([TEACHER])]
    for files in reversed(both) if roster_first else both:
        taken(laptop, files)
    (one,) = known(laptop)
    taken(laptop, one_one([TEACHER | {"email": "new@example.org", "familyName": "Okoro"}]))
    assert [(each.id, each.name) for each in known(laptop)] == [(one.id, "Okoro, Maria")]


def test_two_laptops_know_a_person_by_the_same_id(laptops: Callable[[str], Laptop]) -> None:
    """With an e-mail and without one, with a registration list first or not."""
    ids = []
    without = LEADER | {"email": ""}
    for name in ("one", "other"):
        laptop = laptops(name)
        if name == "other":
            taken(laptop, LIST)
        taken(laptop, one_one([TEACHER, without]))
        ids.append({one.id for one in known(laptop)})
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


def test_people_of_one_name_without_an_address_are_told_apart(laptop: Laptop) -> None:
    """A roster's id is a key; they are not proposed as one person by rank."""
    first = TEACHER | {"email": ""}
    taken(laptop, one_one([first, first | {"sourcedId": "u7"}]))
    assert len(known(laptop)) == 2
    assert counts(taken(laptop, one_one([first | {"sourcedId": "u7"}, first]))) == (0, 0, 2)


def test_who_became_a_student_or_is_to_be_deleted_stays_as_they_were(laptop: Laptop) -> None:
    """A roster deletes nobody, and says so."""
    taken(laptop, one_one())
    found = taken(laptop, one_one([TEACHER, LEADER | {"status": "tobedeleted"}], mode="delta"))
    assert len(known(laptop)) == 2
    assert any("marked to be deleted" in note.sentence for note in found.notes)


def test_a_delta_without_roles_changes_those_who_are_known(laptop: Laptop) -> None:
    """Whoever is not known could be a student."""
    user = {"sourcedId": "u1", "enabledUser": "true", "givenName": "Maria", "familyName": "Garcia"}
    role = {"sourcedId": "r1", "userSourcedId": "u1", "role": "teacher", "roleType": "primary"}
    taken(laptop, one_two([user], [role]))
    newer = [user | {"givenName": "Mari"}, user | {"sourcedId": "u2", "familyName": "Secret"}]
    assert counts(taken(laptop, one_two(newer, [], mode="delta"))) == (0, 1, 0)
    assert [(one.name, one.role) for one in known(laptop)] == [("Garcia, Mari", "teacher")]


def test_no_byte_of_a_student_is_in_the_ledger(laptop: Laptop) -> None:
    """Neither in an entry nor in the search."""
    taken(laptop, one_one())
    ledger = laptop.ledger()
    ledger.close()
    for path in laptop.workspace.root.glob("ledger.db*"):
        assert STUDENT["familyName"].encode() not in path.read_bytes()
        assert STUDENT["sourcedId"].encode() + b'"' not in path.read_bytes()


def test_a_roster_with_a_fault_changes_nothing(laptop: Laptop) -> None:
    """It is said by file, line and column."""
    with pytest.raises(Refused, match=r"roster\.zip/users\.csv:3: familyName: is empty"):
        taken(laptop, one_one([TEACHER, LEADER | {"familyName": "", "givenName": ""}]))
    assert known(laptop) == []


def test_the_command_says_who_was_left_out(laptop: Laptop) -> None:
    """As with any other list, on stderr; a folder that is no roster is a folder."""
    ran = laptop.run("people", "import", folder(laptop.folder / "roster", one_one()))
    assert ran.out == "2 new, 0 changed, 0 same, 0 doubtful.\n"
    assert "left out, and kept nowhere: students 1" in ran.err
    (laptop.folder / "empty").mkdir()
    assert "is a folder" in laptop.no("people", "import", laptop.folder / "empty")
