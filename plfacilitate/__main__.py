"""The way in: `plfacilitate` and `python -m plfacilitate`.

Owns one decision: without a command it is the desk, started before anything heavy is imported; else the commands.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    known, workspace = _desk_only(sys.argv[1:])
    if not known:
        from plfacilitate.cli import run as run_command

        return run_command(sys.argv[1:])
    from plfacilitate.front.desk.app import run
    from plfacilitate.machine import surroundings

    return run(surroundings(Path(workspace) if workspace else None))


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
