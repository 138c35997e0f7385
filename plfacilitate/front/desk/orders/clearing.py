"""Hours that the office has, cleared from this laptop: looked at, chosen, and done after a question.

Owns what is asked before that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from plfacilitate.core.clearing import DAYS
from plfacilitate.core.report.words import count
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import clearing as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form, Values
from plfacilitate.front.desk.threads.questions import clearing_of
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.confirm import Confirm

if TYPE_CHECKING:
    from plfacilitate.front.desk.screens.clear import ClearScreen
    from plfacilitate.steps.clear import Chosen, Preview

FARTHEST = 36_500  # days, a hundred years


async def look(desk: DeskBase) -> None:
    """What would go, by what is usual."""
    from plfacilitate.steps.clear import Chosen

    _read(desk, Chosen(DAYS))


async def days(desk: DeskBase) -> None:
    """After how many days."""
    screen = _screen(desk)
    if screen is None:
        return
    chosen = screen.chosen
    field = Field("days", "Days", str(chosen.days), hint="since it was handed over")
    form = Form("Only what was handed over so long ago", (field,), check=_wrong, hint="Enter done · Esc back")
    await ask(desk, form, lambda values: _read(desk, replace(chosen, days=int(values["days"]))))


def _wrong(values: Values) -> str:
    text = values["days"].strip()
    return "" if text.isascii() and text.isdigit() and int(text) <= FARTHEST else "A number of days, such as 90."


async def without_receipt(desk: DeskBase) -> None:
    """Also where the office gave no receipt, or only where it did."""
    screen = _screen(desk)
    if screen is not None:
        _read(desk, replace(screen.chosen, without_receipt=not screen.chosen.without_receipt))


async def people(desk: DeskBase) -> None:
    """Also people of whom nothing else is here, or not."""
    screen = _screen(desk)
    if screen is not None:
        _read(desk, replace(screen.chosen, people=not screen.chosen.people))


async def clear(desk: DeskBase) -> None:
    """All that goes, after a question: there is no way back."""
    from plfacilitate.front.desk.screens.clear import stays_words

    screen = _screen(desk)
    if screen is None:
        return
    found, chosen = screen.found, screen.chosen
    left = len(found.left) if chosen.people else 0
    if not found.going and not left:
        desk.say("Nothing goes: the list says why.")
        return
    what = (
        [f"the hours of {count(len(found.going), 'event')} ({count(found.entries, 'entry', 'entries')})"]
        if found.going
        else []
    )
    what += [count(left, "person", "people")] if left else []
    stays = stays_words(found)
    words = (
        f"Clear {' and '.join(what)} from this laptop?\n"
        "The office keeps what it has; here it can't be taken back."
        + (f"\nOf the programme stays: {stays}." if stays else "")
    )
    going = [one.event.id for one in found.going]
    await ask(
        desk, Confirm("Clear for good?", words), lambda yes: desk.do_deed(deeds.clear(chosen, going)) if yes else None
    )


def _screen(desk: DeskBase) -> ClearScreen | None:
    from plfacilitate.front.desk.screens.clear import ClearScreen

    return desk.screen if isinstance(desk.screen, ClearScreen) else None


def _read(desk: DeskBase, chosen: Chosen) -> None:
    desk.feed.ask(clearing_of(chosen), lambda found: desk.call_later(_show, desk, found, chosen))


async def _show(desk: DeskBase, found: Preview, chosen: Chosen) -> None:
    from plfacilitate.front.desk.screens.clear import ClearScreen

    screen = _screen(desk)
    if screen is not None:
        screen.show(found, chosen)
    else:
        await desk.push_screen(ClearScreen(found, chosen))
