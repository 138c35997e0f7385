"""`plfacilitate protocol import`: a form of a survey tool (XLSForm) becomes a protocol file that one goes on editing.

Owns how what was left out is said. Never decides what becomes of a question (`shelf.xlsform`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Fault
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, given


class AsKind(StrEnum):
    """What a form may become."""

    OBSERVATION = "observation"
    INTERVIEW = "interview"


def import_(
    ctx: typer.Context,
    form: Annotated[Path, typer.Argument(metavar="FORM", help="An XLSForm: an .xlsx with the sheets survey, choices.")],
    kind: Annotated[
        AsKind | None,
        typer.Option("--as", metavar="KIND", help="observation or interview; without it, as its questions are."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the file goes; your protocols folder unless given.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a protocol of that name.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where anything was left out.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a protocol of an XLSForm, and say what is left out."""
    from plfacilitate.shelf.protocols import checked_text, place_for
    from plfacilitate.shelf.write import write_bytes
    from plfacilitate.shelf.xlsform.form import read_xlsform

    if out is not None and out.suffix != ".toml":
        raise typer.BadParameter("name the file so that it ends in .toml", param_hint="--out")
    workspace = given(ctx).workspace
    found = read_xlsform(form, kind=kind.value if kind else None, protocol_id=out.stem if out else "")
    place = place_for(found.protocol.id, workspace.protocols, out, replace=replace)
    protocol = checked_text(found.text, place)
    if out is None:
        workspace.create()
    write_bytes(place, found.text.encode("utf-8"))
    if as_json:
        say.document(
            {"file": str(place), "protocol": protocol.id, "kind": protocol.kind, "items": protocol.size,
             "version": protocol.version, "left_out": _facts(found.left), "notes": _facts(found.notes)}
        )  # fmt: skip
    else:
        say.line(f"{protocol.title} ({protocol.kind}, {protocol.size} question(s)): {place}")
        if found.said:
            say.line("Not carried over; the list stands in the file too:")
        for one in found.said:
            say.line(f"  {one}")
        if found.notes:
            say.aside(f"{len(found.notes)} remark(s) at its head say how it was understood: look it through.")
    raise typer.Exit(1 if strict and found.left else 0)


def _facts(remarks: Sequence[Fault]) -> list[dict[str, object]]:
    return [{"place": one.file, "row": one.line, "column": one.key, "text": one.sentence} for one in remarks]
