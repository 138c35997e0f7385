"""What a protocol says: what is looked for in a room, asked in an interview, or done step by step in a meeting.

Owns the frozen values and the version of what they say. Never reads a file (`shelf` does), and never says what a mark
is worth: numbers of different protocols have no common scale.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property, lru_cache
from typing import Any, Literal, get_args

from plfacilitate.core.text import fold

ProtocolKind = Literal["observation", "interview", "facilitation"]
ItemKind = Literal["look-for", "rating", "tally", "state", "snapshot", "count", "choice", "text"]
Attribute = Literal[
    "learner-profiles", "personal-learning-paths", "competency-based-progression", "flexible-learning-environments"
]
Facet = Literal["strengths-and-needs", "culture-and-identity", "who-chooses", "who-is-heard"]
Capture = Literal["tick", "one", "count"]
Repeat = Literal["once", "person", "group"]
CaptureKind = Literal["note", "idea", "question", "commitment"]
CAPTURE_KINDS: tuple[CaptureKind, ...] = get_args(CaptureKind)
Rule = Literal["archetype", "readiness", "level", "counts"]
Share = Literal["all", "most", "half", "some"]

TITLES: Mapping[str, str] = {
    "learner-profiles": "learner profiles",
    "personal-learning-paths": "personal learning paths",
    "competency-based-progression": "competency-based progression",
    "flexible-learning-environments": "flexible learning environments",
    "strengths-and-needs": "strengths and needs",
    "culture-and-identity": "culture and identity",
    "who-chooses": "who chooses",
    "who-is-heard": "who is heard",
}
"""Attributes and facets as people read them."""

LOOK_FOR = ("seen", "not seen", "not applicable")
"""The three answers of a look-for."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice, one code of a snapshot. `judgement` = how it is told from its neighbours here."""

    id: str
    text: str
    judgement: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that an observer notes.

    A rating has `levels` (the first is level 1); a choice `options`, of which `several` may fit; a snapshot options
    too, noted `every` so many minutes: all that occur (tick), the one that fits best (one), or for how many students
    each holds (count). States of one `group` exclude each other; "" = this one excludes none. `attribute` and `facet`
    are None where the item speaks to none of them.
    """

    id: str
    kind: ItemKind
    text: str
    help: str = ""
    levels: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    several: bool = False
    every: int = 0
    capture: Capture = "tick"
    group: str = ""
    attribute: Attribute | None = None
    facet: Facet | None = None
    judgement: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question of an interview: who is asked, and what to ask to be shown."""

    id: str
    ask: str
    title: str = ""
    who: tuple[str, ...] = ()
    show: str = ""
    attribute: Attribute | None = None
    facet: Facet | None = None
    judgement: str = ""


def tags(one: Item | Prompt) -> list[str]:
    """Attribute and facet, as people read them."""
    return [TITLES[tag] for tag in (one.attribute, one.facet) if tag]


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a title: items of an observation or prompts of an interview."""

    id: str
    title: str
    about: str = ""
    items: tuple[Item, ...] = ()
    prompts: tuple[Prompt, ...] = ()

    @property
    def parts(self) -> Iterator[Item | Prompt]:
        """All that can be noted or answered in it, in order."""
        yield from self.items
        yield from self.prompts


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a facilitation: whole minutes, for each person or group anew where it repeats.

    Steps in a row that repeat for the same are one round: all of them for the first person, then for the next. `times`
    = for how many of them the protocol's own minutes are reckoned; a room with more or fewer needs more or less. A line
    that is written down in it is kept `captured_as`; None = the file does not say.
    """

    id: str
    title: str
    minutes: int
    speaks: str
    silent: str = ""
    prompt: str = ""
    captured: str = ""
    repeat: Repeat = "once"
    times: int = 1
    captured_as: CaptureKind | None = None

    @property
    def whom(self) -> str:
        """For whom it repeats, as people read it; "" = for nobody."""
        if self.repeat == "once":
            return ""
        return f"for each {self.repeat}" if self.times == 1 else f"for each of {self.times} {self.repeat}s"


@dataclass(frozen=True, slots=True)
class Group:
    """What a result tells apart: an archetype, a criterion, a level of exposure, a dimension that is counted.

    An answer counts for it from level `counts_from` on, a look-for when it is seen; 0 = all of its items are look-fors.
    `about` says what follows where the result names it. A first level needs no items: all begin there. `elsewhere` says
    where it is read, if not on a visit.
    """

    id: str
    title: str
    items: tuple[str, ...] = ()
    counts_from: int = 0
    about: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers of one observation or interview come to, by a rule that anybody can check.

    `archetype` names the group with the largest share of answers that count; `readiness` says of each group whether it
    is met (all count), partly (some do, or stand at `partly_from` or above) or not yet; `level` is the highest group
    that holds with all before it: it holds where `holds` of its answers count, and is on the way where `between` do;
    `counts` tells how many count, group by group. `needs` = answers without which nothing is said of a group, 0 = all
    that were asked. What a rule is called that only a later version knows is kept, and works nothing out.
    """

    id: str
    title: str
    rule: Rule
    groups: tuple[Group, ...]
    ask: str = ""
    partly_from: int = 0
    holds: Share = "all"
    between: Share = "some"
    needs: int = 0

    def group(self, group_id: str) -> Group:
        """The group of that id, which there is."""
        return next(one for one in self.groups if one.id == group_id)


@dataclass(frozen=True)
class Protocol:
    """A protocol as a file describes it. `minutes` = how long one observation or interview usually takes.

    `levels` are the ladder on which every prompt of an interview is placed; () = answers are only noted. `source` says
    where the idea comes from. An observation and an interview have sections, a facilitation has steps. `results` are
    what its answers come to (`core.results`); most have none.
    """

    id: str
    title: str
    kind: ProtocolKind
    purpose: str
    source: str
    minutes: int
    levels: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[Step, ...] = ()
    results: tuple[Result, ...] = ()

    @property
    def items(self) -> Iterator[Item]:
        """All items, in order."""
        return (item for section in self.sections for item in section.items)

    @property
    def prompts(self) -> Iterator[Prompt]:
        """All prompts, in order."""
        return (prompt for section in self.sections for prompt in section.prompts)

    @property
    def size(self) -> int:
        """How many items, prompts or steps it has."""
        return sum(1 for _ in self.items) + sum(1 for _ in self.prompts) + len(self.steps)

    @property
    def led_minutes(self) -> int:
        """Minutes of all steps together, those that repeat as often as the protocol reckons with; 0 without steps."""
        return sum(step.minutes * step.times for step in self.steps)

    @cached_property
    def version(self) -> str:
        """A digest of what it says: another word is another version, another line break or remark is none."""
        said = json.dumps(_parts(self), default=_parts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(said.encode("ascii")).hexdigest()[:12]

    @property
    def parts(self) -> Iterator[Item | Prompt]:
        """All that can be noted or answered, in order: items of an observation, prompts of an interview."""
        yield from self.items
        yield from self.prompts

    def asks(self, one: Item | Prompt, who: str) -> bool:
        """Whether this is put to somebody: questions that name whom they are for are put to those, and to nobody else.

        Whoever is none of those that the protocol names may be asked all.
        """
        if isinstance(one, Item) or not one.who:
            return True
        roles = _roles(who, frozenset(role for prompt in self.prompts for role in prompt.who))
        return not roles or not roles.isdisjoint(map(fold, one.who))

    def item(self, item_id: str) -> Item | None:
        """The item of that id, or None."""
        return next((item for item in self.items if item.id == item_id), None)

    def prompt(self, prompt_id: str) -> Prompt | None:
        """The prompt of that id, or None."""
        return next((prompt for prompt in self.prompts if prompt.id == prompt_id), None)

    def to_json(self) -> dict[str, Any]:
        """The protocol and its version as plain values; a later key that it does not use is not told."""
        told = asdict(self) | {"version": self.version}
        told["steps"] = tuple(_used(step) for step in told["steps"])
        return _used(told)

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Protocol:
        """The protocol that a visit kept; keys of a later version are passed over."""
        known = _known(Protocol, value)
        known["levels"] = tuple(value.get("levels", ()))
        known["sections"] = tuple(_section(one) for one in value.get("sections", ()))
        known["steps"] = tuple(Step(**_known(Step, one)) for one in value.get("steps", ()))
        known["results"] = tuple(_result(one) for one in value.get("results", ()))
        return Protocol(**known)


_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)
def _roles(who: str, known: frozenset[str]) -> frozenset[str]:
    """Which of the known people somebody is: `Teacher leader, grade 4` is a teacher leader and no teacher.

    Of several who answer together each counts: `principal and two students`.
    """
    words = f" {' '.join(_WORD.findall(fold(who)))} "
    found = set()
    for role in sorted(map(fold, known), key=lambda one: (-len(one), one)):
        for one in (f" {role} ", f" {role}s "):
            if one in words:  # the longest first: what is a teacher leader is no teacher
                found.add(role)
                words = words.replace(one, "  ")
    return frozenset(found)


_Told = Protocol | Section | Item | Prompt | Option | Step | Result | Group


def _parts(one: _Told) -> dict[str, Any]:
    """A value as its fields; unlike `asdict` it copies nothing, for a visit asks hundreds of times."""
    return _used({name: getattr(one, name) for name in one.__dataclass_fields__})


_LATER = ("results", "captured_as")


def _used(told: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that came later and are not used: a protocol keeps the version that it had before there were any."""
    return {name: value for name, value in told.items() if value or name not in _LATER}


def _known(shape: type[_Told], value: Mapping[str, Any]) -> dict[str, Any]:
    return {one.name: value[one.name] for one in fields(shape) if one.name in value}


def _result(value: Mapping[str, Any]) -> Result:
    groups = tuple(
        Group(**_known(Group, one) | {"items": tuple(one.get("items", ()))}) for one in value.get("groups", ())
    )
    return Result(**_known(Result, value) | {"groups": groups})


def _section(value: Mapping[str, Any]) -> Section:
    items = tuple(
        Item(
            **_known(Item, one)
            | {
                "levels": tuple(one.get("levels", ())),
                "options": tuple(Option(**_known(Option, option)) for option in one.get("options", ())),
            }
        )
        for one in value.get("items", ())
    )
    prompts = tuple(
        Prompt(**_known(Prompt, one) | {"who": tuple(one.get("who", ()))}) for one in value.get("prompts", ())
    )
    return Section(**_known(Section, value) | {"items": items, "prompts": prompts})
