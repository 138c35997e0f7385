"""`plfacilitate place …`: is a place of the office ready, and how does this laptop get in.

Owns the questions. Never prints a password, and writes it nowhere but into the system's keyring.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import given

app = typer.Typer(no_args_is_help=True, help="A place: check, trust, login, forget.")
Address = Annotated[
    str, typer.Argument(metavar="ADDRESS", help="A folder, or sftp://user@host/folder, s3://bucket/folder.")
]


@app.callback()
def _places() -> None:
    """Places."""


@app.command()
def check(ctx: typer.Context, address: Address) -> None:
    """Bring a small file there, read it back, take it away."""
    from plfacilitate.steps.trying import try_out

    try_out(given(ctx), address)
    say.line(f"{address} works: a file was brought there, read back and taken away again.")


@app.command()
def trust(
    ctx: typer.Context,
    address: Address,
    yes: Annotated[bool, typer.Option("--yes", help="The fingerprint was compared.")] = False,
) -> None:
    """Know an SFTP server by the key that it shows now."""
    from plfacilitate.steps.trying import key_shown, make_known

    around = given(ctx)
    fingerprint, line = key_shown(address)
    say.line(f"{address} shows the key {fingerprint}")
    say.line("Ask whoever runs it for the fingerprint. If one letter differs, don't go on.")
    if not yes and not typer.confirm("Are they the same?", default=False):
        raise Refused("nothing-to-do", what="the server stays unknown")
    make_known(around.workspace.create().keys / "known_hosts", line)
    say.line("This laptop knows it from now on, and sends to no other in its name.")


@app.command()
def login(ctx: typer.Context, address: Address) -> None:
    """Keep the place's password in the system's keyring."""
    from plfacilitate.courier.address import where_of

    server = where_of(address).server
    key = typer.prompt("Access key id") + ":" if server.startswith("s3") else ""
    secret = key + typer.prompt("Secret access key" if key else f"Password for {server}", hide_input=True)
    if not given(ctx).keep_secret(server, secret):
        raise Refused("keyring-missing")
    say.line(f"Kept for {server}, in the system's keyring.")


@app.command()
def forget(ctx: typer.Context, address: Address) -> None:
    """Take the place's password out of the keyring."""
    from plfacilitate.courier.address import where_of

    server = where_of(address).server
    if not given(ctx).keep_secret(server, None):
        raise Refused("keyring-missing")
    say.line(f"Forgotten: {server}.")
