"""`notes EVENT`: what was noted, parked and decided, in the order in which it was written."""

from __future__ import annotations

import json

from plfacilitate.steps.capture import undo
from tests.laptops import Laptop


def test_all_of_an_event_or_one_kind(laptop: Laptop) -> None:
    """Each with its kind; what was taken back or erased is not there, nor what belongs to another event."""
    event = laptop.opened("network-meeting", session="n1")
    laptop.do("note", "of no event")
    for text, tag in (
        ("first", "note"),
        ("who pays?", "parking"),
        ("on Friday", "decision"),
        ("gone", "note"),
        ("Zoe", "note"),
    ):
        laptop.do("note", text, "--event", event, "--tag", tag)
    ledger = laptop.ledger()
    entries = {entry.body["text"]: entry for entry in ledger.entries(event=event, kinds=("note",))}
    ledger.append_one(undo(laptop.hand(), entries["gone"]))
    ledger.erase([entries["Zoe"].id], reason="asked", by="me")
    ledger.close()
    found = laptop.json("notes", event)["notes"]
    assert [(one["tag"], one["text"]) for one in found] == [
        ("note", "first"), ("parking", "who pays?"), ("decision", "on Friday"),
    ]  # fmt: skip
    assert [one["text"] for one in laptop.json("notes", event, "--tag", "parking")["notes"]] == ["who pays?"]
    assert "parking lot" in laptop.do("notes", event)
    assert json.dumps(found).isascii()


def test_none_says_so(laptop: Laptop) -> None:
    """Nothing noted, nothing decided; a kind that is none is refused."""
    event = laptop.opened("network-meeting", session="n1")
    assert "nothing was noted as decision" in laptop.do("notes", event, "--tag", "decision")
    assert laptop.run("notes", event, "--tag", "zebra").code == 2
