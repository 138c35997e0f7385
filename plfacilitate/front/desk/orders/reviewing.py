"""Looking through the doubts of a room: pairs that may be one person, and the next person with a doubt.

Owns which of them a key speaks of.
"""

from __future__ import annotations

from plfacilitate.front.desk import deeds_of_pairs as deeds
from plfacilitate.front.desk.base import DeskBase


async def same_person(desk: DeskBase) -> None:
    """The pair under the cursor is one person, or all of those that are as good as sure."""
    if desk.event is not None and desk.pairs:
        desk.do_deed(deeds.merge(desk.event.id, desk.pairs))


async def two_people(desk: DeskBase) -> None:
    """The pair under the cursor is two people."""
    if desk.event is None:
        return
    if len(desk.pairs) > 1:
        desk.say("One by one: go down to a pair first.")
        return
    for pair in desk.pairs:
        desk.do_deed(deeds.keep_apart(desk.event.id, pair))


async def next_doubt(desk: DeskBase) -> None:
    """The next person with a doubt, in the order of the list; behind the last the first again."""
    from plfacilitate.front.desk.screens.person import PersonScreen

    doubtful = [row.person for row in desk.room.rows if row.doubtful]
    screen = desk.screen
    here = screen.person if isinstance(screen, PersonScreen) else ""
    if not doubtful or doubtful == [here]:
        desk.say("No doubt is left." if not doubtful else "This is the only one.")
        return
    at = doubtful.index(here) + 1 if here in doubtful else _after(desk, here, doubtful)
    if isinstance(screen, PersonScreen):
        await desk.pop_screen()
    await desk.push_screen(PersonScreen(doubtful[at % len(doubtful)]))


def _after(desk: DeskBase, here: str, doubtful: list[str]) -> int:
    """The first doubt behind a person whose own is settled."""
    order = [row.person for row in desk.room.rows]
    behind = order[order.index(here) :] if here in order else order
    return next((doubtful.index(one) for one in behind if one in doubtful), 0)
