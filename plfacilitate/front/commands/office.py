"""`plfacilitate office …`: the other end, where bundles are taken in.

Owns how a verdict is printed. Never judges a bundle (`office.receive`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.front.commands import (
    office_copies,
    office_laptops,
    office_reconcile,
    office_roll,
    office_statement,
    say,
)
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.front.commands.office_keys import key

_HELP = "The office: key, roll, reconcile, statement, receive, laptop, register."
app = typer.Typer(no_args_is_help=True, help=_HELP, short_help=_HELP)  # the short one is not cut, it goes on below
app.command()(key)
app.add_typer(office_laptops.app, name="laptop")
app.command("roll")(office_roll.roll)
app.command("reconcile")(office_reconcile.reconcile)
app.command("statement")(office_statement.statement)
app.add_typer(office_copies.app, name="register")


@app.callback()
def _office() -> None:
    """The office's end."""


@app.command()
def receive(
    ctx: typer.Context,
    places: Annotated[list[Path], typer.Argument(metavar="FILES", help="Bundles, or folders with bundles.")],
    register: RegisterUrl,
    as_json: AsJson = False,
) -> None:
    """Take bundles into the register; each is answered with a receipt."""
    from plfacilitate.office.receive import receive as take

    around = given(ctx)
    answers = take(
        register,
        places,
        clock=around.clock,
        chance=around.chance,
        office=around.by,
        keys=around.workspace.keys,
        progress=say.aside,
    )
    if as_json:
        say.document(
            [
                {
                    "file": str(one.file),
                    "bundle": one.bundle,
                    "verdict": one.verdict,
                    "reason": one.reason,
                    "new": one.new,
                    "known": one.known,
                    "credit_lines": one.credit_lines,
                    "credit_differs": list(one.differs),
                    "credit_changed_since": list(one.since),
                    "remark": one.remark,
                    "receipt": str(one.receipt) if one.receipt else None,
                }
                for one in answers
            ]
        )
    else:
        for one in answers:
            say.line(f"{one.file.name}: {one.verdict}{': ' + one.reason if one.reason else ''}")
            if one.remark:
                say.line(f"  {one.remark}")
            if one.credit_lines:
                say.line(
                    f"  the hours of {one.credit_lines} people on the list reckoned again, {len(one.differs)} differ"
                )
            for text in one.differs:
                say.line(f"  {text}")
            for text in one.since:
                say.line(f"  since then: {text}")
    raise typer.Exit(1 if any(one.verdict in ("refused", "conflict") or one.differs for one in answers) else 0)
