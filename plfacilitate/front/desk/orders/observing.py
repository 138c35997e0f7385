"""Observing: begin, go on, end; and what the palette offers of its keys.

Owns what is asked before. What a key does while one observes is the screen's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from plfacilitate.core.noting.scripting import words_of
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.results.words import said
from plfacilitate.core.text import plain, tidy
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.front.desk.base import DeskBase
from plfacilitate.front.desk.deeds import observing as deeds
from plfacilitate.front.desk.dialogs.form import Field, Form
from plfacilitate.front.desk.orders.reminding import Going, read_open
from plfacilitate.front.desk.screens.observe import ObserveScreen, draft_key
from plfacilitate.front.desk.threads import questions
from plfacilitate.front.widgets.dialogs.base import ask
from plfacilitate.front.widgets.dialogs.choose import Choose, Option
from plfacilitate.front.widgets.dialogs.confirm import Confirm
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.observe import begin as step_begin


async def begin(desk: DeskBase, stop: str = "", observer: str = "", protocols: Sequence[str] = ()) -> None:
    """Begin an observation at a stop: which protocol (asked where `protocols` leaves a choice), and who observes."""
    if desk.event is None:
        return

    def answer(found: questions.Protocols) -> None:
        fitting = [one for one in found.known if one.kind == "observation" and (not protocols or one.id in protocols)]
        desk.call_later(_choose, desk, fitting, stop, observer)

    desk.feed.ask(questions.protocols, answer)


async def _choose(desk: DeskBase, known: Sequence[Protocol], stop: str, observer: str) -> None:
    """Which one; where there is but one, it is that one."""
    from plfacilitate.shelf.protocols import by_use

    by_id = {one.id: one for one in known}
    if len(known) == 1:
        await _who(desk, known[0], stop, observer)
        return
    options = [Option(one.id, one.title, f"{one.minutes} min") for one in by_use(known)]
    chosen = partial(_chosen, desk, by_id, stop, observer)
    await ask(desk, Choose("Observe by which protocol?", options, "There is no protocol for observing."), chosen)


def _chosen(desk: DeskBase, known: dict[str, Protocol], stop: str, observer: str, protocol: str) -> None:
    desk.call_later(_who, desk, known[protocol], stop, observer)


async def _who(desk: DeskBase, protocol: Protocol, stop: str, observer: str) -> None:
    """Who observes; not asked where it is known."""
    if tidy(observer):
        await _begin(desk, protocol, stop, observer)
        return
    field = Field("observer", "Observer", hint="your name, as the debrief shows it")
    form = Form(
        plain(protocol.title), (field,), check=lambda values: "" if tidy(values["observer"]) else "Who observes?",
        hint="Enter begins · Esc back",
    )  # fmt: skip
    await ask(desk, form, lambda values: desk.call_later(_begin, desk, protocol, stop, values["observer"]))


async def _begin(desk: DeskBase, protocol: Protocol, stop: str, observer: str) -> None:
    if desk.event is None or not desk.may_write:
        return
    around = desk.around
    hand = Hand(around.by, "facilitator", around.clock, around.chance)
    draft = step_begin(hand, desk.event.id, protocol, observer=observer, stop=stop)
    desk.do_deed(deeds.begun(draft, ""))
    await show(desk, desk.event.id, draft.id)


async def show(desk: DeskBase, event: str, observation: str) -> None:
    """The screen of an observation, a new one or one that goes on."""
    await desk.push_screen(ObserveScreen(event, observation))


async def go_on(desk: DeskBase) -> None:
    """Go on with an observation that has not ended; which one is asked, unless there is but one and it is one's own."""
    read_open(desk, lambda going: desk.call_later(_which, desk, going))


async def _which(desk: DeskBase, going: Sequence[Going]) -> None:
    if desk.event is None or not going:
        desk.say("No observation goes on here.")
        return
    event = desk.event.id
    if len(going) == 1 and going[0].own:
        await show(desk, event, going[0].id)
        return
    kept = {one.id for one in going if desk.drafts.read(draft_key(event, one.id))}
    ordered = list(reversed(going))  # the newest first, but one's own before, and what was half typed here
    ordered.sort(key=lambda one: (not one.own, one.id not in kept))
    options = [Option(one.id, one.name) for one in ordered]
    await ask(desk, Choose("Go on with whose?", options), lambda key: desk.call_later(show, desk, event, key))


async def end(desk: DeskBase) -> None:
    """The observer is done: what is left out and which states go on is said first."""
    screen = desk.screen
    if not isinstance(screen, ObserveScreen) or screen.sitting is None or not desk.may_write:
        return
    sitting = screen.sitting
    seen = sitting.book.seen
    if seen.ended_at is not None:
        sitting.say(sitting.book.laid_open() or "It has ended already: ctrl+z goes on with it.", "warn")
        screen.repaint()
        return

    def sure(yes: bool) -> None:
        if yes:
            sitting.end()
            screen.repaint()

    await ask(desk, Confirm("End this observation?", ending(seen, half=bool(sitting.half.text))), sure)


def ending(seen: Observation, *, half: bool) -> str:
    """What is still open, as the question before the end says it."""
    lines = len(seen.lines)
    parts = ["1 line is in the script." if lines == 1 else f"{lines:,} lines are in the script."]
    if half:
        parts.append("The line that is half typed stays in the field.")
    going = [f"  ▶ {plain(item.text)}" for item in seen.open_states]
    if going:
        parts.append("These states go on, and end now by rule:\n" + "\n".join(going[:5]) + _more(len(going) - 5))
    left = [f"  · {plain(words_of(part))}" for part in seen.left_out]
    if left:
        parts.append("These have no answer yet:\n" + "\n".join(left[:5]) + _more(len(left) - 5))
    come = [f"  = {plain(said(one))}" for one in outcomes(seen)]
    if come:
        parts.append("What it comes to:\n" + "\n".join(come))
    return "\n\n".join([*parts, "End it?"])


def _more(number: int) -> str:
    return f"\n  and {number} more" if number > 0 else ""


async def press(desk: DeskBase, key: str, letter: str = "") -> None:
    """A key of the observer's, chosen from the palette."""
    if isinstance(desk.screen, ObserveScreen):
        desk.screen.do(key, letter)


async def marks(desk: DeskBase) -> None:
    """The next key is a mark."""
    await press(desk, "tab")


async def codes(desk: DeskBase) -> None:
    """The next letter is what a line is coded to."""
    await press(desk, "shift+tab")


async def snapshot(desk: DeskBase) -> None:
    """Open the snapshot that is due."""
    await press(desk, "f6")


async def reword(desk: DeskBase) -> None:
    """Other words for a line."""
    await press(desk, "f2")


async def undo(desk: DeskBase) -> None:
    """Take back what was noted last."""
    await press(desk, "ctrl+z")


async def redo(desk: DeskBase) -> None:
    """Let what was taken back count again."""
    await press(desk, "ctrl+y")


async def student(desk: DeskBase) -> None:
    """A new student."""
    await press(desk, "at", "@")


async def same_student(desk: DeskBase) -> None:
    """The student who was mentioned last."""
    await press(desk, "number_sign", "#")
