"""Records that are one person: which of them is shown, and which are read as it.

Owns what several merges come to together. Never depends on their order, so that two laptops that merged differently
agree once they know of each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from plfacilitate.core.entry import Entry
from plfacilitate.core.lineage import components
from plfacilitate.core.versions import currents

MERGE_KINDS = frozenset({"people-merged", "undo"})


def merged_records(entries: Iterable[Entry]) -> dict[str, str]:
    """Record → the record that it is read as, by the merges that stand among these entries; the others are left out.

    Who is merged with one is merged with all of theirs. Of a group the record stays that was never merged away; where
    there are several such, or none, the one with the least id.
    """
    links: dict[str, set[str]] = {}
    away: set[str] = set()
    for merge in _standing(entries):
        stays, other = str(merge.person), str(merge.body["other"])
        if stays != other:
            links.setdefault(stays, set()).add(other)
            links.setdefault(other, set()).add(stays)
            away.add(other)
    found: dict[str, str] = {}
    for group in components(links, links):
        stays = min(set(group) - away or group)
        found |= {record: stays for record in group if record != stays}
    return found


def _standing(entries: Iterable[Entry]) -> list[Entry]:
    entries = [entry for entry in entries if entry.kind in MERGE_KINDS]
    if not any(entry.kind == "people-merged" for entry in entries):
        return []
    return currents(entries)
