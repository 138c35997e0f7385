"""The way in: `plfacilitate` and `python -m plfacilitate`.

Owns one decision: without a command it is the desk, and with the very words that the desk uses it is the door, both
started before anything heavy is imported; else the commands.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    match sys.argv[1:]:
        case ["--workspace", folder, "door", event] if folder and not event.startswith("-"):
            return _door(Path(folder), event)
    known, workspace = _desk_only(sys.argv[1:])
    if not known:
        from plfacilitate.cli import run as run_command

        return run_command(sys.argv[1:])
    from plfacilitate.front.desk.app import run
    from plfacilitate.machine import surroundings

    return run(surroundings(Path(workspace) if workspace else None))


def _door(workspace: Path, event: str) -> int:
    """The door as the desk starts it: a process that lives all day needs no command line in its memory."""
    from plfacilitate.core.refusal import Refused
    from plfacilitate.front.door.process import serve
    from plfacilitate.machine import surroundings

    try:
        return serve(surroundings(workspace), event)
    except Refused as no:
        if no.refusal.code != "event-unknown":  # the beginning of an id will do for people: the command knows
            sys.stderr.write(f"plfacilitate: {no}\n")
            return 1
    from plfacilitate.cli import run as run_command

    return run_command(sys.argv[1:])


def _desk_only(arguments: list[str]) -> tuple[bool, str | None]:
    """Whether the arguments ask for the desk alone, and the workspace that they name."""
    match arguments:
        case []:
            return True, None
        case ["--workspace", folder] if folder:
            return True, folder
        case [single] if single.startswith("--workspace=") and single != "--workspace=":
            return True, single.removeprefix("--workspace=")
    return False, None


if __name__ == "__main__":
    sys.exit(main())
