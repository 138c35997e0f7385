"""Forms of survey tools at the desk: imported, opened on the fill screen, filled in to the end, and in the bundle."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from plfacilitate.core.protocol import Item, Prompt, ProtocolKind
from plfacilitate.front.desk.screens.fill import FillScreen
from plfacilitate.shelf.protocols import checked_text
from plfacilitate.shelf.xlsform.form import read_xlsform
from plfacilitate.steps import observe
from plfacilitate.steps.capture import written
from plfacilitate.steps.events import read_event
from plfacilitate.steps.pack_visit import visit_parts
from tests.conftest import ROOT
from tests.forms import form, of_guide, save
from tests.front.desk.conftest import seat_of
from tests.front.desk.day import Day
from tests.front.desk.test_fill import open_form, seen, under_cursor


def guide(path: Path) -> Path:
    """The form of the guide."""
    return of_guide((ROOT / "docs" / "protocols.md").read_text("utf-8"), path)


def talk(path: Path) -> Path:
    """Questions for a student."""
    return form(path, ("text", "plan", "What did you plan today?"), ("text", "help", "Who helped you?"))


def recorrido(path: Path) -> Path:
    """A walkthrough in Spanish with English beside it, as a district sends it: metadata, groups in groups, cascades."""
    return save(
        path,
        survey=[
            ("type", "name", "label::Español (es)", "label::English (en)", "required", "relevant", "choice_filter"),
            ("start", "start", "", "", "", "", ""),
            ("deviceid", "deviceid", "", "", "", "", ""),
            ("begin_group", "aula", "El aula", "The room", "", "", ""),
            ("select_one escuela", "escuela", "Escuela", "School", "true", "", "distrito = ${distrito}"),
            ("begin_group", "voz", "Quién habla", "Who speaks", "", "${escuela} != ''", ""),
            ("select_one nivel", "pregunta", "Quién pregunta", "Who asks", "", "", ""),
            ("integer", "manos", "Manos levantadas", "Hands up", "", "", ""),
            ("end_group", "", "", "", "", "", ""),
            ("geopoint", "lugar", "Lugar", "Place", "", "", ""),
            ("select_one si", "meta", "¿Dicen la meta?", "Goal?", "", "", ""),
            ("end_group", "", "", "", "", "", ""),
        ],
        choices=[
            ("list_name", "name", "label::Español (es)", "distrito"),
            *(("nivel", str(at), text) for at, text in enumerate(("Docente", "Estudiante", "Entre estudiantes"), 1)),
            *(("escuela", name, name, "renton") for name in ("Dimmitt", "Lakeridge")),
            ("si", "1", "Sí"),
            ("si", "0", "No"),
        ],
        settings=[("form_title", "form_id", "default_language"), ("Recorrido", "recorrido", "Español (es)")],
    )


def typed(part: Item | Prompt) -> str:
    """What somebody types for it."""
    if isinstance(part, Prompt):
        return "She says: the bell"
    first = part.options[-1].id if part.options else ""
    return {"look-for": "y on the wall", "rating": "2 S2 picks", "choice": first, "text": "Words"}.get(part.kind, "7")


@pytest.mark.parametrize("make, kind", [(guide, "observation"), (talk, "interview"), (recorrido, "observation")])
async def test_an_imported_form_is_filled_in_to_its_end(
    busy: Day, tmp_path: Path, make: Callable[[Path], Path], kind: ProtocolKind
) -> None:
    """Question after question with Enter; F9 ends it, and every answer stands in the table of the bundle."""
    found = read_xlsform(make(tmp_path / "form.xlsx"))
    protocol = checked_text(found.text, tmp_path / f"{found.protocol.id}.toml")
    assert protocol.kind == kind
    respondent = "student" if kind == "interview" else ""
    draft = observe.begin(busy.hand(), busy.event, protocol, observer="Ada Okoro", respondent=respondent)
    (entry,) = written(busy.ledger.append([draft]))
    async with seat_of(busy) as seat:
        await open_form(seat, entry.id)
        for part in protocol.parts:
            await seat.until(lambda part=part: under_cursor(seat) == part.id)  # type: ignore[misc]  # read at once
            await seat.type(typed(part), "enter")
        await seat.until(lambda: seen(seat).left_out == ())
        await seat.type("f9")
        await seat.until(lambda: not isinstance(seat.app.screen, FillScreen))
    parts = visit_parts(
        observe.read_visit(busy.ledger, busy.event).picture(), read_event(busy.ledger, busy.event), busy.around.clock()
    )
    (noted,) = [part for part in parts if part.path == "visit/noted.csv"]
    file = io.BytesIO()
    noted.fill(file)
    rows = list(csv.DictReader(file.getvalue().decode("utf-8-sig").splitlines()))
    assert [row["item"] for row in rows] == [part.id for part in protocol.parts]
    assert all(row["value"] or row["note"] for row in rows)
