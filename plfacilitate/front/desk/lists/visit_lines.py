"""A visit as the desk lists it: its purpose, stop by stop, the talks, what the team writes into the report.

Owns the order of the lines and their words. Blind: of what others observe it knows names and states, never a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from plfacilitate.core.plan import Event
from plfacilitate.core.text import fold
from plfacilitate.core.visiting.fold import VisitPicture
from plfacilitate.core.visiting.itinerary import ends
from plfacilitate.core.visiting.observation import Observation
from plfacilitate.core.visiting.plan import PARTS, Stop, Visit
from plfacilitate.core.visiting.standing import Standing, State, next_stop, standing

Kind = Literal["purpose", "stop", "talk", "part", "head", "words"]
SYMBOLS: Mapping[State, tuple[str, str]] = {
    "not-begun": ("○", "expected"), "observed": ("●", "in"), "partly": ("◐", "late"), "done": ("✓", "good"),
    "agreed": ("✓", "good"),
}  # fmt: skip
NOTHING = "No visit is planned yet: p says what for, l takes it from a file."


class VisitLine(NamedTuple):
    """One line. `key` is the id of its stop or observation, or the name of its part; "" = none.

    `coming` = the stop that comes next. `words` say how far it is, and stand at the right end.
    """

    kind: Kind
    key: str = ""
    time: str = ""
    text: str = ""
    who: str = ""
    tools: str = ""
    symbol: str = ""
    look: str = ""
    words: str = ""
    coming: bool = False


def visit_lines(picture: VisitPicture, now: str, titles: Mapping[str, str] = {}) -> list[VisitLine]:
    """All lines of a visit at local `HH:MM`; `titles` of protocols by their id."""
    visit = picture.visit
    if visit is None:
        return [VisitLine("words", text=NOTHING)]
    many = len(visit.look_fors)
    looks = f"{many} look-for{'s' if many > 1 else ''}" if many else "no look-fors yet"
    lines = [VisitLine("purpose", text=visit.purpose, words=looks)]
    lines += _way(picture, visit, now, titles)
    talks = [one for one in picture.observations if visit.stop(one.stop) is None]
    if talks:
        lines += [VisitLine("head", text="Talks, and what has no stop"), *map(_talk, talks)]
    return [*lines, VisitLine("head", text="For the report"), *_parts(picture.summary)]


def _way(picture: VisitPicture, visit: Visit, now: str, titles: Mapping[str, str]) -> Iterator[VisitLine]:
    stands = [standing(stop, picture.at(stop.id), picture.agreed) for stop in visit.stops]
    coming = next_stop(visit, stands, now)
    if not visit.stops:
        yield VisitLine("words", text="No stop yet: a adds one.")
    for stop, one in zip(visit.stops, stands, strict=True):
        yield _stop(stop, one, titles, stop.id == coming)


def _stop(stop: Stop, one: Standing, titles: Mapping[str, str], coming: bool) -> VisitLine:
    symbol, look = SYMBOLS[one.state]
    time = f"{stop.starts}–{ends(stop)}".rstrip("–")
    who = ", ".join(stop.team) or "whoever is there"
    tools = ", ".join(titles.get(name, name) for name in stop.protocols)
    return VisitLine("stop", stop.id, time, stop.room, who, tools, symbol, look, one.words, coming)


def _talk(one: Observation) -> VisitLine:
    ended = one.ended_at is not None
    symbol, look = SYMBOLS["done" if ended else "observed"]
    who = f"{one.observer} with {one.respondent}" if one.respondent else one.observer
    return VisitLine("talk", one.id, "", one.protocol.title, who, "", symbol, look, "done" if ended else "open")


def _parts(summary: Mapping[str, str]) -> Iterator[VisitLine]:
    for name, title in PARTS.items():
        text = " ".join(summary.get(name, "").split())
        symbol, look = ("✓", "good") if text else ("○", "expected")
        yield VisitLine("part", name, "", title, text, "", symbol, look, "" if text else "not written")


# -- the one under the cursor ----------------------------------------------------------------------------------------


def stop_details(
    picture: VisitPicture, stop: Stop, event: Event, titles: Mapping[str, str] = {}
) -> list[tuple[str, str, str]]:
    """Who observes with what at a stop, as (name, protocol, how far) and nothing of what they noted."""
    there = picture.at(stop.id)
    rows = [(one.observer, _tool(one), _since(one, event)) for one in there]
    begun = {(fold(one.observer), one.protocol.id) for one in there}
    for name in stop.team:
        left = [one for one in stop.protocols if (fold(name), one) not in begun]
        came = any(fold(one.observer) == fold(name) for one in there)
        rows += [(name, titles.get(one, one), "not begun") for one in left or ([] if came or stop.protocols else [""])]
    return rows


def about(stop: Stop) -> str:
    """`Maria Garcia · Reading · grade 1`: who teaches what there."""
    grade = f"grade {stop.grade}" if stop.grade[:1].isdigit() else stop.grade
    return " · ".join(filter(None, (stop.host, stop.subject, grade)))


def mine(observations: Sequence[Observation], observer: str) -> list[Observation]:
    """Those of them that this person has not ended, the newest first."""
    found = [one for one in observations if fold(one.observer) == fold(observer) and one.ended_at is None]
    return sorted(found, key=lambda one: one.started_at, reverse=True)


def _tool(one: Observation) -> str:
    return f"{one.protocol.title}, with {one.respondent}" if one.respondent else one.protocol.title


def _since(one: Observation, event: Event) -> str:
    at = one.ended_at or one.started_at
    local = at.astimezone(event.zone)
    paper = ", on paper" if one.means == "paper" else ""
    return f"{'done' if one.ended_at else 'since'} {local.hour}:{local.minute:02}{paper}"
