"""`plfacilitate office screen`: what came, what is held, laptops, offerings and disputes, on one screen.

Owns nothing but the options. Never imports the screen before it is asked for.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.front.commands.common import RegisterUrl, given


def screen(
    ctx: typer.Context,
    register: RegisterUrl,
    watch: Annotated[
        str, typer.Option(metavar="PLACE", help="Take in what comes there: a folder or sftp://…, s3://…; w stops it.")
    ] = "",
) -> None:
    """One screen: came, held, laptops, offerings, disputes."""
    from plfacilitate.front.office.app import run

    raise typer.Exit(run(given(ctx), register, watch=watch))
