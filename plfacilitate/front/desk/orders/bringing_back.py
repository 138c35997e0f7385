"""A problem of the bank comes back to a POP-up: from the bank, or from the POP-up that is looked at.

Owns at which event it is opened again. What it brings along is a step's business (`steps.problems`).
"""

from __future__ import annotations

from plfacilitate.core.plan import Event
from plfacilitate.core.problems.bank import Bank
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import bank as deeds
from plfacilitate.front.desk.lists.bank_lines import told_apart
from plfacilitate.front.desk.orders import notes
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.find import Find


async def bring_back(desk: DeskBase) -> None:
    """The problem is open again at an event of today."""
    row, day = desk.banked, desk.day
    if row is None or day is None:
        return
    problem = row.problem.id
    found = [card.event for card in day.cards if card.event.day == day.today and card.event.closed_at is None]
    if not found:
        desk.say("No event of today is open: s on Today puts one on this day.")
    elif len(found) == 1:
        return_to(desk, problem, found[0])
    else:
        by_id = {one.id: one for one in found}
        options = [Option(key, plain(one.title), plain(one.place)) for key, one in by_id.items()]
        dialog = Choose("Back to which POP-up?", options)
        await ask(desk, dialog, lambda key: return_to(desk, problem, by_id[key]))


def return_to(desk: DeskBase, problem: str, event: Event) -> None:
    """Open it there."""
    segment = notes.segment_of(desk) if event.id == desk.watched else ""
    desk.do_deed(deeds.bring_back(problem, event.id, event.title, segment))


async def choose_for(desk: DeskBase) -> None:
    """One of the bank comes back to the POP-up that is looked at."""
    desk.feed.ask(questions.problem_bank, lambda bank: desk.call_later(_which, desk, bank))


async def _which(desk: DeskBase, bank: Bank) -> None:
    event = desk.event
    if event is None:
        return
    rows = [row for row in bank.rows if row.problem.event != event.id]
    if not rows:
        desk.say("There is no problem of another day yet.")
        return
    options = [Option(row.problem.id, told_apart(row), row.words) for row in rows]
    await ask(desk, Find("Which problem comes back?", options), lambda key: return_to(desk, key, event))
