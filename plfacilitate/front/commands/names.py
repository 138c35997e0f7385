"""`plfacilitate names EVENT`: names that slipped into what was written there, and how they are taken out.

Owns the words and the question. What is a name is `core.noting.unnamed`'s guess; what happens is `steps.unname`.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.cohort.values import CohortFacts
from plfacilitate.core.noting.unnamed import Unnamed
from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.events import find_event
from plfacilitate.steps.observe import read_visit
from plfacilitate.steps.unname import Taken, names_noted, take_names_out
from plfacilitate.steps.unname_cohort import names_of_cohort, take_names_out_of_cohort
from plfacilitate.store.ledger import Ledger

Name = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it; or a cohort's.")]
KINDS = {
    "observation-started": "who observed or answered", "visit-planned": "the way of the visit",
    "event-scheduled": "the event", "sign-in": "a sign-in",
    **dict.fromkeys(("popup", "popup-opened", "popup-changed"), "who brought a problem"),
    "popup-idea": "whose idea it is", "commitment": "whose promise it is",
    **dict.fromkeys(("poll-opened", "poll-answer", "poll-closed"), "a poll"), "evaluation-summary": "answers at the end",
}  # fmt: skip


def names(
    ctx: typer.Context,
    event: Name,
    replace: Annotated[
        list[str] | None, typer.Option("--replace", metavar="NAME=WORD", help="Take a name out; as often as needed.")
    ] = None,
    owners: Annotated[
        bool, typer.Option("--owners", help="Also where it says whose problem, idea or promise it is.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Names in what was written; with --replace, out of it for good."""
    if replace:
        _take_out(ctx, event, _changes(replace), owners=owners, yes=yes, as_json=as_json)
        return
    with reading(ctx) as (_, ledger):
        one = _place(ledger, event)
        if isinstance(one, Event):
            found = names_noted(ledger, read_visit(ledger, one.id))
        else:
            found = names_of_cohort(ledger, one)
    what, which, title = _called(one)
    if as_json:
        say.document({what: which, "names": [_told(name) for name in found]})
    elif not found:
        say.line(f"{title}: no name was found in what was noted.")
    else:
        say.table(("name", "times", "becomes", "", "where"), [_row(name) for name in found])
        sure = " ".join(f"--replace {_quoted(f'{name.name}={name.proposed}')}" for name in found if name.sure)
        if sure:
            say.aside(
                f"Take them out for good: plfacilitate names {which[:8] if what == 'event' else _quoted(which)} {sure}"
            )


def _place(ledger: Ledger, name: str) -> Event | CohortFacts:
    """The event of that name, else the cohort. Refused: `event-unknown`."""
    try:
        return find_event(ledger, name)
    except Refused as no:
        try:
            return read_cohorts(ledger).find(name)
        except Refused:
            raise no from None


def _called(one: Event | CohortFacts) -> tuple[str, str, str]:
    """What it is, its id and its title."""
    return ("event", one.id, one.title) if isinstance(one, Event) else ("cohort", one.cohort.id, one.cohort.title)


def _told(name: Unnamed) -> dict[str, object]:
    return {key: value for key, value in name._asdict().items() if key != "text"}


def _row(name: Unnamed) -> tuple[object, ...]:
    hidden = f"in {name.where}, shown once all who observe are done"
    return name.name, name.times, name.proposed, "" if name.sure else "a name?", name.example or hidden


def _quoted(text: str) -> str:
    return f'"{text}"' if " " in text else text


def _changes(replace: list[str]) -> dict[str, str]:
    changes = {}
    for one in replace:
        name, equals, words = one.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{plain(one)} is no NAME=WORD", param_hint="--replace")
        changes[name] = words
    return changes


def _take_out(
    ctx: typer.Context, event: str, changes: dict[str, str], *, owners: bool, yes: bool, as_json: bool
) -> None:
    with opened(ctx) as (around, ledger):
        one = _place(ledger, event)
        if not yes:
            words = ", ".join(f"{plain(name.strip())} → {plain(new.strip())}" for name, new in changes.items())
            typer.confirm(
                f"{words}. What stood there is erased for good and can't be brought back. Go on?", abort=True, err=True
            )
        here, writer = around.workspace, hand(around)
        if isinstance(one, Event):
            taken = take_names_out(ledger, here, writer, one.id, changes, owners=owners)
        else:
            taken = take_names_out_of_cohort(ledger, here, writer, one, changes, owners=owners)
    what, which, _ = _called(one)
    if as_json:
        say.document(
            {what: which, "anew": taken.anew, "erased": taken.erased, "copies": taken.copies, "left": taken.left}
        )
        return
    say.line(taken_words(taken))
    for kind, count in taken.left.items():
        say.aside(f"A name stands still in {KINDS.get(kind, kind)} ({count} ×): that is kept.")
    say.aside("Reports on paper or handed over, backups and other laptops still hold what they held.")


def taken_words(taken: Taken) -> str:
    """What was done, in a sentence."""
    copies = f", {len(taken.copies)} files deleted: pack, and write the report, again" if taken.copies else ""
    return f"{taken.anew} texts say it without the names, {taken.erased} entries were emptied for good{copies}."
