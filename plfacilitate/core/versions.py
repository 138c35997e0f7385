"""Which version of a fact counts: chains of `replaces`, undo, undo of undo.

Owns the rule (DESIGN section 2): the unvoided version with the longest chain, then the greatest id; versions that do
not descend from one another wait for a decision. Never depends on the order in which entries came, nor on a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from plfacilitate.core.entry import Entry
from plfacilitate.core.people import FIELDS, Person


@dataclass(frozen=True, slots=True)
class Family:
    """All versions of one fact. `current` is None when every version was undone.

    `heads` are the unvoided versions that nobody replaced; more than one of them means a decision is wanted.
    """

    root: str
    current: Entry | None
    heads: tuple[Entry, ...]


def voided(entries: Iterable[Entry]) -> set[str]:
    """The ids that a standing undo names. An undo that is undone itself voids nothing."""
    undos = {entry.id: str(entry.body.get("undoes", "")) for entry in entries if entry.kind == "undo"}
    undone_by: dict[str, list[str]] = {}
    for undo, target in undos.items():
        undone_by.setdefault(target, []).append(undo)
    verdict: dict[str, bool] = {}

    def stands(undo: str, above: frozenset[str]) -> bool:
        if undo in above:  # two undos that name each other: neither counts
            return False
        if undo not in verdict:
            above |= {undo}
            verdict[undo] = not any(stands(other, above) for other in undone_by.get(undo, ()))
        return verdict[undo]

    return {target for target, by in undone_by.items() if any(stands(undo, frozenset()) for undo in by)}


def families(entries: Collection[Entry]) -> list[Family]:
    """The facts among these entries, each with its version that counts. Undos are read, not returned."""
    void = voided(entries)
    versions = {entry.id: entry for entry in entries if entry.kind != "undo"}
    parents = {
        entry_id: [parent for parent in entry.replaces if parent in versions] for entry_id, entry in versions.items()
    }
    depth = _depths(parents)
    members: dict[str, list[Entry]] = {}
    for entry_id in depth:
        members.setdefault(_root(entry_id, parents), []).append(versions[entry_id])
    return [_family(root, group, void, depth, parents) for root, group in sorted(members.items())]


def _depths(parents: Mapping[str, list[str]]) -> dict[str, int]:
    """The length of the longest chain under each version; versions in a circle are left out."""
    depth: dict[str, int] = {}
    waiting = {entry_id: len(above) for entry_id, above in parents.items()}
    children: dict[str, list[str]] = {}
    for entry_id, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(entry_id)
    ready = [entry_id for entry_id, missing in waiting.items() if missing == 0]
    while ready:
        entry_id = ready.pop()
        depth[entry_id] = 1 + max((depth[parent] for parent in parents[entry_id]), default=0)
        for child in children.get(entry_id, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    return depth


def _root(entry_id: str, parents: Mapping[str, list[str]]) -> str:
    while parents[entry_id]:
        entry_id = min(parents[entry_id])
    return entry_id


def _family(
    root: str, group: list[Entry], void: set[str], depth: Mapping[str, int], parents: Mapping[str, list[str]]
) -> Family:
    if len(group) == 1:
        alone = group[0]
        return Family(root, None, ()) if alone.id in void else Family(root, alone, (alone,))
    standing = [entry for entry in group if entry.id not in void]
    current = max(standing, key=lambda entry: (depth[entry.id], entry.id), default=None)
    replaced = {ancestor for entry in standing for ancestor in _ancestors(entry.id, parents)}
    heads = tuple(sorted((entry for entry in standing if entry.id not in replaced), key=lambda entry: entry.id))
    return Family(root, current, heads)


def _ancestors(entry_id: str, parents: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(parents[entry_id])
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting.extend(parents[parent])
    return found


def current_of(entries: Collection[Entry], root: str) -> Entry | None:
    """The version that counts of the fact that began with `root`; None when it was undone or is not here."""
    return next((family.current for family in families(entries) if family.root == root), None)


def person_now(person: str, entries: Collection[Entry]) -> Person | None:
    """A person's fields as they stand, each by the same rule; None when no version stands.

    A field whose undecided versions say different things is named in `doubtful`.
    """
    void = voided(entries)
    versions = {entry.id: entry for entry in entries if entry.kind == "person"}
    if len(versions) == 1:
        (only,) = versions.values()
        return None if only.id in void else _person(person, only.body.get("fields", {}), ())
    parents = {key: [parent for parent in entry.replaces if parent in versions] for key, entry in versions.items()}
    depth = _depths(parents)
    standing = [versions[key] for key in depth if key not in void]
    if not standing:
        return None
    fields: dict[str, str] = {}
    doubtful = []
    for name in FIELDS:
        holding = [entry for entry in standing if name in entry.body.get("fields", {})]
        if not holding:
            continue
        best = max(holding, key=lambda entry: (depth[entry.id], entry.id))
        fields[name] = str(best.body["fields"][name])
        replaced = {ancestor for entry in holding for ancestor in _ancestors(entry.id, parents)}
        if len({str(entry.body["fields"][name]) for entry in holding if entry.id not in replaced}) > 1:
            doubtful.append(name)
    return _person(person, fields, tuple(doubtful))


def _person(person: str, fields: Mapping[str, object], doubtful: tuple[str, ...]) -> Person:
    return Person(person, **{name: str(fields[name]) for name in FIELDS if name in fields}, doubtful=doubtful)
