"""What waits for a decision, a line each.

Owns the wording of the line; the sentences are `office.disputes`'.
"""

from __future__ import annotations

from plfacilitate.core.text import cut
from plfacilitate.front.office.lists.states import DISPUTES
from plfacilitate.front.widgets.linelist import LineList
from plfacilitate.front.widgets.lines import Part, Parts
from plfacilitate.office.disputes import Dispute

TITLES = " what          about"


class DisputeList(LineList[Dispute]):
    """Everything that waits for a decision."""

    HELP = (
        "Everything that waits for a person: credit that contradicting corrections hold back, the same credit twice, entries"
        " set aside, copies of a ledger, figures other than handed in, offerings on hold. A flag never takes hours away."
        " Enter opens the offering."
    )

    def draw(self, item: Dispute, width: int) -> tuple[Parts, Parts]:
        """Kind, what, why."""
        name = 24 if width < 100 else 44
        return (Part(" "), DISPUTES[item.kind].part(14), Part(cut(item.what, name) + " "), Part(item.words, "dim")), ()
