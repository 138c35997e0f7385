"""A protocol that is led, for the wall: the step's title, its prompt, every group's clock as large as it goes.

Owns how that fits a window. Holds no name and nothing that was written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from textwrap import wrap

from plfacilitate.core.running.run import Group, Run
from plfacilitate.core.text import cells, cut, plain
from plfacilitate.front.desk.lists.digits import SIZES, big, fitting
from plfacilitate.front.desk.lists.running import Clock, Row, clock_of
from plfacilitate.front.widgets.lines import Part

LINE = 72  # cells of a line of the prompt: longer ones are hard to read on a wall
GAP = 4  # cells between two clocks
COLUMN = 16  # cells that a clock without large figures takes at least
WIDEST = "+88:88"  # figures of several clocks have one size, whatever they show


def wall_rows(run: Run, groups: Sequence[Group], now: datetime, width: int, height: int) -> list[Row]:
    """The window's lines: one step large where all are at it, else each group with its own."""
    together = len({group.now.place.key for group in groups}) == 1
    least = -(-len(groups) // max(1, (width - 2) // COLUMN))  # lines without which not every clock is seen
    words = _words(groups[0], width)[: max(0, height - least - 2)] if together else []
    clocks = _clocks(groups, now, width, height - len(words) - 2, titles=not together)
    rows = [*words, *([Row(())] if words else []), *clocks]
    above = max(0, (height - len(rows)) // 2)
    return [*(Row(()) for _ in range(above)), *rows]


def _words(group: Group, width: int) -> list[Row]:
    """Title, whose turn it is, prompt, who speaks and who is silent."""
    place = group.now.place
    title = plain(place.step.title).upper()
    spaced = " ".join(title) if cells(title) * 2 < width - 4 else title
    rows = [_centred(spaced if cells(spaced) <= width - 4 else cut(title, width - 4), "title", width)]
    if place.whose:
        rows.append(_centred(place.whose, "strong", width))
    rows.append(Row(()))
    rows += [_centred(line, "", width) for line in wrap(plain(place.step.prompt), min(LINE, width - 4))]
    rows.append(Row(()))
    for name, text in (("speaks", place.step.speaks), ("silent", place.step.silent)):
        if text:
            rows.append(
                _centred(
                    f"{name}: {cut(text, max(10, width - 14)).rstrip()}", "strong" if name == "silent" else "dim", width
                )
            )
    return rows


def _centred(text: str, look: str, width: int) -> Row:
    return Row((Part(" " * max(0, (width - cells(text)) // 2)), Part(text, look)))


def _clocks(groups: Sequence[Group], now: datetime, width: int, height: int, *, titles: bool) -> list[Row]:
    """All clocks in as few rows as the largest figures need; where nothing large fits, a line each."""
    shown = [clock_of(group.now, now) for group in groups]
    heads = [
        _head(group, clock, titles=titles, alone=len(groups) == 1) for group, clock in zip(groups, shown, strict=True)
    ]
    found = []
    for across in range(1, len(groups) + 1):
        down = -(-len(groups) // across)
        room = (height - (down - 1)) // down - (0 if len(groups) == 1 else 1)
        texts = [WIDEST] if len(groups) > 1 else [one.figure for one in shown]
        size = fitting(texts, (width - 4) // across - GAP, room)
        if size is not None:
            found.append((SIZES.index(size), max(down * 2, across), across))
    if not found:
        return list(_listed(heads, shown, width, height))
    at, _, across = min(found)
    return list(_grid(heads, shown, [big(one.figure, SIZES[at]) for one in shown], across, width))


def _listed(heads: Sequence[str], shown: Sequence[Clock], width: int, height: int) -> Iterator[Row]:
    """A line each, in as many columns as are needed."""
    columns = min(max(1, (width - 2) // COLUMN), -(-len(heads) // max(1, height)))
    down, column = -(-len(heads) // columns), (width - 2) // columns
    for line in range(down):
        parts: list[Part] = []
        for at in range(line, len(heads), down):
            parts += [Part(f" {shown[at].figure:>6} ", shown[at].look), Part(f" {cut(heads[at], column - 10)} ")]
        yield Row(tuple(parts))


def _head(group: Group, clock: Clock, *, titles: bool, alone: bool) -> str:
    state = f" {clock.sign.symbol} {clock.sign.word}" if clock.sign.word else ""
    step = f" · {group.now.place.step.title}" if titles else ""
    return state.strip() if alone else f"{group.number}{step}{state}"


def _grid(
    heads: Sequence[str], clocks: Sequence[Clock], figures: Sequence[Sequence[str]], across: int, width: int
) -> Iterator[Row]:
    column = (width - 2) // across
    for first in range(0, len(clocks), across):
        some = range(first, min(first + across, len(clocks)))
        if any(heads[at] for at in some):
            yield Row(
                tuple(
                    _middle(cut(heads[at], min(column - 2, cells(plain(heads[at])))), column, "strong") for at in some
                )
            )
        for line in range(len(figures[first])):
            yield Row(tuple(_middle(figures[at][line], column, clocks[at].look.removeprefix("flash-")) for at in some))
        if first + across < len(clocks):
            yield Row(())


def _middle(text: str, column: int, look: str) -> Part:
    left = max(0, (column - cells(text)) // 2)
    return Part(" " * left + text + " " * max(0, column - left - cells(text)), look)
