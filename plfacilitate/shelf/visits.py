"""Visit files in: a site visit's purpose and way made into a visit, with everything that is wrong by line and key.

Owns what such a file must say. Never announces a visit (`steps.visiting`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plfacilitate.core.office import ROOMS_UNLESS_SAID
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.core.visiting.itinerary import troubles
from plfacilitate.core.visiting.plan import Rooms, Stop, Visit
from plfacilitate.shelf.protocols import find_protocol, unfit
from plfacilitate.shelf.toml_files import Checked, TomlFile, checked, taken
from plfacilitate.shelf.toml_lines import KeyPath

if TYPE_CHECKING:
    from plfacilitate.shelf.visit_shape import StopShape, VisitShape


def read_visit_file(path: Path, *, protocols: Path, allowed: Rooms) -> Visit:
    """The visit of a file, for an office that allows these rooms. Refused: `faults`, and what keeps it from being read."""
    return taken(path, check_visit_file(path, protocols=protocols, allowed=allowed))


def check_visit_file(path: Path, *, protocols: Path, allowed: Rooms | None = None) -> Checked[Visit]:
    """The visit of a file, its faults (None and some, or a visit and none) and notes, by line.

    `protocols` = the workspace's folder of them. `allowed` is the office's setting, which holds where the file says
    nothing; None = no office is known. Refused: `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    return checked(path, lambda file: _visit(file, protocols, allowed))


def _visit(file: TomlFile, protocols: Path, allowed: Rooms | None) -> Visit | None:
    from plfacilitate.shelf.shapes import fitted
    from plfacilitate.shelf.visit_shape import EXAMPLES, VisitShape

    shape = fitted(VisitShape, file, EXAMPLES)
    if shape is None:
        return None
    visit = Visit(
        school=tidy(shape.school),
        purpose=tidy(shape.purpose),
        look_fors=tuple(map(tidy, shape.look_fors)),
        rooms=shape.rooms or allowed or ROOMS_UNLESS_SAID,
        hosts=tuple(map(tidy, shape.hosts)),
        stops=tuple(map(_stop, shape.stop)),
        debrief=shape.debrief or "",
    )
    for trouble in troubles(visit):
        file.fault(("stop", trouble.stop, *trouble.key), trouble.sentence)
    _check_protocols(file, shape, protocols)
    _check_rooms(file, shape, allowed)
    if not visit.stops:
        file.note((), "has no stop yet: write [[stop]] with id and room for each.")
    return visit


def _stop(shape: StopShape) -> Stop:
    return Stop(
        id=shape.id,
        room=tidy(shape.room),
        starts=shape.starts or "",
        minutes=shape.minutes or 0,
        host=tidy(shape.host),
        subject=tidy(shape.subject),
        grade=tidy(shape.grade),
        team=tuple(map(tidy, shape.team)),
        protocols=tuple(dict.fromkeys(shape.protocols)),
    )


def _check_rooms(file: TomlFile, shape: VisitShape, allowed: Rooms | None) -> None:
    if shape.rooms != "named" or allowed == "named":
        return
    if allowed is None:
        file.note(("rooms",), 'is "named": that holds where the office of the event allows it.')
    else:
        file.fault(("rooms",), 'is "named", but the office of this event keeps rooms anonymous: leave the key out.')


def _check_protocols(file: TomlFile, shape: VisitShape, own: Path) -> None:
    """Each must be there, be right, and be one that is filled in in a room."""
    said: dict[str, str] = {}
    for place, stop in enumerate(shape.stop):
        for at, protocol in enumerate(stop.protocols):
            if protocol not in said:
                said[protocol] = _wrong(protocol, own)
            if said[protocol]:
                where: KeyPath = ("stop", place, "protocols", at)
                file.fault(where, said[protocol])


def _wrong(protocol: str, own: Path) -> str:
    """Why a stop can't use a protocol; "" = it can."""
    try:
        find_protocol(protocol, own)
    except Refused as no:
        if no.refusal.code != "protocol-unknown":
            return f'"{protocol}" can\'t be used: `plfacilitate protocol check` says why.'
    return unfit(protocol, own)
