"""One after another by name: a name and Enter a person, and no letter is a command."""

from __future__ import annotations

import pytest

from plfacilitate.front.desk.dialogs.signing import SignByName
from plfacilitate.store import search
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day


def present(seat: Seat, name: str) -> bool:
    """Whether somebody of this name is in."""
    return any(one.present for one in seat.app.room.rows if one.name.startswith(name))


async def test_a_queue_costs_a_name_and_enter_a_person(busy: Day) -> None:
    """After `i` the dialog stays, empty: `u` and `n` of the next name are letters, and nothing is taken back."""
    async with seat_of(busy) as seat:
        await seat.type("i", "yam", "enter")
        await seat.sees("✓ Yamamoto, Yuki in at 10:42")
        await seat.type("dia", "enter")
        await seat.sees("✓ Diaz, Rosa in at 10:42")
        await seat.type("un")
        assert isinstance(seat.app.screen, SignByName)
        assert seat.app.screen.name_field.value == "un"
        await seat.type("escape")
        await seat.until(lambda: present(seat, "Yamamoto") and present(seat, "Diaz"))
        assert not seat.app.screen.is_modal
        assert not seat.toasts()
    assert not list(busy.ledger.entries(event=busy.event, kinds=("undo", "note")))


async def test_the_last_one_is_taken_back_without_leaving_the_dialog(busy: Day) -> None:
    """`ctrl+z` is no letter: it takes the last person back and says so; `ctrl+y` does it again."""
    async with seat_of(busy) as seat:
        await seat.type("i", "yam", "enter")
        await seat.sees("✓ Yamamoto, Yuki in at 10:42")
        await seat.type("ctrl+z")
        await seat.sees("Taken back: Yamamoto, Yuki in at 10:42")
        await seat.until(lambda: not present(seat, "Yamamoto"))
        await seat.type("backspace", "ctrl+y")
        await seat.sees("Done again: Yamamoto")
        await seat.until(lambda: present(seat, "Yamamoto"))


async def test_names_typed_ahead_of_the_answers_are_each_taken(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter before the answer begins the next name at once; both answers find their own person."""
    async with seat_of(busy) as seat:
        asked: list[str] = []
        answer = seat.app.feed.find_people
        monkeypatch.setattr(seat.app.feed, "find_people", asked.append)
        await seat.type("i", "yam", "enter", "dia", "enter", "qu")
        assert asked[-1] == "yam"
        answer("yam")
        await seat.until(lambda: asked[-1] == "dia")
        answer("dia")
        await seat.until(lambda: asked[-1] == "qu")
        await seat.until(lambda: present(seat, "Yamamoto") and present(seat, "Diaz"))
        assert not present(seat, "Quispe")


async def test_a_slip_in_a_queue_opens_no_form_over_the_next_name(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody of that name, and the next one is being typed already: one sentence, no walk-in."""
    async with seat_of(busy) as seat:
        answer = seat.app.feed.find_people
        monkeypatch.setattr(seat.app.feed, "find_people", lambda text: None)
        await seat.type("i", "xqzw", "enter", "di")
        answer("xqzw")
        await seat.sees("Nobody is called “xqzw”.")
        assert isinstance(seat.app.screen, SignByName)


async def test_a_refusal_is_said_in_the_dialog(busy: Day) -> None:
    """Whoever is in already: why, in the place where the eyes are."""
    async with seat_of(busy) as seat:
        await seat.type("i", "alv", "enter")
        await seat.sees("⚠ Alvarez, Maria is in already, since 8:00.")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_two_of_one_name_and_school_are_told_apart(busy: Day, size: tuple[int, int]) -> None:
    """The masked e-mail stands whole in the row, and in the words after Enter."""
    namesakes(busy, "jane.doe@rentonschools.us", "kate@dimmitt.example.org")
    async with seat_of(busy, size=size) as seat:
        await seat.type("i", "winter")
        await seat.sees("j…e@rentonschools.us")
        await seat.sees("k…e@dimmitt.example.org")
        await seat.type("enter")
        await seat.until(lambda: "in at 10:42" in seat.text())
        assert any(
            f"Winterbottom, Josephine ({mark}" in seat.text() for mark in ("j…e@rentonschools.us", "k…e@dimmitt")
        )


async def test_masks_that_are_alike_are_lifted(busy: Day) -> None:
    """Two addresses that look the same masked are shown whole: the desk holds them anyway."""
    namesakes(busy, "maria.s.a@rsd.org", "mia.a@rsd.org")
    async with seat_of(busy) as seat:
        await seat.type("i", "winter")
        await seat.sees("maria.s.a@rsd.org")
        await seat.sees("mia.a@rsd.org")


def namesakes(day: Day, *emails: str) -> None:
    """People of one name and one school."""
    for number, email in enumerate(emails):
        fields = {"last_name": "Winterbottom", "first_name": "Josephine", "school": "Dimmitt Middle School"}
        draft = day.hand().draft("person", person=f"w{number}", body={"fields": {**fields, "email": email}})
        day.ledger.append([draft])
    search.catch_up(day.ledger.connection)
    day.expect([f"w{number}" for number in range(len(emails))])
