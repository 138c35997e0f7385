"""`plfacilitate office laptop …`: which laptops the office takes bundles from.

Owns how they are listed, and that what waited for a laptop is taken in the same step. Never judges one (`office.laptops`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.front.commands.office_watch import take_in
from plfacilitate.store.register.laptops import Laptop

app = typer.Typer(no_args_is_help=True, help="Laptops: list, accept, retire.")
Which = Annotated[
    str, typer.Argument(metavar="LAPTOP", help="The beginning of its key's five groups or of its id, or its name.")
]


@app.callback()
def _laptops() -> None:
    """Laptops."""


@app.command("list")
def list_(ctx: typer.Context, register: RegisterUrl, as_json: AsJson = False) -> None:
    """Every laptop that handed in, and how it stands."""
    from plfacilitate.seal.keys import fingerprint
    from plfacilitate.store.register import open_register

    opened = open_register(register, given(ctx).chance, make=False)
    try:
        found = opened.laptops()
    finally:
        opened.close()
    if as_json:
        say.document([_facts(one) for one in found])
        return
    rows = [
        (one.name or one.device[:8], fingerprint(one.public_key), one.standing, one.seen_at[:10], one.decided_by)
        for one in found
    ]
    say.table(("laptop", "key", "stands", "first seen", "decided by"), rows)


@app.command()
def accept(
    ctx: typer.Context,
    register: RegisterUrl,
    laptop: Annotated[str, typer.Argument(metavar="LAPTOP", help="The beginning of its key or id, or its name.")] = "",
    every: Annotated[bool, typer.Option("--all", help="All that are new.")] = False,
) -> None:
    """Take bundles from a laptop, and what waited for that."""
    from plfacilitate.office import laptops
    from plfacilitate.store.register import open_register

    if bool(laptop) == every:
        raise typer.BadParameter("name one laptop, or say --all")
    around = given(ctx)
    opened = open_register(register, around.chance, make=False)
    try:
        known = opened.laptops()
        chosen = [one for one in known if one.standing == "new"] if every else [laptops.find(known, laptop)]
        for one in chosen:
            laptops.accept(opened, one, around.clock, around.by)
            say.line(f"Accepted: laptop {laptops.shown(one)}.")
        if not chosen:
            say.line("No laptop is new: each was decided about.")
        left = [one for one in opened.laptops() if one.standing == "new"]
        waiting = [path for path in opened.held() if path.exists()]
    finally:
        opened.close()
    for one in left:
        say.aside(f"Still new, and what it brings is held from now on: laptop {laptops.shown(one)}.")
    if waiting:
        for answer in take_in(around, register, waiting):
            say.line(f"{answer.file.name}: {answer.verdict}{': ' + answer.reason if answer.reason else ''}")


@app.command()
def retire(ctx: typer.Context, laptop: Which, register: RegisterUrl) -> None:
    """Take nothing new from a laptop; what came stands."""
    from plfacilitate.office import laptops
    from plfacilitate.store.register import open_register

    around = given(ctx)
    opened = open_register(register, around.chance, make=False)
    try:
        found = laptops.retire(opened, laptops.find(opened.laptops(), laptop), around.clock, around.by)
    finally:
        opened.close()
    say.line(f"Retired: laptop {laptops.shown(found)}. What came up to its number {found.line} stands.")


def _facts(one: Laptop) -> dict[str, object]:
    from plfacilitate.seal.keys import fingerprint

    return {
        "device": one.device,
        "name": one.name,
        "key": fingerprint(one.public_key),
        "stands": one.standing,
        "seen_at": one.seen_at,
        "decided_at": one.decided_at or None,
        "decided_by": one.decided_by or None,
        "line": one.line,
    }
