"""Names out of a visit's notes: looked for, chosen, and taken out for good after a question.

Owns what is asked before that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from plfacilitate.core.noting.unnamed import Unnamed, mentions, replaced
from plfacilitate.core.text import plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import names as deeds
from plfacilitate.front.desk.screens.names import NamesScreen
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm

NAMED = 6  # names that are said in the question


async def look(desk: DeskBase) -> None:
    """Which names stand in what was noted; none = one sentence."""
    if desk.event is None or not desk.may_write:
        return

    def answer(found: Sequence[Unnamed]) -> None:
        desk.call_later(_show, desk, found)

    desk.do_deed(deeds.look(desk.event.id, answer))


async def _show(desk: DeskBase, found: Sequence[Unnamed]) -> None:
    if found:
        await desk.push_screen(NamesScreen(found))
    else:
        desk.say("No name was found in what was noted. A name without a large letter is not seen: read it once more.")


async def turn(desk: DeskBase) -> None:
    """Take the proposal, or leave the name."""
    if isinstance(desk.screen, NamesScreen):
        await desk.screen.turn()


async def take_out(desk: DeskBase) -> None:
    """All that were chosen, after a question: there is no way back."""
    screen, event = desk.screen, desk.event
    if not isinstance(screen, NamesScreen) or event is None:
        return
    changes = screen.changes
    wrong = [words for words in changes.values() if mentions(words, changes)]
    if not changes:
        desk.say("Nothing is chosen: type what shall stand in place of a name.")
    elif wrong:
        desk.say(f"{plain(wrong[0])} is a name that goes itself: write S1, the teacher, or another word.")
    else:
        await ask(desk, Confirm("Take names out for good?", _words(changes)), partial(_take, desk, event.id, changes))


def _words(changes: Mapping[str, str]) -> str:
    pairs = [f"{plain(name)} → {plain(words)}" for name, words in changes.items()]
    more = f" and {len(pairs) - NAMED} more" if len(pairs) > NAMED else ""
    return (
        f"{', '.join(pairs[:NAMED])}{more}.\nWhat stood there is erased here and on every laptop that receives this ledger. "
        "What lies in the outbox, and reports, are deleted. It can't be taken back."
    )


def _take(desk: DeskBase, event: str, changes: Mapping[str, str], yes: bool) -> None:
    if yes:
        desk.drafts.reword(lambda text: replaced(text, changes))
        desk.do_deed(deeds.take_out(event, changes))
