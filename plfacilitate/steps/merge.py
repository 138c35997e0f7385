"""Two records of one person, read as one from now on; and taken apart again.

Owns the entries of a merge. Never merges by itself: a person decides and says why.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.entry import Draft, Entry
from plfacilitate.core.merged import MERGE_KINDS, merged_records
from plfacilitate.core.people import Person
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import tidy
from plfacilitate.core.versions import currents, families
from plfacilitate.steps.capture import Hand, take_back, written
from plfacilitate.store.ledger import Ledger, new_id


def merged_people(ledger: Ledger) -> dict[str, str]:
    """Record → the record that it is read as, by the merges that stand."""
    if next(ledger.entries(kinds=("people-merged",), outside=True, limit=1), None) is None:
        return {}
    return merged_records(ledger.entries(kinds=MERGE_KINDS, outside=True))


def merge_people(ledger: Ledger, hand: Hand, stays: Person, other: Person, *, reason: str) -> list[Entry]:
    """Read `other` as `stays` from now on; what only `other` knows (an e-mail, a badge) is written to `stays` too.

    Refused: `reason-missing`, `merged-already`.
    """
    if not tidy(reason):
        raise Refused("reason-missing")
    merged = merged_people(ledger)
    if merged.get(stays.id, stays.id) == merged.get(other.id, other.id):
        raise Refused("merged-already", name=stays.name, other=other.name)
    group = new_id(hand.chance)
    body = {"other": other.id, "reason": tidy(reason), "group": group}
    drafts = [hand.draft("people-merged", person=stays.id, body=body)]
    missing = {name: value for name, value in other.fields().items() if not getattr(stays, name)}
    if missing:
        drafts.append(_filled(ledger, hand, stays.id, missing, group))
    return written(ledger.append(drafts))


def _filled(ledger: Ledger, hand: Hand, person: str, fields: dict[str, str], group: str) -> Draft:
    body = {"fields": fields, "reason": "from the record that was merged", "group": group}
    return hand.draft("person", person=person, body=body, replaces=person_heads(ledger, person))


def take_apart(ledger: Ledger, hand: Hand, person: str, *, other: str | None = None, reason: str) -> list[Entry]:
    """Undo the merges that stand in a person's group of records, and what they filled in; `other` = only with that one.

    Refused: `reason-missing`, `merged-not`.
    """
    if not tidy(reason):
        raise Refused("reason-missing")
    entries = list(ledger.entries(kinds=(*MERGE_KINDS, "person"), outside=True))
    merged = merged_records(entries)
    standing = currents(entries)
    merges = [
        one
        for one in standing
        if one.kind == "people-merged"
        and merged.get(str(one.person), one.person) == merged.get(person, person)
        and (other is None or other in (one.person, one.body["other"]))
    ]
    if not merges:
        raise Refused("merged-not")
    groups = {str(one.body["group"]) for one in merges if "group" in one.body}
    filled = [one for one in entries if one.kind == "person" and one.body.get("group") in groups]
    return take_back(ledger, hand, [*merges, *filled], reason=reason)


def person_heads(ledger: Ledger, person: str) -> Sequence[str]:
    """The versions of a person's record that nobody replaced: what a change follows."""
    entries = [entry for entry in ledger.entries(person=person, kinds=("person", "undo")) if entry.event is None]
    return [head.id for family in families(entries) for head in family.heads]
