"""The doctor finds whatever was changed, lost or doubled, and says which entry it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from plfacilitate.store.doctor import SHOWN, examine
from plfacilitate.store.ledger import Ledger
from tests.played import Clock
from tests.store.kit import Laptop, all_of
from tests.store.test_merge import _forged

Make = Callable[[str], Laptop]


def _day(laptop: Laptop) -> Ledger:
    ledger = laptop.open()
    ledger.append([laptop.sign_in("ada", entry_id="a"), laptop.sign_in("ben", entry_id="b")])
    ledger.append([laptop.note("warm", entry_id="n"), laptop.sign_out("ada", entry_id="o", replaces=["x", "y"])])
    return ledger


def _by_hand(laptop: Laptop, *statements: str) -> None:
    """What somebody does with another tool, triggers out of the way."""
    with closing(sqlite3.connect(laptop.path, isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_a_sound_ledger_has_no_findings(laptop: Laptop) -> None:
    """However it was used: corrected, undone, erased, merged."""
    ledger = _day(laptop)
    entry = ledger.entry("a")
    assert entry is not None
    ledger.append([laptop.undo(entry)])
    ledger.erase(["b"], reason="asked for", by="Ruth")
    report = examine(ledger.connection)
    assert (report.entries, report.findings, report.remarks) == (7, (), ())


def test_examining_writes_nothing(laptop: Laptop) -> None:
    """It may be done while everybody works, and on a ledger that is open to read only."""
    ledger = _day(laptop)
    reader = laptop.open(readonly=True)
    before = ledger.data_version()
    assert examine(reader.connection).findings == ()
    assert ledger.data_version() == before
    assert not reader.connection.in_transaction


@pytest.mark.parametrize(
    "change, said",
    [
        ("UPDATE entry SET envelope = CAST(replace(CAST(envelope AS TEXT), '\"e\"', '\"f\"') AS BLOB) WHERE id = 'a'",
         "a: its envelope was changed"),
        ("UPDATE entry SET digest = previous WHERE id = 'b'", "b: its envelope was changed"),
        ("UPDATE entry SET event = 'f' WHERE id = 'a'", "a (event)"),
        ("UPDATE entry SET device = 'x' WHERE id = 'o'", "o (device)"),
        ("UPDATE entry SET number = 99 WHERE id = 'o'", "o (number)"),
        ("UPDATE entry SET recorded_at = '2023' WHERE id = 'n'", "n (recorded_at)"),
        ("UPDATE entry SET previous = NULL WHERE id = 'n'", "n (previous)"),
        ("UPDATE entry SET envelope = x'00' WHERE id = 'n'", "n can't be read"),
        ("UPDATE content SET content = CAST(replace(CAST(content AS TEXT), 'warm', 'cold') AS BLOB)",
         "n: its content is not the one that its envelope names"),
        ("UPDATE content SET salt = zeroblob(16) WHERE kind = 'note'", "n: its content is not the one"),
        ("UPDATE content SET person = 'eve' WHERE person = 'ben'", "b: a column beside its content"),
        ("UPDATE content SET kind = 'sign-in' WHERE kind = 'sign-out'", "o: a column beside its content"),
        ("UPDATE content SET replaces = 'x' WHERE kind = 'sign-out'", "o: a column beside its content"),
        ("UPDATE content SET happened_at = '2023' WHERE kind = 'note'", "n: a column beside its content"),
        ("UPDATE content SET event = 'f' WHERE kind = 'note'", "n: a column beside its content"),
        ("DELETE FROM entry WHERE id = 'n'", "from number 4 to 4 are not here"),
        ("INSERT INTO erasure VALUES ('n', 'somebody')", "n was erased, and its content is here"),
    ],
)  # fmt: skip
def test_whatever_was_changed_by_hand_is_found(laptop: Laptop, change: str, said: str) -> None:
    """Columns, bytes, salts, gaps: each with the id of the entry."""
    _day(laptop)
    laptop.close()
    _by_hand(laptop, change)
    found = examine(laptop.open(readonly=True).connection).findings
    assert any(said in one for one in found), found
    assert all("\n" not in one for one in found)


def test_a_chain_that_does_not_hold_is_found(laptops: Make) -> None:
    """An entry that names another digest than that of the number before it."""
    ours = laptops("a").open()
    ours.receive([_forged("note", {"text": "x"})])
    ours.receive([_forged("note", {"text": "y"}, id="g", number=2, previous="f" * 64)])
    assert examine(ours.connection).findings == ("Entry g: the chain of its device is broken before it.",)


def test_what_another_laptop_has_not_sent_yet_is_no_fault(laptops: Make) -> None:
    """But it is worth knowing; what this one wrote itself must be here."""
    theirs, ours = _day(laptops("a")), laptops("b").open()
    sealed = all_of(theirs)
    ours.receive([*sealed[:2], *sealed[4:]])
    report = examine(ours.connection)
    assert report.findings == ()
    assert report.remarks == (f"Entries of device {theirs.device} from number 3 to 4 are not here.",)


def test_forks_unknown_kinds_and_what_stands_aside_are_told(laptops: Make) -> None:
    """None of them is a fault, all of them are worth knowing."""
    ours = laptops("a").open()
    ours.receive([_forged("note", {"text": "x"}), _forged("note", {"text": "x"}, id="g")])
    ours.receive([_forged("hologram", {}, id="h", device="x"), _forged("note", {}, id="i", device="y")])
    report = examine(ours.connection)
    assert report.findings == ()
    fork, kind, aside = report.remarks
    assert (
        "d, number 1: f and g (a fork)" in fork.replace("Two copies of a ledger wrote on as device ", "")
        or "f and g" in fork
    )
    assert kind == "1 entries are of the kind hologram, which this version doesn't know; they are kept."
    assert aside.startswith("Kept aside: i, because a note needs a text")


def test_a_number_that_stands_twice_unnoticed_is_found(laptop: Laptop) -> None:
    """Whoever took the note of the fork away took a doubt off the sheet."""
    ledger = laptop.open()
    ledger.receive([_forged("note", {"text": "x"}), _forged("note", {"text": "x"}, id="g")])
    assert examine(ledger.connection).findings == ()
    _by_hand(laptop, "DELETE FROM fork")
    assert examine(ledger.connection).findings == ("Device d, number 1 stands twice and is not known as a fork.",)


def test_a_clock_that_went_back_is_told(laptop: Laptop) -> None:
    """With the moments before and after."""
    ledger = _day(laptop)
    laptop.clock.forward(hours=-1)
    ledger.append([laptop.sign_in("cy")])
    (remark,) = examine(ledger.connection).remarks
    assert "went back before number 6 (from 2023-12-06T17:00" in remark
    assert isinstance(laptop.clock, Clock)


def test_many_findings_are_counted_not_listed(laptop: Laptop) -> None:
    """A screen full is enough."""
    ledger = laptop.open()
    ledger.append([laptop.sign_in(f"p{n}") for n in range(100)])
    laptop.close()
    _by_hand(laptop, "UPDATE content SET means = 'paper'")
    found = examine(laptop.open(readonly=True).connection).findings
    assert len(found) == SHOWN + 1
    assert found[-1] == "… and 81 more of that sort."


def test_a_table_that_does_not_keep_its_own_word_is_found(laptop: Laptop) -> None:
    """What SQLite itself finds wrong, where every entry can still be read."""
    _day(laptop)
    _by_hand(
        laptop,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'event TEXT,', 'event TEXT NOT NULL,') WHERE name = 'content'",
        "PRAGMA writable_schema = OFF",
    )
    findings = examine(laptop.open().connection).findings
    assert findings
    assert "The file is damaged: NULL value in content.event." in findings


def test_a_damaged_file_is_found(laptop: Laptop) -> None:
    """Whatever SQLite says of it is passed on."""
    ledger = laptop.open()
    ledger.append([laptop.note("x" * 500) for _ in range(300)])
    laptop.close()
    whole = bytearray(laptop.path.read_bytes())
    whole[len(whole) // 2 : len(whole) // 2 + 20_000] = b"\xff" * 20_000
    laptop.path.write_bytes(whole)
    found = examine(laptop.open(readonly=True).connection).findings
    assert any("The file is damaged" in one for one in found)
