"""`plfacilitate door EVENT`: the sign-in pages for phones, as a process of its own.

Owns the options of the door. Never serves anything by itself (`front.door.process`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.plan import Event
from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import given, hand, opened
from plfacilitate.steps.events import find_event, open_event
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.surroundings import Surroundings


def door(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(help="The event's id, or the beginning of it.")],
    host: Annotated[str | None, typer.Option(help="The address to listen on; the best one unless given.")] = None,
    port: Annotated[int, typer.Option(help="The port; the next free one where a foreign program has it.")] = 8100,
) -> None:
    """Let phones sign in; the desk starts this by itself."""
    from plfacilitate.front.door.process import serve

    with opened(ctx) as (around, ledger):
        found = find_event(ledger, event)
        if found.opened_at is None and found.closed_at is None:
            _open_today(around, ledger, found)
    raise typer.Exit(serve(given(ctx), found.id, host=host, port=port))


def _open_today(around: Surroundings, ledger: Ledger, event: Event) -> None:
    """A door on the day itself opens the event; on any other day somebody has to mean it."""
    from plfacilitate.steps.intake import plan_and_office

    if around.clock().astimezone(event.zone).date() != event.day:
        raise Refused("event-not-open", title=event.title, day=event.day, event=event.id[:8])
    open_event(ledger, hand(around), event, *plan_and_office(around.workspace, event))
    say.aside(f"{event.title} was not open yet: it is now.")
