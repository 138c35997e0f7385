"""`plfacilitate init | doctor | backup | restore`: the workspace itself.

Owns how they are printed. Never repairs anything silently.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, given, reading
from plfacilitate.store.workspace import Workspace


def init(
    ctx: typer.Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where; the usual place unless given.")
    ] = None,
) -> None:
    """Make a workspace: one folder that holds everything."""
    around = given(ctx)
    place = Workspace(folder.expanduser().absolute()) if folder else around.workspace
    from plfacilitate.store.doctor import place_warnings

    place.create()
    replace(around, workspace=place).open_ledger().close()
    say.line(f"The workspace is {place.root}.")
    for warning in place_warnings(place.root):
        say.aside(warning)


def doctor(
    ctx: typer.Context,
    network: Annotated[bool, typer.Option("--network", help="Whether phones reach this laptop.")] = False,
    wait: Annotated[int, typer.Option(min=0, max=3600, metavar="SECONDS", help="How long to wait for a phone.")] = 120,
    port: Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="The port of the door.")] = 8100,
    as_json: AsJson = False,
) -> None:
    """Check the whole ledger and its place; or the network."""
    from plfacilitate.store.doctor import examine, place_warnings

    around = given(ctx)
    if network:
        from plfacilitate.front.commands.network import examine_network

        raise typer.Exit(0 if examine_network(around.chance, port=port, wait=wait, as_json=as_json) else 1)
    if not around.workspace.ledger.exists():
        raise Refused("file-missing", file=around.workspace.ledger)
    warnings = place_warnings(around.workspace.root)
    with reading(ctx) as (_, ledger):
        report = examine(ledger.connection)
    if as_json:
        found = {"findings": list(report.findings), "remarks": list(report.remarks), "warnings": list(warnings)}
        say.document({"entries": report.entries, **found})
    else:
        for text in [*report.findings, *report.remarks, *warnings]:
            say.line(text)
        say.line(f"{report.entries} entries checked: {'all is right' if not report.findings else 'see above'}.")
    raise typer.Exit(1 if report.findings else 0)


def backup(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")]
) -> None:
    """Copy the ledger while it is in use; the copy is checked."""
    from plfacilitate.store.backup import backup as copy

    around = given(ctx)
    copy(around.workspace.ledger, file)
    say.line(f"Copied to {file}.")


def restore(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")]) -> None:
    """Put a backup in place of the ledger, which is kept beside it."""
    from plfacilitate.store.backup import restore as put_back

    around = given(ctx)
    around.workspace.create()
    kept = put_back(file, around.workspace, f"{around.clock():%Y%m%d-%H%M%S}")
    around.open_ledger().close()
    say.line(f"Restored from {file}." + (f" What stood there is {kept}." if kept else ""))
