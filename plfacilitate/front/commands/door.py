"""`plfacilitate door EVENT`: the sign-in pages for phones, as a process of its own.

Owns the options of the door. Never serves anything by itself (`front.door.process`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import given, hand, opened
from plfacilitate.steps.opening import event_for_door


def door(
    ctx: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, or the beginning of it.")],
    host: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="The address to listen on; unless given, the one that phones most likely reach, wherever the laptop goes.",
        ),
    ] = None,
    port: Annotated[
        int, typer.Option(metavar="N", help="The port; the next free one where a foreign program has it.")
    ] = 8100,
    name: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A further name of this laptop that phones may use; may stand several times."
        ),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A certificate that the phones trust (PEM): they speak https then."),
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="The certificate's key (PEM, no password).")] = None,
) -> None:
    """Let phones sign in; the desk starts this by itself."""
    from plfacilitate.front.door.process import serve

    with opened(ctx) as (around, ledger):
        found, now = event_for_door(ledger, hand(around), around.workspace, event)
    if now:
        say.aside(f"{found.title} was not open yet: it is now.")
    code = serve(given(ctx), found.id, host=host, port=port, names=name or (), certificate=certificate, key=key)
    raise typer.Exit(code)
