"""Protocol files in: `protocols/*/*.toml` made into protocols, with everything that is wrong in them by line and key.

Owns what such a file must say, and whose file counts where the workspace has one too. Never notes an observation.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from plfacilitate.core.protocol import Item, ItemKind, Option, Prompt, Protocol, Section, Step
from plfacilitate.core.refusal import Refused, refuse_faults
from plfacilitate.core.text import plain
from plfacilitate.shelf import protocol_results
from plfacilitate.shelf.found import candidates
from plfacilitate.shelf.toml_files import Checked, TomlFile, checked, key_text, made_of, parsed, read_toml, taken
from plfacilitate.shelf.toml_lines import KeyPath

if TYPE_CHECKING:
    from plfacilitate.shelf.protocol_shape import ItemShape, ProtocolShape, SectionShape

MOST_ITEMS = 200
"""Items, prompts or steps of one protocol: nobody fills in more in one sitting."""
HOUSE = (
    "four-attributes", "psesd-lens", "questions-and-talk", "time-on-task", "interval-coding", "implementation-framework",
    "student-tour", "return-from-visit",
)  # fmt: skip
"""The instruments of the house, in the order in which they are offered."""
_PARTS = {"observation": "item", "interview": "prompt"}
# Which keys of an item belong to which kinds.
_KEYS = {
    "levels": ("rating",), "options": ("choice", "snapshot"), "several": ("choice",), "every": ("snapshot",),
    "capture": ("snapshot",), "group": ("state",),
}  # fmt: skip


def protocol_files(own: Path) -> Iterator[Path]:
    """All protocol files, the workspace's (`own`) first; a shipped one is passed over where yours has its name."""
    return candidates(own, "protocols", deep=True)


def find_protocol(protocol: str, own: Path) -> Protocol:
    """The protocol of that id from the workspace's folder `own`, else the shipped one; or the protocol of a file.

    Refused: `protocol-unknown`, `faults`, and what keeps a file from being read.
    """
    if protocol.endswith(".toml"):
        return _taken(Path(protocol))
    path = next((path for path in protocol_files(own) if path.stem == protocol), None)
    if path is None:
        raise Refused("protocol-unknown", protocol=plain(protocol))
    return _taken(path)


def kind_of(protocol: str, own: Path) -> object:
    """What kind a protocol says it is, without a look at the rest of it; None = it is not there, or can't be read."""
    path = next((path for path in protocol_files(own) if path.stem == protocol), None)
    return _kind(path) if path is not None else None


def _kind(path: Path) -> object:
    try:
        return read_toml(path).data.get("kind")
    except Refused:
        return None


def by_use(protocols: Iterable[Protocol]) -> list[Protocol]:
    """The house instruments first, as a visit uses them; then the cities' own, as they came."""
    return sorted(protocols, key=lambda one: _place(one.id))


def for_stops(own: Path) -> list[str]:
    """The ids of all that can be filled in at a stop: observations, then interviews, the house instruments first."""
    found: dict[object, list[str]] = {kind: [] for kind in _PARTS}
    for path in protocol_files(own):
        name = path.parent.name  # the folder says it already, mostly: no file is read for that
        kind = name if name in (*_PARTS, "facilitation") else _kind(path)
        found.get(kind, []).append(path.stem)
    return [one for kind in _PARTS for one in sorted(found[kind], key=_place)]


def titles(wanted: Collection[str], own: Path) -> dict[str, str]:
    """What protocols are called, by id, without a look at the rest of them; none for what can't be read."""
    found: dict[str, str] = {}
    for path in protocol_files(own):
        if path.stem in wanted and path.stem not in found:
            try:
                title = read_toml(path).data.get("title")
            except Refused:
                continue
            found |= {path.stem: title} if isinstance(title, str) else {}
    return found


def unfit(protocol: str, own: Path) -> str:
    """Why a stop can't use the protocol of that id, as one sentence; "" = there is such a one, for a room."""
    known = [path.stem for path in protocol_files(own)]
    if protocol not in known:
        close = difflib.get_close_matches(protocol, known, n=1)
        hint = f"Did you mean {plain(close[0])}?" if close else "`plfacilitate protocol list` shows all."
        return f'"{plain(protocol)}" is no protocol here. {hint}'
    if kind_of(protocol, own) == "facilitation":
        return f'"{plain(protocol)}" is led step by step (facilitation): a room takes an observation or an interview.'
    return ""


def _place(protocol: str) -> int:
    return HOUSE.index(protocol) if protocol in HOUSE else len(HOUSE)


def list_protocols(own: Path) -> tuple[list[Protocol], list[Refused]]:
    """Every protocol that there is, by kind and id, and why others can't be used."""
    found: dict[str, tuple[Path, Protocol]] = {}
    broken = []
    for path in protocol_files(own):
        try:
            protocol = _taken(path)
        except Refused as no:
            broken.append(no)
            continue
        first, _ = found.setdefault(protocol.id, (path, protocol))
        if first != path:
            broken.append(_second(path, protocol.id, first))
    return sorted((one for _, one in found.values()), key=lambda one: (_ORDER.index(one.kind), one.id)), broken


_ORDER = ("observation", "interview", "facilitation")


def _second(path: Path, protocol: str, first: Path) -> Refused:
    file = read_toml(path)
    file.fault(("id",), f'"{protocol}" is the id of {plain(str(first))} too, and that one counts: give this another.')
    return refuse_faults(file.name, file.faults)


def _taken(path: Path) -> Protocol:
    return taken(path, check_protocol_file(path))


def check_protocol_file(path: Path) -> Checked[Protocol]:
    """The protocol of a file, its faults (None and some, or a protocol and none) and notes, by line.

    Refused: `file-missing`, `file-is-folder`, `file-unreadable`.
    """
    return checked(path, lambda file: _protocol(file, path.stem))


def checked_text(text: str, path: Path) -> Protocol:
    """The protocol of a text that is to be the file `path`. Refused: `faults`."""
    file = parsed(text.encode("utf-8"), plain(str(path)))
    return taken(path, made_of(file, lambda file: _protocol(file, path.stem)))


def place_for(protocol: str, own: Path, out: Path | None, *, replace: bool) -> Path:
    """Where a new protocol's file goes: `out`, or under its id in the workspace's folder `own`.

    Refused: `protocol-in-the-way` where a file of that name is there, in the folder or among the shipped ones, unless
    it is to be replaced.
    """
    place = own / f"{protocol}.toml" if out is None else out
    there = [place] if place.exists() else []
    if place.resolve().is_relative_to(own.resolve()):
        there += [path for path in protocol_files(own) if path.stem.casefold() == protocol.casefold()]
    if there and not replace:
        raise Refused("protocol-in-the-way", file=plain(str(there[0])))
    mine = [path for path in there if path.is_relative_to(own)]
    return mine[0] if mine and out is None else place


def _protocol(file: TomlFile, stem: str) -> Protocol | None:
    from plfacilitate.shelf.protocol_shape import EXAMPLES, ProtocolShape
    from plfacilitate.shelf.shapes import read_through

    shape, bad = read_through(ProtocolShape, file, EXAMPLES)
    said = len(file.faults)
    _check(file, shape, stem)
    if bad:
        told = {key_text(path) for path in bad}
        file.faults[said:] = [fault for fault in file.faults[said:] if not _told(fault.key, told)]
        return None
    _note_groups(file, shape)
    protocol = Protocol(
        id=shape.id,
        title=shape.title,
        kind=shape.kind,
        purpose=shape.purpose,
        source=shape.source,
        minutes=shape.minutes,
        levels=tuple(shape.levels),
        sections=tuple(_section(section, shape) for section in shape.section),
        steps=tuple(Step(**step.model_dump()) for step in shape.step),
        results=protocol_results.made(shape),
    )
    if protocol.steps and protocol.led_minutes != protocol.minutes:
        file.note(("minutes",), f"is {protocol.minutes}, but the steps take {protocol.led_minutes} min together.")
    return protocol


def _told(key: str, told: Collection[str]) -> bool:
    """Whether a place could not be read, or lies in one, or only misses the parts that could not be."""
    inside = {*(f"{key}.{part}" for part in ("item", "prompt")), *accumulate(key.split("."), "{}.{}".format)}
    return not inside.isdisjoint(told)


def _check(file: TomlFile, shape: ProtocolShape, stem: str) -> None:
    """What a model can't say: how parts go together."""
    if shape.id != stem:
        file.fault(("id",), f'is "{shape.id}", but the file is {plain(stem)}.toml: give both one name.')
    _check_parts(file, shape)
    _check_ids(file, shape)
    for place, section in enumerate(shape.section):
        for at, item in enumerate(section.item):
            _check_item(file, ("section", place, "item", at), item)
    _check_steps(file, shape)
    protocol_results.check(file, shape)


def _section(section: SectionShape, shape: ProtocolShape) -> Section:
    items = tuple(
        Item(
            **one.model_dump(exclude={"levels", "options", "every", "capture"}),
            levels=tuple(one.levels),
            options=tuple(Option(**option.model_dump()) for option in one.options),
            every=one.every or 0,
            capture=one.capture or "tick",
        )
        for one in section.item
    )
    prompts = tuple(
        Prompt(**one.model_dump(exclude={"who"}), who=tuple(one.who or shape.who)) for one in section.prompt
    )
    return Section(section.id, section.title, section.about, items, prompts)


def _check_parts(file: TomlFile, shape: ProtocolShape) -> None:
    """Sections where there must be some, steps where they belong, nothing empty, nothing endless."""
    if shape.kind not in _ORDER:
        return  # it could not be read
    steps = shape.kind == "facilitation"
    wanted, other = ("step", "section") if steps else ("section", "step")
    kind = f"a{'' if steps else 'n'} {shape.kind}"
    if not getattr(shape, wanted):
        file.fault((wanted,), f"is missing: the parts of {kind} are [[{wanted}]].")
    if getattr(shape, other):
        file.fault((other,), f"does not belong here: the parts of {kind} are [[{wanted}]].")
    if shape.levels and shape.kind != "interview":
        file.fault(("levels",), "stand at the top of an interview only; in an observation each rating has its own.")
    if shape.kind == "interview" and len(shape.levels) == 1:
        file.fault(("levels",), "has one level: a ladder needs at least two.")
    for place, section in enumerate(shape.section if not steps else ()):
        _check_section(file, ("section", place), section, _PARTS[shape.kind])
    size = len(shape.step) + sum(len(section.item) + len(section.prompt) for section in shape.section)
    if size > MOST_ITEMS:
        file.fault((wanted,), f"holds {size} of them, at most {MOST_ITEMS}: make it several protocols.")


def _check_section(file: TomlFile, where: KeyPath, section: SectionShape, part: str) -> None:
    other = "prompt" if part == "item" else "item"
    if getattr(section, other):
        file.fault((*where, other), f"does not belong here: write [[section.{part}]].")
    elif not getattr(section, part):
        file.fault(where, f"is empty: give it at least one [[section.{part}]], or leave the section out.")


def _check_ids(file: TomlFile, shape: ProtocolShape) -> None:
    """Items and prompts have one id each in the whole file, so have sections and steps."""
    sections = list(enumerate(shape.section))
    parts = [(("section", at, "item", n, "id"), one.id) for at, part in sections for n, one in enumerate(part.item)]
    parts += [
        (("section", at, "prompt", n, "id"), one.id) for at, part in sections for n, one in enumerate(part.prompt)
    ]
    _check_unique(file, parts)
    _check_unique(file, ((("section", at, "id"), part.id) for at, part in sections))
    _check_unique(file, ((("step", at, "id"), one.id) for at, one in enumerate(shape.step)))


def _check_steps(file: TomlFile, shape: ProtocolShape) -> None:
    for place, step in enumerate(shape.step):
        if step.times > 1 and step.repeat == "once":
            file.fault(("step", place, "times"), 'goes only with repeat = "person" or repeat = "group".')


def _check_unique(file: TomlFile, ids: Iterable[tuple[KeyPath, str]]) -> None:
    for path, one, line in file.twice(ids):
        file.fault(path, f'"{one}" stands in line {line} already: give each its own id.')


def _check_item(file: TomlFile, where: KeyPath, item: ItemShape) -> None:
    for key, kinds in _KEYS.items() if item.kind in get_args(ItemKind) else ():
        if getattr(item, key) and item.kind not in kinds:
            file.fault((*where, key), f"does not go with a {item.kind}, only with a {' or a '.join(kinds)}.")
    if item.kind == "rating" and len(item.levels) < 2:
        file.fault((*where, "levels"), f"has {len(item.levels)} level(s): a rating needs two, each with what is seen.")
    if item.kind in _KEYS["options"] and len(item.options) < 2:
        file.fault((*where, "options"), 'needs two or more: options = [ { id = "a", text = "…" }, … ]')
    if item.kind == "snapshot" and item.every is None:
        file.fault((*where, "every"), "is missing: write for instance every = 2 (minutes)")
    _check_unique(file, (((*where, "options", at, "id"), one.id) for at, one in enumerate(item.options)))


def _note_groups(file: TomlFile, shape: ProtocolShape) -> None:
    groups: dict[str, list[KeyPath]] = {}
    for place, section in enumerate(shape.section):
        for at, item in enumerate(section.item):
            if item.group:
                groups.setdefault(item.group, []).append(("section", place, "item", at, "group"))
    for name, paths in groups.items():
        if len(paths) == 1:
            file.note(paths[0], f'"{plain(name)}" has no second state that it could exclude.')
