"""The page for the projector while phones are asked something: the question, how many have answered, what came of it.

Owns what stands on it: no count of a hidden poll before it is closed or a key of the desk shows it, nothing that was
written before another key does, and never a name. Who may see it is the wall's business.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plfacilitate.core.evaluation import Answers
from plfacilitate.core.polls.picture import Ballot, Poll
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.door.visits import Answer, Visit
from plfacilitate.front.door.wall import Wall, WallLibrary, qr_svg
from plfacilitate.seal.codes import code_at, spoken_at

TURN_SECONDS, REST_SECONDS = 2, 5
MOST_TEXTS = 60
"""Written answers on one page: more would be too small to read."""

Peek = Callable[[Sequence[str]], Mapping[str, Sequence[Ballot]]]
"""Looks at what lies in the box for some polls; takes nothing, may raise Refused."""


def nobody(polls: Sequence[str]) -> Mapping[str, Sequence[Ballot]]:
    """An empty box."""
    return {}


@dataclass(slots=True)
class Asked:
    """One a door."""

    wall: Wall
    peek: Peek
    library: WallLibrary = field(init=False)

    def __post_init__(self) -> None:
        """The page is made of the phones' environment."""
        self.library = WallLibrary(self.wall.desk, "asked")

    async def page(self, visit: Visit) -> Answer:
        """The page, to who may see the projector's; to others there is none."""
        desk = self.wall.desk
        if not self.wall.opens(visit):
            return await desk.nothing(visit)
        desk.refresh()
        polls, now = desk.room.polls.picture().polls, desk.hand.clock()
        poll = desk.room.poll or (polls[-1] if polls else None)
        present = sum(desk.room.presence(one).is_in for one in desk.room.fold.persons())
        secret, event = desk.gate.secret, desk.room.event
        scans = poll is not None and poll.open and self.wall.where.reachable
        values = {
            "refresh": TURN_SECONDS if poll is not None and poll.open else REST_SECONDS,
            "time": desk.pages(visit).time(now),
            "qr": qr_svg(f"{self.wall.where.address}/{code_at(secret, event.id, now)}".upper()) if scans else None,
            "address": self.wall.where.address.partition("//")[2],
            "spoken": spoken_at(secret, event.id, now),
            "present": present,
            **(on_wall(poll, await self._box(poll)) if poll is not None else NOTHING),
        }
        return Answer(self.library.of(visit.language).show(values))

    async def _box(self, poll: Poll) -> Sequence[Ballot]:
        if poll.named or not poll.open:
            return ()
        try:
            return (await asyncio.to_thread(self.peek, [poll.id])).get(poll.id, ())
        except Refused:  # somebody is writing: two seconds later it can be read
            return ()


NOTHING: dict[str, Any] = {"title": "", "open": False, "came": 0, "shown": False, "texts": False, "questions": []}


def on_wall(poll: Poll, box: Sequence[Ballot]) -> dict[str, Any]:
    """What the room may see of a poll."""
    return {
        "title": plain(poll.title),
        "open": poll.open,
        "came": poll.came(len(box)),
        "shown": poll.on_wall,
        "texts": poll.texts,
        "questions": [_question(one, poll) for one in poll.results(box)],
    }


def _question(one: Answers, poll: Poll) -> dict[str, Any]:
    most = max((many for _, many in one.counts), default=0)
    return {
        "ask": plain(one.ask),
        "kind": one.kind,
        "rows": [
            {
                "text": plain(text), "end": plain(one.end(at)), "many": many if poll.on_wall else None,
                "share": many * 100 // most if most and poll.on_wall else 0,
            }
            for at, (text, many) in enumerate(one.counts)
        ],
        "written": len(one.comments),
        "texts": [plain(text) for text in one.comments[:MOST_TEXTS]] if poll.texts else [],
        "more": max(0, len(one.comments) - MOST_TEXTS) if poll.texts else 0,
    }  # fmt: skip
