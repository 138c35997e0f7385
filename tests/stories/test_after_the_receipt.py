"""The office has answered, and then something has to be put right."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.laptops import Laptop
from tests.played import Clock

MARIA, DANA = (f"{name}@renton.example.org" for name in ("maria.alvarez", "dana.brown"))


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """The folder that laptop and office share."""
    folder = tmp_path / "mail"
    folder.mkdir()
    return folder


@pytest.fixture
def event(laptop: Laptop, clock: Clock) -> str:
    """A day with two people, closed."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50\n{DANA}, 8:37, 15:31")
    clock.set("2023-12-06T16:10:00-08:00")
    laptop.do("event", "close", event)
    return event


def covers(laptop: Laptop, bundle: Path) -> list[int]:
    """From and to of the one device that a bundle covers."""
    (found,) = laptop.json("verify", bundle)["covers"].values()
    assert isinstance(found, list)
    return found


def packed(laptop: Laptop, event: str, *options: str) -> dict[str, Path]:
    """Pack; gives the two bundles by parcel."""
    return {one["parcel"]: Path(one["file"]) for one in laptop.json("pack", event, *options)["bundles"]}


def by_parcel(answers: list[Any]) -> dict[str, Any]:
    """The office's answers to one pair of bundles."""
    return {"hours" if "-hours-" in one["file"] else "programme": one for one in answers}


def test_the_second_pack_brings_only_what_is_new(
    laptop: Laptop, clock: Clock, event: str, mail: Path, tmp_path: Path
) -> None:
    """It builds on the receipt, the office takes it, and its figures are the corrected ones."""
    register = tmp_path / "register.db"
    laptop.hand_in(event, mail)
    first = {parcel: covers(laptop, path) for parcel, path in zip(("hours", "programme"), laptop.outbox, strict=True)}
    laptop.receive_at_office(register, mail)
    laptop.json("receive", mail)

    laptop.do("attendance", "correct", event, DANA, "--out", "15:45", "--reason", "left by the back door")
    laptop.do("approve", event)
    second = packed(laptop, event)
    for parcel, path in second.items():
        assert covers(laptop, path)[0] == first[parcel][1] + 1
        assert laptop.json("verify", path)["builds_on"]
    laptop.do("send", "--to", mail)
    answers = by_parcel(laptop.receive_at_office(register, mail / second["hours"].name))
    assert (answers["hours"]["verdict"], answers["hours"]["credit_differs"]) == ("accepted", [])
    assert answers["hours"]["known"] == 0
    assert laptop.json("receive", mail)["receipts"][-1]["verdict"] in ("accepted", "already-here")

    everything = packed(laptop, event, "--all")
    assert covers(laptop, everything["hours"])[0] == 1
    assert laptop.json("verify", everything["hours"])["builds_on"] is None


def test_an_old_bundle_still_agrees_and_the_office_says_what_changed_since(
    laptop: Laptop, clock: Clock, event: str, mail: Path, tmp_path: Path
) -> None:
    """Entries after its point of the ledger are not counted against it."""
    register = tmp_path / "register.db"
    laptop.hand_in(event, mail)
    laptop.do("attendance", "correct", event, DANA, "--out", "15:45", "--reason", "left by the back door")
    later = tmp_path / "later"
    laptop.hand_in(event, later)
    assert {one["verdict"] for one in laptop.receive_at_office(register, later)} == {"accepted"}
    old = by_parcel(laptop.receive_at_office(register, mail))["hours"]
    assert (old["verdict"], old["new"], old["credit_differs"]) == ("accepted", 0, [])
    assert old["credit_changed_since"] == [
        "Brown, Dana: 353 min, 5.5 h, earned by what came in since; it was 339 min, 5.5 h, earned."
    ]


def test_receipts_of_one_parcel_say_nothing_of_the_other(
    laptop: Laptop, clock: Clock, event: str, mail: Path, tmp_path: Path
) -> None:
    """The programme parcel went astray: the next one begins where the last programme parcel that arrived ended."""
    register = tmp_path / "register.db"
    laptop.do("note", "A first note.", "--event", event)
    laptop.hand_in(event, mail)
    first = covers(laptop, next(mail.glob("*-programme-*.zip")))
    laptop.receive_at_office(register, mail)
    laptop.json("receive", mail)

    laptop.do("note", "A second note.", "--event", event)
    astray = tmp_path / "astray"
    laptop.hand_in(event, astray)
    shutil.copy(next(astray.glob("*-hours-*.zip")), mail)
    laptop.receive_at_office(register, mail)  # answers the first programme parcel again, knowing more by now
    laptop.json("receive", mail)

    third = packed(laptop, event)
    assert covers(laptop, third["programme"])[0] == first[1] + 1
    assert covers(laptop, third["hours"])[0] > first[1] + 1


def test_a_register_that_was_lost_gets_everything_again(
    laptop: Laptop, clock: Clock, event: str, mail: Path, tmp_path: Path
) -> None:
    """The new one holds what builds on what it does not have; its answer makes the laptop begin from the start."""
    laptop.hand_in(event, mail)
    laptop.receive_at_office(tmp_path / "office" / "register.db", mail)
    laptop.json("receive", mail)
    laptop.do("attendance", "correct", event, DANA, "--out", "15:45", "--reason", "left by the back door")
    laptop.do("approve", event)
    delta = packed(laptop, event)
    laptop.do("send", "--to", mail)

    (tmp_path / "office" / "register.db").unlink()
    for beside in (tmp_path / "office").glob("register.db-*"):
        beside.unlink()
    held = laptop.receive_at_office(tmp_path / "office" / "register.db", mail / delta["hours"].name)
    assert [one["verdict"] for one in held] == ["held"]
    assert "from number 1" in held[0]["reason"]
    laptop.json("receive", held[0]["receipt"])
    again = packed(laptop, event)
    assert covers(laptop, again["hours"])[0] == 1
    assert covers(laptop, again["programme"])[0] == 1
    laptop.do("send", "--to", mail)
    answers = laptop.receive_at_office(
        tmp_path / "office" / "register.db", *(mail / one.name for one in again.values())
    )
    assert [one["verdict"] for one in answers[:2]] == ["accepted", "accepted"]


def test_attendance_after_the_approval_needs_a_reason(laptop: Laptop, clock: Clock, event: str) -> None:
    """A sheet that turns up later; what the file says again needs none."""
    laptop.do("approve", event)
    assert laptop.attend(event, f"{MARIA}, 8:20, 15:50") == {"rows": 1, "new": 0, "known": 2}
    path = laptop.folder / "late.csv"
    path.write_text("email,in,out\nwei.chen@renton.example.org,2023-12-06 08:20,2023-12-06 15:50\n", "utf-8")
    assert "needs a reason" in laptop.no("attendance", "import", event, path)
    assert laptop.json("attendance", "import", event, path, "--reason", "a sheet that lay in the car")["new"] == 2
    laptop.do("event", "show", event)
    assert "2 changes after the approval" in laptop.run("pack", event).err


def test_the_sheet_says_what_its_approval_does_not_cover(laptop: Laptop, clock: Clock, event: str) -> None:
    """And a new approval makes a new version of it."""
    assert laptop.json("approve", event)["sheet_version"] == 1
    laptop.do("attendance", "correct", event, DANA, "--out", "15:45", "--reason", "left by the back door")
    assert "1 change after the approval" in laptop.run("pack", event).err
    assert "after the approval: not covered by it" in sheet_text(laptop)
    assert laptop.json("approve", event)["sheet_version"] == 2
    assert laptop.run("pack", event).err.count("after the approval") == 0
    assert "after the approval: not covered by it" not in sheet_text(laptop)


def sheet_text(laptop: Laptop) -> str:
    """What stands on the newest sheet."""
    from pypdf import PdfReader

    newest = max(laptop.workspace.outbox.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(newest).pages).split())


def test_clocks_that_go_back_change_nothing_of_what_is_newest(
    laptop: Laptop, clock: Clock, event: str, mail: Path
) -> None:
    """The bundle that was packed last is the one that is sent, whatever the clock said."""
    laptop.do("approve", event)
    packed(laptop, event)
    clock.forward(hours=-2)
    laptop.do("approve", event)
    newest = packed(laptop, event)
    sent = laptop.json("send", "--to", mail)
    assert {Path(one["file"]).name for one in sent if one["file"].endswith(".zip")} == {
        path.name for path in newest.values()
    }
