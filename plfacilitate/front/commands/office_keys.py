"""`plfacilitate office key`: the one file that an office hands out.

Owns what is said about it. Never shows or copies the private half.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given


def key(
    ctx: typer.Context,
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="The id of the office's file, such as psesd.")],
    register: RegisterUrl,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where the key file goes.")] = None,
    new: Annotated[
        bool, typer.Option("--new", help="Make a new key: the one before was lost, or others have it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the key file that laptops take, to seal what they send."""
    from plfacilitate.office.own_key import key_folder, make_new, own_keys
    from plfacilitate.shelf.office_key import OfficeKey, write_office_key
    from plfacilitate.shelf.offices import find_office
    from plfacilitate.store.register import open_register

    around = given(ctx)
    found = find_office(office, around.workspace.exports)
    folder = key_folder(register, around.workspace.keys)
    with closing(open_register(register, around.chance)) as opened:
        if new:
            own = make_new(opened, folder, around.chance, f"{around.clock():%Y%m%d-%H%M%S}").own
        else:
            own = own_keys(opened, folder, around.chance).own
    path = out or Path(f"{found.id}.officekey")
    write_office_key(path, OfficeKey(found.id, found.title, own.public, around.clock()), sign=own.sign)
    if as_json:
        say.document({"file": str(path), "office": found.id, "key": own.fingerprint})
        return
    say.line(f"{path}: give this file to every laptop. It holds nothing secret.")
    say.line(f"  {own.fingerprint}")
    say.line("Read these five groups to whoever takes it.")
    if new:
        say.line("Until a laptop has taken it, it believes no receipt of yours; what it sealed to the key before and")
        say.line("nobody can open here is refused, and it packs that again. Call those who have the laptops.")
    say.aside(f"The private half lies in {folder}: keep a copy in a safe place.")
    say.aside("Without it nobody at the office can open what was sealed to it.")
