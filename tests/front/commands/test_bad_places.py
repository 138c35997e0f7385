"""Disks that are full, folders that may not be written, ledgers of another program: one sentence, and nothing lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.laptops import Laptop, Ran
from tests.played import Chance, Clock

MARIA = "maria.alvarez@renton.example.org"
WRITING = (
    "people import", "people merge", "plan schedule", "event expect", "event open", "event close", "event reopen",
    "attendance import", "attendance correct", "note", "approve", "pack", "send", "receive", "office receive", "backup",
    "init",
)  # fmt: skip


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A folder with a laptop after a whole day, its office's mail and other files, and its three events.

    The first event is handed in and packed again, the second is open, the third scheduled.
    """
    folder = tmp_path_factory.mktemp("lived")
    clock = Clock(datetime(2023, 12, 6, 16, 0, tzinfo=UTC))
    laptop = Laptop.new(folder / "laptop", clock, Chance(4))
    first = laptop.opened()
    laptop.attend(first, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(first, folder / "mail")
    laptop.do("approve", first)
    laptop.do("pack", first)
    second = laptop.opened(on="2023-12-13", session="pd2")
    third = laptop.schedule(on="2024-02-07", session="pd4")
    rows = "".join(f"Person{n},First,p{n}@example.org\n" for n in range(400))
    (folder / "more.csv").write_text("last_name,first_name,email\n" + rows)
    (folder / "sheet.csv").write_text(f"email,in,out\n{MARIA},2023-12-13 08:20,2023-12-13 15:50\n")
    other = Laptop.new(folder / "other", clock, Chance(6))
    other.do("people", "import", folder / "more.csv")
    other.do("backup", folder / "other.db")
    return folder, [first, second, third]


@dataclass
class Lived:
    """A laptop after a day, to break things on."""

    laptop: Laptop
    folder: Path
    events: list[str]

    @property
    def first(self) -> str:
        """The event that was handed in."""
        return self.events[0]

    def line(self, name: str) -> tuple[object, ...]:
        """A command that writes, whole."""
        more = self.folder / "more.csv"
        sheet = self.folder / "sheet.csv"
        rest: dict[str, tuple[object, ...]] = {
            "people import": (more,),
            "people merge": (MARIA, "dana.brown@renton.example.org", "--reason", "x"),
            "plan schedule": ("pscpl-cohort", "--on", "2024-01-10", "--session", "pd3"),
            "event expect": (self.events[1], more),
            "event open": (self.events[2],),
            "event close": (self.events[1],),
            "event reopen": (self.first, "--reason", "x"),
            "attendance import": (self.events[1], sheet),
            "attendance correct": (self.first, MARIA, "--out", "15:00", "--reason", "x"),
            "note": ("x" * 3000,),
            "approve": (self.first,),
            "pack": (self.first,),
            "send": ("--to", self.folder / "mail"),
            "receive": (self.folder / "other.db",),
            "office receive": (
                "--register",
                f"sqlite:///{self.folder / 'office' / 'register.db'}",
                self.folder / "mail",
            ),
            "backup": (self.folder / "backup.db",),
            "init": (self.folder / "new",),
        }
        return (*name.split(), *rest[name])

    def picture(self) -> list[tuple[object, ...]]:
        """All that the ledger holds."""
        with contextlib.closing(sqlite3.connect(self.laptop.workspace.ledger)) as db:
            return db.execute("SELECT id, digest, envelope FROM entry ORDER BY seq").fetchall()


@pytest.fixture
def broken(lived: tuple[Path, list[str]], tmp_path: Path) -> Lived:
    """A copy of it for this test alone."""
    folder = tmp_path / "lived"
    shutil.copytree(lived[0], folder)
    clock = Clock(datetime(2023, 12, 13, 18, 0, tzinfo=UTC))
    return Lived(Laptop(folder / "laptop", clock, Chance(5), "laptop"), folder, lived[1])


def one_sentence(ran: Ran) -> None:
    """A no: nothing on stdout, exactly one sentence of ours on stderr."""
    assert ran.code == 1, ran
    assert ran.out == ""
    assert ran.err.count("plfacilitate: ") == 1, ran.err
    assert "not foreseen" not in ran.err


@contextlib.contextmanager
def full_from(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a disk does when it is full, for this process alone."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk(broken: Lived, command: str) -> None:
    """At whatever byte the disk is full: the command did it all, or says so and can be done again later."""
    line = broken.line(command)
    failed = 0
    for size in (0, 5_000, 40_000, 70_000, 300_000):
        before = broken.picture()
        with full_from(size):
            ran = broken.laptop.run(*line)
        after = broken.picture()
        assert after[: len(before)] == before
        if ran.code != 0:
            one_sentence(ran)
            failed += 1
        else:
            break
    assert failed
    doctor = broken.laptop.json("doctor")
    assert doctor["findings"] == []
    if failed == 5:
        again = broken.laptop.run(*line)
        assert again.code == 0, again.err


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, who may write anywhere."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shut(broken: Lived) -> Iterator[Lived]:
    """The same on a disk that may be read and not written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "shut"
        shutil.copytree(broken.folder, folder)
        laptop = Laptop(folder / "laptop", broken.laptop.played, Chance(8), "laptop")
        Path(name).chmod(0o755)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield Lived(laptop, folder, broken.events)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of folders mean something else on Windows")
@pytest.mark.parametrize("command", WRITING)
def test_a_folder_that_may_only_be_read(shut: Lived, command: str) -> None:
    """One sentence for each command that writes."""
    line = shut.line(command)
    before = {path: path.read_bytes() for path in shut.folder.rglob("*") if path.is_file()}
    with nobody():
        ran = shut.laptop.run(*line)
    one_sentence(ran)
    assert {path: path.read_bytes() for path in shut.folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("command", WRITING[:-1])
def test_a_file_where_the_workspace_should_be(broken: Lived, command: str, tmp_path: Path) -> None:
    """On any system, whoever runs it."""
    line = broken.line(command)
    place = tmp_path / "file"
    place.write_text("mine")
    if command != "office receive":
        one_sentence(broken.laptop.run(*line, "--workspace", place))
    one_sentence(broken.laptop.run("init", place / "below"))
    assert place.read_text() == "mine"


@pytest.mark.parametrize("command", ["people list", "event list", "credit", "doctor", *WRITING[:-2]])
def test_a_ledger_of_a_newer_version(broken: Lived, command: str) -> None:
    """It is left as it is."""
    line = (
        broken.line(command)
        if command in WRITING
        else (*command.split(), *([broken.first] if command == "credit" else []))
    )
    if command == "office receive":
        broken.laptop.run(*line)
        ledger = broken.folder / "office" / "register.db"
    else:
        ledger = broken.laptop.workspace.ledger
    with contextlib.closing(sqlite3.connect(ledger)) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = ledger.read_bytes()
    ran = broken.laptop.run(*line)
    one_sentence(ran)
    assert "written by a newer plfacilitate" in ran.err
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("content", [b"This is a letter, not a ledger. " * 50, b""])
def test_a_file_that_is_no_ledger(laptop: Laptop, content: bytes) -> None:
    """A text is left as it is; an empty file is a ledger that nothing was written to yet."""
    laptop.workspace.create().ledger.write_bytes(content)
    ran = laptop.run("people", "list")
    if content:
        one_sentence(ran)
        assert "is not a plfacilitate ledger" in ran.err
        assert laptop.workspace.ledger.read_bytes() == content
    else:
        assert ran.code == 0


def test_a_ledger_of_a_newer_version_is_not_received(broken: Lived) -> None:
    """Of a laptop that was updated earlier."""
    newer = broken.folder / "other.db"
    with contextlib.closing(sqlite3.connect(newer)) as db:
        db.execute("PRAGMA user_version = 99")
    ran = broken.laptop.run("receive", newer, "--json")
    assert ran.code == 1
    assert "written by a newer plfacilitate" in ran.document["refused"][0]["reason"]


def test_reading_needs_no_right_to_write(shut: Lived) -> None:
    """The office looks at a stick that it may not change."""
    if sys.platform == "win32":
        return
    with nobody():
        assert len(shut.laptop.json("people", "list")) == 52
        assert shut.laptop.lines(shut.first)[MARIA]["minutes"] == 360
        assert len(shut.laptop.json("event", "list")) == 3
        assert shut.laptop.json("doctor")["findings"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_reading_needs_no_room_on_the_disk(broken: Lived) -> None:
    """Whoever finds the disk full may still look who was there, and whether all is right."""
    with full_from(0):
        assert broken.laptop.run("note", "no room").code == 1
        assert len(broken.laptop.json("people", "list")) == 52
        assert broken.laptop.lines(broken.first)[MARIA]["minutes"] == 360
        assert broken.laptop.json("doctor")["findings"] == []
