"""What the report of a site visit says, worked out from what the observers noted.

Owns the values, in the order in which they are read. Never reads a ledger, never writes a file, never gives a verdict.

Where rooms are anonymous nothing here points at one teacher: rooms are letters, times are minutes of an observation,
names of hosts and rooms are taken out of every text, and a figure that rests on fewer than five rooms is
not broken down (`core.report.sights.Telling` has the whole rule, `RULE` is what the reader is told of it). Numbers of
different instruments, or of two versions of one, are never put together. Observers are named once and never beside a
score; students are S1, S2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.entry import utc_text
from plfacilitate.core.protocol import TITLES
from plfacilitate.core.report.absent import absent
from plfacilitate.core.report.agreed import agreed_upon
from plfacilitate.core.report.instruments import Instrument, found_with
from plfacilitate.core.report.look_fors import Known, LookedFor, Spoken, looked_for
from plfacilitate.core.report.sights import FEW, Sight, Telling, by_version, counted, rooms_of, sights
from plfacilitate.core.report.talks import WORDS, Talk, talk
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import PARTS
from plfacilitate.core.visiting.veil import veil

_ASKED = {"adoption": ": is it there?", "adherence": ": how is it done?"}  # told apart, part by part

RULE = (
    f"Rooms are anonymous. Figures from fewer than {FEW} rooms are given for all of them together and not by level or "
    "answer, and what one room alone gave, figure or words, is left out. Quotes have a room's letter only where "
    f"{FEW} rooms or more were seen with the same instrument. A time is the minute of an observation, not the time of day."
)
NAMED = "Rooms are named, as was agreed for this visit."
READ = (
    "Patterns, not verdicts: what was seen in some minutes of some rooms on one day. Levels are names of acts, not marks; "
    "a median is of one item, and numbers of different instruments are never put together. Two people who watched "
    "the same lesson count as two lots of minutes, so that a rate is not doubled; what both wrote down of one minute is "
    "quoted once, and of two counts of students the middle is taken. Where observers of one room differ, "
    "the value that they agreed on afterwards counts; without one the room stands in no level. S1, S2 are students."
)


@dataclass(frozen=True, slots=True)
class Lens:
    """An attribute or a facet with the items that speak to it, instrument by instrument."""

    title: str
    kind: str
    spoken: tuple[Spoken, ...]


class Written(NamedTuple):
    """What the team wrote, under its title; "" = nothing yet."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class VisitReport:
    """A report, from its head to what is not in it. `stops` is how many were on the way; `seconds` of watching."""

    title: str
    school: str
    day: date
    purpose: str
    rule: str
    rooms: int
    stops: int
    observers: tuple[str, ...]
    observations: int
    interviews: int
    seconds: int
    lines: int
    look_fors: tuple[LookedFor, ...]
    written: tuple[Written, ...]
    instruments: tuple[Instrument, ...]
    lenses: tuple[Lens, ...]
    talks: tuple[Talk, ...]
    absent: tuple[str, ...]
    made_at: datetime

    @property
    def empty(self) -> bool:
        """Whether nobody observed or asked anything."""
        return not self.observations and not self.interviews

    def to_json(self) -> dict[str, Any]:
        """The report as plain values; moments and days as text."""
        return asdict(self) | {"day": self.day.isoformat(), "made_at": utc_text(self.made_at)}


def visit_report(
    picture: VisitPicture,
    *,
    title: str,
    place: str,
    day: date,
    zone: ZoneInfo,
    made_at: datetime,
    held: Collection[tuple[str, str]] = (),
) -> VisitReport:
    """The report of a visit as it stands. `held` = stops and protocols whose notes are still blind, and left out.

    `title`, `place`, `day` and `zone` are the event's; `place` stands in for a school that nobody announced.
    """
    visit = picture.visit
    sheets = [one for one in picture.observations if (one.stop, one.protocol.id) not in held]
    blind = [one for one in picture.observations if (one.stop, one.protocol.id) in held]
    picture = picture._replace(observations=tuple(sheets))
    seen = sights(visit, picture.observations)
    asked = [one for one in counted(picture.observations) if one.protocol.kind == "interview"]
    hidden = veil(visit)
    telling = Telling(visit is not None and visit.rooms == "named", len(rooms_of(seen)), zone, hidden, picture.agreed)
    instruments, known = _instruments(picture, seen, telling, made_at)
    talks, answered = _talks(asked, telling)
    return VisitReport(
        title=hidden(title),
        school=visit.school if visit and visit.school else place,
        day=day,
        purpose=hidden(visit.purpose) if visit else "",
        rule=NAMED if telling.open else RULE,
        rooms=telling.rooms,
        stops=len(visit.stops) if visit else 0,
        observers=_observers([*(one.observation for one in seen), *asked]),
        observations=len(seen),
        interviews=len(asked),
        seconds=sum(one.seconds for one in seen),
        lines=sum(len(one.lines) for one in picture.observations),
        look_fors=tuple(looked_for(hidden(text), [*known, *answered]) for text in (visit.look_fors if visit else ())),
        written=_written({part: hidden(text) for part, text in picture.summary.items()}),
        instruments=tuple(instruments),
        lenses=_lenses(known, talks),
        talks=tuple(talks),
        absent=tuple(absent(picture, seen, asked, telling, blind)),
        made_at=made_at,
    )


def _instruments(
    picture: VisitPicture, seen: Sequence[Sight], telling: Telling, now: datetime
) -> tuple[list[Instrument], list[Known]]:
    instruments, known = [], list[Known]()
    for protocol, group in by_version(one.observation for one in seen):
        ids = {one.id for one in group}
        agreement = agreed_upon(picture, protocol, (one.stop for one in group), now)
        used = [one for one in seen if one.observation.id in ids]
        own = replace(telling, rooms=len(rooms_of(used)))
        instrument, spoken = found_with(protocol, used, own, agreement)
        instruments.append(instrument)
        known += spoken
    return instruments, known


def _talks(asked: Sequence[Observation], telling: Telling) -> tuple[list[Talk], list[Known]]:
    talks, known = [], list[Known]()
    for protocol, group in by_version(asked):
        one = talk(protocol, group, telling)
        said = {element.id: element.said or WORDS for area in one.areas for element in area.elements}
        known += [Known(protocol, prompt, said.get(prompt.id, "")) for prompt in protocol.prompts]
        talks.append(one)
    return talks, known


def _observers(observations: Sequence[Observation]) -> tuple[str, ...]:
    return tuple(sorted({one.observer for one in observations}, key=str.casefold))


def _lenses(known: Sequence[Known], talks: Sequence[Talk]) -> tuple[Lens, ...]:
    """The four attributes and the four facets, each with what speaks to it; those of which nothing does are left out."""
    lenses = []
    for place, (tag, title) in enumerate(TITLES.items()):
        spoken = [
            Spoken(one.title, one.protocol.title, one.said)
            for one in known
            if one.said and tag in (one.item.attribute, one.item.facet)
        ]
        spoken += [
            Spoken(element.title, one.title, element.said)
            for one in talks
            for area in one.areas
            for element in area.elements
            if title in element.tags and element.said
        ]
        if spoken:
            lenses.append(Lens(title, "attribute" if place < len(TITLES) // 2 else "facet", tuple(spoken)))
    return tuple(lenses)


def _written(summary: Mapping[str, str]) -> tuple[Written, ...]:
    """The four parts in their order, written or not, then whatever else the team wrote."""
    titles = {part: f"{title}{_ASKED.get(part, '')}" for part, title in PARTS.items()}
    titles |= {part: part.replace("-", " ").capitalize() for part in summary if part not in PARTS}
    return tuple(Written(part, title, summary.get(part, "").strip()) for part, title in titles.items())
