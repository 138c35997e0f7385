"""`plfacilitate desk`: the same desk as without a command, with an event to open at once.

Owns nothing but the option. Never imports the desk before it is asked for.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.front.commands.common import given, opened


def desk(
    ctx: typer.Context,
    event: Annotated[str | None, typer.Argument(metavar="EVENT", help="Open this event's room at once.")] = None,
) -> None:
    """The desk: the room live on the screen."""
    from plfacilitate.front.desk.app import run

    if event is not None:
        from plfacilitate.steps.events import find_event

        with opened(ctx) as (_, ledger):
            event = find_event(ledger, event).id
    raise typer.Exit(run(given(ctx), event=event))
