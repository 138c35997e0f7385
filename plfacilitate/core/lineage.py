"""Who replaces whom: a graph of ids, which may be torn, doubled or tied into a circle by what has not arrived.

Owns the walk over that graph. Never knows what an id stands for, and gives the same for the same set in any order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence


class Lineage:
    """The versions of some facts. `links` names for every id what it replaces, ids that are not here included.

    In a circle nobody is older than the others: its links bind it together, but make no version the descendant of
    another. `depth` is the length of the longest chain that ends in an id, itself included.
    """

    def __init__(self, replaces: Mapping[str, Sequence[str]]) -> None:
        self.links: dict[str, tuple[str, ...]] = {
            key: tuple(parent for parent in dict.fromkeys(parents) if parent != key)
            for key, parents in replaces.items()
        }
        for parents in list(self.links.values()):
            for parent in parents:
                self.links.setdefault(parent, ())
        circle = _circular(self.links)
        self.parents = self.links if not circle else _without(self.links, circle)
        self.depth: dict[str, int] = {}
        for key in top_down(self.parents):
            self.depth[key] = 1 + max((self.depth[parent] for parent in self.parents[key]), default=0)

    def ancestors(self, keys: Iterable[str], *, cut: bool = True) -> set[str]:
        """What these ids replace, directly or through others; with `cut` not within a circle."""
        parents = self.parents if cut else self.links
        found: set[str] = set()
        waiting = [parent for key in keys for parent in parents[key]]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting.extend(parents[key])
        return found

    def root(self, group: Iterable[str]) -> str:
        """The least of those in a group that replace nothing."""
        return min(key for key in group if not self.parents[key])


def top_down(above: Mapping[str, Collection[str]]) -> list[str]:
    """The ids in an order in which each comes after all that stand above it; those in or below a circle are left out."""
    below: dict[str, list[str]] = {}
    for key, parents in above.items():
        for parent in parents:
            below.setdefault(parent, []).append(key)
    waiting = {key: len(parents) for key, parents in above.items()}
    ready = [key for key, count in waiting.items() if count == 0]
    for key in ready:  # grows while it is read
        for child in below.get(key, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    return ready


def components(keys: Iterable[str], links: Mapping[str, Collection[str]]) -> list[list[str]]:
    """The keys in groups that hang together by links among them."""
    leader = {key: key for key in keys}

    def find(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for key in leader:
        for parent in links[key]:
            if parent in leader:
                leader[find(key)] = find(parent)
    groups: dict[str, list[str]] = {}
    for key in leader:
        groups.setdefault(find(key), []).append(key)
    return list(groups.values())


def _circular(links: Mapping[str, Collection[str]]) -> set[str]:
    """The ids on circles, and on paths from one circle to another."""
    stuck = set(links) - set(top_down(links))
    if not stuck:
        return stuck
    below: dict[str, list[str]] = {key: [] for key in stuck}
    for key in stuck:
        for parent in links[key]:
            if parent in stuck:
                below[parent].append(key)
    return stuck - set(top_down(below))


def _without(links: Mapping[str, tuple[str, ...]], circle: Collection[str]) -> dict[str, tuple[str, ...]]:
    return {
        key: tuple(parent for parent in parents if key not in circle or parent not in circle)
        for key, parents in links.items()
    }
