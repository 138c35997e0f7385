"""`plfacilitate demo`: the desk on a ready-made day.

Owns the place where the day is written, and what may be taken away to make room for it. Never touches the user's own
workspace.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from plfacilitate.core.refusal import Refused, disk_words
from plfacilitate.machine import surroundings
from plfacilitate.shelf import door_file
from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace

__all__ = ["demo"]

FACILITATOR = "Dana Whitfield"
MARK = "demo.txt"  # lies in a folder that a demo made, and that the next demo may take away


def demo(
    ctx: typer.Context,
    place: Annotated[
        Path | None, typer.Option("--in", metavar="DIR", help="Where to put the demo; made anew each time.")
    ] = None,
) -> None:
    """The desk on a ready-made day, in a workspace of its own."""
    from plfacilitate.demo.day import build
    from plfacilitate.front.desk.app import run

    given: Surroundings = ctx.obj
    around = surroundings(place or given.state / "demo", FACILITATOR)
    if is_running(around):
        raise typer.Exit(run(around, event=_event_of_door(around)))
    clear(around.workspace)
    raise typer.Exit(run(around, event=build(around)))


def is_running(around: Surroundings) -> bool:
    """Whether an earlier demo is open there, or its door is: then that one is shown again."""
    from plfacilitate.front.desk.desklock import DeskLock

    if not (around.workspace.root / MARK).exists():
        return False
    desk = DeskLock.take(around)
    taken = not desk.held
    desk.release()
    return taken or door_file.is_locked(around.workspace.create().door)


def _event_of_door(around: Surroundings) -> str | None:
    door = door_file.read(around.workspace.door)
    return door.event if door else None


def clear(workspace: Workspace) -> None:
    """Make an empty place for the demo: an earlier demo is taken away, anything else is left as it is.

    Refused: `folder-not-empty` where something else lies there, `not-written`.
    """
    place = workspace.root
    if (place / MARK).exists():
        shutil.rmtree(place, ignore_errors=True)
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise Refused("folder-not-empty", folder=place)
        (place / MARK).write_text("Made by `plfacilitate demo`, which takes this folder away the next time.\n", "utf-8")
    except OSError as no:
        raise Refused("not-written", detail=f"{place}: {disk_words(no)}") from no
