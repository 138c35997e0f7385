"""The projector's page: who may see it, what it says, and that a camera at the other end of the room reads it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from plfacilitate.core.keeping.run import run_of
from plfacilitate.core.keeping.standing import standing
from plfacilitate.core.plan import Segment
from plfacilitate.front.door.app import door_app
from plfacilitate.front.door.network import Hosts
from plfacilitate.front.door.pages import Library
from plfacilitate.front.door.wall import agenda, qr_svg
from plfacilitate.front.door.where import Whereabouts
from plfacilitate.seal.codes import wall_key
from plfacilitate.steps import keeping
from tests.front.door.day import PEOPLE, SEAN, SECRET, Day
from tests.front.door.running import code_of, running, secret_of, today

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AT = "http://192.168.1.20:8100"


@pytest.fixture
async def wall(day: Day) -> Day:
    """The day with a door that knows where it is."""
    where = Whereabouts(AT, "Wi-Fi", reachable=True, own=("192.168.1.20",))
    day.app = door_app(
        day.reception,
        nonce="n0",
        hosts=Hosts(("door.test",)),
        cast=lambda number, given: None,
        drop=lambda ballots: [],
        where=where,
    )
    return day


async def _page(day: Day, address: str = "127.0.0.1", **query: str) -> httpx.Response:
    return await day.phone(address=address).get("/wall", **query)


async def test_only_this_laptop_and_the_key_open_it(wall: Day) -> None:
    """To a phone it does not exist, whatever key it tries; by its own address the laptop is still itself."""
    key = wall_key(SECRET, wall.event)
    assert len(key) == 20
    assert (await _page(wall)).status_code == 200
    assert (await _page(wall, "192.168.1.20")).status_code == 200
    assert (await _page(wall, "192.168.1.50", key=key)).status_code == 200
    for wrong in ("", key[:-1], key.lower(), "é" * 20, wall_key(SECRET, "another"), wall_key(bytes(32), wall.event)):
        page = await _page(wall, "192.168.1.50", key=wrong)
        assert page.status_code == 404
        assert "<svg" not in page.text


async def test_it_says_what_a_room_wants_to_know(wall: Day) -> None:
    """Title, how many are in, what runs; the code, the address and the letters for who has no camera."""
    await wall.signed_in(SEAN)
    wall.clock.forward(minutes=90)
    text = (await _page(wall)).text
    assert "Student ownership in practice" in text
    assert '<dd class="count">1</dd>' in text
    assert "All of it" in text
    assert "until 16:15" in text
    assert "192.168.1.20:8100" in text
    assert str(qr_svg(f"{AT}/{wall.code}".upper())) in text
    wall.clock.forward(hours=6)
    text = (await _page(wall)).text
    assert "45 min left" in text
    wall.clock.forward(minutes=35)
    assert "Leaving? Scan to sign out" in (await _page(wall)).text


async def test_it_shows_nobody(wall: Day) -> None:
    """No name, school or e-mail of anybody, in or expected."""
    await wall.signed_in(SEAN)
    text = (await _page(wall)).text
    for fields in PEOPLE:
        for value in fields.values():
            assert not value or value not in text


async def test_it_comes_anew_when_the_code_changes(wall: Day) -> None:
    """By itself and without a script, at the latest after five seconds."""
    for _ in range(31):
        text = (await _page(wall)).text
        found = re.search(r'http-equiv="refresh" content="(\d+)"', text)
        assert found is not None
        assert 1 <= int(found[1]) <= min(5, 30 - int(wall.clock().timestamp()) % 30)
        assert "<script" not in text
        wall.clock.forward(seconds=1)


async def test_without_a_network_or_an_open_event_there_is_no_code(wall: Day) -> None:
    """A code that leads nowhere would only cost people their patience."""
    where = Whereabouts("http://127.0.0.1:8100", "no network", reachable=False)
    alone = door_app(
        wall.reception,
        nonce="n0",
        hosts=Hosts(()),
        cast=lambda number, given: None,
        drop=lambda ballots: [],
        where=where,
    )
    transport = httpx.ASGITransport(app=alone, client=("127.0.0.1", 50000))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as here:
        text = (await here.get("/wall")).text
    assert "This laptop is in no network" in text
    assert 'class="qr"' not in text
    wall.by_hand("event-closed")
    text = (await _page(wall)).text
    assert "Sign-in is closed" in text
    assert 'class="qr"' not in text


def test_the_agenda_in_every_state(tmp_path: Path) -> None:
    """Before, during, at the last segment, after."""
    around, event_id = today(tmp_path)
    ledger = around.open_ledger()
    from plfacilitate.steps.events import read_event

    event = read_event(ledger, event_id)
    ledger.close()
    pages = Library(event).of("en")
    begin, end = event.starts_at, event.ends_at
    run = run_of(event.spans, ())
    before = agenda(pages, standing(run, begin - timedelta(minutes=5)))
    assert (before["running"], before["left"], before["next"], before["over"]) == ("", 0, "All of it", False)
    during = agenda(pages, standing(run, end - timedelta(seconds=61)))
    assert (during["running"], during["left"], during["next"]) == ("All of it", 2, "")
    after = agenda(pages, standing(run, end))
    assert (after["running"], after["next"], after["over"]) == ("", "", True)
    assert isinstance(event.spans[0].segment, Segment)


async def test_it_shows_the_agenda_as_it_goes(wall: Day) -> None:
    """What runs by the desk and not by the clock, how late, soon over, over."""
    run = wall.fold().run
    begun = keeping.start(wall.hand, wall.event, run, 0)
    wall.desk.append_one(replace(begun, happened_at=run.spans[0].starts_at + timedelta(minutes=12)))
    wall.clock.set(run.spans[0].ends_at - timedelta(minutes=30))
    text = (await _page(wall)).text
    assert "◔ 42 min left, soon over" in text
    assert "12 min behind" in text
    wall.clock.forward(minutes=45)
    text = (await _page(wall)).text
    assert "▲ 3 min over" in text
    assert "15 min behind" in text


@pytest.mark.parametrize("ip", ["10.0.0.5", "192.168.1.20", "192.168.100.200", "172.20.10.12"])
def test_the_picture_is_the_code(ip: str) -> None:
    """Drawn module by module and read by a decoder that is not ours, at two pixels a module."""
    text = f"HTTP://{ip}:8100/ABCDEFGH234567ABCDEF"
    assert _read(_drawn(str(qr_svg(text)), 2), 1) == [text]


def _drawn(svg: str, scale: int) -> bytes:
    from PIL import Image

    found = re.search(r'viewBox="0 0 (\d+) ', svg)
    assert found is not None
    picture = Image.new("L", (int(found[1]) * scale,) * 2, 255)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        picture.paste(0, (int(x) * scale, int(y) * scale, (int(x) + int(width)) * scale, (int(y) + 1) * scale))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _read(png: bytes, shrink: int) -> list[str]:
    """What zxing-cpp finds, with no mercy: no inverting, no other scales."""
    import zxingcpp
    from PIL import Image

    with Image.open(io.BytesIO(png)) as opened:
        size = (opened.width // shrink, opened.height // shrink)
        picture = opened.convert("L").resize(size, Image.Resampling.BOX)
    found = zxingcpp.read_barcodes(picture, try_invert=False, try_rotate=False, try_downscale=False)
    return [one.text for one in found]


@pytest.mark.requires_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width, height", [(1920, 1080), (1280, 720)])
def test_a_camera_reads_it_across_the_room(
    tmp_path: Path, browser: Browser, width: int, height: int, scheme: str
) -> None:
    """A real screenshot, without JavaScript, shrunk to a twelfth; nothing sticks out, nothing comes from elsewhere."""
    around, event = today(tmp_path)
    with running(around, event, command=True) as door:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=False,
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{door.url}/wall")
        codes = {code_of(around, event)}
        picture = page.screenshot()
        codes.add(code_of(around, event))
        box = page.locator(".qr").bounding_box()
        main = page.locator("dl").bounding_box()
        clock = page.locator(".clock").bounding_box()
        context.close()
        assert door.end() == 0
    assert len(_read(picture, 12)) == 1
    assert _read(picture, 12)[0] in {f"{door.address}/{code}".upper() for code in codes}
    assert complaints == []
    assert {url for url in asked if not url.startswith("data:")} == {f"{door.url}/wall"}
    assert box is not None
    assert box["height"] == height, "as large as the height lets it"
    assert main is not None
    assert main["y"] >= 0
    assert main["y"] + main["height"] <= height
    assert clock is not None
    assert clock["x"] + clock["width"] <= width


@pytest.mark.requires_chromium
def test_it_follows_the_code_by_itself(tmp_path: Path, browser: Browser) -> None:
    """Left alone it asks for itself; with the key from another name too, and the key goes nowhere else."""
    around, event = today(tmp_path)
    with running(around, event) as door:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        key = wall_key(secret_of(around), event)
        page.goto(f"http://door.test:{door.port}/wall?key={key}")
        with page.expect_request(re.compile(r"/wall\?key="), timeout=20_000) as again:
            pass
        assert again.value.url.endswith(key)
        context.close()
        assert door.end() == 0
