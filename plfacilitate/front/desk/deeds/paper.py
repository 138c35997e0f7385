"""The sheet of paper at the desk: keyed in row by row, and printed; one function each for the writer thread.

Owns the words of the toasts and where printed files lie. What a row comes to is a step's business (`steps.paper`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work
from plfacilitate.steps import capture


def keyed(event: str, person: str, name: str, came: datetime | None, left: datetime | None) -> Deed:
    """A row of the sheet: its times stand from now on; one undo."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps.paper import key_in

        hand = replace(work.hand, means="paper")
        drafts = key_in(hand, work.fold(event), person, plain(name), came=came, left=left)
        entries = work.write(drafts) if drafts else ()
        return Done(f"{plain(name)}: keyed in" if entries else f"{plain(name)}: it stands so already", entries, event)

    return deed


def walked(event: str, fields: Mapping[str, str], came: datetime, left: datetime | None) -> Deed:
    """A row that somebody wrote who is on no list; one undo."""

    def deed(work: Work) -> Done:
        hand = replace(work.hand, means="paper")
        person, drafts = capture.walk_in(hand, event, fields, at=came)
        if left is not None:
            drafts.append(capture.sign_out(hand, event, person, at=left))
        name = plain(" ".join(filter(None, (fields.get("first_name"), fields.get("last_name")))))
        return Done(f"{name}: keyed in as a walk-in", work.write(drafts), event)

    return deed


def print_sheet(event: str, spare: int = 12) -> Deed:
    """The sign-in sheet as a PDF, to be signed by hand."""

    def deed(work: Work) -> Done:
        from plfacilitate.shelf.sheet import write_sheet
        from plfacilitate.steps.events import read_kept
        from plfacilitate.steps.paper import paper_sheet
        from plfacilitate.steps.tally import known_people

        fold = read_kept(work.ledger, event)
        sheet = paper_sheet(fold, known_people(work.ledger, [fold]), work.hand.clock(), spare=spare)
        path = _place(work, f"sign-in-sheet-{fold.event.day if fold.event else event}.pdf")
        write_sheet(path, sheet, work.around.workspace.document("sign-in-sheet.typ"))
        return Done(f"The sheet, {len(sheet.rows) - spare} people and {spare} empty rows: {path}", (), event)

    return deed


def print_badges(event: str, labels: str) -> Deed:
    """Name badges with a code, on label sheets; whoever has no number gets one."""

    def deed(work: Work) -> Done:
        from plfacilitate.core.refusal import Refused
        from plfacilitate.shelf.badges import badges, labels_named
        from plfacilitate.shelf.write import write_bytes
        from plfacilitate.steps.badges import give_badges
        from plfacilitate.steps.events import read_kept

        fold, sheet = read_kept(work.ledger, event), labels_named(labels)
        people, new = give_badges(work.ledger, work.hand, fold.persons())
        if not people:
            raise Refused("nothing-to-do", what="nobody is expected there")
        path = _place(work, f"badges-{fold.event.day if fold.event else event}.pdf")
        title = fold.event.title if fold.event else ""
        write_bytes(
            path, badges(people, sheet, title, work.hand.clock(), template=work.around.workspace.document("badges.typ"))
        )
        return Done(f"{len(people)} badges, {new} with a new number (print at 100 %): {path}", (), event)

    return deed


def _place(work: Work, name: str) -> Path:
    """Where printed files lie, beside the outbox: nothing in it is sent."""
    folder = work.around.workspace.root / "printed"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name
