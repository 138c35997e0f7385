"""Office files in: `exports/*.toml` made into the rule and the columns of an office.

Owns what such a file must say, and whose file counts where the workspace has one too. Never computes credit.
"""

from __future__ import annotations

import difflib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.office import Column, Office
from plfacilitate.core.refusal import Refused
from plfacilitate.core.sheet import FIELDS
from plfacilitate.core.text import plain
from plfacilitate.shelf.found import candidates
from plfacilitate.shelf.toml_files import Checked, TomlFile, checked, taken

if TYPE_CHECKING:
    from plfacilitate.shelf.office_shape import OfficeShape


def find_office(office: str, own: Path) -> Office:
    """The office of that id from the workspace's folder `own`, else the shipped one. Its id is its file's name.

    Refused: `office-unknown`, `faults`, and what keeps a file from being read.
    """
    paths = list(candidates(own, "exports"))
    path = next((path for path in paths if path.stem == office), None)
    if path is None:
        known = ", ".join(plain(one) for one in sorted({path.stem for path in paths}))
        raise Refused("office-unknown", office=plain(office), known=known)
    return taken(path, check_office_file(path))


def check_office_file(path: Path) -> Checked[Office]:
    """The office of a file, its faults (None and some, or an office and none) and notes, by line.

    Refused: `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    return checked(path, lambda file: _office(file, path.stem))


def _office(file: TomlFile, stem: str) -> Office | None:
    from plfacilitate.shelf.office_shape import EXAMPLES, OfficeShape
    from plfacilitate.shelf.shapes import fitted

    shape = fitted(OfficeShape, file, EXAMPLES)
    if shape is None:
        return None
    _check(file, shape, stem)
    fee = shape.fee
    return Office(
        id=stem,
        version=shape.version,
        title=shape.title,
        counts=tuple(shape.counts),
        minutes_per_hour=shape.minutes_per_hour,
        round_step_minutes=shape.round_step_minutes,
        round=shape.round,
        offering_minimum_minutes=shape.offering_minimum_minutes,
        person_minimum=shape.person_minimum,
        day_cap=_limit(file, ("day_cap",), shape.day_cap),
        evaluation=shape.evaluation,
        sheet_due_days=shape.sheet_due_days,
        transcript_approved=shape.transcript_approved,
        columns=tuple(Column(column.title, column.field, column.ceds) for column in shape.column),
        platform=shape.platform,
        contact=shape.contact,
        correction=shape.correction,
        source="; ".join(shape.sources),
        keep_years=shape.keep_years,
        assumed=dict(shape.assumed),
        fee_cents_per_hour=_amount(file, ("fee", "per_hour"), fee.per_hour),
        fee_minimum_cents=_amount(file, ("fee", "minimum"), fee.minimum),
        fee_added_cents=_amount(file, ("fee", "added"), fee.added),
        fee_added_up_to=_limit(file, ("fee", "added_up_to_hours"), fee.added_up_to_hours),
        fee_note=fee.note,
        visit_rooms=shape.visits.rooms,
        agenda=shape.agenda,
    )


def _limit(file: TomlFile, path: tuple[str, ...], value: Decimal | None) -> int | None:
    return None if value is None else _amount(file, path, value)


def _amount(file: TomlFile, path: tuple[str, ...], value: Decimal) -> int:
    """Hours or dollars as whole hundredths, never less than none."""
    if value < 0:
        file.fault(path, f"{value} is too little: at least 0.")
    return file.hundredths(path, value)


def _check(file: TomlFile, shape: OfficeShape, stem: str) -> None:
    if shape.id is not None and shape.id != stem:
        file.fault(("id",), f'is "{shape.id}", but plans name this file: write id = "{stem}", or rename the file.')
    for place, column in enumerate(shape.column):
        if column.field not in FIELDS:
            close = difflib.get_close_matches(column.field, FIELDS, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            file.note(("column", place, "field"), f'"{column.field}" fills nothing, so this column stays empty.{hint}')
    for setting in shape.assumed:
        if setting.split(".")[0] not in type(shape).model_fields:
            file.note(("assumed", setting), "is not a setting of this file.")
    if shape.round_step_minutes * 100 % shape.minutes_per_hour:
        file.note(("round_step_minutes",), "is no whole number of hundredths of an hour: hours are cut to hundredths.")
