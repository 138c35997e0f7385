"""Leading a protocol, each thing as one function for the writer thread.

Owns the words that say what was done. Never decides where a group goes: the screen says it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from plfacilitate.core.entry import Draft
from plfacilitate.core.protocol import CaptureKind, Protocol
from plfacilitate.core.refusal import Refused
from plfacilitate.core.running.places import Place, Size
from plfacilitate.core.running.run import Captured, Run
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import run as steps
from plfacilitate.steps.capture import Hand


def begun(event: str, protocol: Protocol, *, segment: str, size: Size, at: datetime, run: str) -> Deed:
    """A protocol is led from now on."""

    def deed(work: Work) -> Done:
        draft = steps.begin(work.hand, event, protocol, segment=segment, size=size, at=at, entry_id=run)
        return Done(f"{plain(protocol.title)} begins", work.write([draft]), event)

    return deed


def moved(run: Run, places: Sequence[tuple[int, Place]], at: datetime, said: str) -> Deed:
    """Groups go to places, each to its own; one undo for all of them."""
    together: dict[tuple[str, int], list[int]] = {}
    for group, place in places:
        together.setdefault(place.key, []).append(group)
    by_key = {place.key: place for _, place in places}
    return _led(
        run,
        said,
        lambda hand, now: [steps.move(hand, now, groups, by_key[key], at=at) for key, groups in together.items()],
    )


def paused(run: Run, groups: Collection[int], at: datetime, *, on: bool, said: str) -> Deed:
    """Clocks stand still, or go on."""
    how = steps.pause if on else steps.resume
    return _led(run, said, lambda hand, now: [how(hand, now, groups, at=at)])


def minutes(run: Run, groups: Collection[int], more: int, at: datetime, said: str) -> Deed:
    """Minutes more or fewer for the step at which each group is."""
    return _led(run, said, lambda hand, now: steps.add_minutes(hand, now, groups, more, at=at))


def sized(run: Run, size: Size, at: datetime, said: str) -> Deed:
    """Another number of groups or people."""
    return _led(run, said, lambda hand, now: [steps.resize(hand, now, size, at=at)])


def ended(run: Run, at: datetime) -> Deed:
    """It is over."""
    return _led(run, f"{plain(run.protocol.title)} has ended", lambda hand, now: [steps.end(hand, now, at=at)])


def captured(run: Run, text: str, *, kind: CaptureKind, group: int, place: Place, at: datetime) -> Deed:
    """A line is written down; ideas one a line."""

    def written(hand: Hand, now: Run) -> list[Draft]:
        return steps.capture(hand, now, text, kind=kind, group=group, place=place, at=at)

    return _led(run, f"{kind.capitalize()} kept", written)


def reworded(run: Run, line: str, text: str) -> Deed:
    """A line in other words. Refused: `line-gone`."""

    def written(hand: Hand, now: Run) -> list[Draft]:
        draft = steps.reword(hand, now, _line(now, line), text)
        return [draft] if draft is not None else []

    return _led(run, "It stands so now", written)


def promised(run: Run, line: str, words: Mapping[str, str]) -> Deed:
    """A line is a commitment from now on, or a fuller one. Refused: `line-gone`."""
    lacks = " and ".join(name for name, key in (("whose it is", "who"), ("by when", "due")) if not words[key].strip())
    said = f"Commitment kept; {lacks} can be said later" if lacks else "Commitment kept"
    return _led(run, said, lambda hand, now: [steps.promise(hand, now, _line(now, line), words)])


def taken_away(run: Run, line: str) -> Deed:
    """A line counts no more. Refused: `line-gone`."""
    return _led(run, "The line is taken away", lambda hand, now: steps.take_away(hand, now, _line(now, line)))


def _line(run: Run, entry: str) -> Captured:
    found = next((one for one in run.captured if entry in one.versions), None)
    if found is None:
        raise Refused("line-gone")
    return found


def _led(run: Run, said: str, drafts: Callable[[Hand, Run], list[Draft]]) -> Deed:
    """Drafts of the run as it stands when the writer comes to it. Refused: `run-gone`."""

    def deed(work: Work) -> Done:
        now = work.runs(run.event).run(run.id)
        if now is None:
            raise Refused("run-gone")
        return Done(said, work.write(drafts(work.hand, now)), run.event)

    return deed
