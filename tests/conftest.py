"""What holds for every test: no real home, clock, workspace or internet, and under CI nothing may be skipped."""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import socket
import sys
import time
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.played import Chance, Clock

if TYPE_CHECKING:
    from playwright.sync_api import Browser  # 0.2 s, for the few tests that drive one

    from tests.postgres import Server

ROOT = Path(__file__).resolve().parent.parent
"""The top of the checkout."""

# Variables that change what programs print, where they connect or what lets them in; every test starts without them.
_UNWANTED = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLORTERM", "GITHUB_ACTIONS",
    "SSH_AUTH_SOCK", "PGPASSWORD", "PGPASSFILE", "PGSERVICE",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
)  # fmt: skip
_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "home/run",
    "PLFACILITATE_WORKSPACE": "workspace",
}
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_CHROMIUM_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
_CHROMIUM_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

hypothesis.settings.register_profile(
    "house",
    deadline=None,  # two cores shared by many processes: a slow example is no fault
    database=None,
    derandomize=os.environ.get("CI") == "true",
    print_blob=True,
    # one empty home serves all examples of a test: properties are about values, not about files
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, an empty workspace (not made yet) and an empty current folder of the test's own; gives the home.

    The machine's zone is one that no event of ours has, so a local time shown by mistake is seen.
    """
    base = tmp_path / "machine"
    for name in list(os.environ):
        if name.startswith("PLFACILITATE_") or name in _UNWANTED:
            monkeypatch.delenv(name)
    for name, folder in _FOLDERS.items():
        monkeypatch.setenv(name, str(base / folder))
    here = base / "here"
    here.mkdir(parents=True)
    (base / "home").mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # for processes that a test starts
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("TZ", "NPT-5:45")
    if sys.platform != "win32":
        time.tzset()
    return base / "home"


@pytest.fixture(autouse=True)
def no_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A TCP connection to another machine fails the test that tries it."""
    connect = socket.socket.connect

    def connect_here(sock: socket.socket, address: Any) -> None:
        over_tcp = sock.family in (socket.AF_INET, socket.AF_INET6) and sock.type == socket.SOCK_STREAM
        if over_tcp and not _is_here(str(address[0])):
            pytest.fail(f"a test tried to reach {address[0]}: tests stay on this machine")
        connect(sock, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture
def clock() -> Clock:
    """A played clock: Wednesday, 6 December 2023, 8:00 in the morning at Renton."""
    return Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))


@pytest.fixture
def chance() -> Chance:
    """Chance that is the same in every run."""
    return Chance()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium of this machine, for tests marked `requires_chromium`; skips where there is none."""
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    found = found or next((path for path in _CHROMIUM_ELSEWHERE if Path(path).exists()), None)
    if found is None:
        pytest.skip("no Chromium here: install it (Debian: apt-get install chromium) to run the browser tests")
    return Path(found)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL that is fast rather than durable, for all tests of this process; skips where there is none."""
    from tests.postgres import server  # 0.1 s, for the few tests that need one

    with server() as running:
        yield running


@pytest.fixture  # for one test only: while it runs it holds an event loop, which async tests could not share
def browser(chromium: Path, isolated: Path) -> Iterator[Browser]:
    """A running Chromium. In it every `*.test` is this machine: `http://door.test:PORT` is no secure context, as a LAN."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=[*_CHROMIUM_QUIET, "--host-resolver-rules=MAP *.test 127.0.0.1"]
        )
        yield running
        running.close()


@pytest.fixture(autouse=True)
def _chromium_where_marked(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("requires_chromium"):
        request.getfixturevalue("chromium")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under CI a skipped test is a failed one: what is not run is not green."""
    report = yield
    _no_skips(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself while it is collected."""
    report = yield
    _no_skips(report)
    return report


def pytest_collection_finish() -> None:
    """What was collected lives as long as the run: looking for rubbish in it again and again is a tenth of all work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def _no_skips(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI=true allows no skips. {why}"
