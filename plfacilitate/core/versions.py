"""Which version of a fact counts: chains of `replaces`, undo, undo of undo.

Owns the rule (DESIGN section 2): the unvoided version with the longest chain, then the greatest id; versions that do
not descend from one another wait for a decision. Never depends on the order in which entries came, nor on a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from plfacilitate.core.entry import Entry
from plfacilitate.core.lineage import Lineage, components, top_down
from plfacilitate.core.people import FIELDS, Person
from plfacilitate.core.sequence import as_it_went


@dataclass(frozen=True, slots=True)
class Family:
    """All versions of one fact. `current` is None when every version was undone.

    `heads` are the unvoided versions that nobody replaced; `missing` are ids that a head replaces and that are not
    here (not arrived yet, or erased): what they replaced in turn is unknown.
    """

    root: str
    current: Entry | None
    heads: tuple[Entry, ...]
    missing: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Somebody has to decide: versions stand side by side, or one follows a version that is not here."""
        return len(self.heads) > 1 or bool(self.missing)


def voided(entries: Iterable[Entry]) -> set[str]:
    """The ids that a standing undo names. An undo that is undone itself voids nothing.

    Undos that name each other in a circle, and those that hang below one, count for nothing.
    """
    undos = {entry.id: str(entry.body.get("undoes", "")) for entry in entries if entry.kind == "undo"}
    if not undos:
        return set()
    undone_by: dict[str, list[str]] = {undo: [] for undo in undos}
    for undo, target in undos.items():
        if target in undone_by:
            undone_by[target].append(undo)
    stands: dict[str, bool] = {}
    for undo in top_down(undone_by):
        stands[undo] = not any(stands[other] for other in undone_by[undo])
    return {undos[undo] for undo, standing in stands.items() if standing}


def families(entries: Iterable[Entry], void: AbstractSet[str] | None = None) -> list[Family]:
    """The facts among these entries, each with its version that counts, in order of their roots.

    Undos are read, not returned; `void` may be given where the caller knows it, and then undos are not looked for.
    """
    entries = list(entries)
    void = voided(entries) if void is None else void
    versions = {entry.id: entry for entry in entries if entry.kind != "undo"}
    if not any(entry.replaces for entry in versions.values()):
        return [_alone(versions[key], void) for key in sorted(versions)]
    lineage = Lineage({key: entry.replaces for key, entry in versions.items()})
    standing = [key for key in versions if key not in void]
    # A version that was undone binds together only what still descends from it.
    active = lineage.ancestors(standing, cut=False).union(standing)
    found = [_family(group, versions, void, lineage) for group in components(active, lineage.links)]
    undone = [group for group in components(lineage.links, lineage.links) if active.isdisjoint(group)]
    found += [Family(lineage.root(group), None, ()) for group in undone]
    return sorted(found, key=lambda family: family.root)


def currents(entries: Iterable[Entry], void: AbstractSet[str] | None = None) -> list[Entry]:
    """The version that counts of each fact that stands, in order of their roots; `void` as for `families`."""
    return [family.current for family in families(entries, void) if family.current is not None]


def rooted(entries: Iterable[Entry], void: AbstractSet[str] | None = None) -> list[tuple[Entry, str]]:
    """The version that counts of each fact, in the order in which they were done, each with the id of its first version."""
    found = {one.current.id: (one.current, one.root) for one in families(entries, void) if one.current is not None}
    return [found[entry.id] for entry in as_it_went(entry for entry, _ in found.values())]


def _alone(entry: Entry, void: AbstractSet[str]) -> Family:
    return Family(entry.id, None, ()) if entry.id in void else Family(entry.id, entry, (entry,))


def _family(group: Collection[str], versions: Mapping[str, Entry], void: AbstractSet[str], lineage: Lineage) -> Family:
    standing = [key for key in group if key in versions and key not in void]
    current = max(standing, key=lambda key: (lineage.depth[key], key))
    heads = sorted(set(standing) - lineage.ancestors(standing))
    missing = {parent for head in heads for parent in lineage.links[head] if parent not in versions}
    return Family(
        lineage.root(group), versions[current], tuple(versions[head] for head in heads), tuple(sorted(missing))
    )


def person_now(person: str, entries: Collection[Entry]) -> Person | None:
    """A person's fields as they stand, each by the same rule; None when no version stands.

    A field whose undecided versions say different things is named in `doubtful`. A list that was taken in on two
    laptops says one thing twice: what replaced the one of them replaced what the other says.
    """
    void = voided(entries)
    versions = {entry.id: entry for entry in entries if entry.kind == "person"}
    if len(versions) == 1:
        (only,) = versions.values()
        return None if only.id in void else person_of(person, _fields(only))
    lineage = Lineage({key: entry.replaces for key, entry in versions.items()})
    said = {key: _fields(entry) for key, entry in versions.items() if key not in void}
    if not said:
        return None
    fields: dict[str, str] = {}
    doubtful = []
    for name in FIELDS:
        holding = [key for key, values in said.items() if name in values]
        if not holding:
            continue
        current = max(holding, key=lambda key: (lineage.depth[key], key))
        fields[name] = said[current][name]
        heads = set(holding) - lineage.ancestors(holding)
        if len({said[key][name] for key in heads}) > 1:
            settled = {said[key].get(name) for key in lineage.ancestors([current]) if key in said}
            first_words = {key for key in heads if not lineage.parents[key] and said[key][name] in settled}
            if len({said[key][name] for key in heads - first_words}) > 1:
                doubtful.append(name)
    return person_of(person, fields, tuple(doubtful))


def _fields(entry: Entry) -> Mapping[str, str]:
    fields: Mapping[str, str] = entry.body.get("fields", {})
    return fields


def person_of(person: str, fields: Mapping[str, str], doubtful: tuple[str, ...] = ()) -> Person:
    """A person out of their fields; names that are none of ours are passed over."""
    return Person(person, **{name: str(fields[name]) for name in FIELDS if name in fields}, doubtful=doubtful)
