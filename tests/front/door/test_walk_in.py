"""Who is not on the list."""

from __future__ import annotations

import pytest

from plfacilitate.core.people import person_id
from plfacilitate.store.search import catch_up, person
from tests.front.door.day import MARIA, SEAN, Day

ANN = {
    "last_name": "Zed",
    "first_name": "Ann",
    "former_name": "Alpha",
    "school": "Elsewhere",
    "email": "ann@else.example",
    "certificate": "12345A",
}


async def test_the_form_takes_over_what_was_searched_for(day: Day) -> None:
    """Nobody types a name twice."""
    phone = await day.scanned()
    await phone.get("/find", t=phone.ticket, q="Ann Zed")
    assert "Nobody of that name is on the list." in phone.text
    await phone.get("/new", t=phone.ticket, q="Ann Zed")
    assert phone.page is not None
    assert 'name="first_name" type="text" value="Ann"' in phone.page.text
    assert 'name="last_name" type="text" value="Zed"' in phone.page.text


async def test_a_walk_in_is_written_down_and_in(day: Day) -> None:
    """Person and sign-in in one transaction; the id is the one that a list with this e-mail would give."""
    phone = await day.scanned()
    await phone.post("/new", t=phone.ticket, **ANN)
    assert "You are in at 8:00" in phone.text
    assert "Ann Zed" in phone.text
    assert "you are on the list now" in phone.text
    (entry,) = day.entries("sign-in")
    assert entry.person == person_id(ANN)
    assert entry.body["walk_in"] is True
    catch_up(day.desk.connection)
    written = person(day.desk.connection, entry.person or "")
    assert written is not None
    assert written.fields() == ANN
    assert day.fold().walk_in(written.id)


@pytest.mark.parametrize("left_out", [(), ("email", "certificate"), ("email", "certificate", "school", "first_name")])
async def test_a_walk_in_sent_again_is_one_person_and_one_entry(day: Day, left_out: tuple[str, ...]) -> None:
    """With an e-mail or without: a resend changes nothing and shows the same page."""
    phone = await day.scanned()
    form = {name: value for name, value in ANN.items() if name not in left_out} | {"t": phone.ticket}
    first = await phone.post("/new", **form)
    day.clock.forward(minutes=1)
    again = await phone.post("/new", **form)
    assert "You are in at 8:00" in again.text
    assert first.status_code == again.status_code == 200
    assert len(day.entries("sign-in")) == 1
    assert len([entry for entry in day.desk.entries(kinds=("person",)) if entry.body.get("walk_in")]) == 1


async def test_two_of_one_name_without_an_email_are_two_people(day: Day) -> None:
    """Two phones, one name, nothing else known: never merged alone."""
    for phone in (await day.scanned(), await day.scanned()):
        await phone.post("/new", t=phone.ticket, last_name="Zed", first_name="Ann", sure="1")
    assert len({entry.person for entry in day.entries("sign-in")}) == 2


async def test_who_bears_a_known_name_is_asked_first(day: Day) -> None:
    """The people of that name are offered; `I am new` is one more tap."""
    phone = await day.scanned()
    ticket = phone.ticket
    await phone.post("/new", t=ticket, last_name="garcia", first_name="MARIA")
    assert "Is one of these you?" in phone.text
    assert phone.text.count("Maria Garcia") == 3
    assert day.entries("sign-in") == []
    await phone.post("/new", t=ticket, last_name="garcia", first_name="MARIA", sure="1")
    assert "You are in at" in phone.text
    assert len(day.entries("sign-in")) == 1


async def test_an_email_on_the_list_is_that_person(day: Day) -> None:
    """No second record, and what was typed otherwise is a flag."""
    phone = await day.scanned()
    await phone.post(
        "/new", t=phone.ticket, last_name="Garcia-Lopez", first_name="Maria", email="Maria.Garcia@Renton.example"
    )
    assert "You are in at 8:00" in phone.text
    (entry,) = day.entries("sign-in")
    assert entry.person == MARIA
    assert "walk_in" not in entry.body
    (flag,) = day.fold().flags()
    assert (flag.code, flag.person, flag.about) == ("typed-otherwise", MARIA, (entry.id,))
    assert "Garcia-Lopez" in flag.text
    assert not [entry for entry in day.desk.entries(kinds=("person",)) if entry.body.get("walk_in")]


async def test_the_same_words_on_the_list_are_no_flag(day: Day) -> None:
    """Accents and case are no difference."""
    phone = await day.scanned()
    await phone.post("/new", t=phone.ticket, last_name="oleary", first_name="SEAN", email="sean@lakeridge.example")
    assert [entry.person for entry in day.entries("sign-in")] == [SEAN]
    assert day.entries("flag") == []


@pytest.mark.parametrize(
    "form, sentence",
    [
        ({"last_name": "", "first_name": "Ann"}, "Please type your last name."),
        ({"last_name": "…!?"}, "Please type your last name."),
        ({"last_name": "Zed", "email": "ann"}, "This does not look like an e-mail address."),
        ({"last_name": "Zed", "email": "a@b c"}, "This does not look like an e-mail address."),
        ({"last_name": "Z" * 300}, "This is too long: at most 120 letters."),
    ],
)
async def test_what_cannot_be_taken_is_said_at_its_field(day: Day, form: dict[str, str], sentence: str) -> None:
    """One sentence, everything typed is kept, nothing is written."""
    phone = await day.scanned()
    page = await phone.post("/new", t=phone.ticket, school="Else where", **form)
    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="Else where"' in page.text
    assert day.entries("sign-in") == []


@pytest.mark.parametrize(
    "name", ["[red]x[/]", "=1+1", "\x1b[31mred", "a\u202eb", "<script>alert(1)</script>", "Ñandú 王"]
)
async def test_an_odd_name_is_text(day: Day, name: str) -> None:
    """It is stored as typed and shown as text: no markup, no control character reaches a page."""
    phone = await day.scanned()
    page = await phone.post("/new", t=phone.ticket, last_name=name, sure="1")
    assert page.status_code == 200, page.text
    (entry,) = [one for one in day.desk.entries(kinds=("person",)) if one.body.get("walk_in")]
    assert entry.body["fields"]["last_name"] == name
    assert "<script>" not in page.text
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text
