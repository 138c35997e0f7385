"""The kiosk: enrolled by a PIN, one person after the other, by name or by badge."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plfacilitate.front.door.kiosk_pass import KioskPasses
from plfacilitate.seal.codes import pin_of
from plfacilitate.steps.badges import give_badges
from plfacilitate.store.ballots import box_of
from tests.front.door.day import LAN, LI, MARIA, MARIA_TOO, SEAN, SECRET, Day, Phone, open_day, plan
from tests.front.door.test_leaving import QUESTIONS
from tests.front.door.test_leaving import ticket as ticket_of
from tests.played import Clock

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


# -- leaving: what a phone is asked, too -------------------------------------------------------------------------------


@pytest.fixture
async def asking(tmp_path: Path, clock: Clock) -> AsyncIterator[Day]:
    """A day whose plan offers hours or credits and has questions of its own."""
    of = replace(plan(), choice=("clock-hours", "quarter-credits"), questions=QUESTIONS)
    async with open_day(tmp_path, clock, of=of) as opened:
        yield opened


async def _left(day: Day, person: str = SEAN, *, hours: int = 3) -> Phone:
    """A kiosk at which somebody has just signed out who came there some hours ago."""
    tablet = await _kiosk(day)
    await tablet.post("/kiosk/in", t=tablet.ticket, p=person)
    day.clock.forward(hours=hours)
    await tablet.get("/kiosk")
    await tablet.post("/kiosk/out", t=tablet.ticket, p=person)
    return tablet


async def test_who_leaves_at_a_kiosk_is_asked_one_thing_after_the_other(asking: Day) -> None:
    """Out, the hours, hours or credits, the questions, and the field for the next; the kiosk's name stands beside it."""
    tablet = await _left(asking)
    assert re.match("You are out at 11:00 Sean O.*Leary", tablet.text)
    assert "2.5 clock hours" in tablet.text
    assert "credits" not in tablet.text
    farewell = ticket_of(tablet)
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN)
    assert "Clock hours or credits?" in tablet.text
    assert "2.5 clock hours" not in tablet.text
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN, step="choice", choice="quarter-credits")
    assert "How useful was today?" in tablet.text
    await tablet.post("/kiosk/answers", l=farewell, p=SEAN, b=ticket_of(tablet, "b"), a_useful="4", a_say="Good")
    assert "Next: your name" in tablet.text
    assert "My record" not in tablet.text
    assert "clock hours" not in tablet.text
    said = asking.entries("attested", "choice")
    assert [(one.kind, one.person, one.means, one.by) for one in said] == [
        ("attested", SEAN, "kiosk", "kiosk left door"),
        ("choice", SEAN, "kiosk", "kiosk left door"),
    ]
    box = box_of(asking.around.workspace.ledger).read_bytes()
    assert b"Good" in box
    assert SEAN.encode() not in box


async def test_fewer_hours_are_asked_for_on_a_page_of_their_own(asking: Day) -> None:
    """With a reason or not at all; what was asked for is kept on the way through the choice."""
    tablet = await _left(asking)
    farewell = ticket_of(tablet)
    assert 'id="hours"' not in _text(tablet)
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN, show="fewer")
    assert 'id="hours"' in _text(tablet)
    assert asking.entries("attested") == []
    page = await tablet.post("/kiosk/hours", l=farewell, p=SEAN, step="fewer", hours="1.5")
    assert page.status_code == 422
    assert "Please say why" in tablet.text
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN, step="fewer", hours="1.5", reason="In a call")
    again = dict(re.findall(r'<input type="hidden" name="(hours|reason)" value="([^"]+)">', _text(tablet)))
    assert again == {"hours": "1.5", "reason": "In a call"}
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN, step="choice", choice="clock-hours", **again)
    (wish,) = asking.entries("request")
    assert (wish.body, wish.by) == ({"hundredths": 150, "reason": "In a call"}, "kiosk left door")
    assert len(asking.entries("attested")) == 1


async def test_a_badge_that_signs_out_is_asked_too(asking: Day) -> None:
    """And the next badge is the next person, whatever stands on the screen."""
    tablet, badges = await _kiosk(asking), _badges(asking)
    for one in (SEAN, LAN):
        await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[one])
    asking.clock.forward(hours=8, minutes=1)
    await tablet.get("/kiosk")
    for one, name in ((SEAN, "Sean"), (LAN, "Lan")):
        await tablet.post("/kiosk/find", t=tablet.ticket, q=badges[one])
        assert "You are out at 16:01" in tablet.text
        assert name in tablet.text
        assert "Yes, that is right" in tablet.text
    assert len(asking.entries("sign-out")) == 2


@pytest.mark.parametrize("gone", ["start", "next"])
async def test_the_next_person_sees_nothing_of_the_one_before(asking: Day, gone: str) -> None:
    """Once the start was there, or another name, each form of before leads to the start: back, reload, a copy of it."""
    tablet = await _left(asking)
    farewell, out = ticket_of(tablet), tablet.ticket
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN)
    await (tablet.get("/kiosk") if gone == "start" else tablet.post("/kiosk/find", t=tablet.ticket, q="nguyen"))
    entries = asking.desk.count()
    for path, fields in (
        ("/kiosk/hours", {}),
        ("/kiosk/hours", {"show": "fewer"}),
        ("/kiosk/hours", {"step": "choice", "choice": "clock-hours"}),
        ("/kiosk/answers", {"b": "x"}),
    ):
        page = await tablet.post(path, l=farewell, p=SEAN, **fields)
        assert (page.status_code, page.headers["location"], page.text) == (303, "/kiosk", "")
    await tablet.post("/kiosk/out", t=out, p=SEAN)
    assert "clock hours" not in tablet.text
    assert 'name="l"' not in _text(tablet)
    assert asking.desk.count() == entries


async def test_a_farewell_is_for_one_person_at_one_kiosk(asking: Day) -> None:
    """Not for another person, another kiosk, a phone; nor does a made-up one open anything."""
    tablet = await _left(asking)
    farewell = ticket_of(tablet)
    other = await _kiosk(asking, "right door")
    for device, who, text in ((tablet, MARIA, farewell), (other, SEAN, farewell), (asking.phone(), SEAN, farewell),
                              (tablet, SEAN, "A" * 56), (tablet, SEAN, "")):  # fmt: skip
        for path in ("/kiosk/hours", "/kiosk/answers"):
            assert (await device.post(path, l=text, p=who)).headers["location"] == "/kiosk"
    assert asking.entries("attested", "choice") == []
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN)
    assert len(asking.entries("attested")) == 1


async def test_every_step_leads_to_the_next_person_and_leaves_nothing(asking: Day) -> None:
    """A way to the start on each page, by itself after a while; no cookie, nothing kept by the browser."""
    tablet = await _left(asking)
    cookies = dict(tablet.http.cookies)
    farewell = ticket_of(tablet)
    steps: tuple[dict[str, str], ...] = (
        {},
        {"show": "fewer"},
        {"step": "fewer", "hours": "99"},
        {"step": "choice", "choice": "clock-hours"},
    )
    for fields in steps:
        assert re.search(r'<a class="button quiet" href="/kiosk">Done, next person</a>', _text(tablet))
        assert re.search(r'<noscript><meta http-equiv="refresh" content="\d+;url=/kiosk"></noscript>', _text(tablet))
        assert re.search(r'data-back="[1-9]\d*"', _text(tablet))
        page = await tablet.post("/kiosk/hours", l=farewell, p=SEAN, **fields)
        assert page.headers["cache-control"] == "no-store"
        assert "set-cookie" not in page.headers
    assert "Done, next person" in tablet.text
    assert "How useful was today?" in tablet.text
    assert dict(tablet.http.cookies) == cookies


async def test_the_steps_speak_the_other_language_and_the_kiosk_its_own_again(asking: Day) -> None:
    """The switch writes nothing and keeps what was typed; the way to the next person switches back."""
    tablet = await _left(asking)
    farewell = ticket_of(tablet)
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN, step="fewer", hours="1", reason="Hm", to="es")
    assert "Pedir estas horas" in tablet.text
    assert 'value="Hm"' in _text(tablet)
    assert 'href="/kiosk?to=en"' in _text(tablet)
    assert asking.entries("attested", "request") == []
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN)
    await tablet.post("/kiosk/hours", l=farewell, p=SEAN, step="choice", choice="clock-hours")
    assert "¿Qué tan útil fue?" in tablet.text


async def test_who_was_asked_at_a_phone_is_not_asked_at_the_kiosk(asking: Day) -> None:
    """The questions come once, wherever somebody leaves first."""
    phone = await asking.signed_in(SEAN)
    await asking.scanned(phone)
    await phone.post("/out", t=phone.ticket, p=SEAN)
    await phone.post("/answers", l=ticket_of(phone), p=SEAN, skip="1")
    asking.clock.forward(seconds=60)
    tablet = await _left(asking)
    await tablet.post("/kiosk/hours", l=ticket_of(tablet), p=SEAN, choice="clock-hours")
    assert "Next: your name" in tablet.text


async def test_without_hours_and_questions_out_is_all(tmp_path: Path, clock: Clock) -> None:
    """Where the plan has none, the field for the next person stands there at once, as after signing in."""
    async with open_day(tmp_path, clock, of=replace(plan(), approved_hundredths=0)) as day:
        tablet = await _left(day)
        assert "You are out at 11:00" in tablet.text
        assert "Next: your name" in tablet.text


async def test_an_approved_sheet_takes_no_wishes_at_the_kiosk(asking: Day) -> None:
    """The hours are shown to who leaves after all; fewer of them or credits are asked for no more."""
    asking.by_hand("approved", body={"by_name": "F", "sheet_version": 1, "as_of": {}})
    tablet = await _left(asking)
    assert "Ask for fewer hours" not in tablet.text
    await tablet.post("/kiosk/hours", l=ticket_of(tablet), p=SEAN, hours="1", reason="away", choice="clock-hours")
    assert asking.entries("request", "choice") == []
    assert "How useful was today?" in tablet.text
