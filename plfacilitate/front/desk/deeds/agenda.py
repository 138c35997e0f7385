"""The agenda as it goes: begun, moved on, paused, re-timed; one function each for the writer thread.

Owns the words of the toasts. Each deed works on the agenda as it stands at that moment, whatever the screen showed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plfacilitate.core.entry import Draft
from plfacilitate.core.keeping.run import Run
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import keeping as step
from plfacilitate.steps.events import read_event

Told = Callable[[Run], str]
"""Words what became of it, from the agenda as it stands afterwards."""


def move_on(event: str) -> Deed:
    """The next segment begins; after the last one the agenda has ended. Refused: `agenda-over`."""
    return lambda work: _written(work, event, step.move_on(work.hand, event, work.fold(event).run), _runs)


def start(event: str, place: int) -> Deed:
    """This segment begins. Refused: `segment-runs`."""
    return lambda work: _written(work, event, step.start(work.hand, event, work.fold(event).run, place), _runs)


def pause(event: str) -> Deed:
    """The clock stands still, or goes on. Refused: `agenda-not-running`."""
    return lambda work: _written(work, event, step.pause(work.hand, event, work.fold(event).run), _runs)


def add(event: str, minutes: int) -> Deed:
    """So many minutes more for what runs, or fewer; before the beginning for what comes first."""

    def deed(work: Work) -> Done:
        run = work.fold(event).run
        place = run.running or 0
        return _retimed(work, event, {place: run.minutes[place] + minutes} if run.minutes else {})

    return deed


def set_minutes(event: str, minutes: Mapping[int, int]) -> Deed:
    """So many minutes for these segments. Refused: `segment-unknown`."""
    return lambda work: _retimed(work, event, minutes)


def began_at(event: str, place: int, time: str, reason: str) -> Deed:
    """A segment began at that time. Refused: `event-gone`, `not-yet`, `reason-missing`, `segment-far`."""

    def deed(work: Work) -> Done:
        run, found = work.fold(event).run, read_event(work.ledger, event)
        moment = step.moment_in(found, time)
        draft = step.began_at(work.hand, event, run, place, moment, reason=reason)
        said = f"{plain(run.spans[place].segment.title)} began at {moment.astimezone(found.zone):%H:%M}"
        return Done(said, work.write([draft]), event)

    return deed


def take_past(event: str, minutes: Mapping[int, int]) -> Deed:
    """What is still to come is meant to take as long as it took before, made to fit. Refused: `nothing-to-do`."""

    def deed(work: Work) -> Done:
        wanted = step.as_before(work.fold(event).run, work.hand.clock(), minutes)
        if not wanted:
            raise Refused("nothing-to-do", what="what is still to come has the minutes that it took before")
        return _retimed(work, event, wanted)

    return deed


def spread(event: str) -> Deed:
    """What is left is made to fit. Refused: `agenda-fits`, `agenda-fits-not`."""

    def deed(work: Work) -> Done:
        before = work.fold(event).run
        draft, found = step.spread(work.hand, event, before, work.hand.clock())
        entries = work.write([draft])
        parts = [_changed(before, place, minutes) for place, minutes in found.minutes.items()]
        short = found.wanted - found.had
        said = f"Spread over {len(parts)}: {', '.join(parts)}"
        return Done(f"{said}; {short} min are still too many" if short > 0 else said, entries, event)

    return deed


def _retimed(work: Work, event: str, minutes: Mapping[int, int]) -> Done:
    before = work.fold(event).run
    draft = step.retime(work.hand, event, before, minutes)
    said = ", ".join(_changed(before, int(place), many) for place, many in draft.body["minutes"].items())
    return Done(said, work.write([draft]), event)


def _changed(run: Run, place: int, minutes: int) -> str:
    return f"{plain(run.spans[place].segment.title)} {run.minutes[place]} → {minutes} min"


def _written(work: Work, event: str, draft: Draft, told: Told) -> Done:
    entries = work.write([draft])
    return Done(told(work.fold(event).run), entries, event)


def _runs(run: Run) -> str:
    if run.running is None:
        return "The agenda has ended"
    title = plain(run.spans[run.running].segment.title)
    return f"{title} is paused" if run.paused else f"{title} runs: {run.minutes[run.running]} min"
