"""What the observers of one room talk about afterwards: where they differ, how far they agree, what they agreed on.

Owns who is compared with whom, in which order items are talked about, and when the notes may be laid open. Never says
who is right, and never compares two versions of a protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from plfacilitate.core.debrief.compared import Talk, Voice, talk
from plfacilitate.core.debrief.differing import listed
from plfacilitate.core.debrief.pooled import Agreement, agreements
from plfacilitate.core.protocol import Item, Prompt, Protocol, Section
from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import fold, plain
from plfacilitate.core.visiting.fold import Agreed, VisitPicture
from plfacilitate.core.visiting.observation import NOTHING, Observation


class Part(NamedTuple):
    """A section of the protocol and how far the voices agree in it, scale by scale."""

    id: str
    title: str
    agreements: tuple[Agreement, ...]


class Debrief(NamedTuple):
    """One stop and one protocol, laid open. Fewer than two `voices` = there is nothing to compare.

    `talks` begin with the largest difference; then comes what somebody left out, then what is alike. `agreed` is by
    item, beside the originals. `aside` are sentences about what is not compared.
    """

    stop: str
    protocol: Protocol
    voices: tuple[Voice, ...]
    talks: tuple[Talk, ...] = ()
    sections: tuple[Part, ...] = ()
    overall: tuple[Agreement, ...] = ()
    agreed: Mapping[str, Agreed] = {}
    aside: tuple[str, ...] = ()

    @property
    def pooled(self) -> tuple[Agreement, ...]:
        """What the protocol as a whole says and no section has said already: scales and pairs of more than one."""
        said = {(one.scale, one.between, one.items) for part in self.sections for one in part.agreements}
        return tuple(one for one in self.overall if (one.scale, one.between, one.items) not in said)

    @property
    def open_talks(self) -> int:
        """How many items differ, or were left out by somebody, and nothing is agreed on them yet."""
        return sum(1 for one in self.talks if one.differs and one.part.id not in self.agreed)


class Meeting(NamedTuple):
    """A stop and a protocol at which somebody observed; `names` of who did, `waits` as of `waiting_for`."""

    stop: str
    protocol: str
    title: str
    names: tuple[str, ...]
    waits: tuple[str, ...]
    opened: bool


def waiting_for(picture: VisitPicture, stop: str, protocol: str) -> tuple[str, ...]:
    """Whose notes of a stop and a protocol are still to come; () = they may be laid open.

    Whoever began and has not ended; and whoever of the stop's team has not begun, where the stop asks for this
    protocol or for none in particular. An interview is held once, by one of them: nobody else is waited for.
    """
    there = [one for one in picture.observations if one.stop == stop and one.protocol.id == protocol]
    going_on = {_same(one.observer) for one in there if one.ended_at is None}
    done = {_same(one.observer) for one in there} - going_on
    way = picture.visit.stop(stop) if picture.visit is not None else None
    interview = any(one.protocol.kind == "interview" for one in there)
    asked = way is not None and not interview and (not way.protocols or protocol in way.protocols)
    team = way.team if way is not None and asked else ()
    names = [*(name for name in team if _same(name) not in done), *(one.observer for one in there)]
    waited: dict[str, str] = {}
    for name in names:
        waited.setdefault(_same(name), name)
    return tuple(name for same, name in waited.items() if same not in done)


def laid_open(picture: VisitPicture, seen: Observation) -> tuple[str, ...]:
    """Beside whose notes an observation lies open, so that nothing of it may change any more; () = it does not.

    It has ended and so has another observer's, with the same version of the protocol; and nobody is waited for, or
    somebody laid it open, or something was agreed there. Who began only afterwards is not waited for.
    """
    there = [one for one in picture.at(seen.stop) if one.protocol.id == seen.protocol.id]
    ended = [one for one in there if one.ended_at is not None]
    same = [one for one in ended if one.protocol == seen.protocol and _same(one.observer) != _same(seen.observer)]
    if seen.ended_at is None or not same:
        return ()
    if (seen.stop, seen.protocol.id) not in picture.debriefed:
        last = max(one.closed_at for one in ended)
        before = tuple(one for one in picture.observations if one.ended_at is not None or one.recorded_at <= last)
        if waiting_for(picture._replace(observations=before), seen.stop, seen.protocol.id):
            return ()
    return _names(same)


def closed(picture: VisitPicture, seen: Observation) -> Refused | None:
    """Why an observation can't be changed any more: `laid-open`; None = it can."""
    others = laid_open(picture, seen)
    return Refused("laid-open", others=listed([plain(name) for name in others])) if others else None


def held_already(
    picture: VisitPicture, stop: str, protocol: str, observer: str, respondent: str = ""
) -> Observation | None:
    """What an observer noted at a stop with a protocol and lies open: a new one would stand in its place. None = nothing.

    What belongs to no stop may be another lesson: there one may always begin.
    """
    key = (_same(observer), _same(respondent))
    mine = [one for one in picture.at(stop) if one.protocol.id == protocol] if stop else []
    found = (one for one in mine if (_same(one.observer), _same(one.respondent)) == key)
    return next((one for one in found if laid_open(picture, one)), None)


def meetings(picture: VisitPicture) -> tuple[Meeting, ...]:
    """Every stop and protocol at which somebody observed, along the way; what belongs to no stop comes last."""
    way = {stop.id: place for place, stop in enumerate(picture.visit.stops)} if picture.visit is not None else {}
    found: dict[tuple[str, str], list[Observation]] = {}
    for one in sorted(picture.observations, key=lambda one: way.get(one.stop, len(way))):
        found.setdefault((one.stop, one.protocol.id), []).append(one)
    return tuple(
        Meeting(
            *key, some[-1].protocol.title, _names(some), waiting_for(picture, *key), key in picture.opened
        )
        for key, some in found.items()
    )  # fmt: skip


def still_blind(picture: VisitPicture) -> frozenset[tuple[str, str]]:
    """Stops and protocols with notes that somebody who is not done there must not read, and that nobody laid open.

    Whoever is the only one there keeps nothing from anybody, also before they have ended.
    """
    return frozenset(
        (one.stop, one.protocol)
        for one in meetings(picture)
        if one.waits and not one.opened and len({_same(name) for name in (*one.names, *one.waits)}) > 1
    )


def debrief(picture: VisitPicture, stop: str, protocol: str, now: datetime, version: str = "") -> Debrief | None:
    """The debrief of a stop and a protocol; None = nobody observed with it there.

    Where several versions were used, the one that most used (of these the newest), or `version`. `now` ends states that
    still go on.
    """
    compared = _compared(picture, stop, protocol, version)
    if compared is None:
        return None
    versions, chosen, voices = compared
    began = picture.debriefed.get((stop, protocol), "")
    same = chosen[-1].protocol
    agreed = {place[2]: one for place, one in picture.agreed.items() if place[:2] == (stop, protocol)}
    aside = (*_others(some for some in versions if some is not chosen), *_twice(chosen, began), *_late(chosen))
    if len(voices) < 2:
        return Debrief(stop, same, voices, agreed=agreed, aside=aside)
    talks = [talk(one.title, part, voices, now) for one in same.sections for part in parts_of(one)]
    sections = (Part(one.id, one.title, agreements(parts_of(one), voices, same, now)) for one in same.sections)
    return Debrief(
        stop, same, voices, tuple(sorted(talks, key=_first)), tuple(one for one in sections if one.agreements),
        agreements(same.parts, voices, same, now, pairs=True), agreed, aside,
    )  # fmt: skip


def overall(picture: VisitPicture, stop: str, protocol: str, now: datetime, version: str) -> tuple[Agreement, ...]:
    """What `debrief` says of the protocol as a whole, without all that is talked about; () = nothing to compare."""
    compared = _compared(picture, stop, protocol, version)
    if compared is None or len(compared[2]) < 2:
        return ()
    same = compared[1][-1].protocol
    return agreements(same.parts, compared[2], same, now, pairs=True)


def _compared(
    picture: VisitPicture, stop: str, protocol: str, version: str
) -> tuple[list[list[Observation]], list[Observation], tuple[Voice, ...]] | None:
    """All versions that were used, the chosen one, and its voices; None = nobody observed with it there."""
    there = [one for one in picture.at(stop) if one.protocol.id == protocol]
    if not there:
        return None
    began = picture.debriefed.get((stop, protocol), "")
    versions = _versions(there)
    chosen = next((some for some in versions if version and some[0].protocol.version == version), None)
    chosen = chosen or max(versions, key=lambda some: (len(_once(some, began)), some[-1].started_at))
    return versions, chosen, _voices(_once(chosen, began))


def parts_of(section: Section) -> tuple[Item | Prompt, ...]:
    """All that can be noted in a section, in order."""
    return (*section.items, *section.prompts)


def _first(one: Talk) -> tuple[float, bool, bool]:
    """The largest difference first, then what somebody left out; what nobody noted last."""
    return -one.gap, one.nobody, not one.missing


# -- who is compared -------------------------------------------------------------------------------------------------


def _same(name: str) -> str:
    return fold(name)


def _once(some: Iterable[Observation], began: str) -> list[Observation]:
    """One observation of each observer (and whom they asked): what was begun last, unless nothing is in it.

    What was written down after the debrief `began` does not take the place of what lay open in it.
    """
    found: dict[tuple[str, str], Observation] = {}
    for one in sorted(some, key=lambda one: (one.started_at, one.id)):
        key = (_same(one.observer), _same(one.respondent))
        first = found.get(key)
        if first is not None and began and one.recorded_at > began >= first.recorded_at and first.ended_at is not None:
            continue
        if first is None or _noted(one) or not _noted(first):
            found[key] = one
    return sorted(found.values(), key=lambda one: (one.started_at, one.id))


def _noted(one: Observation) -> bool:
    return bool(one.lines) or any(notes != NOTHING for notes in one.notes.values())


def _voices(some: Sequence[Observation]) -> tuple[Voice, ...]:
    """Each by the observer's name; an interview by that of whom was asked, as long as that tells them apart."""
    asked = [one.respondent or one.observer for one in some]
    live = [one.started_at for one in some if one.means != "paper"]
    return tuple(
        Voice(
            name if asked.count(name) == 1 else f"{name} ({one.observer})",
            one,
            one.started_at - min(live) if one.means != "paper" else timedelta(),
        )
        for name, one in zip(asked, some, strict=True)
    )


def _names(some: Iterable[Observation]) -> tuple[str, ...]:
    return tuple({_same(one.observer): one.observer for one in some}.values())


def _versions(there: Iterable[Observation]) -> list[list[Observation]]:
    """What was observed with one and the same version of the protocol, together."""
    found: list[list[Observation]] = []
    for one in there:
        same = next((some for some in found if some[0].protocol == one.protocol), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    return found


def _others(left: Iterable[Sequence[Observation]]) -> Iterable[str]:
    for some in left:
        names, one = ", ".join(_names(some)), some[0].protocol
        yield f"{names} used another version of “{one.title}” ({one.version}): versions are not compared."


def _twice(some: Sequence[Observation], began: str) -> Iterable[str]:
    kept = {one.id for one in _once(some, began)}
    left = [one for one in some if one.id not in kept]
    late = [one for one in left if began and one.recorded_at > began]
    for name in _names(one for one in left if one not in late):
        yield f"{name} observed here more than once: what was begun last counts."
    for name in _names(late):
        yield f"{name} observed here again after the debrief had begun: what was noted before it counts."


def _late(some: Iterable[Observation]) -> Iterable[str]:
    for one in some:
        if one.late:
            many = f"{one.late} things were" if one.late > 1 else "1 thing was"
            yield f"{one.observer}: {many} changed after the debrief had begun, on another laptop: the originals count."
