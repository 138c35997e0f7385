"""What a phone of a played day does besides coming and going: it signs, attests hours, answers, or is left at home.

Owns those pages' forms, as a thumb fills them in, and the kiosk for who has no phone. Never looks into the ledger.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from plfacilitate.core.plan import Question

FEWER = "1.0"  # hours that somebody asks for who was there for longer
REASON = "On the phone for most of it"
QUESTIONS = (
    Question("useful", "scale", "How useful was today?", low="not at all", high="very much"),
    Question("next", "choice", "What should come next?", ("More of it", "Something else")),
    Question("say", "text", "What will you try first?"),
)
"""What the played plan asks at the end."""


@dataclass(slots=True)
class Habits:
    """What somebody does where they may. `done` is what the door has acknowledged of it."""

    signs: bool = False
    attests: bool = False
    fewer: bool = False
    answers: bool = False
    kiosk: bool = False
    done: set[str] = field(default_factory=set)


def habits_of(chance: random.Random) -> Habits:
    """Somebody's: most sign, two in three attest their hours, some of those answer; a few come to the kiosk."""
    kiosk, attests = chance.random() < 0.1, chance.random() < 0.65
    return Habits(
        signs=chance.random() < 0.9,
        attests=attests and not kiosk,
        fewer=attests and not kiosk and chance.random() < 0.15,
        answers=attests and not kiosk and chance.random() < 0.7,
        kiosk=kiosk,
    )


class Wire(Protocol):
    """A connection to the door."""

    def post(self, path: str, fields: Mapping[str, str]) -> str:
        """The page after a form; raises OSError when the door says no."""


def say_farewell(wire: Wire, habits: Habits, number: int, person: str, page: str) -> None:
    """From the page that says "You are out": the hours, fewer of them, the answers, as far as it is somebody's habit."""
    if not habits.attests:
        return
    form = {"l": _field(page, "l"), "p": person}
    wish = {"hours": FEWER, "reason": REASON} if habits.fewer else {"hours": ""}
    page = wire.post("/hours", form | wish)
    habits.done |= {"attested", "request"} if habits.fewer else {"attested"}
    if 'name="b"' not in page:  # the questions were answered before
        return
    given = {"a_useful": str(number % 5 + 1), "a_next": str(number % 2 + 1), "a_say": f"Try {number}"}
    ballot = form | {"b": _field(page, "b")}
    for _ in range(2):  # a double tap is one ballot
        wire.post("/answers", ballot | (given if habits.answers else {"skip": "1"}))
    if habits.answers:
        habits.done.add("answers")


def at_kiosk(wire: Wire, page: str, person: str, typed: str, what: str, signed: str) -> None:
    """Found by name at the kiosk whose page that is, and signed in or out."""
    found = wire.post("/kiosk/find", {"t": _field(page, "t"), "q": typed})
    if f'value="{person}"' not in found:
        raise ConnectionError("the kiosk did not find a person who is on the list")
    page = wire.post("/kiosk/me", {"t": _field(found, "t"), "p": person})
    wire.post(f"/kiosk/{what}", {"t": _field(page, "t"), "p": person, "signed": signed})


def _field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    if found is None:
        raise ConnectionError(f"the door's page has no {name}")
    return found[1]
