"""`plfacilitate office register backup | restore | epoch`: copies of a register (`login` and `forget`: `office_login`).

Owns what is said about them. Never copies anything itself (`store.register.keeping`).
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import RegisterUrl, given

app = typer.Typer(no_args_is_help=True, help="A register: backup, restore, epoch, login, forget.")
_NEWS = "It has a new epoch: each laptop sees it on the next receipt and sends again what is missing."


@app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    register: RegisterUrl,
) -> None:
    """Copy a register that is a file while it is in use."""
    from plfacilitate.store.register.keeping import backup_register

    backup_register(register, file)
    say.line(f"Copied to {file}.")


@app.command()
def restore(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy.")], register: RegisterUrl
) -> None:
    """Put a copy in place of a register, which is kept beside it."""
    from plfacilitate.store.register.keeping import restore_register

    around = given(ctx)
    kept = restore_register(register, file, around.chance, f"{around.clock():%Y%m%d-%H%M%S}")
    _keep_answering(ctx, register)
    say.line(f"Restored from {file}." + (f" What stood there is {kept}." if kept else ""))
    say.line(_NEWS)


@app.command()
def epoch(ctx: typer.Context, register: RegisterUrl) -> None:
    """After a restore by pg_restore: laptops send what is missing."""
    from plfacilitate.store.register.keeping import new_epoch

    new_epoch(register, given(ctx).chance)
    _keep_answering(ctx, register)
    say.line(_NEWS)


def _keep_answering(ctx: typer.Context, register: str) -> None:
    """With the key that lies there: the copy may be older than that."""
    from plfacilitate.office.own_key import adopt, key_folder
    from plfacilitate.store.register import open_register

    around = given(ctx)
    with closing(open_register(register, around.chance)) as opened:
        adopt(opened, key_folder(register, around.workspace.keys), around.chance)
