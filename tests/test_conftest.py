import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.played import Chance, Clock


def test_home_is_empty_and_not_the_real_one(isolated: Path, tmp_path: Path) -> None:
    """What a program finds as home is an empty folder of the test."""
    assert Path.home() == isolated
    assert isolated.is_relative_to(tmp_path)
    assert list(isolated.iterdir()) == []


def test_current_folder_is_empty(tmp_path: Path) -> None:
    """Nothing depends on where pytest was started."""
    assert Path.cwd().is_relative_to(tmp_path)
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no tzset: its zone stays the machine's")
def test_machine_zone_is_no_zone_of_an_event() -> None:
    """A local time taken from the machine is a quarter of an hour off wherever an event is."""
    assert time.strftime("%z", time.gmtime(0)) == "+0000"
    assert datetime.fromtimestamp(0, UTC).astimezone().strftime("%z") == "+0545"


def test_other_machines_are_out_of_reach() -> None:
    """A test that connects to an address outside this machine fails at once."""
    with socket.socket() as sock, pytest.raises(pytest.fail.Exception, match="stay on this machine"):
        sock.connect(("192.0.2.1", 80))


def test_played_clock_moves_only_when_told(clock: Clock) -> None:
    """The played clock stands, moves forward, is put back, and refuses a moment without a zone."""
    before = clock()
    assert clock() == before
    assert (clock.forward(minutes=7) - before).total_seconds() == 420
    assert clock.set("2023-11-05T01:30:00-07:00") == datetime(2023, 11, 5, 8, 30, tzinfo=UTC)
    with pytest.raises(ValueError, match="names no zone"):
        clock.set("2023-11-05T01:30:00")


def test_played_chance_is_the_same_in_every_run(chance: Chance) -> None:
    """The same seed gives the same bytes, the next draw other ones, another seed another stream."""
    first, second = chance(16), chance(16)
    assert first == Chance()(16)
    assert len({first, second, Chance(1)(16)}) == 3
    assert len(chance(100)) == 100


@pytest.fixture
def page_server() -> Iterator[int]:
    """The port of a server on loopback that answers with an empty page."""

    class Empty(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer every address alike."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>here</title>")

        def log_message(self, *parts: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.requires_chromium
def test_browser_sees_this_machine_as_a_phone_sees_the_laptop(browser: Browser, page_server: int) -> None:
    """A page on a name in `.test` comes from here and is no secure context, as on a Wi-Fi without TLS."""
    page = browser.new_page()
    page.goto(f"http://door.test:{page_server}/")
    assert page.title() == "here"
    assert page.evaluate("isSecureContext") is False
    page.close()


@pytest.mark.parametrize("ci, code", [("true", 1), ("", 0)])
def test_skips_fail_under_ci_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ci: str, code: int) -> None:
    """A skipped test is a failure where CI=true, and a remark elsewhere."""
    story = tmp_path / "test_story.py"
    story.write_text('import pytest\n\n\ndef test_it():\n    pytest.skip("no such thing here")\n', encoding="utf-8")
    monkeypatch.setenv("CI", ci)
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q", str(story)]
    done = subprocess.run([*command, "-c", str(ROOT / "pyproject.toml")], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "no such thing here" in done.stdout
