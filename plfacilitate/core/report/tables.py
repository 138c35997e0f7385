"""The tables of a visit in the programme parcel, row by row: stops, observations, lines, notes, what was agreed.

Owns which facts stand in which table. Where rooms are anonymous they stay so here: rooms by their letter, no host,
subject or grade, times as minutes of an observation, rows in no order of the day, names of hosts and rooms taken out of every text. Observers are
numbered, and those who were asked are called by what they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plfacilitate.core.debrief.meetings import debrief
from plfacilitate.core.protocol import Item, Prompt
from plfacilitate.core.report.sights import counted, seconds_of
from plfacilitate.core.report.talks import called
from plfacilitate.core.results.outcomes import outcomes
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.observation import Notes, Observation
from plfacilitate.core.visiting.plan import Visit
from plfacilitate.core.visiting.veil import Veil, veil

Row = Sequence[str | int]

STOPS = (
    ("event", "the event's id"),
    ("place", "its place on the way, from 1; empty where rooms are anonymous"),
    ("room", "the room's letter, or its name where rooms are named"),
    ("minutes", "minutes that were planned, 0 = as long as it takes; empty where rooms are anonymous"),
    ("observations", "how many observations count"),
)
OBSERVATIONS = (
    ("observation", "the entry that began it"),
    ("event", "the event's id"),
    ("room", "the room's letter or name; empty for an interview"),
    ("observer", "a number for each observer of the visit"),
    ("respondent", "who answered an interview, by what they do"),
    ("protocol", "the protocol's id"),
    ("version", "the version that it was made with"),
    ("means", "how it came in: facilitator or paper"),
    ("began", "local time; empty where rooms are anonymous"),
    ("seconds", "how long it lasted; from paper as long as was planned"),
    ("ended", "yes, or no where nobody ended it"),
    ("counts", "no where it holds nothing, or was begun anew by the same observer"),
    ("left_out", "answers left open"),
)
LINES = (
    ("line", "the entry that counts"),
    ("observation", "the observation that it belongs to"),
    ("second", "seconds since the observation began; below 0 for what was noted before"),
    ("at", "local time; empty where rooms are anonymous"),
    ("items", "the items that it was coded to, a blank between them"),
    ("means", "how it came in: facilitator or paper"),
    ("text", "what was written"),
)
NOTED = (
    ("observation", "the observation that it belongs to"),
    ("item", "the item or prompt of the protocol"),
    ("kind", "look-for, rating, tally, state, snapshot, count, choice, text or prompt"),
    ("value", "an answer, a level, a number, option ids with a blank between them, or words"),
    ("unit", "answer, level, times, seconds, students, ticked, options or words"),
    ("slot", "the number of a glance; empty for others"),
    ("option", "the code of a glance; empty for others"),
    ("by_rule", "yes where a stopwatch was ended by the end of the observation"),
    ("means", "how it came in: facilitator or paper"),
    ("second", "seconds since the observation began: of the answer, the glance, the first tap or bout"),
    ("at", "local time; empty where rooms are anonymous"),
    ("note", "what was written beside it"),
)
RESULTS = (
    ("observation", "the observation that it belongs to"),
    ("result", "the result of the protocol"),
    ("rule", "archetype, readiness, level or counts: the protocol says how each is worked out"),
    ("group", "archetype, criterion, level or dimension; empty for what the whole comes to"),
    ("said", "what it comes to, in words"),
    ("counts", "how many answers count for it"),
    ("answers", "how many there are that apply"),
    ("open", "how many are not answered"),
    ("named", "yes where the result names this group, or for the whole where something can be said"),
)
AGREED = (
    ("event", "the event's id"),
    ("room", "the room's letter or name"),
    ("protocol", "the protocol's id"),
    ("item", "the item or prompt"),
    ("value", "what the observers agreed on, as in the table of notes"),
    ("note", "what was written beside it"),
)
AGREEMENT = (
    ("event", "the event's id"),
    ("room", "the room's letter or name"),
    ("protocol", "the protocol's id"),
    ("version", "the version that was compared"),
    ("scale", "items that are noted on one and the same scale"),
    ("items", "how many items or prompts"),
    ("observers", "how many observers"),
    ("figure", "the measure"),
    ("value", "the measure, four decimals; empty where it is undefined"),
    ("pairs", "how many pairs or items it was made of"),
)
SUMMARY = (
    ("event", "the event's id"),
    ("part", "patterns, adoption, adherence, next, or what the team called it"),
    ("text", "what the team wrote"),
)


class Shown(NamedTuple):
    """A visit with how its rooms, people and times are told."""

    picture: VisitPicture
    zone: ZoneInfo
    hidden: Veil
    numbers: Mapping[str, int]
    asked: Mapping[str, str]

    @property
    def open(self) -> bool:
        """Whether rooms are named."""
        return self.picture.visit is not None and self.picture.visit.rooms == "named"

    def room(self, stop: str) -> str:
        """What a room is called; "" = none of the way."""
        visit = self.picture.visit
        return visit.label(stop) if visit is not None and visit.stop(stop) is not None else ""

    def clock(self, at: datetime) -> str:
        """The local time, where it may be told."""
        return at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S") if self.open else ""


def shown(picture: VisitPicture, zone: ZoneInfo) -> Shown:
    """How a visit is told in the tables."""
    observers = dict.fromkeys(one.observer for one in picture.observations)
    named = picture.visit is not None and picture.visit.rooms == "named"
    hidden = veil(picture.visit)
    if not named:  # the order of the day, with the school's list of who is visited when, tells rooms apart
        by_letter = picture.visit.in_letters() if picture.visit is not None else []
        places = {stop: place for place, stop in enumerate(by_letter)}
        rows = sorted(picture.observations, key=lambda one: (places.get(one.stop, len(places)), one.id))
        picture = picture._replace(observations=tuple(rows))
    asked = {
        one.id: called(one.protocol, [one.respondent], hidden, named=named)[0]
        for one in picture.observations
        if one.respondent
    }
    return Shown(picture, zone, hidden, {name: place for place, name in enumerate(observers, start=1)}, asked)


def stops(one: Shown) -> Iterator[Row]:
    """The way, room by room."""
    visit = one.picture.visit or Visit("", "")
    there = [each.stop for each in counted(one.picture.observations)]
    minutes = {stop.id: stop.minutes for stop in visit.stops}
    for place, stop in enumerate(visit.in_letters(), start=1):
        planned = (place, minutes[stop]) if one.open else ("", "")  # the school has them on paper, beside the names
        yield one.picture.event, planned[0], visit.label(stop), planned[1], there.count(stop)


def observations(one: Shown) -> Iterator[Row]:
    """Every observation, also those that don't count."""
    counts = {each.id for each in counted(one.picture.observations)}
    for each in one.picture.observations:
        yield (
            each.id, each.event, one.room(each.stop), one.numbers[each.observer], one.asked.get(each.id, ""),
            each.protocol.id, each.protocol.version, each.means, one.clock(each.started_at),
            seconds_of(each, one.picture.visit), _yes(each.ended_at is not None), _yes(each.id in counts),
            len(each.left_out),
        )  # fmt: skip


def lines(one: Shown) -> Iterator[Row]:
    """The script, observation by observation."""
    for each in one.picture.observations:
        for line in each.lines:
            yield (
                line.entry, each.id, _second(each, line.at), one.clock(line.at), " ".join(line.items), line.means,
                one.hidden(line.text),
            )  # fmt: skip


def noted(one: Shown) -> Iterator[Row]:
    """One row for each item that was noted; of glances one for each glance and code."""
    for each in one.picture.observations:
        until = each.started_at + timedelta(seconds=seconds_of(each, one.picture.visit))
        for part in each.protocol.parts:
            for value in _values(part, each.of(part.id), until):
                yield (
                    each.id, part.id, "prompt" if isinstance(part, Prompt) else part.kind, one.hidden(value.value),
                    value.unit, value.slot, value.option, value.by_rule, each.means,
                    "" if value.at is None else _second(each, value.at),
                    "" if value.at is None else one.clock(value.at), one.hidden(value.note),
                )  # fmt: skip


def results(one: Shown) -> Iterator[Row]:
    """What each observation comes to by the rules of its protocol: the whole, then group by group."""
    for each in one.picture.observations:
        for outcome in outcomes(each):
            whole = (each.id, outcome.result.id, outcome.result.rule)
            yield *whole, "", outcome.said, "", outcome.asked - outcome.open, outcome.open, _yes(outcome.settled)
            for stand, state in zip(outcome.stands, outcome.states, strict=True):
                yield (
                    *whole, stand.group.id, state, len(stand.counting), len(stand.readings), len(stand.open),
                    _yes(stand.group.id in outcome.named),
                )  # fmt: skip


def agreed(one: Shown) -> Iterator[Row]:
    """What the debrief agreed on."""
    order = one.picture.visit.in_letters() if one.picture.visit is not None else []
    places = {stop: place for place, stop in enumerate(order)}
    by_room = sorted(one.picture.agreed.items(), key=lambda pair: places.get(pair[0][0], len(places)))
    for (stop, protocol, item), each in by_room:
        yield one.picture.event, one.room(stop), protocol, item, one.hidden(_text(each.value)), one.hidden(each.note)


def agreement(one: Shown, now: datetime) -> Iterator[Row]:
    """How far those agree who watched the same lesson, room by room and scale by scale."""
    visit = one.picture.visit or Visit("", "")
    for stop in visit.in_letters():
        for protocol in dict.fromkeys(each.protocol.id for each in one.picture.at(stop)):
            opened = debrief(one.picture, stop, protocol, now)
            for each in opened.overall if opened else ():
                for figure in each.figures:
                    value = figure.measure.value
                    yield (
                        one.picture.event, one.room(stop), protocol, opened.protocol.version if opened else "",
                        each.scale.title, each.items, len(each.between), figure.name,
                        "" if value is None else f"{value:.4f}", figure.measure.n,
                    )  # fmt: skip


def summary(one: Shown) -> Iterator[Row]:
    """What the team wrote."""
    return ((one.picture.event, part, one.hidden(text)) for part, text in one.picture.summary.items())


class _Value(NamedTuple):
    value: str
    unit: str
    at: datetime | None = None
    note: str = ""
    slot: str = ""
    option: str = ""
    by_rule: str = ""


def _values(part: Item | Prompt, notes: Notes, until: datetime) -> Iterator[_Value]:
    kind = part.kind if isinstance(part, Item) else "prompt"
    if kind == "tally" and notes.times:
        yield _Value(str(notes.times), "times", min(notes.taps, default=None))
    elif kind == "state" and (notes.bouts or notes.total):
        by_rule = _yes(any(bout.by_rule for bout in notes.bouts))
        first = min((bout.began for bout in notes.bouts), default=None)
        yield _Value(str(notes.seconds(until)), "seconds", first, by_rule=by_rule)
    elif isinstance(part, Item) and kind == "snapshot":
        unit = "students" if part.capture == "count" else "ticked"
        for glance in notes.glances:
            for code, number in glance.codes.items():
                yield _Value(str(number), unit, glance.at, slot=str(glance.slot), option=code)
    elif notes.answer is not None and (notes.answer.value is not None or notes.answer.note):
        value = notes.answer.value
        unit = "" if value is None else "words" if isinstance(value, str) else _UNITS.get(kind, "level")
        yield _Value(_text(value), "answer" if kind == "look-for" else unit, notes.answer.at, notes.answer.note)


_UNITS = {"count": "students", "choice": "options"}


def _text(value: str | int | tuple[str, ...] | None) -> str:
    return "" if value is None else " ".join(value) if isinstance(value, tuple) else str(value)


def _second(one: Observation, at: datetime) -> int:
    return round((at - one.started_at).total_seconds())


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"
