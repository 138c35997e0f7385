"""Who is meant by a name or an e-mail."""

from __future__ import annotations

import pytest

from plfacilitate.core.directory import Directory, described, masked
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused

NUNEZ = Person("1", "Núñez", "Iñaki", "inaki@a.org", "Dimmitt")
MARIA = Person("2", "Garcia", "Maria", "maria@a.org", "Dimmitt")
OTHER = Person("3", "García", "María", "mg@b.org", "Lakeridge")
OLEARY = Person("4", "O'Leary", "Siobhán", former_name="Walsh")
ONE_WORD = Person("5", "Sokhanvar")
THOMAS = Person("6", "Thomas", "James")
JAMES = Person("7", "James", "Thomas")
ALL = (NUNEZ, MARIA, OTHER, OLEARY, ONE_WORD, THOMAS, JAMES)


@pytest.mark.parametrize(
    "name, person",
    [
        ("Iñaki Núñez", NUNEZ),
        ("nunez, inaki", NUNEZ),
        ("NUNEZ INAKI", NUNEZ),
        ("Siobhan OLeary", OLEARY),
        ("O’Leary,Siobhán", OLEARY),
        ("Walsh, Siobhan", OLEARY),
        ("sokhanvar", ONE_WORD),
        ("James Thomas", THOMAS),
        ("Thomas James", JAMES),
        ("Thomas, James", THOMAS),
    ],
)
def test_a_name_is_found_in_either_order(name: str, person: Person) -> None:
    """Case, accents and apostrophes are forgiven; a comma says which part is the last name."""
    assert Directory(ALL).find(name=name) is person


def test_a_name_of_several_names_them() -> None:
    """Nobody is guessed; the school and the masked e-mail tell them apart."""
    with pytest.raises(Refused) as no:
        Directory(ALL).find(name="Maria Garcia")
    assert no.value.refusal.code == "person-several"
    assert "Garcia, Maria (Dimmitt, m…a@a.org); García, María (Lakeridge, m…@b.org)" in str(no.value)


@pytest.mark.parametrize("name", ["Garcia", "Maria", "Gracia, Maria", "", ","])
def test_half_a_name_or_a_slip_is_nobody(name: str) -> None:
    """Attendance goes to no one by likeness."""
    with pytest.raises(Refused) as no:
        Directory(ALL).find(name=name)
    assert no.value.refusal.code == "person-unknown"


def test_an_e_mail_counts_before_a_name() -> None:
    """Other systems write nicknames."""
    assert Directory(ALL).find(email="MARIA@a.org", name="Mia G.") is MARIA


def test_a_shared_e_mail_is_settled_by_the_name() -> None:
    """And without a name both are named."""
    ann, bo = Person("8", "Lee", "Ann", "office@a.org"), Person("9", "Lee", "Bo", "office@a.org")
    assert Directory((ann, bo)).find(email="office@a.org", name="Bo Lee") is bo
    with pytest.raises(Refused) as no:
        Directory((ann, bo)).find(email="office@a.org")
    assert no.value.refusal.code == "person-several"


def test_an_unknown_e_mail_goes_by_the_name_only_where_none_is_known() -> None:
    """Somebody else of that name may have written it."""
    directory = Directory(ALL)
    assert directory.find(email="siobhan@home.org", name="Siobhan O'Leary") is OLEARY
    with pytest.raises(Refused) as no:
        directory.find(email="inaki@home.org", name="Iñaki Núñez")
    assert no.value.refusal.code == "email-unknown"
    with pytest.raises(Refused) as no:
        directory.find(email="nobody@home.org")
    assert no.value.refusal.code == "person-unknown"


@pytest.mark.parametrize(
    "email, shown",
    [("maria@a.org", "m…a@a.org"), ("mg@a.org", "m…@a.org"), ("m@a.org", "m…@a.org"), ("maria", "m…"), ("", "…")],
)
def test_a_masked_e_mail_is_known_to_its_owner_only(email: str, shown: str) -> None:
    """First and last letter, and where it is."""
    assert masked(email) == shown


def test_a_person_is_described_by_what_is_known() -> None:
    """And safe to show."""
    assert described(ONE_WORD) == "Sokhanvar"
    assert described(Person("x", "Lee\x1b", "", "", "Dim\nmitt")) == "Lee␛ (Dim␊mitt)"
