"""How far those agree who watched the same lessons with the same instrument: one sentence for a report.

Owns how rooms are put together: answer by answer, on one scale of one instrument. Never adds up coefficients, and never
names who noted what (`core.debrief.meetings` does, for those who were there).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from plfacilitate.core.debrief.agreement import FEW
from plfacilitate.core.debrief.meetings import overall
from plfacilitate.core.debrief.pooled import Agreement
from plfacilitate.core.protocol import Protocol
from plfacilitate.core.report.words import count, percent
from plfacilitate.core.visiting.fold import VisitPicture

_SAID = {"exact": "the same", "within one": "within one level", "both of either": "ticked by both"}


Counted = Mapping[str, Mapping[str, tuple[int, int]]]
"""Scale → measure → how many of how many pairs."""


def agreed_upon(picture: VisitPicture, protocol: Protocol, stops: Iterable[str], now: datetime) -> str:
    """`In 2 rooms two or more watched the same lesson. Look-fors: 9 of 10 the same …`; "" = nowhere two did."""
    rooms, sums = pairs_counted(picture, protocol, stops, now)
    parts = [f"{scale}: {_words(figures)}" for scale, figures in sums.items() if figures]
    if not parts:
        return ""
    few = max(n for figures in sums.values() for _, n in figures.values()) < FEW
    figures = "; ".join(parts)
    said = f"In {count(rooms, 'room')} two or more watched the same lesson. {figures[:1].upper()}{figures[1:]}."
    return said + (f" Fewer than {FEW} pairs: too few to say more." if few else "")


def pairs_counted(
    picture: VisitPicture, protocol: Protocol, stops: Iterable[str], now: datetime
) -> tuple[int, Counted]:
    """In how many rooms two or more watched, and what their pairs come to, scale by scale."""
    rooms = 0
    sums: dict[str, dict[str, tuple[int, int]]] = {}
    for stop in dict.fromkeys(stops):
        together = _of_all(overall(picture, stop, protocol.id, now, protocol.version)) if stop else []
        rooms += bool(together)
        for one in together:
            scale = sums.setdefault(one.scale.title, {})
            for figure in one.figures:
                if figure.name in _SAID and figure.measure.value is not None:
                    same, n = scale.get(figure.name, (0, 0))
                    scale[figure.name] = same + round(figure.measure.value * figure.measure.n), n + figure.measure.n
    return rooms, sums


def _of_all(agreements: Sequence[Agreement]) -> list[Agreement]:
    """Of each scale the figures of all voices together; those of each two of more are left out."""
    most = max((len(one.between) for one in agreements), default=0)
    return [one for one in agreements if len(one.between) == most]


def _words(figures: Mapping[str, tuple[int, int]]) -> str:
    return ", ".join(
        f"{same} of {n} {_SAID[name]}{f' ({percent(same, n)})' if n >= FEW else ''}"
        for name, (same, n) in figures.items()
    )
