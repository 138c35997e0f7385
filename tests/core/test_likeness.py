"""Whom a walk-in may be."""

from __future__ import annotations

import pytest

from plfacilitate.core.likeness import likely, near
from plfacilitate.core.people import Person


def somebody(name: str, *, email: str = "", certificate: str = "", former_name: str = "", school: str = "") -> Person:
    """A person of a name `Last, First`."""
    last, _, first = name.partition(", ")
    return Person(
        name,
        last_name=last,
        first_name=first,
        email=email,
        certificate=certificate,
        former_name=former_name,
        school=school,
    )


@pytest.mark.parametrize(
    "walked, listed, why",
    [
        ("Garcia, Maria", "García, Maria", "the same name"),
        ("Maria, Garcia", "Garcia, Maria", "each other's place"),
        ("Kowalsky, Ewa", "Kowalski, Ewa", "nearly the same last name"),
        ("Fischer, Jo", "Fischer, Jonas", "shorter first name"),
        ("Johnson, Tahsa", "Johnson, Tasha", "nearly the same first name"),
    ],
)
def test_names_that_are_nearly_the_same_are_asked_about(walked: str, listed: str, why: str) -> None:
    """A slip, an accent, a short form, two names in each other's place."""
    found = likely(somebody(walked), [somebody("Brown, Dana"), somebody(listed)])
    assert found is not None
    assert found.listed.name == listed
    assert why in found.why


@pytest.mark.parametrize(
    "walked, listed", [("Garcia, Maria", "Garcia, Rosa"), ("Li, Bo", "Lu, Bo"), ("Smith, Lee", "Brown, Lee")]
)
def test_names_that_many_people_nearly_have_are_not(walked: str, listed: str) -> None:
    """The same last name alone says nothing, nor does a slip in a name of two letters."""
    assert likely(somebody(walked), [somebody(listed)]) is None


def test_an_e_mail_says_more_than_a_name() -> None:
    """Who has the e-mail is meant, also where somebody else has the name."""
    walked = somebody("Garcia, Maria", email="M@example.org")
    found = likely(walked, [somebody("Garcia, Maria"), somebody("Garcia-Lopez, Mia", email="m@example.org")])
    assert found is not None
    assert (found.listed.name, found.rank) == ("Garcia-Lopez, Mia", 0)


def test_two_certificates_are_two_people() -> None:
    """Of one name, but each with a number of their own."""
    assert likely(somebody("Smith, Lee", certificate="1A"), [somebody("Smith, Lee", certificate="2B")]) is None


def test_a_former_name_is_known() -> None:
    """Married since the list was made."""
    found = likely(somebody("Okafor, Ngozi", former_name="Eze"), [somebody("Eze, Ngozi")])
    assert found is not None
    assert "used to have" in found.why


def test_the_same_school_counts() -> None:
    """Of two who are called alike the one from the same school."""
    listed = [Person("a", "Garcia", "Maria", school="Lakeridge"), Person("b", "Garcia", "Maria", school="Dimmitt")]
    found = likely(somebody("Garcia, Maria", school="Dimmitt"), listed)
    assert found is not None
    assert found.listed.id == "b"


@pytest.mark.parametrize("one, other", [("garcia", "gacria"), ("kowalski", "kowalsky"), ("washington", "washigtno")])
def test_a_slip_is_near(one: str, other: str) -> None:
    """One in a short word, two in a long one."""
    assert near(one, other)
    assert near(other, one)


@pytest.mark.parametrize("one, other", [("li", "lu"), ("smith", "schmidt"), ("tran", "train" * 2)])
def test_another_name_is_not_near(one: str, other: str) -> None:
    """Nor are two short ones."""
    assert not near(one, other)
