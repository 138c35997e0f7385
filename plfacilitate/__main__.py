"""The way in: `plfacilitate` and `python -m plfacilitate`.

Owns one decision: without a command it is the desk, started before anything heavy is imported; else the commands.
Reads the clock, chance and the environment for the desk, and hands them on.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    known, workspace = _desk_only(sys.argv[1:])
    if not known:
        from plfacilitate.cli import app

        app()
        return 0
    from plfacilitate.front.desk.app import run

    chosen = workspace or os.environ.get("PLFACILITATE_WORKSPACE")
    return run(Path(chosen) if chosen else None, clock=_now, chance=os.urandom)


def _now() -> datetime:
    return datetime.now(UTC)


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
