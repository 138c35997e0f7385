"""In which order things were done, where the order decides and a clock may have been wrong.

Owns the rule: what one laptop wrote stays in the order in which it wrote it, whatever its clock did; between laptops
the clocks decide. Never looks at the order in which entries arrived.
"""

from __future__ import annotations

from collections.abc import Iterable

from plfacilitate.core.entry import Entry


def as_it_went(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in the order in which they were done.

    A laptop whose clock was put back is believed to have gone on at the time that it had reached.
    """
    reached: dict[str, str] = {}
    keyed = []
    for entry in sorted(entries, key=lambda one: (one.device, one.number, one.id)):
        moment = max(reached.get(entry.device, ""), entry.happened_at)
        reached[entry.device] = moment
        keyed.append(((moment, entry.device, entry.number, entry.id), entry))
    return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0])]
