"""What is done to a visit: announced, changed stop by stop, summed up, printed; one function each for the writer thread.

Owns the words of the toasts. Each deed changes the visit as it stands at that moment, whatever the screen showed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.core.visiting.plan import Stop, Visit
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import visiting

Change = Callable[[Visit | None], Visit]


def announce(event: str, change: Change, said: str) -> Deed:
    """The visit, changed, is what is announced from now on."""
    return lambda work: _announced(work, event, change(work.visit(event).visit), said)


def put_stop(event: str, stop: Stop) -> Deed:
    """A stop as it is now, or one more; a stop without an id gets one."""

    def deed(work: Work) -> Done:
        visit = _standing(work, event)
        new = not stop.id
        one = stop if not new else _with_id(stop, visiting.new_stop_id(work.hand))
        words = "is on the way" if new else "is put right"
        return _announced(work, event, visit.with_stop(one), f"{plain(stop.room)} {words}")

    return deed


def take_stop_away(event: str, stop_id: str) -> Deed:
    """A stop where nobody has observed is on the way no more. Refused: `stop-observed`."""

    def deed(work: Work) -> Done:
        visit = _standing(work, event)
        stop = visit.stop(stop_id)
        if stop is None:
            return Done("That stop is on the way no more")
        without = visit.without_stop(stop_id)
        return _announced(work, event, without, f"{plain(stop.room)} is taken off the way")

    return deed


def take_back_beginning(event: str, observation: str) -> Deed:
    """An observation that was begun by mistake is none. Refused: `observation-noted`."""

    def deed(work: Work) -> Done:
        fold = work.visit(event)
        seen = fold.observation(observation)
        draft = visiting.take_back_beginning(work.ledger, work.hand, fold, observation)
        who = plain(seen.observer) if seen is not None else ""
        return Done(f"{who} has not begun there", work.write([draft]), event)

    return deed


def from_file(event: str, path: Path) -> Deed:
    """The visit as a file says. Refused: `faults`."""

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.visits import read_visit_file
        from plfacilitate.steps.events import read_event

        allowed = visiting.allowed_rooms(read_event(work.ledger, event))
        visit = read_visit_file(path, protocols=work.around.workspace.protocols, allowed=allowed)
        return _announced(work, event, visit, f"{plain(visit.school)}: {len(visit.stops)} stops, as the file says")

    return deed


def sum_up(event: str, parts: Mapping[str, str]) -> Deed:
    """What the team writes into the report."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.observe import sum_up as step

        before = work.visit(event).summary
        changed = {name: text for name, text in parts.items() if text.strip() != before.get(name, "")}
        if not changed:
            return Done("It stands so already")
        return Done("Kept for the report", work.write([step(work.hand, event, changed)]), event)

    return deed


def print_page(event: str) -> Deed:
    """The page for the school, as a PDF in the folder printed."""

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.visit_page import TEMPLATE, page
        from plfacilitate.shelf.write import write_bytes
        from plfacilitate.steps.events import read_event

        visit, found, own = _standing(work, event), read_event(work.ledger, event), work.around.workspace
        folder = own.root / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"site-visit-{found.day}.pdf"
        write_bytes(path, page(found, visit, work.hand.clock(), own.protocols, template=own.document(TEMPLATE)))
        return Done(f"The page for the school: {path}", (), event)

    return deed


def _announced(work: Work, event: str, visit: Visit, said: str) -> Done:
    from plfacilitate.steps.events import read_event

    draft = visiting.announce(work.hand, read_event(work.ledger, event), work.visit(event), visit)
    return Done(said, work.write([draft]), event) if draft is not None else Done("It stands so already")


def _standing(work: Work, event: str) -> Visit:
    visit = work.visit(event).visit
    if visit is None:
        from plfacilitate.steps.events import read_event

        raise Refused("visit-missing", title=read_event(work.ledger, event).title, event=event[:8])
    return visit


def _with_id(stop: Stop, stop_id: str) -> Stop:
    from dataclasses import replace

    return replace(stop, id=stop_id)
