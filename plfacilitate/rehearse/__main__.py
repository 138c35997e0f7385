"""The rehearsal's door process: the real door, on the played clock.

Owns nothing but that. Started by `plfacilitate.rehearse.day` and by nobody else.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from plfacilitate.core.refusal import Refused
from plfacilitate.front.commands import say
from plfacilitate.front.door.process import serve
from plfacilitate.machine import surroundings
from plfacilitate.rehearse.clock import PlayedClock


def main() -> int:
    """Open the door of the workspace and event that are named."""
    workspace, event = Path(sys.argv[1]), sys.argv[2]
    given = surroundings(workspace, "Rehearsal")
    played = replace(given, clock=PlayedClock(workspace.parent / "clock"), state=workspace.parent / "state")
    try:
        return serve(played, event, host="127.0.0.1", port=0)
    except Refused as no:
        say.aside(str(no))
        return 1


if __name__ == "__main__":
    sys.exit(main())
