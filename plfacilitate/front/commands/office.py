"""`plfacilitate office …`: the other end, where bundles are taken in.

Owns which files are meant, and an answer as JSON. Never judges a bundle (`office.receive`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plfacilitate.front.commands import (
    office_copies,
    office_hold,
    office_laptops,
    office_login,
    office_people,
    office_purge,
    office_reconcile,
    office_roll,
    office_screen,
    office_statement,
    office_watch,
    say,
)
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.front.commands.office_keys import key

if TYPE_CHECKING:
    from plfacilitate.office.receive import Answer

_HELP = "The office: key, roll, reconcile, statement, screen, hold, purge, receive, laptop, people, register."
app = typer.Typer(no_args_is_help=True, help=_HELP, short_help=_HELP)  # the short one is not cut, it goes on below
app.command()(key)
app.add_typer(office_laptops.app, name="laptop")
app.command("roll")(office_roll.roll)
app.command("reconcile")(office_reconcile.reconcile)
app.command("statement")(office_statement.statement)
app.command("screen")(office_screen.screen)
app.command("hold")(office_hold.hold)
app.command("purge")(office_purge.purge)
app.add_typer(office_people.app, name="people")
office_copies.app.command("login")(office_login.login)
office_copies.app.command("forget")(office_login.forget)
app.add_typer(office_copies.app, name="register")


@app.callback()
def _office() -> None:
    """The office's end."""


@app.command()
def receive(
    ctx: typer.Context,
    register: RegisterUrl,
    places: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLACES", help="Bundles, or where bundles lie: folders, sftp://…, s3://…."),
    ] = None,
    watch: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Look there again and again, a folder or sftp://…, s3://…; ctrl+c ends it."),
    ] = None,
    every: Annotated[int, typer.Option(metavar="SECONDS", min=1, max=3600, help="Between two looks.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Take bundles into the register; each is answered with a receipt."""
    if (watch is None) == (not places) or (watch is not None and as_json):
        raise typer.BadParameter("name the files, or one place with --watch, which tells in words as things come")
    around = given(ctx)

    if watch is not None:
        office_watch.watch(around, watch, register, every)
        return
    answers = office_watch.take_places(around, register, places or [])
    if as_json:
        say.document([_document(one) for one in answers])
    else:
        office_watch.tell(answers)
    raise typer.Exit(1 if any(one.verdict in ("refused", "conflict") or one.differs for one in answers) else 0)


def _document(one: Answer) -> dict[str, object]:
    return {
        "file": _where(one, one.file),
        "bundle": one.bundle,
        "verdict": one.verdict,
        "reason": one.reason,
        "new": one.new,
        "known": one.known,
        "credit_lines": one.credit_lines,
        "credit_differs": list(one.differs),
        "credit_changed_since": list(one.since),
        "remark": one.remark,
        "receipt": _where(one, one.receipt) if one.receipt else None,
    }


def _where(one: Answer, path: Path) -> str:
    return f"{one.place}/{path.name}" if one.place else str(path)
