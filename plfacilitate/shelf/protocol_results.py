"""The `[[result]]` of a protocol file: made into results, with everything that keeps a rule from being worked out.

Owns which items a rule can read and where its cut points may lie. Never works a result out (`core.results`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from plfacilitate.core.protocol import Group, Result, Share
from plfacilitate.core.results.outcomes import LEAST
from plfacilitate.core.results.readings import NUMBERED
from plfacilitate.core.text import plain
from plfacilitate.shelf.toml_files import TomlFile
from plfacilitate.shelf.toml_lines import KeyPath

if TYPE_CHECKING:
    from plfacilitate.shelf.protocol_shape import GroupShape, ProtocolShape, ResultShape

_STRONGER: tuple[Share, ...] = ("all", "most", "half", "some")
_RULES = ("archetype", "readiness", "level", "counts")
# Which keys of a result belong to which rules.
_KEYS = {"partly_from": ("readiness",), "holds": ("level",), "between": ("level",)}


def made(shape: ProtocolShape) -> tuple[Result, ...]:
    """The results of a file that is right."""
    return tuple(
        Result(
            one.id, one.title, one.rule, tuple(_group(group, one) for group in one.group), one.ask,
            one.partly_from or 0, one.holds or "all", one.between or "some", one.needs or 0,
        )
        for one in shape.result
    )  # fmt: skip


def _group(group: GroupShape, result: ResultShape) -> Group:
    cut = group.counts_from if group.counts_from is not None else result.counts_from
    return Group(
        group.id, group.title, tuple(group.items), (cut or 0) if group.items else 0, group.about, group.elsewhere
    )


def check(file: TomlFile, shape: ProtocolShape) -> None:
    """Whether each rule can be worked out, and each of its groups be reached."""
    if shape.result and shape.kind == "facilitation":
        file.fault(("result",), "does not belong here: a facilitation has no answers.")
        return
    levels = _levels(shape)
    for at, path, line in file.twice((("result", n, "id"), one.id) for n, one in enumerate(shape.result)):
        file.fault(at, f'"{path}" stands in line {line} already: give each its own id.')
    for place, result in enumerate(shape.result):
        if result.rule in _RULES:
            _check_result(file, ("result", place), result, levels)


def _levels(shape: ProtocolShape) -> Mapping[str, int | str]:
    """Item → how many levels it has, 0 = a look-for; or the word for what no rule can read."""
    found: dict[str, int | str] = {}
    for section in shape.section:
        for item in section.item:
            numbered = item.kind in NUMBERED
            found[item.id] = len(item.levels) if numbered else f"a {item.kind}"
        for prompt in section.prompt:
            found[prompt.id] = len(shape.levels) or "a question without a ladder"
    return found


def _check_result(file: TomlFile, where: KeyPath, result: ResultShape, levels: Mapping[str, int | str]) -> None:
    for key, rules in _KEYS.items():
        if getattr(result, key) is not None and result.rule not in rules:
            file.fault((*where, key), f'does not go with rule = "{result.rule}", only with "{rules[0]}".')
    least = LEAST.get(result.rule, 1)
    if len(result.group) < least:
        file.fault(where, f"has {len(result.group)} [[result.group]]: the rule needs {least} or more.")
    for at, path, line in file.twice((((*where, "group", n, "id"), one.id) for n, one in enumerate(result.group))):
        file.fault(at, f'"{path}" stands in line {line} already: give each its own id.')
    for place, group in enumerate(result.group):
        _check_group(file, (*where, "group", place), group, result, levels, first=not place)
    _check_cuts(file, where, result, levels)


def _check_group(
    file: TomlFile,
    where: KeyPath,
    group: GroupShape,
    result: ResultShape,
    levels: Mapping[str, int | str],
    *,
    first: bool,
) -> None:
    if result.rule == "level" and first:
        if group.items:
            file.fault(
                (*where, "items"), "do not belong here: all begin on the first level, so nothing is asked for it."
            )
        return
    if group.elsewhere and (group.items or result.rule != "counts"):
        file.fault((*where, "elsewhere"), 'goes only with rule = "counts" and a group without items.')
        return
    _check_items(file, where, group, levels)
    if result.needs and group.items and result.needs > len(group.items):
        file.fault((*where, "items"), f"are {len(group.items)}, but needs = {result.needs}: it could never be told.")


def _check_items(file: TomlFile, where: KeyPath, group: GroupShape, levels: Mapping[str, int | str]) -> None:
    if not group.items and not group.elsewhere:
        file.fault((*where, "items"), "is missing: a group without items can never be told.")
    items: Sequence[object] = group.items  # one that could not be read stands here as it was written
    for at, item in enumerate(items):
        path = (*where, "items", at)
        if not isinstance(item, str):
            continue  # said already
        if item not in levels:
            file.fault(path, f'"{plain(item)}" is no item of this protocol.')
        elif isinstance(levels[item], str):
            file.fault(path, f'"{plain(item)}" is {levels[item]}: a rule reads look-fors, ratings and placed answers.')
        elif item in items[:at]:
            file.fault(path, f'"{plain(item)}" stands here already.')


def _check_cuts(file: TomlFile, where: KeyPath, result: ResultShape, levels: Mapping[str, int | str]) -> None:
    """Each cut where it parts something, and none across another."""
    for place, group in enumerate(result.group):
        path, cut = _cut(where, place, group, result)
        sizes = list(_sizes(group, levels))
        if not sizes:
            if group.counts_from is not None:
                file.fault(path, "parts nothing: there are no levels among these items.")
            continue
        if cut is None:
            file.fault(path, "is missing: from which level on does an answer count? For instance counts_from = 3")
        elif cut < 2:
            file.fault(path, f"is {cut}: every answer stands there; from 2 on it parts something.")
        elif cut > min(sizes):
            file.fault(path, f"is {cut}, but an item here has {min(sizes)} levels: it could never be reached.")
        elif result.partly_from is not None and not 2 <= result.partly_from < cut:
            file.fault(
                (*where, "partly_from"),
                f"is {result.partly_from}: it must lie between 2 and {cut - 1}, below counts_from.",
            )
    if result.rule == "level":
        _check_ladder(file, where, result)


def _check_ladder(file: TomlFile, where: KeyPath, result: ResultShape) -> None:
    """A higher level asks more than a lower one, and “between” less than to hold."""
    holds, between = result.holds or "all", result.between
    if between is not None and _STRONGER.index(between) <= _STRONGER.index(holds):
        file.fault((*where, "between"), f'"{between}" overlaps with holds = "{holds}": it must ask for less.')
    for place, group in enumerate(result.group[1:], start=1):
        for lower in result.group[1:place]:
            path, cut = _cut(where, place, group, result)
            below = _cut(where, place, lower, result)[1]
            if set(group.items) <= set(lower.items) and cut is not None and below is not None and cut <= below:
                file.fault(path, f'asks no more than "{plain(lower.id)}" does: that level could never be the result.')


def _cut(where: KeyPath, place: int, group: GroupShape, result: ResultShape) -> tuple[KeyPath, int | None]:
    if group.counts_from is not None or result.counts_from is None:
        return (*where, "group", place, "counts_from"), group.counts_from
    return (*where, "counts_from"), result.counts_from


def _sizes(group: GroupShape, levels: Mapping[str, int | str]) -> Iterator[int]:
    for item in group.items:
        size = levels.get(item)
        if isinstance(size, int) and size:
            yield size
