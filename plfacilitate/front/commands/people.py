"""`plfacilitate people …`: import, list, show, merge, erase.

Owns how people and an import's summary are printed. Never decides who is whom.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.words import count
from plfacilitate.core.text import plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, hand, opened, reading
from plfacilitate.steps.correct import person_named
from plfacilitate.steps.intake import import_people
from plfacilitate.steps.merge import merge_people, merged_people, take_apart
from plfacilitate.store.search import find_people, people, person

app = typer.Typer(no_args_is_help=True, help="People: import, list, show, merge, erase.")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A list as CSV or XLSX, or a OneRoster's folder or zip.")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take a people list or roster in; the same again changes nothing."""
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
    with reading(ctx) as (_, ledger):
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
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, or an id.")],
    as_json: AsJson = False,
) -> None:
    """The people whose name begins so, with all that is known of them."""
    with reading(ctx) as (_, ledger):
        merged = merged_people(ledger)
        exact = person(ledger.connection, merged.get(name, name))
        found = [exact] if exact else find_people(ledger.connection, name)
    if not found:
        raise Refused("person-unknown", person=plain(name))
    also = {one.id: sorted(record for record, stays in merged.items() if stays == one.id) for one in found}
    if as_json:
        say.document([facts(one) | {"merged": also[one.id]} for one in found])
        return
    for one in found:
        say.line(one.name)
        for field, value in one.fields().items():
            doubt = "  (two versions wait for a decision)" if field in one.doubtful else ""
            say.line(f"  {field.replace('_', ' '):<12} {value}{doubt}")
        for record in also[one.id]:
            say.line(f"  merged with  {record}")


@app.command()
def merge(
    ctx: typer.Context,
    stays: Annotated[str, typer.Argument(metavar="PERSON", help="The record that stays: id, e-mail or name.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    other: Annotated[
        str | None, typer.Argument(metavar="OTHER", help="The record that is the same person: id, e-mail or name.")
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take them apart again; all of them unless one is named.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read two records as one person; with --undo, as two again."""
    with opened(ctx) as (around, ledger):
        one = person_named(ledger, stays)
        if undo:
            written = take_apart(ledger, hand(around), one.id, other=other, reason=reason)
        elif other is None:
            raise typer.BadParameter("name both records, or --undo")
        else:
            written = merge_people(ledger, hand(around), one, person_named(ledger, other), reason=reason)
    if as_json:
        say.document({"person": one.id, "undone": undo, "entries": [entry.id for entry in written]})
    else:
        say.line(f"{one.name}: {'two records again.' if undo else 'the two records are read as one.'}")


@app.command()
def erase(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PERSON", help="Id, e-mail or name.")],
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Forget a person for good: it can't be taken back."""
    from plfacilitate.core.directory import described
    from plfacilitate.core.retention import YEARS
    from plfacilitate.front.commands.clear import say_aside
    from plfacilitate.steps.copies import old_ledgers
    from plfacilitate.steps.erase import forget_person, kinds_of

    with opened(ctx) as (around, ledger):
        one = person_named(ledger, name)
        if not yes:
            say.aside("Their hours go at the office too, with the next bundle, on hold or not.")
            say.aside(f"It has to keep hours for {YEARS} calendar years: ask it first.")
            typer.confirm(f"Erase all about {described(one)}, hours too, for good?", abort=True, err=True)
        (around.state / "last-error.txt").unlink(missing_ok=True)  # it may hold what was typed
        found = forget_person(ledger, around.workspace, hand(around), one, reason=reason)
    if as_json:
        say.document(
            {"person": one.id, "entries": found.entries, "copies": found.copies, "repack": found.repack,
             "mentions": list(found.mentions), "written_by_them": found.by, "cleared_before": found.cleared}
        )  # fmt: skip
        return
    say.line(f"{found.entries} entries were emptied, {len(found.copies)} copies in the workspace deleted.")
    if found.mentions:
        kinds = ", ".join(f"{kind} ({number})" for kind, number in kinds_of(found.mentions))
        say.line(f"{count(len(found.mentions), 'entry mentions', 'entries mention')} the name and stay: {kinds}.")
        say.line("`plfacilitate search` finds notes; `plfacilitate names EVENT` takes a name out of what was written.")
    if found.by:
        say.line(f"{count(found.by, 'entry', 'entries')} they wrote down themselves keep their name as the writer's.")
    if found.cleared:
        say.line("Hours that were cleared from this laptop before are at the office: ask it to erase them there.")
    for title in found.repack:
        say.line(f"Pack {title} again: its bundle waited.")
    say.aside("Backups, and copies that were handed over before, still hold what they held.")
    say_aside(old_ledgers(around.workspace))


def facts(one: Person) -> dict[str, object]:
    """A person as JSON."""
    return (
        {"person": one.id, "name": one.name}
        | {field: getattr(one, field) for field in FIELDS}
        | {"doubtful": list(one.doubtful)}
    )
