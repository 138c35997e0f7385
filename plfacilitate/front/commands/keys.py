"""`plfacilitate key …`: the keys on this laptop, its own and those that offices gave out.

Owns the question before a key is taken. Never prints the private half of one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, given, reading
from plfacilitate.seal.keys import fingerprint
from plfacilitate.steps import office_keys

app = typer.Typer(no_args_is_help=True, help="The office's key: take, list, drop.")


@app.callback()
def _keys() -> None:
    """Keys."""


@app.command()
def take(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The key file that the office handed out.")],
    yes: Annotated[bool, typer.Option("--yes", help="The five groups were compared.")] = False,
    trust: Annotated[bool, typer.Option("--trust", help="The office has a new key, and said so.")] = False,
) -> None:
    """Seal what goes to this office from now on."""
    around = given(ctx)
    key = office_keys.look(file)
    say.line(f"The key of {key.title} ({key.office}):")
    say.line(f"  {fingerprint(key.public)}")
    say.line("Call the office and have these five groups read to you. If one differs, don't take the key.")
    if not yes and not typer.confirm("Are they the same?", default=False):
        raise Refused("nothing-to-do", what="the key was not taken")
    around.workspace.create()
    before = office_keys.key_of(around.workspace.keys, key.office)
    office_keys.take(around.workspace.keys, file, trust=trust)
    say.line(f"Taken: what is packed for {key.office} is sealed from now on.")
    if before is not None and before.public != key.public:
        _say_what_to_pack_again(ctx, key.office)


def _say_what_to_pack_again(ctx: typer.Context, office: str) -> None:
    """What was sealed to the key before may be readable for nobody there any more."""
    from plfacilitate.steps.deliver import sealed_and_unanswered

    with reading(ctx) as (_, ledger):
        for event in sealed_and_unanswered(ledger, office):
            say.line(f"Sealed to the key before, not answered yet: {event.title} · {event.day}")
            say.line(f"  pack it again and send it: plfacilitate pack {event.id[:8]}")


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """This laptop's own key, and those of offices."""
    with reading(ctx) as (around, ledger):
        own = office_keys.own_key(around, ledger)
        offices = office_keys.all_taken(around.workspace.keys)
    if as_json:
        named = [{"office": one.office, "title": one.title, "key": fingerprint(one.public)} for one in offices]
        say.document({"laptop": ledger.device, "key": own.fingerprint, "offices": named})
        return
    rows = [(one.office, fingerprint(one.public), one.title) for one in offices]
    say.table(("whose", "key", ""), [("this laptop", own.fingerprint, ledger.device[:8]), *rows])
    if not offices:
        say.aside("No office's key yet: bundles are signed and not sealed.")


@app.command()
def drop(
    ctx: typer.Context,
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="The office's id, such as psesd.")],
) -> None:
    """Seal to this office no more."""
    office_keys.drop(given(ctx).workspace.keys, office)
    say.line(f"Dropped: what is packed for {office} is signed and not sealed.")
