"""`plfacilitate office people …`: what a register holds about a person, and how it goes on request.

Owns the question and what is printed. Never decides what is whose (`office.forgetting`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from plfacilitate.core.entry import utc_text
from plfacilitate.core.report.words import count
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given
from plfacilitate.front.commands.people import facts
from plfacilitate.store.register import open_register
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.office.copies import Copy
    from plfacilitate.office.forgetting import Forgetting, Theirs

app = typer.Typer(no_args_is_help=True, help="People of a register: list, show, erase.")
Who = Annotated[str, typer.Argument(metavar="PERSON", help="Id, e-mail or name.")]
_MOST = 20  # places or files that are printed
_NOT_WIPED = "The file could not be written anew: somebody reads it, or there is no room. The next purge does it."


@app.command("list")
def list_(ctx: typer.Context, register: RegisterUrl, as_json: AsJson = False) -> None:
    """Everybody of whom a record is here."""
    from plfacilitate.office.roll import everybody

    opened = open_register(register, given(ctx).chance, make=False)
    try:
        found = sorted(everybody(opened), key=lambda one: one.order)
    finally:
        opened.close()
    if as_json:
        say.document([facts(one) for one in found])
    else:
        say.table(
            ("name", "school", "email", "certificate"), [(p.name, p.school, p.email, p.certificate) for p in found]
        )


@app.command()
def show(ctx: typer.Context, person: Who, register: RegisterUrl, as_json: AsJson = False) -> None:
    """What is here about a person, and how long it is kept."""
    with _looked(ctx, register, person) as (_, _, theirs):
        if as_json:
            say.document(_document(theirs))
        else:
            _tell(theirs)


@app.command()
def erase(
    ctx: typer.Context,
    person: Who,
    register: RegisterUrl,
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")],
    despite_duty: Annotated[
        bool, typer.Option("--despite-duty", help="Also hours that the office still has to keep.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Forget a person for good: it can't be taken back."""
    from plfacilitate.core.directory import described

    with _looked(ctx, register, person) as (around, forgetting, theirs):
        forgetting.check(theirs, reason, despite_duty=despite_duty)
        if not yes:
            if not as_json:
                _tell(theirs)
            typer.confirm(f"Erase all about {described(theirs.who)}, hours too, for good?", abort=True, err=True)
        copies = _copies(forgetting, theirs, register, around)
        done, wiped = forgetting.forget(
            theirs, reason=reason, at=utc_text(around.clock()), by=around.by, despite_duty=despite_duty
        )
    if as_json:
        files = [{"file": str(one.path), "stands": one.stands} for one in copies]
        say.document(_document(theirs) | {"erased": done, "wiped": wiped, "files": files})
        return
    say.line(f"{done:,} entries were emptied.")
    if not wiped:
        say.aside(_NOT_WIPED)
    _tell_left(theirs)
    _tell_elsewhere(theirs, copies)


@contextmanager
def _looked(ctx: typer.Context, register: str, person: str) -> Iterator[tuple[Surroundings, Forgetting, Theirs]]:
    from plfacilitate.office.forgetting import Forgetting
    from plfacilitate.office.purging import looked_at
    from plfacilitate.office.roll import find_person

    around = given(ctx)
    opened = open_register(register, around.chance, make=False)
    try:
        forgetting = Forgetting(looked_at(opened, around.clock(), around.tz, around.workspace.exports, say.aside))
        yield around, forgetting, forgetting.look(find_person(opened, person))
    finally:
        opened.close()


def _copies(forgetting: Forgetting, theirs: Theirs, url: str, around: Surroundings) -> list[Copy]:
    from plfacilitate.office.copies import about_people, copies
    from plfacilitate.office.own_key import key_folder, keys_there

    keys = keys_there(key_folder(url, around.workspace.keys), around.chance)
    return copies(forgetting.register, url, keys, about_people(frozenset(theirs.records)))


# -- what is said ----------------------------------------------------------------------------------------------------


def _tell(theirs: Theirs) -> None:
    who = theirs.who
    marks = " · ".join(filter(None, (who.school, who.email, who.certificate)))
    say.line(f"{who.name}{f' · {marks}' if marks else ''}")
    if len(theirs.records) > 1:
        say.line(f"  {len(theirs.records)} records that are read as one")
    say.line(f"  {count(len(theirs.ids), 'entry', 'entries')} about them, {count(len(theirs.offerings), 'offering')}:")
    for one in sorted(theirs.offerings, key=lambda one: one.last_day):
        held = " · held for a dispute" if one in theirs.held else ""
        say.line(f"  {one.last_day}  {one.in_service or 'none'}  {one.title}")
        say.line(f"    kept until {one.kept_until}{held}")
    _tell_left(theirs)


def _tell_left(theirs: Theirs) -> None:
    if not theirs.left:
        return
    say.line("Stays, since others stand there too; look at it yourself:")
    counted = Counter((one.called, one.what) for one in theirs.left)
    for (called, what), times in list(counted.items())[:_MOST]:
        say.line(f"  {what} ({called}){f', {times} times' if times > 1 else ''}")
    if len(counted) > _MOST:
        say.line(f"… and {len(counted) - _MOST} more; --json has them all.")
    if any(one.what == "a list" for one in theirs.left):
        say.line("`plfacilitate people erase` at the laptop says such a list anew without them, and hands that in.")


def _tell_elsewhere(theirs: Theirs, copies: list[Copy]) -> None:
    if copies:
        say.line("Files that hold them still:")
        for one in copies[:_MOST]:
            say.line(f"  {one.path}")
        if len(copies) > _MOST:
            say.line(f"… and {len(copies) - _MOST} more; --json has them all.")
    if theirs.laptops:
        say.line(f"Laptops that wrote about them hold it still: {', '.join(theirs.laptops)}.")
    say.aside("Backups elsewhere, and what was printed or mailed, keep what they hold.")


def _document(theirs: Theirs) -> dict[str, object]:
    return facts(theirs.who) | {
        "records": list(theirs.records),
        "entries": len(theirs.ids),
        "offerings": [
            {
                "series": one.series, "in_service": one.in_service, "title": one.title,
                "last_day": one.last_day.isoformat(), "kept_until": one.kept_until.isoformat(), "held": one in theirs.held,
            }
            for one in theirs.offerings
        ],
        "kept_until": theirs.kept_until.isoformat() if theirs.kept_until else None,
        "left": [one._asdict() for one in theirs.left],
        "laptops": list(theirs.laptops),
    }  # fmt: skip
