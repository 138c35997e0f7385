"""`plfacilitate people …`: import, list, show.

Owns how people and an import's summary are printed. Never merges anybody.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened
from plfacilitate.steps.intake import import_people
from plfacilitate.store.search import find_people, people, person

app = typer.Typer(no_args_is_help=True, help="People: import, list, show.")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A list as CSV or XLSX.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a people list in; the same list again changes nothing."""
    with opened(ctx) as (around, ledger):
        found = import_people(ledger, hand(around), file, dry_run=dry_run)
    for note in found.notes:
        say.aside(str(note))
    if as_json:
        doubtful = [
            {"code": double.code, "people": [double.one, double.other], "text": double.sentence}
            for double in found.doubtful
        ]
        say.document({"new": found.new, "changed": found.changed, "same": found.same, "doubtful": doubtful})
        return
    verb = "would be " if dry_run else ""
    say.line(
        f"{found.new} {verb}new, {found.changed} {verb}changed, {found.same} same, {len(found.doubtful)} doubtful."
    )
    for double in found.doubtful:
        say.line(f"  {double.sentence}")


@app.command("list")
def listed(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Everybody known here, in last-name order."""
    with opened(ctx) as (_, ledger):
        found = people(ledger.connection)
    if as_json:
        say.document([facts(one) for one in found])
    elif not found:
        say.aside("Nobody is known yet: `plfacilitate people import FILE` takes a list in.")
    else:
        say.table(
            ("name", "school", "email", "certificate"), [(p.name, p.school, p.email, p.certificate) for p in found]
        )


@app.command()
def show(
    ctx: typer.Context, name: Annotated[str, typer.Argument(help="A name, or an id.")], as_json: AsJson = False
) -> None:
    """The people whose name begins so, with all that is known of them."""
    with opened(ctx) as (_, ledger):
        exact = person(ledger.connection, name)
        found = [exact] if exact else find_people(ledger.connection, name)
    if not found:
        raise Refused("person-unknown", person=name)
    if as_json:
        say.document([facts(one) for one in found])
        return
    for one in found:
        say.line(one.name)
        for field, value in one.fields().items():
            doubt = "  (two versions wait for a decision)" if field in one.doubtful else ""
            say.line(f"  {field.replace('_', ' '):<12} {value}{doubt}")


def facts(one: Person) -> dict[str, object]:
    """A person as JSON."""
    return (
        {"person": one.id, "name": one.name}
        | {field: getattr(one, field) for field in FIELDS}
        | {"doubtful": list(one.doubtful)}
    )
