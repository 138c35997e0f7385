"""`plfacilitate office key`: the one file that an office hands out.

Owns what is said about it. Never shows or copies the private half.
"""

from __future__ import annotations

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
    as_json: AsJson = False,
) -> None:
    """Write the key file that laptops take, to seal what they send."""
    from plfacilitate.office.receive import key_folder, office_key
    from plfacilitate.shelf.office_key import OfficeKey, write_office_key
    from plfacilitate.shelf.offices import find_office

    around = given(ctx)
    found = find_office(office, around.workspace.exports)
    own = office_key(register, around.workspace.keys, around.chance)
    path = out or Path(f"{found.id}.officekey")
    write_office_key(path, OfficeKey(found.id, found.title, own.public, around.clock()), sign=own.sign)
    if as_json:
        say.document({"file": str(path), "office": found.id, "key": own.fingerprint})
        return
    say.line(f"{path}: give this file to every laptop. It holds nothing secret.")
    say.line(f"  {own.fingerprint}")
    say.line("Read these five groups to whoever takes it.")
    say.aside(f"The private half lies in {key_folder(register, around.workspace.keys)}: keep a copy in a safe place.")
    say.aside("Without it nobody at the office can open what was sealed to it.")
