"""How long a protocol took before: the median of the runs that were led to their last step.

Owns which runs count. Never reads a ledger: runs are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable

from plfacilitate.core.keeping.past import Past
from plfacilitate.core.keeping.standing import MINUTE
from plfacilitate.core.running.run import Run


def past(runs: Iterable[Run], protocol: str) -> Past | None:
    """The median over the ended runs of a protocol, as long as its slowest group was at its steps; None = there is none.

    Pauses count for nothing. A run that was ended before its last step tells nothing of how long it takes.
    """
    took = sorted(minutes for run in runs if run.protocol.id == protocol and (minutes := _minutes(run)))
    return Past(took[(len(took) - 1) // 2], len(took)) if took else None


def _minutes(run: Run) -> int:
    """Whole minutes of a run that was led to its end; 0 = it was not."""
    if run.ended_at is None or any(group.at + 1 < len(run.places) for group in run.groups):
        return 0
    return max(round(sum(one.watch.spent_at(run.ended_at) / MINUTE for one in group.stints)) for group in run.groups)
