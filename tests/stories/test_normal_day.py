"""A normal day, by commands, from the list of people to the office's receipt."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.laptops import PEOPLE, Laptop
from tests.played import Clock


def test_a_normal_day(laptop: Laptop, clock: Clock, tmp_path: Path) -> None:
    """Everybody's hours reach the register, each with its reasons, and the receipt comes back to the laptop."""
    assert laptop.json("people", "import", PEOPLE) == {"new": 52, "changed": 0, "same": 0, "doubtful": []}
    event = laptop.schedule(in_service="77", claim_code="123456")
    assert laptop.json("event", "expect", event, PEOPLE) == {"event": event, "added": 52, "expected": 52}
    laptop.do("event", "open", event)
    clock.set("2023-12-06T09:00:00-08:00")
    laptop.attend(
        event,
        """
        maria.alvarez@renton.example.org, 8:20, 15:50, badge
        dana.brown@renton.example.org,    8:37, 15:31, paper
        wei.chen@renton.example.org,      8:20, 10:00, badge
        wei.chen@renton.example.org,     10:30, 15:45, badge
        """,
    )
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    lines = laptop.lines(event)
    assert [lines[who]["hours"] for who in list(lines)[:4]] == [0.0, 0.0, 6.0, 0.0]
    assert lines["dana.brown@renton.example.org"]["minutes"] == 339
    assert lines["wei.chen@renton.example.org"]["minutes"] == 345  # out from 10:00 to 10:30: 15 of them were a break

    mail = tmp_path / "mail"
    laptop.hand_in(event, mail)
    hours, programme = laptop.receive_at_office(tmp_path / "register.db", mail)
    assert (hours["verdict"], hours["credit_lines"], hours["credit_differs"]) == ("accepted", 52, [])
    assert programme["verdict"] == "accepted"
    taken = laptop.json("receive", mail)
    assert [one["verdict"] for one in taken["receipts"]] == ["accepted", "accepted"]
    assert taken["conflicts"] == taken["refused"] == []

    table = next(mail.glob("*-hours.csv"))
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 4  # the header, and the three who came
    assert next(mail.glob("*-sign-in-sheet.pdf")).read_bytes().startswith(b"%PDF")
