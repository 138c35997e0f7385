"""`approve`, `pack`, `send`, `verify`, `receive`: the end of the day."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from plfacilitate.shelf.bundle import write_bundle
from plfacilitate.steps import capture
from plfacilitate.steps.events import read_fold
from tests.laptops import Laptop
from tests.played import Chance, Clock

MARIA = "maria.alvarez@renton.example.org"


@pytest.fixture
def event(laptop: Laptop, clock: Clock) -> str:
    """A day with one person, over but not closed."""
    event = laptop.opened()
    laptop.attend(event, f"{MARIA}, 8:20, 15:50")
    clock.set("2023-12-06T16:10:00-08:00")
    return event


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """The folder that laptop and office share."""
    folder = tmp_path / "mail"
    folder.mkdir()
    return folder


def test_the_steps_come_in_their_order(laptop: Laptop, event: str) -> None:
    """Close, approve, pack: each says what is missing."""
    assert "is still open" in laptop.no("approve", event)
    assert "is not approved yet" in laptop.no("pack", event)
    laptop.do("event", "close", event)
    assert "is not approved yet" in laptop.no("pack", event)
    laptop.do("approve", event)
    laptop.do("pack", event)


def test_approve_says_who_and_which_version_and_what_is_open(laptop: Laptop, event: str) -> None:
    """A sheet with an open stay may be approved: somebody knows why."""
    laptop.attend(event, "Dana Brown, 8:30,")
    laptop.do("event", "close", event)
    ran = laptop.run("approve", event, "--json", "--by", "Ada Lovelace")
    assert ran.document == {"event": event, "sheet_version": 1, "approved_by": "Ada Lovelace"}
    assert "Still open: 1 signed in and never out." in ran.err


def test_pack_lays_sheet_and_tables_beside_the_bundles(laptop: Laptop, event: str) -> None:
    """Two bundles, the sheet as PDF, the table as CSV and XLSX; nothing half-done beside them."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    packed = laptop.json("pack", event)
    assert [one["parcel"] for one in packed["bundles"]] == ["hours", "programme"]
    named = {Path(one["file"]).name for one in packed["bundles"]} | {
        Path(one).name for one in [packed["sheet"], *packed["tables"], *packed["pages"]]
    }
    assert {path.name for path in laptop.workspace.outbox.iterdir()} == named
    rows = list(csv.DictReader(Path(packed["tables"][0]).read_text("utf-8-sig").splitlines()))
    assert [(row["Email"], row["Clock hours"]) for row in rows] == [(MARIA, "6.0")]


def test_verify_tells_what_a_bundle_is(laptop: Laptop, event: str) -> None:
    """Whose, of when, what it covers."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    hours, _ = laptop.json("pack", event)["bundles"]
    told = laptop.json("verify", hours["file"])
    assert (told["parcel"], told["bundle"], told["entries"]) == ("hours", hours["bundle"], hours["envelopes"])
    assert "is whole" in laptop.do("verify", hours["file"])


def test_verify_says_which_files_beside_it_belong_to_it(laptop: Laptop, event: str) -> None:
    """The sheet and the tables that were packed with it; one that was changed, and one that is not here."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    packed = laptop.json("pack", event)
    hours, programme = (Path(one["file"]) for one in packed["bundles"])
    beside = [Path(one) for one in (packed["sheet"], *packed["tables"], *packed["pages"])]
    told = laptop.do("verify", hours)
    assert "none is missing." in told
    assert "each the one that was written." in told
    assert [f"{path.name} is the one that was packed with it." in told for path in beside] == [True] * len(beside)
    assert "packed with it" not in laptop.do("verify", programme)  # nothing of the hours is named there
    sheet, table, *_ = beside
    sheet.unlink()
    table.write_bytes(table.read_bytes().replace(b"6.0", b"7.0"))
    ran = laptop.run("verify", hours, "--json")
    assert ran.code == 1
    assert ran.document["not_seen"] == [f"{sheet.name} is not here: whether it belongs to this bundle can't be said."]
    assert ran.document["wrong"] == [f"{table.name} is not the one that was packed with it: ask for both again."]
    told = laptop.run("verify", hours).out
    assert f"  WRONG  {table.name}" in told
    assert told.endswith("ask whoever packed it before you use these figures.\n")


def test_a_clerk_reads_what_each_file_and_column_is(laptop: Laptop, event: str) -> None:
    """In plain words, with the CEDS ids that the office's file gives, beside the sheet."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    packed = laptop.json("pack", event)
    first = Path(packed["pages"][-1]).read_text("utf-8")
    assert all(Path(one).name in first for one in (packed["sheet"], *packed["tables"]))
    header = next(csv.reader(Path(packed["tables"][0]).read_text("utf-8-sig").splitlines()))
    assert all(f"\n  {title}: " in first for title in header)
    assert "[CEDS P000200]" in first
    assert max(map(len, first.splitlines())) <= 100


def test_a_bundle_altered_by_one_byte_is_refused_everywhere(
    laptop: Laptop, event: str, mail: Path, tmp_path: Path
) -> None:
    """Wherever the byte is; and nothing of it is read into ledger or register."""
    laptop.finish(event, mail)
    whole = next(mail.glob("*-hours-*.zip"))
    data = whole.read_bytes()
    for at in range(10, len(data), len(data) // 23):
        bad = tmp_path / "bad.zip"
        bad.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        before = laptop.ledger().count()
        assert "is not what its sender packed" in laptop.no("verify", bad)
        refused = laptop.run("receive", bad, "--json")
        assert (refused.code, refused.document["new"], len(refused.document["refused"])) == (1, 0, 1)
        assert laptop.ledger().count() == before
        (answer,) = laptop.receive_at_office(tmp_path / "register.db", bad)
        assert (answer["verdict"], answer["receipt"]) == ("refused", None)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(data[:-100])
    assert "is not what its sender packed" in laptop.no("verify", cut)
    (answer,) = laptop.receive_at_office(tmp_path / "register.db", whole)
    assert (answer["verdict"], answer["known"]) == ("accepted", 0)


def test_send_tells_what_arrived_and_sends_nothing_twice(laptop: Laptop, event: str, mail: Path) -> None:
    """The sheet, the tables and the page that explains them travel with the hours."""
    laptop.finish(event, mail)
    assert len(list(mail.iterdir())) == 6
    assert laptop.json("send", "--to", mail) == []
    assert "Nothing waits to be sent" in laptop.do("send", "--to", mail)


def test_send_to_a_place_that_is_none(laptop: Laptop, event: str, tmp_path: Path) -> None:
    """What waits goes on waiting."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "nowhere", tmp_path / "file", "gopher://office"):
        assert laptop.no("send", "--to", place)
    assert all(parcel["handed_over_at"] is None for parcel in laptop.json("event", "show", event)["parcels"])


def test_an_outbox_that_was_emptied_says_so(laptop: Laptop, event: str, mail: Path) -> None:
    """Packing again makes it anew."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    laptop.do("pack", event)
    for path in laptop.outbox:
        path.unlink()
    assert "is not in the outbox any more" in laptop.no("send", "--to", mail)
    laptop.do("pack", event)
    laptop.do("send", "--to", mail)


def test_receive_takes_what_is_sound_and_names_the_rest(laptop: Laptop, event: str, mail: Path, tmp_path: Path) -> None:
    """A folder with everything in it: receipts, one's own bundles, rubbish."""
    laptop.finish(event, mail)
    laptop.receive_at_office(tmp_path / "register.db", mail)
    (mail / "rubbish.zip").write_bytes(b"PK rubbish")
    (mail / "rubbish.receipt.json").write_text("{}")
    ran = laptop.run("receive", mail, "--json")
    assert ran.code == 1
    assert [one["verdict"] for one in ran.document["receipts"]] == ["accepted", "accepted"]
    assert {Path(one["file"]).name for one in ran.document["refused"]} == {"rubbish.zip", "rubbish.receipt.json"}
    again = laptop.run("receive", *mail.glob("2*.receipt.json"), "--json")
    assert (again.code, len(again.document["receipts"])) == (0, 2)
    assert len(list(laptop.ledger().entries(kinds=("receipted",)))) == 2


def test_a_receipt_for_another_laptop(
    laptop: Laptop, laptops: Callable[[str], Laptop], event: str, mail: Path, tmp_path: Path
) -> None:
    """Named, it is refused; in a folder that laptops share it is nobody's fault."""
    laptop.finish(event, mail)
    laptop.receive_at_office(tmp_path / "register.db", mail)
    other = laptops("other")
    (receipt, _) = sorted(mail.glob("*.receipt.json"))
    assert other.run("receive", receipt).code == 1
    taken = other.json("receive", mail)
    assert (taken["receipts"], taken["refused"]) == ([], [])
    assert taken["new"] > 0


def test_an_office_with_another_key_is_asked_about(laptop: Laptop, event: str, mail: Path, tmp_path: Path) -> None:
    """Who answered before is trusted; another one only where somebody says so."""
    laptop.finish(event, mail)
    laptop.chance = Chance(50)
    laptop.receive_at_office(tmp_path / "one" / "register.db", mail)
    laptop.json("receive", mail)
    laptop.chance = Chance(51)
    laptop.receive_at_office(tmp_path / "two" / "register.db", mail)
    refused = laptop.run("receive", mail, "--json")
    assert (refused.code, len(refused.document["refused"])) == (1, 2)
    assert "signed by another office" in refused.document["refused"][0]["reason"]
    assert len(laptop.json("receive", mail, "--trust")["receipts"]) == 2


def test_receive_of_things_that_are_nothing(laptop: Laptop, tmp_path: Path) -> None:
    """A missing file, an empty folder, a table."""
    (tmp_path / "empty").mkdir()
    table = tmp_path / "table.csv"
    table.write_text("a,b\n")
    assert laptop.run("receive", tmp_path / "nowhere.zip").code == 1
    assert "holds no bundle" in laptop.no("receive", tmp_path / "empty")
    assert laptop.run("receive", table).code == 1


def test_a_pack_that_is_stopped_leaves_nothing_half_done(
    laptop: Laptop, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a bundle that the ledger does not know nor a temporary file."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    calls: list[Path] = []

    def stop(path: Path, *arguments: object, **options: object) -> object:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write_bundle(path, *arguments, **options)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr("plfacilitate.steps.pack.write_bundle", stop)
    assert laptop.run("pack", event).code == 130
    assert list(laptop.workspace.outbox.glob("*.zip")) == []
    assert [path.name for path in laptop.workspace.outbox.iterdir() if path.name.startswith(".")] == []
    monkeypatch.undo()
    laptop.do("pack", event)
    assert len(laptop.outbox) == 2


def test_a_door_that_writes_while_packing_disturbs_nothing(
    laptop: Laptop, event: str, mail: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is packed is one picture of the ledger; what comes meanwhile is in the next one."""
    laptop.do("event", "close", event)
    laptop.do("approve", event)
    ledger = laptop.ledger()
    hand = capture.Hand("door", "own-phone", laptop.played, Chance(5))
    late = next(iter(read_fold(ledger, event).expected))

    def meanwhile(*arguments: object, **options: object) -> object:
        ledger.append([capture.sign_in(hand, event, late, at=laptop.played())])
        return write_bundle(*arguments, **options)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr("plfacilitate.steps.pack.write_bundle", meanwhile)
    laptop.do("pack", event)
    monkeypatch.undo()
    laptop.do("send", "--to", mail)
    answers = laptop.receive_at_office(tmp_path / "register.db", mail)
    assert [(one["verdict"], one["credit_differs"]) for one in answers] == [("accepted", [])] * 2
    laptop.do("approve", event)
    laptop.do("pack", event)
    laptop.do("send", "--to", mail)
    answers = laptop.receive_at_office(tmp_path / "register.db", mail)
    assert all(not one["credit_differs"] for one in answers)
    assert sum(one["new"] for one in answers) > 0


def test_a_bundle_is_the_same_bytes_wherever_it_lies(laptop: Laptop, event: str, mail: Path, tmp_path: Path) -> None:
    """A copy on a stick is already here."""
    laptop.finish(event, mail)
    laptop.receive_at_office(tmp_path / "register.db", mail)
    stick = tmp_path / "stick"
    shutil.copytree(mail, stick)
    assert {one["verdict"] for one in laptop.receive_at_office(tmp_path / "register.db", stick)} == {"already-here"}
