"""What several commands need: the ledger, a hand to write with, plans and offices by name.

Owns how a command's context becomes these. Never prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, cast

import typer

from plfacilitate.core.entry import Means
from plfacilitate.core.refusal import Refused
from plfacilitate.steps.capture import Hand
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import catch_up
from plfacilitate.store.surroundings import Surroundings


def given(ctx: typer.Context) -> Surroundings:
    """What this run was given."""
    return cast(Surroundings, ctx.obj)


def _let_in(ctx: typer.Context, url: str | None) -> str | None:
    """A register's address with what lets this user in, where something is kept for its server."""
    from plfacilitate.store.register.login import let_in, server_of

    server = server_of(url or "")
    return let_in(url, given(ctx).secret(server)) if url and server else url


_REGISTER = typer.Option(
    "--register", metavar="URL", help="The register: sqlite:///PATH or postgresql://HOST/DATABASE.", callback=_let_in
)
RegisterUrl = Annotated[str, _REGISTER]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]


@contextmanager
def opened(ctx: typer.Context) -> Iterator[tuple[Surroundings, Ledger]]:
    """The workspace's ledger, open to write, its search up to date; closed at the end."""
    around = given(ctx)
    yield from _caught_up(around, _open(around))


@contextmanager
def reading(ctx: typer.Context) -> Iterator[tuple[Surroundings, Ledger]]:
    """The workspace's ledger to look at, also where nothing may be written: on a stick, say."""
    around = given(ctx)
    try:
        ledger = _open(around)
    except Refused as no:
        if no.refusal.code != "not-written" or not around.workspace.ledger.exists():
            raise
        ledger = around.open_ledger(readonly=True)
    yield from _caught_up(around, ledger)


def _open(around: Surroundings) -> Ledger:
    around.workspace.create()
    return around.open_ledger()


def _caught_up(around: Surroundings, ledger: Ledger) -> Iterator[tuple[Surroundings, Ledger]]:
    try:
        catch_up(ledger.connection)
        yield around, ledger
    finally:
        ledger.close()


def day_said(text: str, today: date) -> date:
    """A day as `2026-12-06` or `today`. Refused: `day-unreadable`."""
    if text == "today":
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("day-unreadable", text=text) from None


def hand(around: Surroundings, means: Means = "facilitator") -> Hand:
    """The hand of the person at the command line."""
    return Hand(around.by, means, around.clock, around.chance)
