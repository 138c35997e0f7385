"""https with a certificate that was given: every fault of it is a sentence, and the desk goes on by http."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from plfacilitate.core.refusal import Refused
from plfacilitate.front.door.tls import load
from tests.front.door.certificates import Files, made
from tests.front.door.day import MARIA
from tests.front.door.running import code_of, running, ticket_of, today

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOW = datetime.now(UTC)
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has more than one loopback address by itself")


def _sentence(certificate: Path | None, key: Path | None, now: datetime = NOW) -> str:
    with pytest.raises(Refused) as no:
        load(certificate, key, now)
    assert no.value.refusal.code == "certificate-unusable"
    sentence = str(no.value)
    assert "\n" not in sentence
    return sentence


def test_every_fault_is_one_sentence(tmp_path: Path) -> None:
    """Half of it, missing, not text, of another pair, locked, over, not begun."""
    good, other = made(tmp_path / "a"), made(tmp_path / "b")
    locked = made(tmp_path / "c", password="secret")
    odd = tmp_path / "odd.pem"
    odd.write_bytes(b"\x30\x82\x01\x0a binary")
    assert "belong together" in _sentence(good.certificate, None)
    assert "belong together" in _sentence(None, good.key)
    assert "it is not there" in _sentence(tmp_path / "no.pem", good.key)
    assert "it is not there" in _sentence(good.certificate, tmp_path / "no.key")
    assert "no certificate" in _sentence(odd, good.key)
    assert "no certificate" in _sentence(good.key, good.key)
    assert "no key" in _sentence(good.certificate, odd)
    assert "no key" in _sentence(good.certificate, good.certificate)
    assert "another certificate" in _sentence(good.certificate, other.key)
    assert "password" in _sentence(locked.certificate, locked.key)
    assert "it ended on" in _sentence(good.certificate, good.key, NOW + timedelta(days=90))
    assert "check this laptop's clock" in _sentence(good.certificate, good.key, NOW - timedelta(days=90))
    assert _sentence(tmp_path, good.key)


def test_without_the_options_it_is_http() -> None:
    """Nothing is read."""
    assert load(None, None, NOW) is None


@pytest.mark.parametrize(
    "names, addresses, wanted, host",
    [
        (("door.test",), (), (), "door.test"),
        (("door.test",), ("192.168.1.20",), (), "192.168.1.20"),
        (("*.test", "other.example"), (), ("room.test",), "room.test"),
        (("*.test",), (), (), "192.168.1.20"),
        (("a.example", "b.example"), (), ("B.example",), "B.example"),
        (("a.example",), (), ("elsewhere.example",), "a.example"),
    ],
)
def test_the_address_bears_a_name_of_the_certificate(
    tmp_path: Path, names: tuple[str, ...], addresses: tuple[str, ...], wanted: tuple[str, ...], host: str
) -> None:
    """Else the phones would warn."""
    files = made(tmp_path, names, addresses)
    tls = load(files.certificate, files.key, NOW)
    assert tls is not None
    assert tls.host("192.168.1.20", wanted) == host


def test_old_ways_of_speaking_are_refused(tmp_path: Path) -> None:
    """TLS 1.2 at least."""
    files = made(tmp_path)
    tls = load(files.certificate, files.key, NOW)
    assert tls is not None
    assert tls.context.minimum_version == ssl.TLSVersion.TLSv1_2


def test_a_fault_ends_the_command_before_anything_opens(tmp_path: Path) -> None:
    """One sentence on stderr, no traceback, no lock left."""
    around, event = today(tmp_path)
    command = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root), "door", event,
               "--certificate", str(tmp_path / "no.pem"), "--key", str(tmp_path / "no.key")]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, check=False)
    assert done.returncode != 0
    assert "can't be used for https: it is not there." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def _trusting(files: Files) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(files.certificate))


@linux
def test_phones_speak_https_and_the_desk_http(tmp_path: Path) -> None:
    """Over a real door: a sign-in by https, no promise for ever (HSTS), plain words to the TLS port cost nothing."""
    around, event = today(tmp_path)
    files = made(tmp_path, (), ("127.0.0.2",))
    options = ("--host", "127.0.0.2", "--certificate", str(files.certificate), "--key", str(files.key))
    with running(around, event, command=True, options=options) as door:
        assert door.address == f"https://127.0.0.2:{door.port}"
        with httpx.Client(base_url=door.address, verify=_trusting(files), timeout=20) as phone:
            silent = [socket.create_connection(("127.0.0.2", door.port)) for _ in range(50)]
            page = phone.get(f"/{code_of(around, event)}")
            assert page.status_code == 200
            assert "strict-transport-security" not in page.headers
            form = {"t": ticket_of(around, event), "p": MARIA}
            said = phone.post("/in", data=form, headers={"origin": door.address})
            assert "You are in at" in said.text
            for one in silent:
                one.sendall(b"GET / HTTP/1.1\r\n\r\n")
                one.close()
            assert phone.get("/").status_code == 200
        assert httpx.get(f"http://127.0.0.1:{door.port}/alive").json()["address"] == door.address
        assert door.end() == 0
    ledger = around.open_ledger(readonly=True)
    assert [entry.person for entry in ledger.entries(event=event, kinds=("sign-in",))] == [MARIA]
    ledger.close()


@linux
@pytest.mark.requires_chromium
def test_a_browser_has_a_secure_context_then(tmp_path: Path, chromium: Path) -> None:
    """By the certificate's own name; the form goes through."""
    from playwright.sync_api import sync_playwright

    around, event = today(tmp_path)
    files = made(tmp_path)
    options = ("--host", "127.0.0.2", "--certificate", str(files.certificate), "--key", str(files.key))
    with running(around, event, command=True, options=options) as door, sync_playwright() as playwright:
        assert door.address == f"https://door.test:{door.port}"
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP door.test 127.0.0.2"]
        browser: Browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_context(ignore_https_errors=True).new_page()
        page.goto(f"{door.address}/{code_of(around, event)}")
        assert page.evaluate("window.isSecureContext") is True
        page.fill("#q", "leary")
        page.keyboard.press("Enter")
        page.locator("ul.people a").click()
        page.fill("#signed", "Sean O'Leary")
        page.click("form#f > button")
        page.locator("main", has_text="You are in at").wait_for()
        browser.close()
        assert door.end() == 0
