"""Months after the hand-over: the laptop lets go of who was there, and the office keeps it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA, WEI = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown", "wei.chen"))
Laptops = Callable[[str], Laptop]


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
    event = laptop.opened("administrator-academy")
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
    return laptop.json("office", "roll", "--register", f"sqlite:///{register}")


def test_the_office_keeps_what_a_laptop_clears(
    laptop: Laptop, clock: Clock, event: str, mail: Path, register: Path
) -> None:
    """Through the real road: pack, receive, clear, pack, receive; roll and register are what they were."""
    before, held = roll(laptop, register), contents(register)
    shown = laptop.json("clear")
    assert [one["event"] for one in shown["goes"]] == [event]
    assert shown["cleared"] is None
    assert laptop.lines(event)
    done = laptop.json("clear", "--yes")["cleared"]
    assert done["events"] == [event]
    assert done["entries"] > 4
    assert b"Talk moves" in on_disk(laptop)
    assert laptop.run("doctor").code == 0

    second = laptop.opened("administrator-academy", on="2024-04-03")
    laptop.attend(second, f"{WEI}, 8:20, 15:50")
    clock.set("2024-04-03T16:10:00-07:00")
    laptop.finish(second, mail)
    answers = laptop.receive_at_office(register, mail)
    assert {one["verdict"] for one in answers} <= {"accepted", "already-here"}
    laptop.do("pack", second, "--all")
    laptop.receive_at_office(register, laptop.workspace.outbox)
    assert held <= contents(register)
    after = roll(laptop, register)
    assert [line for line in after["lines"] if line["name"].startswith(("Alvarez", "Brown"))] == before["lines"]


def contents(register: Path) -> set[str]:
    """The ids of all contents that a register holds."""
    with closing(sqlite3.connect(register)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM content")}
