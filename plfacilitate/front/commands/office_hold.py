"""`plfacilitate office hold`: offerings that stay while somebody disputes them.

Owns how they are listed. Never holds one itself (`office.holding`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.localtime import local_day
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.store.register import Register, open_register
from plfacilitate.store.register.retention import Hold


def hold(
    ctx: typer.Context,
    register: RegisterUrl,
    offering: Annotated[
        str, typer.Argument(metavar="OFFERING", help="In-service number, plan, or the id of an event of it.")
    ] = "",
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")] = "",
    release: Annotated[bool, typer.Option("--release", help="Hold it no longer.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="What is held, by whom and why.")] = False,
    as_json: AsJson = False,
) -> None:
    """Keep an offering while somebody disputes it: no purge takes it."""
    from plfacilitate.office import holding

    if listed == bool(offering) or (release and (listed or reason)):
        raise typer.BadParameter("name an offering, or say --list; --release goes without --reason")
    around = given(ctx)
    opened = open_register(register, around.chance, make=False)
    try:
        if listed:
            _list(opened, around.tz, as_json=as_json)
            return
        if release:
            done = holding.release(opened, offering, at=around.clock(), by=around.by)
        else:
            done = [holding.hold(opened, offering, reason=reason, at=around.clock(), by=around.by)]
        if as_json:
            say.document([_facts(opened, one) | {"held": not release} for one in done])
            return
        for one in done:
            said = "is held no longer; it was" if release else "is held"
            say.line(f"{_called(opened, one)} {said}: {one.reason}")
    finally:
        opened.close()


def _list(opened: Register, tz: str, *, as_json: bool) -> None:
    found = opened.holds()
    if as_json:
        say.document([_facts(opened, one) | {"held": True} for one in found])
    elif not found:
        say.line("No offering is held.")
    else:
        for one in found:
            say.line(f"{local_day(one.at, tz)}  {_called(opened, one)}")
            say.line(f"  {one.by}: {one.reason}")


def _facts(opened: Register, one: Hold) -> dict[str, object]:
    return {"series": one.series, "offering": _called(opened, one), "reason": one.reason, "at": one.at, "by": one.by}


def _called(opened: Register, one: Hold) -> str:
    from plfacilitate.office.roll import called

    return called(opened, one.series)
