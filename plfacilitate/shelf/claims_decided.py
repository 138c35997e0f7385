"""Decisions that a clerk wrote into the workbook of reconciled claims.

Owns finding them in it. Never decides which of them hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from plfacilitate.core.claims.tables import said_in
from plfacilitate.core.claims.values import Says
from plfacilitate.core.refusal import Fault, refuse_faults
from plfacilitate.core.text import fold
from plfacilitate.shelf.tables import read_table, said


class Written(NamedTuple):
    """What one row says: claim and person by their keys."""

    claim: str
    person: str
    says: Says


def read_decided(path: Path) -> list[Written]:
    """Every decision in a workbook or CSV. Refused: as `read_table`, `faults` by line where one is not understood."""
    table = read_table(path)
    places = {fold(title).replace(" ", "_"): place for place, title in enumerate(table.header)}
    faults: list[Fault] = []
    if missing := [name for name in ("claim", "person", "same_person") if name not in places]:
        faults.append(
            Fault(table.file, table.header_line, missing[0], "this column is missing: it is no result of reconcile.")
        )
        raise refuse_faults(table.file, faults)
    found = list(_found(table.rows, places, table.file, faults))
    if faults or table.faults:
        raise refuse_faults(table.file, [*table.faults, *faults])
    return found


def _found(
    rows: Iterator[tuple[int, list[str]]], places: dict[str, int], file: str, faults: list[Fault]
) -> Iterator[Written]:
    for line, cells in rows:
        cell, claim, person = (cells[places[name]].strip() for name in ("same_person", "claim", "person"))
        if not cell:
            continue
        says = said_in(cell)
        if says is None:
            faults.append(Fault(file, line, "same_person", f"{said(cell)} is no decision: write yes, no or undo."))
        elif not claim or not person:
            faults.append(
                Fault(file, line, "same_person", "nobody is proposed in this row, so there is nothing to decide.")
            )
        else:
            yield Written(claim, person, says)
