"""Nobody gets in who does not belong: ten thousand tickets and codes that were forged, are over, or are another event's."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plfacilitate.core.refusal import Refusal
from plfacilitate.front.door.tickets import LATEST_STEPS, LIFETIME, Gate
from plfacilitate.seal import codes, tickets
from plfacilitate.seal.codes import PUT_BACK_SECONDS, QR_STEP_SECONDS, pin_of, wall_key
from tests.front.door.day import LAN, MARIA, SEAN, SECRET, Day, Phone
from tests.front.door.running import code_of, running, secret_of, today
from tests.played import Chance

NOW = datetime(2026, 12, 6, 16, 0, tzinfo=UTC)
EVENT, OTHER = "6f2d7f6e-6a43-4a57-9d0e-3f0f5a7c2b11", "6f2d7f6e-6a43-4a57-9d0e-3f0f5a7c2b12"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MANY = 10_000


def _made(
    dice: random.Random, *, secret: bytes = SECRET, event: str = EVENT, purpose: str = "form", age: int = 0
) -> str:
    at = NOW - timedelta(seconds=age)
    return tickets.issue(secret, event, purpose, at, LIFETIME, dice.randbytes)


def _forged(dice: random.Random) -> Iterator[str]:
    """One of each kind, for ever."""
    while True:
        good, other = _made(dice), _made(dice)
        at = dice.randrange(len(good))
        yield good[:at] + dice.choice(LETTERS.replace(good[at], "")) + good[at + 1 :]
        yield good[:28] + other[28:]
        yield good[: dice.randrange(len(good))]
        yield good + dice.choice(LETTERS)
        yield "".join(dice.choices(LETTERS, k=tickets.LETTERS))
        yield _made(dice, secret=dice.randbytes(32))
        yield _made(dice, event=OTHER)
        yield _made(dice, event=f"{EVENT}f", purpose="orm")
        yield _made(
            dice, purpose=dice.choice(("farewell x", "ballot", "kiosk form", "kiosk en 1", "", "form~", "FORM"))
        )
        yield _made(dice, age=int(LIFETIME.total_seconds()) + dice.randrange(1, 10**6))
        yield f"{good}~{dice.randrange(-200, 200)}"
        yield _made(dice, purpose="form~7") + "~6"
        yield _made(dice, purpose="form~7")
        yield dice.choice(
            ("", "~", "~2", "\x00", "é" * 56, "=" * 56, good.lower(), good.upper(), f" {good}", f"{good} ")
        )


def test_ten_thousand_tickets_open_nothing() -> None:
    """Changed, cut, glued, of another secret, event or purpose, over; and every good one does."""
    gate, dice = Gate(SECRET, EVENT), random.Random(1)
    forged = _forged(dice)
    for _ in range(MANY):
        text = next(forged)
        assert isinstance(gate.check(text, NOW), Refusal), text
    for _ in range(100):
        assert not isinstance(gate.check(_made(dice), NOW), Refusal)


def test_ten_thousand_codes_open_nothing() -> None:
    """Made up, of another event or secret, gone from the wall, or not on it for hours; the one on the wall does."""
    gate, dice, chance = Gate(SECRET, EVENT), random.Random(2), Chance()
    base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    for n in range(MANY // 5):
        moment = NOW + timedelta(seconds=dice.randrange(-40, 40) * QR_STEP_SECONDS)
        old = NOW - timedelta(seconds=(LATEST_STEPS + 1 + n) * QR_STEP_SECONDS)
        early = NOW + timedelta(seconds=PUT_BACK_SECONDS + (1 + n) * QR_STEP_SECONDS)
        for code in (
            "".join(dice.choices(base32, k=20)),
            codes.code_at(SECRET, OTHER, moment),
            codes.code_at(dice.randbytes(32), EVENT, moment),
            codes.code_at(SECRET, EVENT, old),
            codes.code_at(SECRET, EVENT, early),
        ):
            assert gate.admit(code, NOW, chance) is None
    for other in (pin_of(SECRET, EVENT), wall_key(SECRET, EVENT), codes.spoken_at(SECRET, EVENT, NOW), "", "\x00"):
        assert gate.admit(other, NOW, chance) is None
        assert other == codes.spoken_at(SECRET, EVENT, NOW) or gate.admit_spoken(other, NOW, chance) is None
    assert gate.admit(codes.code_at(SECRET, EVENT, NOW), NOW, chance) is not None


FORMS = ("/in", "/out", "/new", "/hours", "/answers", "/record", "/kiosk/in", "/kiosk/out", "/kiosk/add", "/kiosk/find",
         "/kiosk/hours", "/kiosk/answers")  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
async def test_no_form_writes_without_a_good_ticket(day: Day, path: str) -> None:
    """A hundred forged ones each, in every place that a form has for one; the ledger stays as it was."""
    forged, phone, before = _forged(random.Random(3)), day.phone(), day.desk.count()
    for _ in range(100):
        ticket = next(forged)
        page = await phone.post(path, t=ticket, l=ticket, b=ticket, p=SEAN, last_name="Zed", sure="1", q="sean")
        assert page.status_code in (303, 403, 410, 429)
    assert day.desk.count() == before


async def _day_of_forms(day: Day) -> list[tuple[Phone, str, dict[str, str]]]:
    """What three phones sent in a day: in, out, in again."""
    sent = []
    for person in (MARIA, SEAN, LAN):
        phone = day.phone()
        for path in ("/in", "/out", "/in"):
            await day.scanned(phone)
            form = {"t": phone.ticket, "p": person}
            assert (await phone.post(path, **form)).status_code == 200
            sent.append((phone, path, form))
            day.clock.forward(seconds=40)
    return sent


async def test_what_is_replayed_changes_nothing(day: Day) -> None:
    """Every form of the day again, from its own phone and from a stranger's, in order and backwards."""
    sent = await _day_of_forms(day)
    before = day.desk.count()
    stranger = day.phone(address="192.168.1.99")
    for phone, path, form in [*sent, *reversed(sent)]:
        await phone.post(path, **form)
        await stranger.post(path, **form)
    assert day.desk.count() == before
    assert all(day.fold().presence(one).is_in for one in (MARIA, SEAN, LAN))


async def test_a_used_ticket_for_somebody_else_is_seen(day: Day) -> None:
    """One ticket may sign in several people, but never unseen."""
    phone = await day.scanned()
    ticket = phone.ticket
    await phone.post("/in", t=ticket, p=SEAN)
    stranger = day.phone(address="192.168.1.99")
    await stranger.post("/in", t=ticket, p=LAN)
    assert {flag.body["code"] for flag in day.entries("flag")} == {"same-phone"}


@pytest.mark.parametrize("hours", [-1, -0.5])
async def test_a_clock_that_is_put_back_locks_nobody_out(day: Day, hours: float) -> None:
    """The code on the wall, the form that is open, the pass: all are good, and what is odd is flagged."""
    waiting = await day.scanned()
    seen = day.code
    day.clock.forward(hours=hours)
    await day.signed_in(SEAN)
    assert (await waiting.post("/in", t=waiting.ticket, p=MARIA)).status_code == 200
    late = day.phone()
    assert (await late.get(f"/{seen}")).status_code == 200
    assert (await late.post("/in", t=late.ticket, p=LAN)).status_code == 200
    fold = day.fold()
    assert all(fold.presence(one).is_in for one in (SEAN, MARIA, LAN))
    assert {flag.code for flag in fold.flags()} == {"clock-back"}
    for one in (SEAN, MARIA, LAN):
        phone = await day.scanned()
        await phone.post("/out", t=phone.ticket, p=one)
        assert "You are out at" in phone.text


async def test_a_laptop_that_slept_locks_nobody_out(day: Day) -> None:
    """Ten minutes later: open forms are taken, the counters have forgotten, the code on the wall is a new one."""
    waiting = await day.scanned()
    ticket, old = waiting.ticket, day.code
    for n in range(301):
        await day.phone(address="192.168.1.60").get(f"/WRONG{n}")
    for _ in range(101):
        await day.phone().get("/code", code="AAAAAA")
    day.clock.forward(minutes=10)
    assert (await waiting.post("/in", t=ticket, p=MARIA)).status_code == 200
    await day.signed_in(SEAN, day.phone(address="192.168.1.60"))
    spoken = codes.spoken_at(SECRET, day.event, day.clock())
    assert (await day.phone().get("/code", code=spoken)).status_code == 200
    assert (await day.phone().get(f"/{old}")).status_code == 410
    assert day.fold().flags() == []


# -- what a page may do --------------------------------------------------------------------------------------------------


async def _pages(day: Day) -> list[str]:
    """Every kind of page, the kiosk's and the projector's too."""
    phone, here, found = await day.scanned(), day.phone(address="127.0.0.1"), []
    ticket = phone.ticket
    for path, query in (("/", {}), ("/WRONG", {}), ("/find", {"t": ticket, "q": "garcia"}), ("/find", {"t": ticket, "q": "zz z"}),
                        ("/me", {"t": ticket, "p": SEAN}), ("/new", {"t": ticket}), ("/kiosk", {})):  # fmt: skip
        await phone.get(path, **query)
        found.append(_checked(phone))
    for path in ("/in", "/out", "/in", "/new"):
        await phone.post(path, t=ticket, p=SEAN)
        found.append(_checked(phone))
    await here.get("/wall")
    found.append(_checked(here))
    await here.post("/kiosk", pin=pin_of(SECRET, day.event))
    await here.get("/kiosk")
    kiosk = here.ticket
    for path in ("/kiosk/find", "/kiosk/me", "/kiosk/new", "/kiosk/in", "/kiosk/out"):
        await here.post(path, t=kiosk, p=SEAN, q="garcia")
        found.append(_checked(here))
    return found


def _checked(phone: Phone) -> str:
    page = phone.page
    assert page is not None
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    for kind in ("style", "script"):
        for text in re.findall(rf"<{kind}>(.*?)</{kind}>", page.text, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy[f"{kind}-src"]
    return page.text


async def test_every_page_is_strict(day: Day) -> None:
    """What stands in a page is named by its digest; nothing from elsewhere, no style or handler inside a tag."""
    for text in await _pages(day):
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text)
        assert not re.search(r"""(src|href|action)=["']?(https?:)?//""", text)
        assert len(text.encode()) < 30_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its rights elsewhere: tests/seal/test_keys.py")
def test_what_the_door_keeps_is_its_owners(tmp_path: Path) -> None:
    """The secret that codes and tickets hang on, the passes, the door's file."""
    import httpx

    around, event = today(tmp_path)
    with running(around, event) as door, httpx.Client(base_url=door.url) as phone:
        page = phone.get(f"/{code_of(around, event)}")
        found = re.search(r'name="t" value="([^"]+)"', page.text)
        assert found is not None
        assert phone.post("/in", data={"t": found[1], "p": SEAN}).status_code == 200
        assert len(secret_of(around)) == 32
        kept = [
            *around.workspace.keys.iterdir(),
            *around.workspace.door.glob("passes-*"),
            around.workspace.door / "door.json",
        ]
        assert len(kept) >= 3
        for file in kept:
            if file.suffix != ".pub":
                assert file.stat().st_mode & 0o077 == 0, file
        assert door.end() == 0
