"""`plfacilitate office register login | forget`: what lets this machine into a register that a server keeps.

Owns the questions. Never prints a password, and writes it nowhere but into the system's keyring.
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import given

Url = Annotated[str, typer.Argument(metavar="URL", help="postgresql://USER@HOST/DATABASE, without the password.")]


def login(ctx: typer.Context, url: Url) -> None:
    """Keep the password of a register's server in the system's keyring, once it lets you in."""
    from plfacilitate.store.register.login import let_in
    from plfacilitate.store.register.postgres import check_login

    server = _server(url)
    secret = typer.prompt(f"Password for {server}", hide_input=True)
    check_login(let_in(url, secret))
    if not given(ctx).keep_secret(server, secret):
        raise Refused("register-keyring")
    say.line(f"{server} lets you in. The password is kept in the system's keyring.")


def forget(ctx: typer.Context, url: Url) -> None:
    """Take the password of a register's server out of the keyring."""
    server = _server(url)
    if not given(ctx).keep_secret(server, None):
        raise Refused("register-keyring")
    say.line(f"Forgotten: {server}.")


def _server(url: str) -> str:
    """What the password belongs to. Refused: `register-password`, `register-no-login`."""
    from plfacilitate.store.register import readable
    from plfacilitate.store.register.login import has_password, server_of

    if has_password(url):
        raise Refused("register-password", where=readable(url))
    server = server_of(url)
    if not server:
        raise Refused("register-no-login", where=readable(url))
    return server
