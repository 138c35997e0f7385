"""Problems of practice in entries: one of a POP-up, one in one form, one out of a led protocol, and what came after."""

from __future__ import annotations

from datetime import date
from typing import Any

from plfacilitate.core.entry import Entry
from plfacilitate.core.problems.bank import Bank, bank
from plfacilitate.core.problems.fold import Occasion, ProblemFold
from plfacilitate.core.problems.values import BankProblem
from tests.core.entries import entry
from tests.core.popups import OPENED, OTHER, PROMISE, SENTENCE

OCCASIONS = {"e": Occasion("POP-up luncheon", date(2023, 12, 6)), "f": Occasion("POP-up in spring", date(2024, 3, 6))}
FORM = entry(
    "n", "popup", at="19:00", event=None, owner="Cy Oda", problem="Nobody reads feedback", how_might_we="", ideas=["one line"],
    commitment={"what": "one line each", "first_step": "", "who": "Cy Oda", "due": "soon"},
)  # fmt: skip
_COMMITMENT: dict[str, Any] = {"as": "commitment"}
LED = entry("l", "captured", at="19:10", run="run", group=0, step="s", turn=1, text="Swap classes once", **_COMMITMENT)
RUN = entry("run", "run-begun", at="19:05", protocol={"title": "Troika"}, clocks=1)
LATER = entry(
    "x", "popup-opened", at="20:00", event="f", owner="Ana Ruiz", school="", problem="Talk dries up again", data=""
)


def filed(entry_id: str, popup: str = "p", **fields: str) -> Entry:
    """A problem is filed under something."""
    return entry(entry_id, "problem-filed", at="20:30", event=None, popup=popup, fields=fields)


def heard(entry_id: str, day: str, tried: str, then: str = "", popup: str = "m", **parts: Any) -> Entry:
    """What was heard of a promise on a day."""
    body: dict[str, Any] = {
        "cohort": "",
        "popup": popup,
        "kept": tried != "no",
        "note": "",
        "tried": tried,
        "then": then,
    }
    body.update({"due": "", "date": day, "at": "21:00"})
    body.update(parts)
    return entry(entry_id, "commitment-settled", event=None, **body)


def helps(entry_id: str, title: str, popup: str = "p") -> Entry:
    """What helps."""
    return entry(entry_id, "problem-resource", at="21:30", event=None, popup=popup, title=title, where="shelf 2")


DAY = [OPENED, OTHER, SENTENCE, PROMISE, FORM, RUN, LED]


def problems(*entries: Entry) -> dict[str, BankProblem]:
    """What these entries come to, by id."""
    fold = ProblemFold()
    fold.apply(entries)
    return {one.id: one for one in fold.problems(OCCASIONS)}


def on(today: date, *entries: Entry) -> Bank:
    """The bank of these entries on a day."""
    return bank(problems(*entries).values(), today)
