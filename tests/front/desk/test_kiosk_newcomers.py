"""Who is on no list, and who has still to sign, at the laptop's own kiosk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from plfacilitate.core.entry import Entry
from plfacilitate.front.desk import commands
from plfacilitate.front.desk.dialogs import newcomer
from plfacilitate.front.desk.dialogs.newcomer import Newcomer
from plfacilitate.front.desk.screens.kiosk import Kiosk
from plfacilitate.steps import capture, signatures
from plfacilitate.steps.events import read_event
from plfacilitate.steps.signatures import is_wanted
from plfacilitate.store import search
from tests.conftest import ROOT
from tests.front.desk.conftest import Seat, seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_kiosk import begin
from tests.front.desk.test_room import row

FORM = ("Flórez", "Ana", "Flores Ruiz", "Dimmitt", "ana@example.org", "C 4711")


def written(day: Day, *kinds: str) -> list[Entry]:
    """The newest entries of some kinds that the kiosk had a hand in."""
    return [one for one in day.ledger.entries(kinds=kinds) if one.by == "kiosk"]


def line_of(form: Newcomer, name: str) -> Input:
    """A field of the form."""
    line = form.widget(name)
    assert isinstance(line, Input)
    return line


def line_has_focus(line: Input) -> bool:
    """Whether what is typed goes there."""
    return line.has_focus


async def fill(seat: Seat, values: Sequence[str], signed: str) -> None:
    """Type the form from its first field on, whatever stands there, and sign."""
    await seat.until(lambda: isinstance(seat.app.screen, Newcomer))
    form = seat.app.screen
    assert isinstance(form, Newcomer)
    for field, value in zip(form.fields, [*values, signed], strict=True):
        line = line_of(form, field.name)
        await seat.until(partial(line_has_focus, line))
        line.value = value
        await seat.type("enter")


async def open_form(seat: Seat, typed: str = "Ana Florez") -> Kiosk:
    """A name that nobody has, and the line below."""
    screen = await begin(seat)
    await seat.type(*typed)
    await seat.sees("I am not on the list")
    await seat.sees("Nobody of that name is on the list")
    await seat.type("enter")
    return screen


async def test_who_is_not_on_the_list_writes_themself_down(busy: Day) -> None:
    """All that the door asks is written, by kiosk: record, sign-in and signature in one go, and one undo takes it back."""
    async with seat_of(busy) as seat:
        screen = await open_form(seat)
        await seat.sees("This is me, and I am here now.")
        await fill(seat, FORM, "Ana Flórez")
        await seat.sees("You are in at 10:42.")
        await seat.until(lambda: row(seat, "Flórez").present)
        assert seat.app.screen is screen
        seat.app.hands.undo()
        await seat.until(lambda: not any(one.present for one in seat.app.room.rows if one.name.startswith("Flórez")))
    record, signed_in, signed = written(busy, "person", "sign-in", "signature")
    assert record.body["fields"] == dict(
        last_name="Flórez", first_name="Ana", former_name="Flores Ruiz", school="Dimmitt", email="ana@example.org",
        certificate="C 4711",
    )  # fmt: skip
    assert record.body["walk_in"]
    assert signed_in.body == {"walk_in": True}
    assert {one.means for one in (record, signed_in, signed)} == {"kiosk"}
    assert {one.person for one in (signed_in, signed)} == {record.person}
    assert signed.body == {"offering": read_event(busy.ledger, busy.event).series, "typed": "Ana Flórez"}


async def test_what_can_not_be_taken_is_said_and_stays(busy: Day) -> None:
    """No last name, an odd e-mail, no signature: one sentence each, nothing written."""
    async with seat_of(busy) as seat:
        await open_form(seat)
        before = busy.ledger.head_seq()
        await fill(seat, ("", *FORM[1:]), "Ana")
        await seat.sees("Please type your last name.")
        form = seat.app.screen
        assert isinstance(form, Newcomer)
        assert form.focused is line_of(form, "last_name")
        for name, value, words in (
            ("last_name", "Flórez", ""),
            ("email", "ana at example", "This does not look like an e-mail address."),
            ("email", "ana@example.org", ""),
            ("school", "x" * 121, "School: this is too long, at most 120 letters."),
            ("school", "Dimmitt", ""),
            ("signed", " ", "Please sign: type your full name"),
        ):
            line_of(form, name).value = value
            if words:
                form.set_focus(line_of(form, "signed"))
                await seat.type("enter")
                await seat.sees(words)
        assert busy.ledger.head_seq() == before
        line_of(form, "signed").value = "Ana"
        form.set_focus(line_of(form, "signed"))
        await seat.type("enter")
        await seat.sees("You are in at 10:42.")


async def test_no_key_leads_out_of_the_form_but_to_the_kiosk(busy: Day) -> None:
    """Every key of every command, and F2, the palette, quit: the form stays. Esc is the kiosk again, which has a PIN."""
    keys = {key for command in commands.COMMANDS for key in command.keys.split(",") if key} - {"escape"}
    async with seat_of(busy) as seat:
        screen = await open_form(seat)
        await seat.until(lambda: isinstance(seat.app.screen, Newcomer))
        form, before = seat.app.screen, busy.ledger.head_seq()
        for key in sorted(
            keys | {"ctrl+p", "ctrl+q", "ctrl+c", "ctrl+j", "f1", "f2", "tab", "shift+tab", "up", "down"}
        ):
            await seat.pilot.press(key)
            assert seat.app.screen is form, key
        await seat.type("escape")
        await seat.until(lambda: seat.app.screen is screen)
        await seat.sees("Type your name")
        assert screen.state == "start"
        assert not screen.field.value
        assert busy.ledger.head_seq() == before
        await seat.type("escape")
        await seat.sees("PIN of this kiosk?")
        assert seat.app.screen is screen


async def test_up_and_down_go_from_field_to_field(busy: Day) -> None:
    """A slip in a field above can be mended."""
    async with seat_of(busy) as seat:
        await open_form(seat)
        await seat.until(lambda: isinstance(seat.app.screen, Newcomer))
        form = seat.app.screen
        assert isinstance(form, Newcomer)
        await seat.type("down", "down", "up")
        await seat.until(lambda: form.widget("first_name").has_focus)


async def test_nothing_that_was_typed_waits_for_the_next_one(busy: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left alone the form closes by itself, and no draft of it lies on the disk."""
    monkeypatch.setattr(newcomer, "IDLE_SECONDS", 0.6)
    async with seat_of(busy) as seat:
        screen = await open_form(seat)
        await seat.until(lambda: isinstance(seat.app.screen, Newcomer))
        await seat.type("secret")
        await seat.until(lambda: seat.app.screen is screen)
        assert not screen.field.value
        assert "secret" not in seat.text()
    assert not (busy.around.workspace.root / "drafts.json").exists()


async def test_who_has_a_name_of_the_list_is_asked(busy: Day) -> None:
    """Chosen: signed in as who is on the list. New: somebody else of that name, whose id is not theirs."""
    diaz = busy.person("Diaz").id
    form = ("Diaz", "Rosa", "", "Elsewhere", "", "")
    async with seat_of(busy) as seat:
        await open_form(seat, "zzz")
        await fill(seat, form, "Rosa Diaz")
        await seat.sees("Is one of these you?")
        await seat.sees("No, I am new: sign me in")
        await seat.type("down", "enter")
        await seat.sees("You are in at 10:42.")
        (new,) = written(busy, "sign-in")
        assert new.person != diaz
        assert new.body["walk_in"]
        await seat.type("escape", "zzz")
        await seat.sees("I am not on the list")
        await seat.type("enter")
        await fill(seat, form, "Rosa Diaz")
        await seat.sees("Is one of these you?")
        await seat.sees("Lakeridge")
        await seat.type("enter")
        await seat.until(lambda: len(written(busy, "sign-in")) == 2)
    assert written(busy, "sign-in")[1].person == diaz


async def test_an_e_mail_that_is_known_changes_nobody(busy: Day) -> None:
    """It is the person who has it: signed in, and what was typed otherwise is a doubt, as at the door."""
    busy.people([("Ode", "Kim", "Dimmitt")])
    walked, drafts = capture.walk_in(busy.hand(), busy.event, {"last_name": "Ode", "email": "kim@example.org"})
    busy.ledger.append(drafts[:1])
    search.catch_up(busy.ledger.connection)
    async with seat_of(busy) as seat:
        await open_form(seat, "zzz")
        await fill(seat, ("Oduya", "Kim", "", "", "KIM@example.org", ""), "Kim Ode")
        await seat.sees("You are in at 10:42.")
    (signed_in,) = written(busy, "sign-in")
    assert signed_in.person == walked
    assert not written(busy, "person")
    (doubt,) = written(busy, "flag")
    assert doubt.body["code"] == "typed-otherwise"
    assert "Oduya" in doubt.body["text"]


async def test_a_signature_in_other_words_is_a_doubt(busy: Day) -> None:
    """It keeps nobody out: in, signed, and flagged for the facilitator."""
    async with seat_of(busy) as seat:
        await begin(seat)
        await seat.type("dia", "enter")
        await seat.sees("To sign, type your full name.")
        await seat.sees("I ask for clock hours for the time that I am really here.")
        before = busy.ledger.head_seq()
        await seat.type("enter")
        await seat.pilot.pause(0.1)
        assert busy.ledger.head_seq() == before  # nothing typed is no signature
        await seat.type("Mickey Mouse", "enter")
        await seat.sees("You are in at 10:42.")
        await seat.until(lambda: row(seat, "Diaz").doubtful)
    (doubt,) = written(busy, "flag")
    signed_in, signed = written(busy, "sign-in", "signature")
    assert (doubt.body["code"], doubt.body["about"]) == ("signed-otherwise", [signed.id, signed_in.id])
    assert doubt.means == "system"


async def test_who_has_signed_is_not_asked_again(busy: Day) -> None:
    """Once an offering; taken back it is wanted again."""
    event, diaz = read_event(busy.ledger, busy.event), busy.person("Diaz")
    signed = signatures.signature(busy.hand(), event, diaz, "x", lambda *about: "5" * 32, typed="Rosa Diaz")
    (entry,) = capture.written(busy.ledger.append(signed))
    assert not is_wanted(busy.ledger, event, diaz.id)
    async with seat_of(busy) as seat:
        await begin(seat)
        await seat.type("dia", "enter")
        await seat.sees("You are in at 10:42.")
    capture.take_back(busy.ledger, busy.hand(), [entry])
    assert is_wanted(busy.ledger, event, diaz.id)


async def test_esc_while_signing_begins_anew(busy: Day) -> None:
    """Nobody is in by it, and it is still the kiosk."""
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("dia", "enter")
        await seat.sees("To sign, type your full name.")
        await seat.type("Rosa", "escape")
        await seat.sees("Type your name")
        assert seat.app.screen is screen
        assert screen.state == "start"
        assert not row(seat, "Diaz").present


async def test_a_badge_while_somebody_signs(busy: Day) -> None:
    """Whoever holds it is in; whoever signs goes on signing."""
    busy.badge("Robinson", "301188224476")
    async with seat_of(busy) as seat:
        screen = await begin(seat)
        await seat.type("dia", "enter")
        await seat.sees("To sign, type your full name.")
        await seat.type("Rosa D")
        await seat.scan("301188224476")
        await seat.until(lambda: row(seat, "Robinson").present)
        await seat.sees("You are in")
        await seat.until(lambda: screen.field.value == "Rosa D")
        await seat.type("iaz", "enter")
        await seat.until(lambda: row(seat, "Diaz").present)
    assert [one.body["typed"] for one in written(busy, "signature")] == ["Rosa Diaz"]


async def test_what_people_type_is_shown_and_kept_as_text(busy: Day) -> None:
    """Escapes, markup and marks that turn the line round do nothing here or on the board."""
    nasty = "[red]Zoë\x1b[31m\u202e"
    async with seat_of(busy) as seat:
        await open_form(seat, "zzz")
        await fill(seat, (nasty, "A", "", "", "", ""), nasty)
        await seat.sees("You are in at 10:42.")
        assert "[red]Zoë" in seat.text()
        assert "\x1b" not in seat.text()
        assert "\u202e" not in seat.text()


def test_the_sentences_are_those_of_the_doors_pages() -> None:
    """What is attested is one thing, wherever it is attested."""
    pages = Path(ROOT / "plfacilitate" / "front" / "door" / "templates")
    for page, sentences in (
        ("kiosk_person.html", (signatures.HERE, signatures.HOURS, signatures.SHEET)),
        ("kiosk_new.html", (signatures.ME, signatures.HOURS, signatures.SHEET)),
        ("person.html", (signatures.HERE, signatures.HOURS, signatures.SHEET)),
    ):
        text = (pages / page).read_text("utf-8")
        assert [one for one in sentences if f'_("{one}")' not in text] == [], page
