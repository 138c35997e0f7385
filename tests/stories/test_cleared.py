"""Months after the hand-over: the laptop lets go of who was there, and the office keeps it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from plfacilitate.steps.clear import Chosen, clear
from tests.conftest import ROOT
from tests.laptops import Laptop
from tests.played import Chance, Clock

MARIA, DANA, WEI = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen"))
PLAN, NUMBER = "one-day", "IS-4711"
Laptops = Callable[[str], Laptop]


def one_day(laptop: Laptop) -> Laptop:
    """A plan of the cohort's first day alone, which can be over; in this laptop's own folder of plans."""
    whole = (
        (ROOT / "sessions" / "pscpl-cohort.toml").read_text("utf-8").replace('id = "pscpl-cohort"', f'id = "{PLAN}"')
    )
    first, session, *_ = whole.split("[[session]]")
    laptop.workspace.create()
    (laptop.workspace.sessions / f"{PLAN}.toml").write_text(first + "[[session]]" + session, "utf-8")
    return laptop


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The office's register."""
    return tmp_path / "office" / "register.db"


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """The folder that laptops and office share."""
    return tmp_path / "mail"


@pytest.fixture
def event(laptop: Laptop, clock: Clock, mail: Path, register: Path) -> str:
    """A day with two people, handed over and receipted, 100 days ago."""
    return handed_over(laptop, clock, mail, register)


def handed_over(laptop: Laptop, clock: Clock, mail: Path, register: Path) -> str:
    """A day with two people, from its doors to the receipt; then 100 days pass."""
    event = one_day(laptop).opened(PLAN, in_service=NUMBER)
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    laptop.do("note", "Talk moves went well", "--event", event)
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.finish(event, mail)
    laptop.receive_at_office(register, mail)
    laptop.do("receive", mail)
    clock.forward(days=100)
    return event


def on_disk(laptop: Laptop) -> bytes:
    """Every byte of a workspace."""
    return b"".join(path.read_bytes() for path in sorted(laptop.workspace.root.rglob("*")) if path.is_file())


def roll(laptop: Laptop, register: Path) -> Any:
    """The office's credit roll."""
    return laptop.json("office", "roll", "--register", f"sqlite:///{register}", "--series", NUMBER)


def test_the_office_keeps_what_a_laptop_clears(
    laptop: Laptop, clock: Clock, event: str, mail: Path, register: Path
) -> None:
    """Through the real road: pack, receive, clear, pack, receive; roll and register are what they were."""
    before, held = roll(laptop, register), contents(register)
    assert [line["name"] for line in before["lines"]] == ["Alvarez, Maria", "Brown, Dana"]
    shown = laptop.json("clear")
    assert [one["event"] for one in shown["goes"]] == [event]
    assert shown["cleared"] is None
    assert laptop.lines(event)
    done = laptop.json("clear", "--yes")["cleared"]
    assert done["events"] == [event]
    assert done["entries"] > 4
    assert b"Talk moves" in on_disk(laptop)
    assert laptop.run("doctor").code == 0

    second = laptop.opened(PLAN, on="2024-04-03", in_service="IS-4712")
    laptop.attend(second, f"{WEI}, 8:20, 15:50")
    clock.set("2024-04-03T16:10:00-07:00")
    laptop.finish(second, mail)
    answers = laptop.receive_at_office(register, mail)
    assert {one["verdict"] for one in answers} <= {"accepted", "already-here"}
    laptop.do("pack", second, "--all")
    laptop.receive_at_office(register, laptop.workspace.outbox)
    assert held <= contents(register)
    assert roll(laptop, register)["lines"] == before["lines"]


def contents(register: Path) -> set[str]:
    """The ids of all contents that a register holds."""
    with closing(sqlite3.connect(register)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM content")}


def test_two_laptops_and_only_the_one_that_clears_forgets(
    laptops: Laptops, laptop: Laptop, clock: Clock, event: str
) -> None:
    """The other one keeps its hours whatever it hears, and nothing that it sends brings them back to the first."""
    other, third = laptops("other"), laptops("third")
    other.do("receive", laptop.workspace.ledger)
    minutes = {who: line["minutes"] for who, line in other.lines(event).items()}
    laptop.do("clear", "--yes")
    for _ in range(2):
        other.do("receive", laptop.workspace.ledger)
        laptop.do("receive", other.workspace.ledger)
    assert {who: line["minutes"] for who, line in other.lines(event).items()} == minutes
    assert other.json("event", "show", event)["cleared"] is None
    assert laptop.json("event", "show", event)["cleared"]["people"] == 2
    assert "was cleared from this laptop" in laptop.no("credit", event)
    assert b"Alvarez" not in hours_on(laptop, event)
    third.do("receive", laptop.workspace.ledger)
    assert third.json("event", "show", event)["cleared"]["people"] == 2
    third.do("receive", other.workspace.ledger)
    assert {who: line["minutes"] for who, line in third.lines(event).items()} == minutes
    for one in (laptop, other, third):
        assert one.json("doctor")["findings"] == []


def hours_on(laptop: Laptop, event: str) -> bytes:
    """All contents of an event that a laptop still holds, but for what it is and how it was handed over."""
    ledger = laptop.ledger()
    frame = ("event-scheduled", "event-opened", "note")
    found = [entry.content or b"" for entry in ledger.entries(event=event) if entry.kind not in frame]
    ledger.close()
    return b"".join(found)


def test_an_erasure_still_reaches_the_register(
    laptops: Laptops, laptop: Laptop, clock: Clock, event: str, mail: Path, register: Path
) -> None:
    """A laptop that cleared can't name what it does not know and says so; one that kept it erases at the office too."""
    other = laptops("other")
    other.do("receive", laptop.workspace.ledger)
    laptop.do("clear", "--yes")
    gone = laptop.json("people", "erase", DANA, "--reason", "asked", "--yes")
    assert gone["cleared_before"] == 1
    other.do("people", "erase", MARIA, "--reason", "asked", "--yes")
    second = one_day(other).schedule(PLAN, "2024-04-03", in_service=NUMBER)
    other.do("event", "open", second)
    other.attend(second, f"{WEI}, 8:20, 15:50")
    clock.set("2024-04-03T16:10:00-07:00")
    other.finish(second, mail)
    assert {one["verdict"] for one in other.receive_at_office(register, mail)} <= {"accepted", "already-here"}
    names = {line["name"] for line in roll(laptop, register)["lines"]}
    assert names == {"Brown, Dana", "Chen, Wei"}
    with closing(sqlite3.connect(register)) as connection:
        assert b"maria.alvarez" not in b"".join(row[0] for row in connection.execute("SELECT content FROM content"))


def test_what_a_bundle_was_packed_without_is_not_the_office_s(
    laptops: Laptops, laptop: Laptop, clock: Clock, mail: Path, register: Path
) -> None:
    """Another laptop's envelopes were here, their contents not yet: a receipt for them says nothing of what is in them."""
    other = one_day(laptops("other"))
    event = one_day(laptop).opened(PLAN, in_service=NUMBER)
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    other.do("receive", laptop.workspace.ledger)
    other.do("attendance", "correct", event, DANA, "--in", "8:37", "--out", "15:31", "--reason", "paper")
    other.do("approve", event)
    other.do("pack", event)
    laptop.do("receive", next(other.workspace.outbox.glob("*-programme-*.zip")))
    laptop.hand_in(event, mail)
    laptop.receive_at_office(register, mail)
    laptop.do("receive", mail)
    laptop.do("receive", other.workspace.ledger)
    clock.forward(days=100)
    assert laptop.lines(event)[DANA]["minutes"] == 339
    stays = laptop.json("clear", "--yes")["stays"]
    assert "elsewhere" in [why["code"] for one in stays for why in one["why"]]
    assert laptop.lines(event)[DANA]["minutes"] == 339


def test_nothing_of_a_cleared_name_is_left_in_any_file(laptop: Laptop, event: str) -> None:
    """With --people who is left over goes too: neither the ledger nor its log, its search or the outbox has a letter."""
    assert b"maria.alvarez" in on_disk(laptop)
    assert len(laptop.json("clear")["people"]) == 52
    laptop.do("clear", "--yes", "--people")
    assert laptop.json("people", "list") == []
    assert b"maria.alvarez" not in on_disk(laptop)
    assert b"Alvarez" not in on_disk(laptop)
    assert laptop.json("doctor")["findings"] == []
    assert "cleared on" in laptop.do("event", "show", event)


def test_who_is_expected_somewhere_stays(laptop: Laptop, event: str) -> None:
    """Next year's list begins with this year's people."""
    second = laptop.opened(PLAN, on="2024-06-05", in_service=NUMBER)
    assert second
    assert laptop.json("clear", "--yes", "--people")["cleared"]["people"] == 0
    assert len(laptop.json("people", "list")) == 52


def test_it_is_shown_first_and_only_a_typed_y_does_it(
    laptop: Laptop, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else is typed, and where nobody is there to type, all stays."""
    for typed in ("n\n", "\n", ""):
        monkeypatch.setattr("sys.stdin", StringIO(typed))
        said = laptop.do("clear")
        assert "2 people" in said
        assert "stays: 1 note" in said
        assert "Nothing was cleared" in said
    assert laptop.lines(event)
    monkeypatch.setattr("sys.stdin", StringIO("y\n"))
    assert "of 1 event cleared" in laptop.do("clear")
    assert "1 event was cleared before" in laptop.do("clear")


def test_what_was_not_shown_does_not_go(laptop: Laptop, event: str) -> None:
    """What is old enough only by the time that somebody has typed y waits for the next look."""
    with closing(laptop.ledger()) as ledger:
        assert clear(ledger, laptop.workspace, laptop.hand(), Chosen(90), only=[]).entries == 0
    assert laptop.lines(event)


def test_what_is_young_or_was_corrected_stays_and_says_why(
    laptop: Laptop, clock: Clock, event: str, mail: Path
) -> None:
    """A correction after the hand-over is not the office's yet; once it is handed over, and old, it goes."""
    laptop.do("attendance", "correct", event, DANA, "--out", "15:45", "--reason", "left by the back door")
    stays = laptop.json("clear", "--yes")["stays"]
    assert [[why["code"] for why in one["why"]] for one in stays] == [["changed"]]
    laptop.do("approve", event)
    laptop.do("pack", event)
    assert {why["code"] for why in laptop.json("clear")["stays"][0]["why"]} >= {"not-handed-over", "waits"}
    laptop.do("send", "--to", mail)
    assert [why["code"] for why in laptop.json("clear")["stays"][0]["why"]] == ["no-receipt", "young"]
    clock.forward(days=90)
    assert laptop.json("clear", "--without-receipt", "--yes")["cleared"]["events"] == [event]


def test_whoever_goes_on_as_if_nothing_were_gone_is_told(laptop: Laptop, event: str, tmp_path: Path) -> None:
    """No sheet of nobody, no new version, no correction of what is not here: one sentence each."""
    laptop.do("clear", "--yes")
    second = laptop.schedule(PLAN, "2024-06-05", in_service=NUMBER)
    for command in (
        ("credit", event), ("approve", event), ("pack", event), ("mail", event), ("print", "sheet", event),
        ("print", "records", event), ("event", "reopen", event, "--reason", "late"),
        ("event", "expect", second, "--same-as", event),
        ("attendance", "correct", event, DANA, "--out", "15:00", "--reason", "late"),
    ):  # fmt: skip
        assert "was cleared from this laptop" in laptop.no(*command), command
    assert "2 people had been there" in laptop.do("insights")


DIES = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from tests.laptops import Laptop
from tests.played import Chance, Clock
from plfacilitate.steps import clear
from plfacilitate.store import ledger
where = {"in the middle": (ledger, "drop_contents"), "before it is swept": (ledger, "sweep"), "before the copies": (clear, "drop_copies")}
module, name = where[sys.argv[2]]
setattr(module, name, lambda *a, **k: os.kill(os.getpid(), 9))
Laptop(Path(sys.argv[1]), Clock(datetime.fromisoformat(sys.argv[3])), Chance(99), "laptop").run("clear", "--yes")
"""


@pytest.mark.parametrize("moment", ["in the middle", "before it is swept", "before the copies"])
def test_a_laptop_that_dies_while_it_clears_is_brought_to_the_end(
    laptop: Laptop, clock: Clock, event: str, register: Path, moment: str
) -> None:
    """A real process and kill -9: all or nothing of a day is gone, and the next run finishes, copies too."""
    before = roll(laptop, register)
    dead = subprocess.run(
        [sys.executable, "-c", DIES, laptop.folder, moment, clock().isoformat()], cwd=ROOT, check=False
    )
    assert dead.returncode == -9
    gone = laptop.json("event", "show", event)["cleared"]
    assert (gone is None) is (moment == "in the middle")
    if gone is None:
        assert laptop.lines(event)[MARIA]["minutes"] == 360
    laptop.do("clear", "--yes")
    assert b"Alvarez" not in hours_on(laptop, event)
    assert [path.name for path in laptop.workspace.outbox.iterdir() if "programme" not in path.name] == []
    assert laptop.json("doctor")["findings"] == []
    assert roll(laptop, register) == before


STEPS = ("attend", "correct", "hand in", "clear", "clear the other", "back up", "put back", "merge here", "merge there")


@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(STEPS), min_size=4, max_size=6), st.integers(0, 1000))
def test_nothing_unsent_is_ever_cleared(tmp_path_factory: pytest.TempPathFactory, steps: list[str], seed: int) -> None:
    """Corrections, hand-overs, backups put back, two laptops that merge, in any order: the office has whatever is gone."""
    folder, clock = tmp_path_factory.mktemp("any"), Clock(datetime(2023, 12, 6, 16, tzinfo=UTC))
    one, two = (Laptop.new(folder / name, clock, Chance(seed * 2 + n)) for n, name in enumerate(("one", "two")))
    register, mail, backup = folder / "register.db", folder / "mail", folder / "backup.db"
    mail.mkdir()
    event = one_day(one).opened(PLAN, in_service=NUMBER)
    one.attend(event, f"{MARIA}, 8:20, 15:50")
    one.do("event", "close", event)
    two.do("receive", one.workspace.ledger)
    does: dict[str, Callable[[str], object]] = {
        "attend": lambda at: two.run("attendance", "correct", event, DANA, "--in", f"8:{at}", "--reason", "late"),
        "correct": lambda at: one.run("attendance", "correct", event, MARIA, "--out", f"15:{at}", "--reason", "early"),
        "hand in": lambda at: hand_in(one, event, mail, register),
        "clear": lambda at: one.do("clear", "--older-than", "0", "--yes"),
        "clear the other": lambda at: two.do("clear", "--older-than", "0", "--yes"),
        "back up": lambda at: backup.exists() or one.do("backup", backup),
        "put back": lambda at: one.run("restore", backup),
        "merge here": lambda at: one.do("receive", two.workspace.ledger),
        "merge there": lambda at: two.do("receive", one.workspace.ledger),
    }
    for number, step in enumerate(("hand in", "merge there", *steps)):
        clock.forward(days=1)
        does[step](str(10 + number))
        at_office = contents(register) if register.exists() else set[str]()
        for laptop in (one, two):
            assert cleared_ids(laptop) <= at_office, (steps, step)
            assert laptop.json("doctor")["findings"] == []


def hand_in(laptop: Laptop, event: str, mail: Path, register: Path) -> None:
    """Approve, pack, send, and take the office's answer back; what can't be done is not."""
    for command in (("approve", event), ("pack", event), ("send", "--to", mail)):
        laptop.run(*command)
    laptop.run("office", "receive", "--register", f"sqlite:///{register}", mail)
    laptop.run("receive", mail)


def cleared_ids(laptop: Laptop) -> set[str]:
    """What was taken off this very laptop."""
    with closing(sqlite3.connect(laptop.workspace.ledger)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM erasure")}
