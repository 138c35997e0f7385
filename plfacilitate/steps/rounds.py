"""What is given without a name while phones are asked for something: out of the box, in no order, into one entry.

Owns that way, for every round that there is (a POP-up's ideas and dots, a poll), and that nobody takes back what others
have given something to. Never learns who gave what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from plfacilitate.core.entry import Entry, stable_id
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ballots import answers, box_of, draw, empty, lying, shut
from plfacilitate.store.ledger import Ledger

BEGIN = frozenset({"popup-round", "poll-opened"})
"""The kinds that begin a round: their entry's id names it."""

COUNTED = ("popup-counted", "poll-closed")
"""And those that end one."""

Body = Callable[[Sequence[Mapping[str, Any]]], Mapping[str, Any]]
"""Makes a body of the ballots, which come in the order of their random numbers."""


def count_out(ledger: Ledger, hand: Hand, event: str, round_id: str, kind: str, body: Body) -> Entry:
    """Shut the box for a round, make one entry of what lies in it, and empty it for good.

    Stopped in the middle it is done again, and the entry is still one: its id follows from the ballots' numbers.
    """
    box = box_of(ledger.path)
    shut(box, round_id)
    keys = draw(box, round_id)
    made = body(answers(box, round_id))
    entry_id = stable_id(kind, round_id, ledger.device, *keys)
    entry = ledger.entry(entry_id) or ledger.append_one(hand.draft(kind, event=event, body=made, entry_id=entry_id))
    empty(box, round_id)
    return entry


def check_may_take_back(ledger: Ledger, entries: Sequence[Entry]) -> None:
    """A round for which something lies in the box goes on, and one that was counted stays: else that would be lost.

    Refused: `popup-given`, `round-counted`.
    """
    begun = [one for entry in entries if (one := _meant(ledger, entry)).kind in BEGIN]
    rounds = [one.id for one in begun]
    if not rounds:
        return
    if lying(box_of(ledger.path), rounds):
        raise Refused("popup-given")
    for event in {one.event for one in begun}:
        if any(_round(one) in rounds for one in ledger.entries(event=event, kinds=COUNTED)):
            raise Refused("round-counted")


def _round(counted: Entry) -> str:
    return str(counted.body.get("round") or counted.body.get("poll") or "")


def _meant(ledger: Ledger, entry: Entry) -> Entry:
    """The entry itself, or of an undo what it is about in the end."""
    seen: set[str] = set()
    while entry.kind == "undo" and entry.id not in seen:
        seen.add(entry.id)
        entry = ledger.entry(str(entry.body.get("undoes"))) or entry
    return entry
