"""Names out of what is written down of a cohort: contacts, goals, what became of promises. Listed, and replaced for good.

Owns which entries of a cohort hold such text. Whoever somebody worked with is meant to be named, and stays unless asked.
Never touches who is in a team, nor why somebody left.
"""

from __future__ import annotations

from collections.abc import Mapping

from plfacilitate.core.cohort.values import CohortFacts
from plfacilitate.core.entry import Entry
from plfacilitate.core.noting.bodies import KEPT, MEANT, changed, meant, texts
from plfacilitate.core.noting.unnamed import Unnamed, replaced, unnamed
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain, tidy
from plfacilitate.steps import unname_popup
from plfacilitate.steps.capture import Hand
from plfacilitate.steps.unname import Taken, check, names, said_anew
from plfacilitate.store.ledger import Ledger
from plfacilitate.store.search import people
from plfacilitate.store.workspace import Workspace

KINDS = ("contact", "goal", "commitment-settled")


def names_of_cohort(ledger: Ledger, cohort: CohortFacts) -> tuple[Unnamed, ...]:
    """The names in what was written of a cohort that are nobody's in the list of people, with a proposal each."""
    entries = _written(ledger, cohort)
    said = [(text, entry) for entry in entries for text in texts(entry.body)]
    known = [person.name for person in people(ledger.connection)]
    known += [name for entry in entries for name in meant(entry.body)]
    found = unnamed([text for text, _ in said], known=known)
    return tuple(one._replace(where=unname_popup.WHERE[str(said[one.text][1].kind)]) for one in found)


def take_names_out_of_cohort(
    ledger: Ledger, workspace: Workspace, hand: Hand, cohort: CohortFacts, changes: Mapping[str, str], *, owners: bool
) -> Taken:
    """Put other words in place of names; the originals are erased for good. `owners` = also where it says who.

    Refused: `name-not-noted`, `nothing-to-do`, `replacement-names`.
    """
    changes = {tidy(name): tidy(words) for name, words in changes.items()}
    check(changes)
    kept = KEPT - MEANT if owners else KEPT
    written = _written(ledger, cohort)
    touched = [entry for entry in written if names(entry, changes, kept)]
    for name in changes:
        if not any(names(entry, {name: ""}, kept) for entry in touched):
            raise Refused("name-not-noted", name=plain(name))

    def change(text: str) -> str:
        return replaced(text, changes)

    undone = list(ledger.entries(kinds=("undo",)))
    gone, drafts = unname_popup.said_anew(hand, [*written, *undone], touched, lambda body: changed(body, change, kept))
    copies = said_anew(ledger, workspace, hand, gone, drafts, change)
    return Taken(len(drafts), len(gone), copies, {})


def _written(ledger: Ledger, cohort: CohortFacts) -> list[Entry]:
    there = ledger.entries(kinds=KINDS)
    return [one for one in there if one.content is not None and one.body["cohort"] == cohort.cohort.id]
