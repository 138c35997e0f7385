"""Groups, each thing as one function for the writer thread.

Owns the words of the toasts and where the printed page lies. Never decides who goes where.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.grouping import Way
from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import groups as steps
from plfacilitate.store.search import catch_up


def _now(work: Work, event: str) -> steps.Seated:
    catch_up(work.ledger.connection)
    return steps.read_groups(work.ledger, event, work.fold(event))


def drawn(event: str, *, way: Way, count: int | None, size: int | None, titles: Sequence[str] = ()) -> Deed:
    """New groups for everybody who is there; one undo."""

    def deed(work: Work) -> Done:
        now = _now(work, event)
        entries = work.write(steps.draw(work.hand, event, now, way=way, count=count, size=size, titles=titles))
        groups = int(entries[0].body["count"])
        people = f"{len(entries) - 1} people in " if way != "choice" else ""
        return Done(f"{people}{groups} group{'s' if groups != 1 else ''}", entries, event)

    return deed


def moved(event: str, person: str, group: int, name: str) -> Deed:
    """One person into another group."""

    def deed(work: Work) -> Done:
        draft = steps.move(work.hand, event, _now(work, event), person, group, name=plain(name))
        where = f"in group {group}" if group else "in no group"
        return Done(f"{plain(name)} is {where} now", work.write([draft]), event)

    return deed


def taken_in(event: str) -> Deed:
    """Latecomers where it is smallest; one undo."""

    def deed(work: Work) -> Done:
        now = _now(work, event)
        entries = work.write(steps.take_in(work.hand, event, now))
        placed = ", ".join(
            f"{plain(now.people[str(one.person)].spoken) if one.person in now.people else '?'} in {one.body['group']}"
            for one in entries[:4]
        )
        more = f" and {len(entries) - 4} more" if len(entries) > 4 else ""
        return Done(f"Placed: {placed}{more}", entries, event)

    return deed


def printed(event: str) -> Deed:
    """The page to be hung up, in the workspace's folder `printed`. Refused: `groups-none`, `sheet-not-drawn`."""

    def deed(work: Work) -> Done:
        from plfacilitate.core.refusal import Refused
        from plfacilitate.shelf.groups_page import TEMPLATE, page
        from plfacilitate.shelf.write import write_bytes
        from plfacilitate.steps.events import read_event

        now, found, own = _now(work, event), read_event(work.ledger, event), work.around.workspace
        if now.drawing is None:
            raise Refused("groups-none")
        folder = own.root / "printed"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"groups-{found.day}.pdf"
        write_bytes(
            path, page(found, now.drawing, now.members, now.people, work.hand.clock(), template=own.document(TEMPLATE))
        )
        return Done(f"The groups on one page: {path}", (), event)

    return deed
