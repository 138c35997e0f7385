"""A real Chromium of a phone's size, on a name that is not the loopback: no secure context, no mercy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plfacilitate.front.door.languages import load
from plfacilitate.steps.events import read_fold
from plfacilitate.store.search import find_people
from tests.front.door.day import LAN, MARIA, MARIA_TOO, SEAN
from tests.front.door.phones import phone
from tests.front.door.running import code_of, running, ticket_of, today

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.requires_chromium


def _see(page: Page, text: str) -> None:
    """Wait until the page says so."""
    page.locator("main", has_text=re.compile(text.replace(" ", r"\s+"))).wait_for()


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_signs_in_leaves_and_comes_back(tmp_path: Path, chromium: Path, script: bool) -> None:
    """The whole day by taps alone, with JavaScript and without; nothing is complained of in the console."""
    around, event = today(tmp_path)
    with running(around, event) as door, phone(chromium, script=script) as context:
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
        page.fill("#signed", "Maria Garcia")
        page.click("text=Sign me in")
        _see(page, "You are in at")
        assert page.locator("main a, main button, main form").count() == 0
        page.go_back()
        page.reload()
        page.goto(f"{base}/{code_of(around, event)}")
        _see(page, "Hello Maria You are in since")
        page.click("text=Leaving now")
        _see(page, "You are out at")
        page.click("text=Yes, that is right")
        _see(page, "My record")
        with page.expect_download() as saved:
            page.click("text=Save as a file")
        assert saved.value.suggested_filename.startswith("clock-hours-")
        page.goto(f"{base}/{code_of(around, event)}")
        page.click("text=Sign me in again")
        _see(page, "You are in at")
        assert complaints == []
        ledger = around.open_ledger(readonly=True)
        fold = read_fold(ledger, event)
        assert len(fold.presence(MARIA_TOO).stays) == 2
        assert fold.flags() == []
        assert [one.body["typed"] for one in ledger.entries(kinds=("signature",))] == ["Maria Garcia"]
        ledger.close()
        assert door.end() == 0


@pytest.mark.parametrize("script", [True, False])
def test_the_language_is_switched_without_losing_what_was_typed(tmp_path: Path, chromium: Path, script: bool) -> None:
    """On the search, in a half-typed form, after a sign-in, on the hours: the same page in the other language."""
    around, event = today(tmp_path)
    with running(around, event) as door, phone(chromium, script=script, language="es-MX") as context:
        page = context.new_page()
        page.goto(f"http://door.test:{door.port}/{code_of(around, event)}")
        _see(page, "Le damos la bienvenida")
        page.fill("#q", "Zoë Zed")
        page.click("text=English")
        _see(page, "Nobody of that name")
        page.click("text=I am not on the list")
        page.fill("#school", "Somewhere else")
        page.fill("#signed", "Zoë Zed")
        page.click("text=Español")
        _see(page, "¿No está en la lista?")
        assert page.input_value("#school") == "Somewhere else"
        assert page.input_value("#signed") == "Zoë Zed"
        page.click("text=Registrar mi entrada")
        _see(page, "Entrada registrada a las")
        page.click("text=English")
        _see(page, "You are in at")
        page.goto(f"http://door.test:{door.port}/{code_of(around, event)}")
        page.click("text=Español")
        page.click("text=Me voy ahora")
        _see(page, "Salida registrada a las")
        page.click("text=English")
        _see(page, "You are out at")
        page.click("text=Yes, that is right")
        page.click("text=Español")
        _see(page, "Mi constancia")
        ledger = around.open_ledger(readonly=True)
        assert [len(list(ledger.entries(kinds=(kind,)))) for kind in ("sign-in", "sign-out", "attested")] == [1, 1, 1]
        ledger.close()
        assert door.end() == 0


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_signature_is_drawn_with_a_finger(tmp_path: Path, chromium: Path, language: str) -> None:
    """Kept as strokes; an empty field is asked for, and Type it instead goes back."""
    around, event = today(tmp_path)
    say = load(language)
    with running(around, event) as door, phone(chromium, width=320, language=language) as context:
        page = context.new_page()
        page.goto(f"http://door.test:{door.port}/me?t={ticket_of(around, event)}&p={SEAN}")
        page.click(f"text={say('Draw it instead')}")
        page.click(f"text={say('Sign me in')}")
        page.locator("#wait", has_text=say("Please sign in the field first.")).wait_for()
        box = page.locator("#pad").bounding_box()
        assert box is not None
        for start in (20, 120):
            page.mouse.move(box["x"] + start, box["y"] + 20)
            page.mouse.down()
            page.mouse.move(box["x"] + start + 60, box["y"] + 70, steps=12)
            page.mouse.up()
        page.click(f"text={say('Sign me in')}")
        _see(page, say("You are in at"))
        ledger = around.open_ledger(readonly=True)
        (signature,) = ledger.entries(kinds=("signature",))
        first, second = str(signature.body["strokes"]).split("_")
        assert first.count("-") == second.count("-") == 12
        assert "typed" not in signature.body
        ledger.close()
        assert door.end() == 0


def test_a_lost_network_says_not_yet_and_loses_nothing(tmp_path: Path, chromium: Path) -> None:
    """The Wi-Fi goes away in the middle: the page says that it is not in; tapping again when it is back is one entry."""
    around, event = today(tmp_path)
    with running(around, event) as door, phone(chromium) as context:
        page = context.new_page()
        address = f"http://door.test:{door.port}/me?t={ticket_of(around, event)}&p={MARIA}"
        page.add_init_script(
            "addEventListener('submit', () => queueMicrotask(() => "
            "localStorage.setItem('said', document.getElementById('wait').textContent)))"
        )
        page.goto(address)
        page.fill("#signed", "Maria Garcia")
        page.route("**/in", lambda route: route.abort("internetdisconnected"))
        page.click("text=Sign me in")
        page.wait_for_url("chrome-error://**")
        page.unroute("**/in")
        page.goto(address)
        assert "Not yet" in page.evaluate("localStorage.getItem('said')")
        page.fill("#signed", "Maria Garcia")
        page.dblclick("text=Sign me in")
        _see(page, "You are in")
        page.reload()
        _see(page, "You are in")
        ledger = around.open_ledger(readonly=True)
        assert len(list(ledger.entries(kinds=("sign-in",)))) == 1
        assert len(list(ledger.entries(kinds=("signature",)))) == 1
        ledger.close()
        assert door.end() == 0


def test_somebody_who_is_not_on_the_list_walks_in(tmp_path: Path, chromium: Path) -> None:
    """On the narrowest phone; the browser itself asks for a last name."""
    around, event = today(tmp_path)
    with running(around, event) as door, phone(chromium, script=False, width=320) as context:
        page = context.new_page()
        page.goto(f"http://door.test:{door.port}/{code_of(around, event)}")
        page.fill("#q", "Zoë Zed")
        page.tap("text=Find me")
        page.tap("text=I am not on the list")
        assert page.input_value("#last_name") == "Zed"
        page.fill("#school", "Elsewhere")
        page.fill("#email", "zoe@else.example")
        page.fill("#signed", "Zoë Zed")
        page.tap("text=Sign me in")
        _see(page, "You are in at")
        ledger = around.open_ledger(readonly=True)
        (zoe,) = find_people(ledger.connection, "zoe")
        assert read_fold(ledger, event).presence(zoe.id).is_in
        ledger.close()
        assert door.end() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_narrowphone(tmp_path: Path, chromium: Path, scheme: str) -> None:
    """Nothing sticks out at 320 pixels, and what is tapped is large enough for a thumb."""
    around, event = today(tmp_path)
    with running(around, event) as door, phone(chromium, width=320, scheme=scheme) as context:
        page = context.new_page()
        base = f"http://door.test:{door.port}"
        page.goto(f"{base}/{code_of(around, event)}")
        ticket = page.get_attribute('input[name="t"]', "value")
        for path in ("/", f"/{code_of(around, event)}", f"/find?t={ticket}&q=garcia", f"/find?t={ticket}&q=zzz",
                     f"/find?t={ticket}&q=red", f"/me?t={ticket}&p={LAN}", f"/new?t={ticket}&q=zz", "/WRONG"):  # fmt: skip
            page.goto(base + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            sizes = page.evaluate("[...document.querySelectorAll('a,button,input')].filter(e => e.type != 'hidden' && e.offsetParent)"
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
