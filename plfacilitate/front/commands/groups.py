"""`plfacilitate groups …`: who works with whom, drawn, shown, changed by hand, printed.

Owns how groups are printed. Never draws by itself (`steps.groups`).
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.grouping import role_of, school_of, shares, why
from plfacilitate.core.people import Person
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.attendance import Name
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.front.commands.protocols import PaperSize
from plfacilitate.steps import groups as steps
from plfacilitate.steps.capture import written
from plfacilitate.steps.correct import person_named
from plfacilitate.steps.events import find_event
from plfacilitate.steps.groups import Seated, read_groups
from plfacilitate.steps.popup import read_popup
from plfacilitate.steps.popup_groups import (
    drawn_at,
    open_problems,
    paired,
    proposed,
    reason,
    take_over,
    taken_back,
)

app = typer.Typer(no_args_is_help=True, help="Groups: draw, show, move, late, popup, print.")


class By(StrEnum):
    """How groups come about."""

    MIX = "mix"
    RANDOM = "random"
    CHOICE = "choice"


@app.command()
def draw(
    ctx: typer.Context,
    event: Name,
    by: Annotated[
        By, typer.Option(metavar="HOW", help="mix: even by school and role; random; choice: empty ones to be filled.")
    ] = By.MIX,
    of: Annotated[int | None, typer.Option(metavar="N", help="At most so many people in each.")] = None,
    count: Annotated[int | None, typer.Option(metavar="N", help="So many groups.")] = None,
    as_json: AsJson = False,
) -> None:
    """Draw groups of whoever is in the room, or is expected."""
    if (of is None) == (count is None):
        raise Refused("groups-number", number="no" if of is None else "more than one")
    with opened(ctx) as (around, ledger):
        found = find_event(ledger, event)
        drafts = steps.draw(
            hand(around), found.id, read_groups(ledger, found.id), way=by.value, count=count, size=of
        )  # fmt: skip
        written(ledger.append(drafts))
        _show(found, read_groups(ledger, found.id), as_json=as_json)


@app.command()
def show(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """The groups as they stand, and how evenly they are mixed."""
    with reading(ctx) as (_, ledger):
        found = find_event(ledger, event)
        _show(found, read_groups(ledger, found.id), as_json=as_json)


@app.command()
def move(
    ctx: typer.Context,
    event: Name,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id, e-mail, or name.")],
    to: Annotated[int, typer.Option(metavar="N", help="The number of the group; 0 = none.")],
    as_json: AsJson = False,
) -> None:
    """Put one person into another group."""
    with opened(ctx) as (around, ledger):
        found, who = find_event(ledger, event), person_named(ledger, person)
        now = read_groups(ledger, found.id)
        written(ledger.append([steps.move(hand(around), found.id, now, who.id, to, name=who.spoken)]))
        _show(found, read_groups(ledger, found.id), as_json=as_json)


@app.command()
def late(ctx: typer.Context, event: Name, as_json: AsJson = False) -> None:
    """Put everybody who came late into the group that is smallest."""
    with opened(ctx) as (around, ledger):
        found = find_event(ledger, event)
        written(ledger.append(steps.take_in(hand(around), found.id, read_groups(ledger, found.id))))
        _show(found, read_groups(ledger, found.id), as_json=as_json)


@app.command("popup")
def popup(
    ctx: typer.Context,
    event: Name,
    pair: Annotated[
        list[str] | None,
        typer.Option(metavar="GROUP=OWNER", help="Another order: group 2 works on the problem of Ana as 2=Ana."),
    ] = None,
    take: Annotated[bool, typer.Option("--take", help="Do it; without it the order is only shown.")] = False,
    back: Annotated[bool, typer.Option("--back", help="Take the last --take back.")] = False,
    as_json: AsJson = False,
) -> None:
    """Drawn groups take up a POP-up's problems."""
    with opened(ctx) if take or back else reading(ctx) as (around, ledger):
        found = find_event(ledger, event)
        drawing, picture = drawn_at(ledger, found.id), read_popup(ledger, found.id).picture()
        if back:
            moved = len(ledger.append(taken_back(ledger, hand(around), found.id)))
            _back(found, moved, as_json=as_json)
            return
        if drawing is None:
            raise Refused("groups-none")
        pairs = paired(drawing, picture, pair) if pair else proposed(drawing, picture)
        moved = len(ledger.append(take_over(hand(around), found, picture, drawing, pairs))) if take else 0
    rows = [
        {"group": number, "people": len(drawing.groups[number - 1]), "popup": one.id, "owner": one.owner}
        for one in open_problems(picture)
        if (number := pairs.get(one.id))
    ]
    if as_json:
        say.document(
            {"event": found.id, "drawing": drawing.id, "reason": reason(found, drawing), "pairs": rows, "moved": moved}
        )
        return
    say.table(("group", "people", "problem of"), [(row["group"], row["people"], row["owner"]) for row in rows])
    say.line(f"{moved} people moved, {reason(found, drawing)}." if take else "Nothing is done yet: --take does it.")


def _back(event: Event, moved: int, *, as_json: bool) -> None:
    if as_json:
        say.document({"event": event.id, "moved": moved})
    else:
        say.line(f"{moved} people are where they were before.")


@app.command("print")
def print_(
    ctx: typer.Context,
    event: Name,
    paper: Annotated[PaperSize, typer.Option(metavar="PAPER", help="The paper: us-letter or a4.")] = PaperSize.LETTER,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the PDF goes.")] = Path("groups.pdf"),
    as_json: AsJson = False,
) -> None:
    """The groups on one page, to be hung up."""
    from plfacilitate.shelf.groups_page import TEMPLATE, page
    from plfacilitate.shelf.write import write_bytes

    with reading(ctx) as (around, ledger):
        found = find_event(ledger, event)
        now = read_groups(ledger, found.id)
    if now.drawing is None:
        raise Refused("groups-none")
    template = around.workspace.document(TEMPLATE)
    write_bytes(
        out, page(found, now.drawing, now.members, now.people, around.clock(), paper=paper.value, template=template)
    )
    if as_json:
        say.document({"file": str(out), "groups": len(now.drawing.groups), "people": len(now.drawing.people)})
    else:
        say.line(f"{len(now.drawing.groups)} groups, {len(now.drawing.people)} people: {out}")


def _show(event: Event, now: Seated, *, as_json: bool) -> None:
    if as_json:
        say.document(_document(event, now))
        return
    drawing = now.drawing
    if drawing is None:
        raise Refused("groups-none")
    for number, group in enumerate(drawing.groups, 1):
        say.line(f"{drawing.title(number)} ({len(group)})")
        for one in group:
            known = _known(now, one)
            say.line(
                f"  {known.name}{f'  {known.school}' if known.school else ''}{f'  {known.role}' if known.role else ''}"
            )
    for one in now.late:
        say.line(f"in no group: {_known(now, one).name}")
    say.line()
    if said := why(now.members):
        say.line(f"{said}.")
    spread = [("school", one) for one in shares(now.members, school_of)]
    spread += [("role", one) for one in shares(now.members, role_of)]
    header = ("", "", "people", *(str(number) for number in range(1, len(drawing.groups) + 1)))
    say.table(header, [(what, one.name or "not known", one.people, *one.each) for what, one in spread])


def _document(event: Event, now: Seated) -> dict[str, object]:
    drawing = now.drawing
    return {
        "event": event.id,
        "drawing": drawing.id if drawing is not None else None,
        "by": drawing.way if drawing is not None else None,
        "seed": drawing.seed if drawing is not None else None,
        "groups": [list(group) for group in drawing.groups] if drawing is not None else [],
        "late": list(now.late),
        "why": why(now.members),
    }


def _known(now: Seated, person: str) -> Person:
    return now.people.get(person) or Person(person, last_name="?")
