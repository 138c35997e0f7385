"""The kiosk: enrolled by a PIN, one person after the other, by name or by badge."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from plfacilitate.front.door.kiosk_pass import KioskPasses
from plfacilitate.seal.codes import pin_of
from plfacilitate.steps.badges import give_badges
from tests.front.door.day import LAN, LI, MARIA, MARIA_TOO, SEAN, SECRET, Day, Phone

PEOPLE = {"Maria": MARIA, "Sean": SEAN}


def _pin(day: Day) -> str:
    return pin_of(SECRET, day.event)


def _wrong(day: Day) -> str:
    return str((int(_pin(day)) + 1) % 1_000_000).zfill(6)


async def _kiosk(day: Day, name: str = "left door") -> Phone:
    """A tablet that is a kiosk."""
    tablet = day.phone(address="192.168.1.77")
    page = await tablet.post("/kiosk", pin=_pin(day), name=name)
    assert (page.status_code, page.headers["location"]) == (303, "/kiosk")
    await tablet.get("/kiosk")
    return tablet


def _badges(day: Day) -> dict[str, str]:
    """Person → the number on their badge."""
    people, _ = give_badges(day.desk, day.hand)
    return {one.id: one.badge for one in people}


async def test_one_person_after_the_other(day: Day) -> None:
    """Each is found by name, chooses, attests and is in; the field for the next stands below."""
    tablet = await _kiosk(day)
    for typed, who in (("sean", SEAN), ("nguyen", LAN), ("li", LI)):
        await tablet.post("/kiosk/find", t=tablet.ticket, q=typed)
        assert f'value="{who}"' in _text(tablet)
        await tablet.post("/kiosk/me", t=tablet.ticket, p=who)
        assert "Is this you?" in tablet.text
        await tablet.post("/kiosk/in", t=tablet.ticket, p=who)
        assert "You are in at 8:00" in tablet.text
        assert "Next: your name" in _text(tablet)
    fold = day.fold()
    assert [fold.presence(one).is_in for one in (SEAN, LAN, LI, MARIA)] == [True, True, True, False]
    assert {(entry.means, entry.by) for entry in day.entries("sign-in")} == {("kiosk", "kiosk left door")}
    assert day.entries("flag") == []


def _text(phone: Phone) -> str:
    assert phone.page is not None
    return phone.page.text


async def test_a_badge_is_enough(day: Day) -> None:
    """Digits and Enter: in. Held too long it changes nothing; later it asks; near the end it signs out."""
    tablet, badges = await _kiosk(day), _badges(day)
    await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[SEAN])
    assert "You are in at 8:00" in tablet.text
    await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[SEAN])
    assert "You are in since 8:00" in tablet.text
    assert "Nothing has changed." in tablet.text
    day.clock.forward(seconds=3600)
    await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[SEAN])
    assert "Leaving now" in tablet.text
    assert len(day.entries("sign-in", "sign-out")) == 1
    day.clock.forward(seconds=7 * 3600)
    await tablet.get("/kiosk")
    await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[SEAN])
    assert "You are out at 16:00" in tablet.text
    assert not day.fold().presence(SEAN).is_in
    (out,) = day.entries("sign-out")
    assert (out.means, out.by) == ("kiosk", "kiosk left door")


async def test_a_foreign_badge_signs_nobody_in(day: Day) -> None:
    """Digits that are nobody's."""
    tablet = await _kiosk(day)
    await tablet.post("/kiosk/find", t=tablet.ticket, q="123456789012")
    assert "Nobody here has this badge" in tablet.text
    assert day.entries("sign-in") == []


async def test_switching_the_language_signs_nobody_in(day: Day) -> None:
    """The switch shows the page in the other language, and the next one finds the kiosk's own again."""
    tablet, badges = await _kiosk(day), _badges(day)
    await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[SEAN], to="es")
    assert day.entries("sign-in") == []
    assert 'lang="es"' in _text(tablet)
    assert "url=/kiosk?to=en" in _text(tablet)
    await tablet.get("/kiosk", to="en")
    assert 'lang="en"' in _text(tablet)


async def test_who_is_not_on_the_list_is_written_down(day: Day) -> None:
    """Once, with the kiosk's name beside it; whoever bears the name of somebody here is asked first."""
    tablet = await _kiosk(day)
    await tablet.post("/kiosk/find", t=tablet.ticket, q="Zoe Zed")
    assert "I am not on the list" in tablet.text
    await tablet.post("/kiosk/new", t=tablet.ticket, q="Zoe Zed")
    assert 'value="Zed"' in _text(tablet)
    form = {
        "t": tablet.ticket,
        "last_name": "Zed",
        "first_name": "Zoe",
        "email": "zoe@else.example",
        "signed": "Zoe Zed",
    }
    await tablet.post("/kiosk/add", **form)
    assert "You are in at 8:00" in tablet.text
    await tablet.post("/kiosk/add", **form)
    assert len(day.entries("sign-in")) == 1
    assert len(day.entries("signature")) == 1
    await tablet.get("/kiosk")
    await tablet.post("/kiosk/add", t=tablet.ticket, last_name="O'Leary", first_name="Sean")
    assert "Is one of these you?" in tablet.text
    assert len(day.entries("sign-in")) == 1
    await tablet.post("/kiosk/add", t=tablet.ticket, last_name="", first_name="Nobody")
    assert tablet.page is not None
    assert tablet.page.status_code == 422


async def test_a_resent_form_is_one_entry(day: Day) -> None:
    """Back, reload, double tap: the same page again and nothing doubled."""
    tablet = await _kiosk(day)
    ticket = tablet.ticket
    for _ in range(3):
        await tablet.post("/kiosk/in", t=ticket, p=SEAN)
        assert "You are in at 8:00" in tablet.text
    day.clock.forward(seconds=60)
    for _ in range(2):
        await tablet.post("/kiosk/out", t=ticket, p=SEAN)
        assert "You are out at 8:01" in tablet.text
    await tablet.post("/kiosk/in", t=ticket, p=SEAN)
    assert "Once more, please" in tablet.text
    assert len(day.entries("sign-in", "sign-out")) == 2


async def test_nobody_leaves_who_never_came(day: Day) -> None:
    """The page says so."""
    tablet = await _kiosk(day)
    page = await tablet.post("/kiosk/out", t=tablet.ticket, p=SEAN)
    assert page.status_code == 409
    assert "Sign in first" in tablet.text
    assert day.entries("sign-out") == []


_FORMS = ("/kiosk/find", "/kiosk/me", "/kiosk/in", "/kiosk/out", "/kiosk/new", "/kiosk/add")


@pytest.mark.parametrize("path", _FORMS)
async def test_only_a_kiosk_may_send_its_forms(day: Day, path: str) -> None:
    """A phone with a kiosk's ticket, with a phone's ticket, with a made-up pass; a kiosk with a phone's ticket."""
    tablet = await _kiosk(day)
    stolen = tablet.ticket
    phone = await day.scanned()
    fields = {"p": SEAN, "q": "sean", "last_name": "Zed", "sure": "1"}
    for ticket in (stolen, phone.ticket, "A" * 56, ""):
        page = await phone.post(path, t=ticket, **fields)
        assert page.status_code == 403
        assert "Make this device a kiosk" in page.text
        await day.scanned(phone)
    phone.http.cookies.set(f"kiosk_{day.event[:8]}", "A" * 56 + ".ZW4gbGVmdA")
    assert (await phone.post(path, t=stolen, **fields)).status_code == 403
    await day.scanned(other := day.phone())
    assert (await tablet.post(path, t=other.ticket, **fields)).status_code == 410
    assert day.entries("sign-in", "sign-out", "signature") == []


async def test_a_pass_of_another_event_is_none(day: Day) -> None:
    """The name in a pass is signed too."""
    tablet = await _kiosk(day)
    name = f"kiosk_{day.event[:8]}"
    good = tablet.http.cookies[name]
    now = day.clock()
    own = KioskPasses(SECRET, day.event)
    assert own.device(good, now) is not None
    assert KioskPasses(SECRET, "another").device(good, now) is None
    assert KioskPasses(bytes(32), day.event).device(good, now) is None
    assert own.device(good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1], now) is None
    assert own.device(good, now + timedelta(hours=25)) is None
    assert own.device(good, now - timedelta(hours=1)) is not None
    for text in ("", ".", "é.é", good.replace(".", ""), good + "A" * 5000):
        assert own.device(text, now) is None


async def test_wrong_pins_cost_time(day: Day) -> None:
    """Over all addresses together, twice as long each time up to a minute; the right one is looked at when it is time."""
    asked: list[int] = []
    for n in range(12):
        phone = day.phone(address=f"192.168.1.{n + 1}")
        page = await phone.post("/kiosk", pin=_wrong(day))
        if page.status_code == 429:
            refused = await phone.post("/kiosk", pin=_pin(day))
            assert refused.status_code == 429
            found = re.search(r"Wait (\d+) seconds", page.text)
            assert found is not None
            asked.append(int(found[1]))
            day.clock.forward(seconds=int(found[1]))
            page = await phone.post("/kiosk", pin=_wrong(day))
        assert page.status_code == 403
        assert "set-cookie" not in page.headers
    assert asked == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    here = day.phone(address="127.0.0.1")
    assert (await here.post("/kiosk", pin=_pin(day))).status_code == 303
    day.clock.forward(seconds=60)
    await _kiosk(day)


async def test_a_clock_that_goes_back_makes_nobody_wait(day: Day) -> None:
    """Put back by an hour in the middle of a pause."""
    for _ in range(8):
        await day.phone().post("/kiosk", pin=_wrong(day))
        day.clock.forward(seconds=61)
    day.clock.forward(seconds=-3600)
    await _kiosk(day)


async def test_leaving_needs_the_pin(day: Day) -> None:
    """Any other address leads back to the kiosk; the PIN lets the device go, wrong ones slow down."""
    tablet = await _kiosk(day)
    for path in ("/", f"/{day.code}"):
        page = await tablet.get(path)
        assert (page.status_code, page.headers["location"]) == (303, "/kiosk")
    assert "End the kiosk" in (await tablet.get("/kiosk/leave")).text
    answers = [(await tablet.post("/kiosk/leave", pin=_wrong(day))).status_code for _ in range(5)]
    assert answers == [403, 403, 403, 429, 429]
    assert (await tablet.get("/kiosk")).text.count("Kiosk left door") == 1
    day.clock.forward(seconds=60)
    assert (await tablet.post("/kiosk/leave", pin=_pin(day))).status_code == 303
    assert "Make this device a kiosk" in (await tablet.get("/kiosk")).text
    assert (await tablet.get(f"/{day.code}")).status_code == 200


async def test_other_devices_are_no_kiosk(day: Day) -> None:
    """They are asked for the PIN and see no name."""
    await _kiosk(day)
    page = await day.phone().get("/kiosk")
    assert "Make this device a kiosk" in page.text
    assert (await day.phone().get("/kiosk/leave")).status_code == 303
    assert (await day.phone().get("/kiosk/find")).headers["location"] == "/kiosk"


async def test_it_goes_back_by_itself(day: Day) -> None:
    """Every page that shows a person; without JavaScript too, and never a page somebody waits on."""
    tablet = await _kiosk(day)
    assert "http-equiv" not in _text(tablet)
    for path, fields in (
        ("/kiosk/find", {"q": "garcia"}),
        ("/kiosk/me", {"p": MARIA_TOO}),
        ("/kiosk/in", {"p": MARIA}),
    ):
        page = await tablet.post(path, t=tablet.ticket, **fields)
        assert re.search(r'<noscript><meta http-equiv="refresh" content="\d+;url=/kiosk"></noscript>', page.text)
        assert re.search(r'data-back="[1-9]\d*"', page.text)


async def test_a_closed_event_says_so(day: Day) -> None:
    """And goes on by itself when it is opened again."""
    tablet = await _kiosk(day)
    ticket = tablet.ticket
    day.by_hand("event-closed")
    page = await tablet.post("/kiosk/in", t=ticket, p=SEAN)
    assert page.status_code == 403
    assert "Sign-in is closed" in page.text
    assert 'http-equiv="refresh"' in page.text
    day.by_hand("event-reopened", body={"reason": "by mistake"})
    await tablet.post("/kiosk/in", t=ticket, p=SEAN)
    assert "You are in at" in tablet.text


async def test_the_signature_is_given_once(day: Day) -> None:
    """Typed at the kiosk with the first sign-in; not asked for afterwards."""
    tablet = await _kiosk(day)
    await tablet.post("/kiosk/me", t=tablet.ticket, p=SEAN)
    assert 'name="signed"' in _text(tablet)
    await tablet.post("/kiosk/in", t=tablet.ticket, p=SEAN, signed="Sean O'Leary")
    await tablet.post("/kiosk/out", t=tablet.ticket, p=SEAN)
    await tablet.post("/kiosk/me", t=tablet.ticket, p=SEAN)
    assert 'name="signed"' not in _text(tablet)
    (signed,) = day.entries("signature")
    assert (signed.means, signed.by, signed.body["typed"]) == ("kiosk", "kiosk left door", "Sean O'Leary")


async def test_an_odd_name_of_a_kiosk_is_harmless(day: Day) -> None:
    """Markup, control letters, too long: shown as text, cut."""
    tablet = await _kiosk(day, name="<b>\u202e\x1b[31m" + "x" * 500)
    assert "&lt;b&gt;" in _text(tablet)
    await tablet.post("/kiosk/in", t=tablet.ticket, p=SEAN)
    (entry,) = day.entries("sign-in")
    assert len(entry.by) <= 46
    assert "\x1b" not in entry.by
    unnamed = day.phone()
    assert (await unnamed.post("/kiosk", pin=_pin(day))).status_code == 303
    assert "Kiosk 2" in (await unnamed.get("/kiosk")).text


async def test_a_broken_form_stays_on_the_kiosk(day: Day) -> None:
    """Too long, of another kind: a sentence, and back to the start."""
    tablet = await _kiosk(day)
    page = await tablet.http.post("/kiosk/in", content="{}", headers={"content-type": "application/json"})
    assert page.status_code == 415
    assert 'action="/kiosk"' in page.text
    page = await tablet.http.post("/kiosk/in", data={"p": "x" * 40_000})
    assert page.status_code == 413
