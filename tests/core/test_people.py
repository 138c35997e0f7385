"""Who a person is: the same id from the same list, on every laptop."""

from __future__ import annotations

from plfacilitate.core.people import FIELDS, Person, person_id, tidied


def test_the_strongest_key_makes_the_id() -> None:
    """The e-mail before the certificate, the certificate before name and school."""
    whole = {"last_name": "Núñez", "first_name": "Ana", "email": "Ana@Renton.example", "certificate": "12 34a"}
    by_mail = person_id(whole)
    assert by_mail == person_id({"email": "ana@renton.EXAMPLE", "last_name": "Somebody"})
    by_certificate = person_id({**whole, "email": ""})
    assert by_certificate == person_id({"certificate": "1234A", "last_name": "Somebody"})
    by_name = person_id({"last_name": "Núñez", "first_name": "Ana", "school": "Dimmitt"})
    assert by_name == person_id({"last_name": "NUNEZ", "first_name": "ana", "school": "dimmitt "})
    assert len({by_mail, by_certificate, by_name}) == 3


def test_two_of_one_name_in_one_school_are_two_people() -> None:
    """They differ by their place in the list; in two schools they differ anyway."""
    maria = {"last_name": "Garcia", "first_name": "Maria", "school": "Dimmitt"}
    assert person_id(maria, 0) != person_id(maria, 1)
    assert person_id(maria) != person_id({**maria, "school": "Lakeridge"})


def test_first_and_last_name_are_not_mixed_up() -> None:
    """James Taylor is not Taylor James."""
    one = {"last_name": "Taylor", "first_name": "James", "school": "Dimmitt"}
    assert person_id(one) != person_id({**one, "last_name": "James", "first_name": "Taylor"})


def test_fields_are_kept_tidy_and_known() -> None:
    """Blanks trimmed, empty ones and unknown ones left out."""
    kept = tidied({"last_name": "  van der  Berg ", "first_name": " ", "shoe": "42", "badge": "0012"})
    assert kept == {"last_name": "van der Berg", "badge": "0012"}
    assert list(tidied({name: name for name in reversed(FIELDS)})) == list(FIELDS)


def test_a_person_is_called_as_a_sheet_and_as_a_voice_does() -> None:
    """A one-word name stands alone."""
    ana = Person("p", last_name="Núñez", first_name="Ana", school="Dimmitt")
    assert (ana.name, ana.spoken) == ("Núñez, Ana", "Ana Núñez")
    assert (Person("q", last_name="Sukarno").name, Person("q", last_name="Sukarno").spoken) == ("Sukarno", "Sukarno")
    assert ana.fields() == {"last_name": "Núñez", "first_name": "Ana", "school": "Dimmitt"}


def test_people_are_listed_by_last_name_without_accents() -> None:
    """Núñez stands between Nunes and Nuno."""
    names = [Person(n, last_name=n) for n in ("Nuno", "Núñez", "nunes", "O'Leary", "Olds")]
    assert [one.last_name for one in sorted(names, key=lambda one: one.order)] == [
        "nunes", "Núñez", "Nuno", "Olds", "O'Leary",
    ]  # fmt: skip
