"""The nameless answers of an event: what is asked, and how they become one entry when it closes.

Owns the counting. The summary holds counts and sorted comments, never one ballot's answers side by side. Never learns
who answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from plfacilitate.core.entry import stable_id
from plfacilitate.core.evaluation import Evaluation, Given, counted, evaluation
from plfacilitate.core.fold import EventFold
from plfacilitate.core.plan import Event, Question
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ballots import answers, box_of, draw, empty
from plfacilitate.store.ledger import Ledger

FEWEST = 5
"""So many ballots at least are counted: of fewer one could guess whose they are."""

Ballot = Mapping[str, Given]

STATE: tuple[Question, ...] = (
    Question("state-objectives", "scale", "Were the objectives of this session met?", low="not at all", high="fully"),
    Question("state-quality", "scale", "How relevant and how good was it for your work?", low="poor", high="excellent"),
    Question(
        "state-activities", "scale", "How far were the activities that were announced really held?",
        low="not at all", high="fully",
    ),
    Question("state-suggestions", "text", "What would you suggest for the next time?"),
)  # fmt: skip
"""What the state wants to know of an offering, where the office leaves the asking to the door."""
STATE_IDS = frozenset(one.id for one in STATE)


def questions(event: Event) -> tuple[Question, ...]:
    """All questions of an event: the plan's own, then the state's where the office's file says so."""
    return (*event.plan.questions, *(STATE if event.office.get("evaluation") == "door" else ()))


def summary(asked: Sequence[Question], ballots: Sequence[Ballot]) -> dict[str, Any]:
    """The counts of all ballots; fewer than five are only counted."""
    if len(ballots) < FEWEST:
        return {"ballots": len(ballots), "questions": []}
    return {"ballots": len(ballots), "questions": [counted(one, ballots) for one in asked]}


def count_ballots(ledger: Ledger, hand: Hand, event: Event) -> bool:
    """Make the ballots of an event one entry and empty the box for good. False = there were none.

    Stopped in the middle it is done again, and the entry is still one: its id follows from the ballots' numbers.
    """
    box: Path = box_of(ledger.path)
    keys = draw(box, event.id)
    if not keys:
        return False
    body = summary(questions(event), answers(box, event.id))
    entry_id = stable_id("evaluation-summary", event.id, *keys)
    if not any(entry.id == entry_id for entry in ledger.entries(event=event.id, kinds=("evaluation-summary",))):
        ledger.append_one(hand.draft("evaluation-summary", event=event.id, body=body, entry_id=entry_id))
    empty(box, event.id)
    return True


def read_evaluation(ledger: Ledger, event: Event) -> Evaluation:
    """What was answered at the end of an event, as far as it is counted."""
    fold = EventFold(event.id)
    fold.apply(ledger.entries(event=event.id, kinds=("evaluation-summary", "undo")))
    return evaluation(questions(event), fold.facts("evaluation-summary"), closed=event.closed_at is not None)
