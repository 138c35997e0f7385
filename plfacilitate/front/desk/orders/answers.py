"""The answers of the end, for the facilitator to read.

Owns that they are read anew each time: a door may have counted them a moment ago.
"""

from __future__ import annotations

from plfacilitate.core.evaluation import Evaluation
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask


async def show(desk: DeskBase) -> None:
    """How many answered, how it spreads, what they wrote."""
    if desk.event is not None:
        desk.feed.ask(questions.evaluation_of(desk.event), lambda found: desk.call_later(_show, desk, found))


async def _show(desk: DeskBase, found: Evaluation) -> None:
    from plfacilitate.front.desk.dialogs.answers import AnswersRead

    await ask(desk, AnswersRead(found), None)
