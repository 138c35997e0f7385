"""Taking an office's key, for the writer thread.

Owns the words of the toast. Whether a key may be taken is a step's business (`steps.office_keys`).
"""

from __future__ import annotations

from pathlib import Path

from plfacilitate.core.text import plain
from plfacilitate.front.desk.threads.hands import Deed, Done, Work


def take(path: Path, *, trust: bool) -> Deed:
    """From now on what is packed for this office is sealed."""

    def deed(work: Work) -> Done:
        from plfacilitate.steps import office_keys

        key = office_keys.take(work.around.workspace.create().keys, path, trust=trust)
        return Done(f"Taken: what is packed for {plain(key.office)} is sealed from now on")

    return deed
