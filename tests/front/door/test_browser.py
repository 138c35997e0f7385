"""A real Chromium of a phone's size, on a name that is not the loopback: no secure context, no mercy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plfacilitate.steps.events import read_fold
from plfacilitate.store.search import find_people
from tests.front.door.day import LAN, MARIA_TOO
from tests.front.door.running import code_of, running, today

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.requires_chromium
_ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP door.test 127.0.0.1"]


@contextmanager
def _phone(chromium: Path, *, script: bool = True, width: int = 390, scheme: str = "light") -> Iterator[BrowserContext]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            java_script_enabled=script,
            color_scheme="dark" if scheme == "dark" else "light",
        )
        context.set_default_timeout(20_000)
        try:
            yield context
        finally:
            browser.close()


def _see(page: Page, text: str) -> None:
    """Wait until the page says so."""
    page.locator("main", has_text=re.compile(text.replace(" ", r"\s+"))).wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_signs_in_leaves_and_comes_back(tmp_path: Path, chromium: Path, script: bool) -> None:
    """The whole day by taps alone, with JavaScript and without; nothing is complained of in the console."""
    around, event = today(tmp_path)
    with running(around, event) as door, _phone(chromium, script=script) as context:
        base = f"http://door.test:{door.port}"
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{base}/{code_of(around, event)}")
        if script:
            assert page.evaluate("window.isSecureContext") is False
        page.fill("#q", "garcia")
        page.keyboard.press("Enter")
        page.click("text=m•••2@renton.example")
        page.click("text=Sign me in")
        _see(page, "You are in at")
        assert page.locator("a, button, form").count() == 0
        page.go_back()
        page.reload()
        page.goto(f"{base}/{code_of(around, event)}")
        _see(page, "Hello Maria You are in since")
        page.click("text=Leaving now")
        _see(page, "You are out at")
        page.goto(f"{base}/{code_of(around, event)}")
        page.click("text=Sign me in again")
        _see(page, "You are in at")
        assert complaints == []
        ledger = around.open_ledger(readonly=True)
        fold = read_fold(ledger, event)
        assert len(fold.presence(MARIA_TOO).stays) == 2
        assert fold.flags() == []
        ledger.close()
        assert door.end() == 0


def test_somebody_who_is_not_on_the_list_walks_in(tmp_path: Path, chromium: Path) -> None:
    """On the narrowest phone; the browser itself asks for a last name."""
    around, event = today(tmp_path)
    with running(around, event) as door, _phone(chromium, script=False, width=320) as context:
        page = context.new_page()
        page.goto(f"http://door.test:{door.port}/{code_of(around, event)}")
        page.fill("#q", "Zoë Zed")
        page.tap("text=Find me")
        page.tap("text=I am not on the list")
        assert page.input_value("#last_name") == "Zed"
        page.fill("#school", "Elsewhere")
        page.fill("#email", "zoe@else.example")
        page.tap("text=Sign me in")
        _see(page, "You are in at")
        ledger = around.open_ledger(readonly=True)
        (zoe,) = find_people(ledger.connection, "zoe")
        assert read_fold(ledger, event).presence(zoe.id).is_in
        ledger.close()
        assert door.end() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_narrow_phone(tmp_path: Path, chromium: Path, scheme: str) -> None:
    """Nothing sticks out at 320 pixels, and what is tapped is large enough for a thumb."""
    around, event = today(tmp_path)
    with running(around, event) as door, _phone(chromium, width=320, scheme=scheme) as context:
        page = context.new_page()
        base = f"http://door.test:{door.port}"
        page.goto(f"{base}/{code_of(around, event)}")
        ticket = page.get_attribute('input[name="t"]', "value")
        for path in ("/", f"/{code_of(around, event)}", f"/find?t={ticket}&q=garcia", f"/find?t={ticket}&q=zzz",
                     f"/find?t={ticket}&q=red", f"/me?t={ticket}&p={LAN}", f"/new?t={ticket}&q=zz", "/WRONG"):  # fmt: skip
            page.goto(base + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            sizes = page.evaluate("[...document.querySelectorAll('a,button,input')].filter(e => e.type != 'hidden')"
                                  ".map(e => e.getBoundingClientRect().height)")  # fmt: skip
            assert min(sizes) >= 44, path
            size = float(page.evaluate("getComputedStyle(document.body).fontSize").removesuffix("px"))
            assert size >= 18
            assert _contrast(page) >= 4.5, path
        assert door.end() == 0


def _contrast(page: Page) -> float:
    """The lowest contrast of a text to what it stands on (WCAG)."""
    found = page.evaluate(
        """() => [...document.querySelectorAll('h1,p,span,b,label,button,a,input,i')].filter(e => e.innerText || e.value)
        .map(e => { let on = e; while (getComputedStyle(on).backgroundColor == 'rgba(0, 0, 0, 0)') on = on.parentElement;
                    return [getComputedStyle(e).color, getComputedStyle(on).backgroundColor]; })"""
    )
    return min(_ratio(_light(front), _light(back)) for front, back in found)


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _light(colour: str) -> float:
    parts = [int(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
