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
        from plfacilitate.steps.deliver import sealed_and_unanswered

        key = office_keys.take(work.around.workspace.create().keys, path, trust=trust)
        said = f"Taken: what is packed for {plain(key.office)} is sealed from now on"
        left = sealed_and_unanswered(work.ledger, key.office) if trust else []
        if left:  # nobody there may be able to open it
            said += f". Pack again what was not answered: {', '.join(plain(one.title) for one in left)}"
        return Done(said)

    return deed
