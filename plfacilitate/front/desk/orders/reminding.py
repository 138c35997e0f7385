"""What goes on: observations that nobody has ended, said when somebody comes back to the desk.

Owns which of them are one's own. Loads nothing heavy: it is asked soon after the desk begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from plfacilitate.core.minutes import day_text
from plfacilitate.core.text import fold, plain
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.threads import questions

if TYPE_CHECKING:
    from plfacilitate.core.visiting.fold import VisitFold, VisitPicture
    from plfacilitate.core.visiting.observation import Observation


class Going(NamedTuple):
    """An observation that has not ended, and what it is called."""

    id: str
    name: str
    own: bool


async def remind(desk: DeskBase) -> None:
    """Somebody comes back to a desk where an observation of theirs goes on: say so, once."""
    read_open(desk, lambda going: desk.call_later(_remind, desk, [one for one in going if one.own]))


async def remind_of_before(desk: DeskBase) -> None:
    """The desk begins, and an observation of theirs of another day has no end: say so, once."""
    desk.feed.ask(questions.visits_before, partial(_of_before, desk))


def read_open(desk: DeskBase, answer: Callable[[Sequence[Going]], object]) -> None:
    """Give what goes on in the event of the room to `answer`, in the reader's thread."""
    if desk.event is None:
        return

    def read(visit: VisitFold) -> None:
        picture = visit.picture()
        answer([Going(one.id, _name(one, picture), _own(desk, one)) for one in _open(picture)])

    desk.feed.ask(questions.visit_of(desk.event.id), read)


def _open(picture: VisitPicture) -> list[Observation]:
    """A form from paper is no sitting that goes on."""
    found = [one for one in picture.observations if one.ended_at is None and one.means != "paper"]
    return [one for one in found if one.protocol.kind == "observation"]


def _own(desk: DeskBase, one: Observation) -> bool:
    return fold(one.observer) == fold(desk.around.by)


def _name(one: Observation, picture: VisitPicture) -> str:
    label = picture.visit.place(one.stop) if picture.visit is not None and one.stop else ""
    return plain(" · ".join(filter(None, (one.observer, label, one.protocol.title))))


async def _remind(desk: DeskBase, going: Sequence[Going]) -> None:
    if going and getattr(desk.screen, "WHERE", "") != "observe":
        what = f"{going[0].name} goes on" if len(going) == 1 else f"{len(going)} observations of yours go on"
        desk.say(f"{what}, nothing is lost: J leads there.")


def _of_before(desk: DeskBase, pictures: Sequence[VisitPicture]) -> None:
    for picture in pictures:
        own = [one for one in _open(picture) if _own(desk, one)]
        if own:
            when = day_text(own[-1].started_at.astimezone(desk.zone).date())
            words = f"{_name(own[-1], picture)} of {when} goes on: open that day, J leads there."
            desk.call_later(_say_once, desk, picture.event, words)


def _say_once(desk: DeskBase, event: str, words: str) -> None:
    if event not in desk.reminded:
        desk.reminded.add(event)
        desk.say(words)
