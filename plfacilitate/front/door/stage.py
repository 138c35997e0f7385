"""The page for the projector while a protocol is led: the step in huge letters, its prompt, every group's clock.

Owns what stands on it. Shows no person and nothing that was written down, and needs no script: it asks for itself anew
every second. Who may see it is the wall's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plfacilitate.core.running.run import Group, Run
from plfacilitate.core.text import plain
from plfacilitate.core.timing import PAUSED, SIGNS, countdown, share
from plfacilitate.front.door.languages import mark
from plfacilitate.front.door.pages import Pages
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.wall import WORDS, Wall, WallLibrary

TURN_SECONDS = 1
REST_SECONDS = 5  # while nothing is led

_OVER = mark("over")
_PAUSED = mark("paused")
_WHOSE = {"person": mark("person %(turn)s of %(turns)s"), "group": mark("group %(turn)s of %(turns)s")}


@dataclass(slots=True)
class Stage:
    """One a door."""

    wall: Wall
    library: WallLibrary = field(init=False)

    def __post_init__(self) -> None:
        """The page is made of the phones' environment."""
        self.library = WallLibrary(self.wall.desk, "stage")

    async def page(self, visit: Visit) -> Answer:
        """The page, to who may see the projector's; to others there is none."""
        desk = self.wall.desk
        if not self.wall.opens(visit):
            return await desk.nothing(visit)
        desk.refresh()
        now, pages, run = desk.hand.clock(), desk.pages(visit), desk.room.led.going
        values = {
            "refresh": TURN_SECONDS if run is not None else REST_SECONDS,
            "time": pages.time(now),
            **(on_stage(pages, run, now) if run is not None else NOTHING),
        }
        return Answer(self.library.of(visit.language).show(values))


NOTHING: dict[str, Any] = {"title": "", "step": None, "groups": [], "many": False}


def on_stage(pages: Pages, run: Run, now: datetime) -> dict[str, Any]:
    """What is shown of a run: the step where all are at one, and each group's clock; `many` = there are several."""
    together = len({group.now.place.key for group in run.groups}) == 1
    return {
        "title": plain(run.protocol.title),
        "step": _step(pages, run.groups) if together else None,
        "groups": [_clock(pages, group, now, named=not together) for group in run.groups],
        "many": len(run.groups) > 1,
    }


def _step(pages: Pages, groups: Sequence[Group]) -> dict[str, str]:
    place = groups[0].now.place
    step, whose = place.step, _WHOSE.get(place.step.repeat)
    return {
        "title": plain(step.title),
        "whose": pages.say(whose, turn=place.turn, turns=place.turns) if whose is not None else "",
        "prompt": plain(step.prompt),
        "speaks": plain(step.speaks),
        "silent": plain(step.silent),
    }


def _clock(pages: Pages, group: Group, now: datetime, *, named: bool) -> dict[str, Any]:
    stint = group.now
    left, state = stint.left(now), stint.urgency(now)
    paused = stint.watch.paused
    words = {"over": _OVER, **WORDS}
    return {
        "number": group.number,
        "step": plain(stint.place.step.title) if named else "",
        "figure": f"+{countdown(left)}" if left < 0 else countdown(left),
        "look": "paused" if paused else state,
        "symbol": PAUSED.symbol if paused else "" if state == "calm" else SIGNS[state].symbol,
        "word": pages.say(_PAUSED) if paused else pages.say(words[state]) if state in words else "",
        "share": share(stint.watch.spent_at(now), stint.meant),
    }
