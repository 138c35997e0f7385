"""Draw README's pictures anew: `python scripts/pictures.py`, on a machine with the test tools and Chromium.

Owns the played day that they show. Each picture is of the real program: the desk on the demo day, the door's pages in a
browser of a phone's size, the sheet of the day.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 (the checkout is on the path first)
from textual.message import Message  # noqa: E402

from plfacilitate import cli  # noqa: E402
from plfacilitate.demo.day import build  # noqa: E402
from plfacilitate.front.desk.app import Desk, desk  # noqa: E402
from plfacilitate.front.desk.painting.pictures import Code, Door  # noqa: E402
from plfacilitate.front.desk.threads.messages import CodeShown, DoorStood  # noqa: E402
from plfacilitate.front.office.app import OfficeApp  # noqa: E402
from plfacilitate.machine import surroundings  # noqa: E402
from plfacilitate.store.surroundings import Surroundings  # noqa: E402
from plfacilitate.store.workspace import Workspace  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
NOW = datetime(2026, 12, 2, 18, 22, tzinfo=UTC)  # Wednesday, 10:22 at Renton
IN_THE_LIBRARY = NOW - timedelta(days=1) + timedelta(minutes=9)  # of the visit's day, 15 minutes into a lesson
URL = "HTTP://192.168.1.20:8100/K7QX2MBAW5TRDN3HGJ4C"


@dataclass
class Chance:
    """The same bytes each time."""

    drawn: int = 0

    def __call__(self, count: int) -> bytes:
        """The next bytes."""
        self.drawn += 1
        return hashlib.shake_128(str(self.drawn).encode()).digest(count)


@dataclass
class StandingDoor:
    """A door that stands, without a process."""

    event: str
    post: Callable[[Message], object] = field(default=lambda message: None)

    def start(self, post: Callable[[Message], object]) -> None:
        """Say so."""
        post(DoorStood(Door("open", "", self.event)))
        post(CodeShown(Code(self.event, URL, "192.168.1.20:8100", "K7QXMB")))

    def want(self, event: str) -> None:
        """It stands already."""

    def stop_door(self) -> None:
        """It is only played."""

    def leave(self) -> None:
        """Nothing to leave."""


async def shot(
    around: Surroundings, event: str, name: str, size: tuple[int, int], keys: str, then: Callable[[Desk], bool]
) -> None:
    """One picture of the desk after some keys."""
    app = desk(around, event=event, keeper=StandingDoor(event))
    async with app.run_test(size=size) as pilot:
        await _until(app.feed.ready.is_set)
        await pilot.pause(0.3)
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause(0.2)
        await _until(lambda: then(app))
        await pilot.pause(0.5)
        png(app.export_screenshot(), PICTURES / f"{name}.png")


async def _until(what: Callable[[], bool]) -> None:
    for _ in range(500):
        if what():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


def png(svg: str, path: Path) -> None:
    """A screenshot as PNG in few colours, in a font that is on the machine."""
    import cairosvg

    plain = re.sub(r"@font-face\s*{.*?}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    data = cairosvg.svg2png(plain.encode(), output_width=1240)
    Image.open(io.BytesIO(data)).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)
    print(path.relative_to(ROOT), path.stat().st_size // 1024, "kB")


async def of_the_desk(around: Surroundings, event: str) -> None:
    """The screens of the desk."""
    shots: list[tuple[str, tuple[int, int], str]] = [
        ("room", (120, 36), ""),
        ("room-small", (80, 24), ""),
        ("person", (120, 36), "slash m i n h enter enter"),
        ("close", (120, 36), "c"),
        ("today", (120, 30), "escape"),
        ("bank", (120, 36), "escape B o"),
    ]
    for name, size, keys in shots:
        await shot(around, event, name, size, keys, lambda app: True)
    lesson = replace(around, clock=lambda: IN_THE_LIBRARY)
    await shot(
        lesson, _visit(around), "observe", (100, 28), "v enter S 2 space a s k s", lambda app: app.screen.is_current
    )


async def of_the_office(around: Surroundings, place: Path) -> None:
    """The office's screen on what the laptop of the demo hands in, and one of a stranger."""
    url = f"sqlite:///{place / 'office' / 'register.db'}"
    stranger = replace(
        around, workspace=Workspace(place / "stranger"), state=place / "stranger-state", machine="maple-2"
    )  # fmt: skip
    _hand_in(around, url)
    _run(around, "office", "laptop", "accept", "--all", "--register", url)
    _run(around, "office", "roll", "--register", url, "--issue")
    build(stranger)
    _hand_in(stranger, url)
    app = OfficeApp(around, url)
    app.where = "sqlite:///C:/office/register.db"
    async with app.run_test(size=(120, 30)) as pilot:
        await _until(lambda: app.picture.ready and not app.reader.untitled)
        await pilot.press("4", "down", "enter")
        await _until(lambda: app.reader.offering is not None)
        await pilot.pause(0.5)
        await pilot.press(*["down"] * 4)
        await pilot.pause(0.5)
        png(app.export_screenshot(), PICTURES / "office.png")


def _hand_in(around: Surroundings, url: str) -> None:
    """Approve and pack every closed day of a laptop, and take in what is in its outbox."""
    from plfacilitate.steps.events import events

    ledger = around.open_ledger()
    closed = [one.id for one in events(ledger) if one.closed_at is not None and one.opened_at is not None]
    ledger.close()
    for event in closed:
        _run(around, "approve", event)
        _run(around, "pack", event)
    _run(around, "office", "receive", around.workspace.outbox, "--register", url)


def _run(around: Surroundings, *arguments: object) -> None:
    cli.surroundings = lambda workspace, by: around
    code = cli.run([str(one) for one in arguments])
    assert code in (0, 1), arguments


def of_the_sheet(around: Surroundings) -> None:
    """The sign-in sheet of a past day, first page."""
    from plfacilitate.shelf.sheet import write_sheet
    from plfacilitate.steps.approve import approval
    from plfacilitate.steps.events import events, read_fold
    from plfacilitate.steps.sheet import sheet_of_event
    from plfacilitate.steps.tally import event_credit

    ledger = around.open_ledger()
    past = [one.id for one in events(ledger) if one.closed_at is not None and one.plan.kind == "institute"]
    fold = read_fold(ledger, past[-1])
    sheet = sheet_of_event(fold, event_credit(ledger, past[-1], at=NOW), approval(fold))
    ledger.close()
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "sheet.pdf"
        write_sheet(pdf, sheet)
        _page_of(pdf, 1, "sheet")


def of_the_report(around: Surroundings) -> None:
    """What a visit's report says of the rooms."""
    from plfacilitate.shelf.visit_report import report_pdf
    from plfacilitate.steps.events import read_event
    from plfacilitate.steps.observe import read_visit
    from plfacilitate.steps.visit_report import report_of

    visit, ledger = _visit(around), around.open_ledger()
    report = report_of(read_event(ledger, visit), read_visit(ledger, visit), NOW)
    ledger.close()
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "report.pdf"
        pdf.write_bytes(report_pdf(report))
        _page_of(pdf, 2, "visit-report")


def _visit(around: Surroundings) -> str:
    """The event of the demo's site visit."""
    from plfacilitate.steps.events import events

    ledger = around.open_ledger()
    found = next(one.id for one in events(ledger) if one.plan.kind == "site-visit")
    ledger.close()
    return found


def _page_of(pdf: Path, number: int, name: str) -> None:
    """One page of a PDF as a picture."""
    page, target = pdf.with_name("page"), PICTURES / f"{name}.png"
    only = ["-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", "-r", "110", "-png", *only, pdf, page], check=True)
    image = Image.open(page.with_suffix(".png")).convert("P", palette=Image.Palette.ADAPTIVE, colors=32)
    image.save(target, optimize=True)
    print(target.relative_to(ROOT), target.stat().st_size // 1024, "kB")


def of_the_phone(around: Surroundings, event: str) -> None:
    """The door's pages, as a phone shows them."""
    from playwright.sync_api import sync_playwright

    from plfacilitate.seal.codes import code_at
    from plfacilitate.seal.keys import load_or_make_secret

    command = [sys.executable, "-m", "plfacilitate", "--workspace", str(around.workspace.root)]
    command += ["door", event, "--host", "127.0.0.1", "--port", "0"]
    door = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert door.stdout is not None
    address = json.loads(door.stdout.readline())["address"]
    secret = load_or_make_secret(around.workspace.keys, "door", around.chance)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=1.5)
            page.goto(f"{address}/{code_at(secret, event, around.clock())}")
            page.fill("#q", "garc")
            _phone(page, "phone-find", "Find me")
            page.fill("#q", "ito")
            _phone(page, "", "Search again")
            page.locator("ul.people a").first.click()
            page.fill("#signed", "Kenji Ito")
            _phone(page, "phone-in", "Sign me in")
            browser.close()
    finally:
        door.kill()
        door.wait()


def _phone(page: Any, name: str, button: str) -> None:
    page.get_by_role("button", name=button).first.click()
    page.wait_for_load_state()
    if name:
        path = PICTURES / f"{name}.png"
        image = Image.open(io.BytesIO(page.screenshot()))
        image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)
        print(path.relative_to(ROOT), path.stat().st_size // 1024, "kB")


def main() -> int:
    """Draw them all."""
    if shutil.which("pdftoppm") is None:
        print("pdftoppm is needed (Debian: apt-get install poppler-utils)")
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        around = Surroundings(
            Workspace(place / "demo"), lambda: NOW, Chance(), "Dana Whitfield", "laptop", place / "state",
            "America/Los_Angeles",
        )  # fmt: skip
        event = build(around)
        asyncio.run(of_the_desk(around, event))
        asyncio.run(of_the_office(around, place))
        of_the_sheet(around)
        of_the_report(around)
        real = surroundings(place / "real", "Dana Whitfield")
        real = replace(real, state=place / "real-state")
        of_the_phone(real, build(real))
    return 0


if __name__ == "__main__":
    sys.exit(main())
