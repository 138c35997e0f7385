"""Looking through the doubts of a room: pairs that may be one person, and the next person with a doubt.

Owns which of them a key speaks of.
"""

from __future__ import annotations

from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import pairs as deeds


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
    """What is about no person first, then the next person with a doubt in the order of the list, and round again."""
    from plfacilitate.front.desk.screens.person import PersonScreen

    doubtful = [row.person for row in desk.room.rows if row.doubtful]
    if await _about_nobody(desk, others=bool(doubtful)):
        return
    screen = desk.screen
    here = screen.person if isinstance(screen, PersonScreen) else ""
    if not doubtful or doubtful == [here]:
        desk.say("No doubt is left." if not doubtful else "This is the only one.")
        return
    at = doubtful.index(here) + 1 if here in doubtful else _after(desk, here, doubtful)
    if isinstance(screen, PersonScreen):
        await desk.pop_screen()
    await desk.push_screen(PersonScreen(doubtful[at % len(doubtful)]))


async def _about_nobody(desk: DeskBase, *, others: bool) -> bool:
    """Ask about a doubt of the whole room; one that was passed over waits until the others had their turn."""
    from plfacilitate.front.desk.orders.correcting import settle_flag

    found = desk.room.about_nobody if desk.may_write else ()
    waiting = [flag for flag in found if not others or flag.entry not in desk.passed_over]
    if not waiting:
        desk.passed_over.clear()
        return False
    desk.passed_over.add(waiting[0].entry)
    await settle_flag(desk, waiting[0])
    return True


def _after(desk: DeskBase, here: str, doubtful: list[str]) -> int:
    """The first doubt behind a person whose own is settled."""
    order = [row.person for row in desk.room.rows]
    behind = order[order.index(here) :] if here in order else order
    return next((doubtful.index(one) for one in behind if one in doubtful), 0)
