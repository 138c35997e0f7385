"""How far observers agree over many items: per section of a protocol and over all of it, one scale at a time.

Owns which items may be put together: those of one protocol that are noted on one and the same scale. Numbers of two
scales never become one, and neither do those of two protocols.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from plfacilitate.core.debrief import agreement
from plfacilitate.core.debrief.agreement import FEW, TOO_FEW, Measure, at_once, crossed, matched
from plfacilitate.core.debrief.compared import WINDOW, Voice, noted, spans_of
from plfacilitate.core.debrief.differing import Noted, kind_of
from plfacilitate.core.protocol import LOOK_FOR, Item, Prompt, Protocol

Answer = str | int
Unit = tuple[Answer | None, ...]
"""What each voice said of one thing that can be compared; None = nothing."""


class Scale(NamedTuple):
    """On what is noted. `how` says what may be done with it: levels, names, yes-no, amount; `answers` 0 = any number."""

    title: str
    how: str
    answers: int = 0


class Figure(NamedTuple):
    """One measure with its name. `share` = a part of the whole, shown in per cent; else a coefficient with a band."""

    name: str
    measure: Measure
    share: bool

    @property
    def value(self) -> str:
        """`64 %` of a share, `.41` of a coefficient; a dash where it is undefined."""
        value = self.measure.value
        if value is None:
            return "—"
        if self.share:
            return f"{round(100 * value)} %"
        return f"{value:.2f}".replace("0.", ".").replace("-", "−")

    @property
    def words(self) -> str:
        """Name, value, and where it is a coefficient of enough pairs, its band."""
        band = "" if self.share or self.measure.few else self.measure.band
        return " ".join(filter(None, (self.name, self.value, band)))


class Agreement(NamedTuple):
    """How far some voices agree on one scale. `items` = of how many items and prompts it is made."""

    scale: Scale
    items: int
    between: tuple[str, ...]
    figures: tuple[Figure, ...]

    @property
    def words(self) -> str:
        """Every figure, those of one number of pairs together: `exact 50 % · n 2: too few to say`.

        Of too few pairs there are the shares only: a coefficient of them says nothing.
        """
        said: dict[int, list[str]] = {}
        for one in self.figures:
            if one.measure.n and (one.share or not one.measure.few):
                said.setdefault(one.measure.n, []).append(one.words)
        return "; ".join(f"{', '.join(some)} · {_of(n)}" for n, some in said.items())


def _of(n: int) -> str:
    return f"n {n}: {TOO_FEW}" if n < FEW else f"n {n}"


def agreements(
    parts: Iterable[Item | Prompt], voices: Sequence[Voice], protocol: Protocol, now: datetime, *, pairs: bool = False
) -> tuple[Agreement, ...]:
    """All voices together on each scale; with `pairs`, and where they are more than two, each pair of them besides."""
    units: dict[Scale, list[Unit]] = {}
    items: dict[Scale, list[Item | Prompt]] = {}
    for part in parts:
        scale = scale_of(part, protocol)
        if scale is not None:
            units.setdefault(scale, []).extend(_units(part, voices, now))
            items.setdefault(scale, []).append(part)
    found = []
    for scale, all_units in units.items():
        for some in _groups(len(voices), pairs=pairs):
            chosen = [tuple(unit[place] for place in some) for unit in all_units]
            figures = _FIGURES[scale.how](chosen, scale) + _timed(items[scale], [voices[place] for place in some], now)
            if any(one.measure.n for one in figures):
                found.append(Agreement(scale, len(items[scale]), tuple(voices[one].name for one in some), figures))
    return tuple(found)


def _groups(voices: int, *, pairs: bool) -> list[tuple[int, ...]]:
    everybody = tuple(range(voices))
    return [everybody] + (list(combinations(everybody, 2)) if pairs and voices > 2 else [])


# -- what can be put together ----------------------------------------------------------------------------------------


def scale_of(part: Item | Prompt, protocol: Protocol) -> Scale | None:
    """The scale of an item or prompt; None = words, which have none."""
    if isinstance(part, Prompt):
        levels = len(protocol.levels)
        return Scale(f"answers on {levels} levels", "levels", levels) if levels else None
    if part.kind == "rating":
        return Scale(f"ratings of {len(part.levels)} levels", "levels", len(part.levels))
    if part.kind == "choice" and not part.several:
        return Scale(f"choices: {part.text}", "names", len(part.options))
    if part.kind == "snapshot" and part.capture == "one":
        return Scale(f"glances: {part.text}", "names", len(part.options))
    return _GLANCES[part.capture] if part.kind == "snapshot" else _SCALES.get(part.kind)


_SCALES: Mapping[str, Scale] = {
    "look-for": Scale("look-fors", "names", len(LOOK_FOR)),
    "choice": Scale("choices, answer by answer", "yes-no", 2),
    "count": Scale("counts of students", "amount"),
    "tally": Scale("tallies", "amount"),
    "state": Scale("time of states", "amount"),
}
_GLANCES: Mapping[str, Scale] = {
    "tick": Scale("glances, code by code", "yes-no", 2),
    "count": Scale("glances, students counted", "amount"),
}


def _units(part: Item | Prompt, voices: Sequence[Voice], now: datetime) -> list[Unit]:
    values = [noted(voice, part, now) for voice in voices]
    kind = kind_of(part)
    if isinstance(part, Item) and kind == "snapshot":
        slots = sorted({slot for one in values if isinstance(one, Mapping) for slot in one})
        if part.capture == "one":
            return [tuple(_only(one, slot) for one in values) for slot in slots]
        cells = [(slot, option.id) for slot in slots for option in part.options]
        return [tuple(_cell(one, *cell, part.capture == "count") for one in values) for cell in cells]
    if isinstance(part, Item) and kind == "choice" and part.several:
        return [
            tuple(int(option.id in one) if isinstance(one, tuple) else None for one in values)
            for option in part.options
        ]
    return [tuple(_plain(one) for one in values)]


def _only(glances: Noted | None, slot: int) -> str | None:
    codes = glances.get(slot) if isinstance(glances, Mapping) else None
    return next((code for code, number in codes.items() if number), None) if codes else None


def _cell(glances: Noted | None, slot: int, code: str, count: bool) -> int | None:
    codes = glances.get(slot) if isinstance(glances, Mapping) else None
    if codes is None:
        return None
    return codes.get(code, 0) if count else int(codes.get(code, 0) > 0)


def _plain(value: Noted | None) -> Answer | None:
    if isinstance(value, tuple):
        return value[0] if value else None
    return None if isinstance(value, Mapping) else value


# -- the measures that suit a scale ----------------------------------------------------------------------------------


def _pairs(units: Sequence[Unit]) -> list[tuple[Answer | None, Answer | None]]:
    """Each two voices' answers to one thing; with two voices, the units themselves."""
    return [pair for unit in units for pair in combinations(unit, 2)]


def _names(units: Sequence[Unit], scale: Scale) -> tuple[Figure, ...]:
    table = crossed(*_sides(units))
    first = Figure("exact", agreement.exact(table), share=True)
    if _voices(units) > 2:
        return first, Figure("alpha nominal", agreement.nominal_alpha(units), share=False)
    return (
        first,
        Figure("kappa", agreement.kappa(table), share=False),
        Figure("AC1", agreement.ac1(table, scale.answers), share=False),
        Figure("alpha nominal", agreement.nominal_alpha(units), share=False),
    )


def _levels(units: Sequence[Unit], scale: Scale) -> tuple[Figure, ...]:
    whole = [tuple(one if isinstance(one, int) else None for one in unit) for unit in units]
    left, right = _sides(whole)
    table = crossed([_number(one) for one in left], [_number(one) for one in right])
    shares = (
        Figure("exact", agreement.exact(table), share=True),
        Figure("within one", agreement.within_one(table), share=True),
    )
    alphas = (
        Figure("alpha nominal", agreement.nominal_alpha(whole), share=False),
        Figure("alpha ordinal", agreement.ordinal_alpha(whole), share=False),
    )
    if _voices(units) > 2:
        return shares + alphas
    return (
        *shares,
        Figure("kappa", agreement.kappa(table), share=False),
        Figure("kappa linear", agreement.linear_kappa(table), share=False),
        Figure("kappa quadratic", agreement.quadratic_kappa(table), share=False),
        Figure("AC1", agreement.ac1(table, scale.answers), share=False),
        *alphas,
    )


def _yes_no(units: Sequence[Unit], scale: Scale) -> tuple[Figure, ...]:
    left, right = _sides(units)
    ticked = crossed([_ticked(one) for one in left], [_ticked(one) for one in right])
    exact, *others = _names(units, scale)
    return exact, Figure("both of either", agreement.jaccard(ticked), share=True), *others


def _amount(units: Sequence[Unit], _: Scale) -> tuple[Figure, ...]:
    totals = [(a, b) for a, b in _pairs(units) if isinstance(a, int) and isinstance(b, int)]
    return (Figure("smaller of larger", agreement.smaller_of_larger(totals), share=True),)


_FIGURES = {"names": _names, "levels": _levels, "yes-no": _yes_no, "amount": _amount}


def _timed(parts: Sequence[Item | Prompt], voices: Sequence[Voice], now: datetime) -> tuple[Figure, ...]:
    """What two voices noted when, where nothing of it came as a total from paper."""
    kind = kind_of(parts[0])
    if len(voices) != 2 or any(voice.seen.of(part.id).total is not None for voice in voices for part in parts):
        return ()
    if kind == "state":
        return _lasting([part.id for part in parts], voices, now)
    return _tapped([part.id for part in parts], voices) if kind == "tally" else ()


def _lasting(states: Sequence[str], voices: Sequence[Voice], now: datetime) -> tuple[Figure, ...]:
    """States that both said go on, at the same time."""
    times = [at_once(*(spans_of(voice, one, now) for voice in voices)) for one in states]
    both, either = (sum(parts) for parts in zip(*times, strict=True))
    n = sum(1 for _, seconds in times if seconds)
    return (Figure("at the same time", Measure(both / either if either else None, n), share=True),)


def _tapped(tallies: Sequence[str], voices: Sequence[Voice]) -> tuple[Figure, ...]:
    """Taps matched in time, whatever they were taps of; and whether the matched ones are of one kind."""
    taps = [[(at, one) for one in tallies for at in voice.seen.of(one).taps] for voice in voices]
    found = matched([at for at, _ in taps[0]], [at for at, _ in taps[1]], WINDOW)
    share = Figure(f"noted by both within {WINDOW.seconds} s", found.share, share=True)
    if len(tallies) == 1:
        return (share,)
    of = [dict(mine) for mine in taps]
    table = crossed([of[0][a] for a, _ in found.pairs], [of[1][b] for _, b in found.pairs])
    return (
        share,
        Figure("of these the same", agreement.exact(table), share=True),
        Figure("kappa of these", agreement.kappa(table), share=False),
    )


def _voices(units: Sequence[Unit]) -> int:
    return len(units[0]) if units else 0


def _sides(units: Sequence[Unit]) -> tuple[list[Answer | None], list[Answer | None]]:
    pairs = _pairs(units)
    return [a for a, _ in pairs], [b for _, b in pairs]


def _number(one: Answer | None) -> int | None:
    return one if isinstance(one, int) else None


def _ticked(one: Answer | None) -> bool | None:
    return None if one is None else bool(one)
