"""What the body of a kind must hold, so that whoever reads it later need not look twice.

Owns the table of needed and possible parts. A kind that is not in it may hold anything: it is kept and counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from plfacilitate.core.cohort.values import CONTACTS, PARTS, POINTING, ROLES, Cohort
from plfacilitate.core.entry import utc_moment
from plfacilitate.core.office import Office
from plfacilitate.core.plan import Plan, Question
from plfacilitate.core.problems.values import THEN, TRIED
from plfacilitate.core.protocol import Protocol, Result
from plfacilitate.core.visiting.plan import ROOMS, Visit

Test = Callable[[Any], bool]
MOST_STROKES = 16_000
"""Letters of a drawn signature at most."""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _whole(value: Any) -> bool:
    return type(value) is int and abs(value) < 2**53


def _yes_no(value: Any) -> bool:
    return isinstance(value, bool)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _facts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


def _strokes(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_STROKES


def _heads(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_whole, value.values()))


def _questions(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and _text(one.get("id")) for one in value)


def _poll_questions(value: Any) -> bool:
    try:
        found = [Question.from_json(one) for one in value] if isinstance(value, list) else []
        return 0 < len(found) < 100 and all(_asked(one) and 0 < one.steps < 100 for one in found)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _counted_questions(value: Any) -> bool:
    return _questions(value) and all(
        _heads(one.get("counts", {})) and _texts(one.get("comments", [])) and _whole(one.get("people", 0))
        for one in value
    )


def _answers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _text(one) or _whole(one) or (isinstance(one, list) and all(map(_whole, one))) for one in value.values()
    )


def _commitment(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and all(one is None or _text(one) for one in value.values()))


def _options(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _text(one.get("id")) and _text(one.get("text")) for one in value
    )


def _choice(value: Any) -> bool:
    return value in ("clock-hours", "quarter-credits")


def _plan(value: Any) -> bool:
    try:
        plan = Plan.from_json(value)
        spans = [session.spans(date(2000, 1, 1), ZoneInfo("UTC")) for session in plan.sessions]
        segments = [segment for session in plan.sessions for segment in session.agenda]
        named = [plan.id, plan.title, plan.office, *(part for one in plan.sessions for part in (one.id, one.title))]
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return False
    return (
        all(spans)
        and all(map(_text, [*named, *(segment.title for segment in segments)]))
        and all(_whole(segment.minutes) and segment.minutes > 0 for segment in segments)
        and all(map(_asked, plan.questions))
        and _whole(plan.approved_hundredths)
    )


def _asked(one: Question) -> bool:
    said = one.said.values() if isinstance(one.said, dict) else [None]
    texts = [one.id, one.kind, one.ask, one.low, one.high, *one.options]
    return all(map(_text, texts)) and _whole(one.steps) and all(isinstance(other, dict) for other in said)


def _office(value: Any) -> bool:
    try:
        office = Office.from_json(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return all(map(_text, (office.id, office.version, office.title))) and all(
        _whole(number) and number > 0 for number in (office.minutes_per_hour, office.round_step_minutes)
    )


def _visit(value: Any) -> bool:
    try:
        visit = Visit.from_json(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    stops = [(stop.id, stop.room, stop.starts, stop.host, stop.subject, stop.grade) for stop in visit.stops]
    words = [visit.school, visit.purpose, visit.debrief, *visit.look_fors, *visit.hosts]
    return (
        all(map(_text, words))
        and visit.rooms in ROOMS
        and all(_text(word) for stop in stops for word in stop)
        and all(_text(word) for stop in visit.stops for word in (*stop.team, *stop.protocols))
        and all(_whole(stop.minutes) and stop.minutes >= 0 for stop in visit.stops)
        and len({stop.id for stop in visit.stops}) == len(visit.stops)
    )


def _cohort(value: Any) -> bool:
    try:
        cohort = Cohort.from_json(value)
        years = [cohort.starts.year, cohort.ends.year, *(day.day.year for day in cohort.days)]
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return False
    words = [cohort.id, cohort.title, cohort.office, *(word for day in cohort.days for word in (day.title, day.school))]
    return all(map(_text, words)) and all(map(_whole, (cohort.months, cohort.visits))) and min(years) > 1969


def _day_or_none(value: Any) -> bool:
    return value == "" or _day(value)


def _one_of(words: Collection[str]) -> Test:
    return lambda value: _text(value) and value in words


def _above_none(value: Any) -> bool:
    return _whole(value) and value > 0


def _protocol(value: Any) -> bool:
    try:
        protocol = Protocol.from_json(value)
        words = [protocol.id, protocol.title, protocol.kind, *(part.id for part in protocol.parts)]
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return (
        all(map(_text, words))
        and all(_whole(item.every) for item in protocol.items)
        and all(map(_result, protocol.results))
    )


def _result(one: Result) -> bool:
    """A rule of a protocol, also one that only a later version knows."""
    words = [one.id, one.title, one.rule, one.ask, one.holds, one.between]
    words += [word for each in one.groups for word in (each.id, each.title, each.about, each.elsewhere, *each.items)]
    numbers = [one.partly_from, one.needs, *(each.counts_from for each in one.groups)]
    return all(isinstance(word, str) for word in words) and all(map(_whole, numbers))


def _counted(value: Any) -> bool:
    return _whole(value) and value >= 0


def _groups(value: Any) -> bool:
    return isinstance(value, list) and all(map(_counted, value))


def _retimed(value: Any) -> bool:
    return isinstance(value, dict) and all(
        place.isascii() and place.isdigit() and _counted(minutes) for place, minutes in value.items()
    )


def _noted(value: Any) -> bool:
    """A value of an item: nothing, a word, a whole number, option ids, or a glance."""
    if isinstance(value, dict):
        codes = value.get("codes")
        return _whole(value.get("slot")) and _heads(codes)
    return value is None or _text(value) or _whole(value) or _texts(value)


def _moment(value: Any) -> bool:
    try:
        return _text(value) and utc_moment(value).tzinfo is not None
    except ValueError:
        return False


def _day(value: Any) -> bool:
    try:
        return _text(value) and 1970 <= date.fromisoformat(value).year < 9000
    except ValueError:
        return False


def _zone(value: Any) -> bool:
    try:
        return _text(value) and bool(ZoneInfo(value).key)
    except (OSError, ValueError):  # also what zoneinfo raises for a zone that this machine does not know
        return False


# kind -> what its body must hold. PERSON and EVENT say that the content or the envelope has to name one.
PERSON, EVENT = "person", "event"
_SCHOOL: Mapping[str, Test] = {"cohort": _text, "school": _text}
NEEDED: Mapping[str, tuple[frozenset[str], Mapping[str, Test]]] = {
    "device-started": (frozenset(), {"name": _text}),
    "undo": (frozenset(), {"undoes": _text}),
    "erased": (frozenset(), {"ids": _texts}),
    "cleared": (frozenset(), {"ids": _texts, "people": _counted, "handed_at": _moment, "receipt": _text}),
    "person": (frozenset({PERSON}), {"fields": _facts}),
    "people-merged": (frozenset({PERSON}), {"other": _text}),
    "event-scheduled": (
        frozenset({EVENT}),
        {
            "plan": _plan,
            "office": _office,
            "session": _text,
            "series": _text,
            "title": _text,
            "date": _day,
            "tz": _zone,
        },
    ),
    "event-opened": (frozenset({EVENT}), {"plan": _plan, "office": _office}),
    "event-closed": (frozenset({EVENT}), {}),
    "event-reopened": (frozenset({EVENT}), {}),
    "expected": (frozenset({EVENT}), {"people": _texts}),
    "not-expected": (frozenset({EVENT}), {"people": _texts}),
    "sign-in": (frozenset({PERSON, EVENT}), {}),
    "sign-out": (frozenset({PERSON, EVENT}), {}),
    "request": (frozenset({PERSON, EVENT}), {"hundredths": _whole}),
    "choice": (frozenset({PERSON}), {"choice": _choice}),
    "signature": (frozenset({PERSON, EVENT}), {"offering": _text}),
    "attested": (frozenset({PERSON, EVENT}), {"hundredths": _whole}),
    "flag": (frozenset(), {"code": _text}),
    "flag-decided": (frozenset(), {"flag": _text}),
    "head-count": (frozenset({EVENT}), {"count": _whole}),
    "evaluation-summary": (frozenset({EVENT}), {"ballots": _whole, "questions": _questions}),
    "note": (frozenset(), {"text": _text}),
    "popup": (frozenset(), {}),
    "popup-opened": (frozenset({EVENT}), {"owner": _text, "problem": _text}),
    "popup-changed": (frozenset({EVENT}), {"popup": _text, "fields": _facts}),
    "popup-joined": (frozenset({PERSON, EVENT}), {"popup": _text}),
    "popup-round": (frozenset({EVENT}), {"popup": _text, "round": _text, "dots": _whole}),
    "popup-idea": (frozenset({EVENT}), {"popup": _text, "text": _text}),
    "popup-vote": (frozenset({PERSON, EVENT}), {"popup": _text, "round": _text, "dots": _texts}),
    "popup-counted": (frozenset({EVENT}), {"popup": _text, "round": _text, "ballots": _whole}),
    "popup-cluster": (frozenset({EVENT}), {"popup": _text, "name": _text, "ideas": _texts}),
    "commitment": (frozenset({EVENT}), {"popup": _text}),
    "poll-opened": (frozenset({EVENT}), {"questions": _poll_questions}),
    "poll-answer": (frozenset({PERSON, EVENT}), {"poll": _text, "answers": _answers}),
    "poll-shown": (frozenset({EVENT}), {"poll": _text}),
    "poll-closed": (frozenset({EVENT}), {"poll": _text, "ballots": _whole, "questions": _counted_questions}),
    "segment-started": (frozenset({EVENT}), {"segment": _counted, "title": _text}),
    "agenda-paused": (frozenset({EVENT}), {}),
    "agenda-resumed": (frozenset({EVENT}), {}),
    "agenda-retimed": (frozenset({EVENT}), {"minutes": _retimed}),
    "agenda-ended": (frozenset({EVENT}), {}),
    "run-begun": (frozenset({EVENT}), {"protocol": _protocol, "clocks": _above_none}),
    "run-sized": (frozenset({EVENT}), {"run": _text, "clocks": _above_none}),
    "step-begun": (frozenset({EVENT}), {"run": _text, "groups": _groups, "step": _text}),
    "run-paused": (frozenset({EVENT}), {"run": _text, "groups": _groups}),
    "run-resumed": (frozenset({EVENT}), {"run": _text, "groups": _groups}),
    "step-minutes": (frozenset({EVENT}), {"run": _text, "groups": _groups, "step": _text, "minutes": _whole}),
    "captured": (frozenset({EVENT}), {"run": _text, "group": _counted, "text": _text}),
    "run-ended": (frozenset({EVENT}), {"run": _text}),
    "groups-drawn": (frozenset({EVENT}), {"way": _text, "count": _above_none}),
    "group-joined": (frozenset({PERSON, EVENT}), {"drawing": _text, "group": _counted}),
    "visit-planned": (frozenset({EVENT}), {"visit": _visit}),
    "observation-started": (frozenset({EVENT}), {"observer": _text, "protocol": _protocol}),
    "line": (frozenset({EVENT}), {"observation": _text, "text": _text}),
    "coded": (frozenset({EVENT}), {"observation": _text, "line": _text, "items": _texts}),
    "observed": (frozenset({EVENT}), {"observation": _text, "item": _text, "value": _noted}),
    "observation-ended": (frozenset({EVENT}), {"observation": _text}),
    "agreed": (frozenset({EVENT}), {"stop": _text, "protocol": _text, "item": _text, "value": _noted}),
    "visit-summary": (frozenset({EVENT}), {"parts": _facts}),
    "cohort-planned": (frozenset(), {"cohort": _text, "plan": _cohort}),
    "school-joined": (frozenset(), {**_SCHOOL, "date": _day}),
    "school-left": (frozenset(), {**_SCHOOL, "date": _day, "reason": _text}),
    "team-joined": (frozenset({PERSON}), {**_SCHOOL, "date": _day, "part": _one_of(ROLES)}),
    "team-left": (frozenset({PERSON}), {**_SCHOOL, "date": _day}),
    "cohort-event": (frozenset(), {**_SCHOOL, "event": _text, "part": _one_of(PARTS)}),
    "contact": (frozenset(), {**_SCHOOL, "contact": _one_of(CONTACTS), "date": _day, "minutes": _above_none}),
    "goal": (frozenset(), {**_SCHOOL, "text": _text, "due": _day_or_none, "dropped": _text}),
    "pointed": (frozenset(), {"cohort": _text, "goal": _text, "from": _one_of(POINTING), "id": _text}),
    "commitment-settled": (frozenset(), {"cohort": _text, "popup": _text, "kept": _yes_no}),
    "problem-filed": (frozenset(), {"popup": _text, "fields": _facts}),
    "problem-resource": (frozenset(), {"popup": _text, "title": _text}),
    "approved": (frozenset({EVENT}), {"by_name": _text, "sheet_version": _whole, "as_of": _heads}),
    "packed": (frozenset(), {"bundle": _text, "file": _text, "parcel": _text}),
    "handed-over": (frozenset(), {"bundle": _text}),
    "receipted": (frozenset(), {"bundle": _text, "receipt": _text}),
}
# What a part must be where it is there, whatever the kind.
POSSIBLE: Mapping[str, Test] = {
    "about": _texts,
    "accepted": _yes_no,
    "commitment": _commitment,
    "counts": _heads,
    "have": _heads,
    "ideas": _texts,
    "items": _texts,
    "note": _text,
    "options": _options,
    "reason": _text,
    "strokes": _strokes,
    "then": _one_of(THEN),
    "tried": _one_of(TRIED),
    "turn": _whole,
    "typed": _text,
}


def misshapen(kind: str, person: str | None, event: str | None, body: Mapping[str, Any]) -> str | None:
    """What is missing or wrong in a body, as a word or two; None when it can be read."""
    if kind not in NEEDED:
        return None
    named, needed = NEEDED[kind]
    if PERSON in named and not person:
        return "person"
    if EVENT in named and not event:
        return "event"
    for name, test in needed.items():
        if name not in body or not test(body[name]):
            return name
    for name, value in body.items():
        possible = POSSIBLE.get(name)
        if possible is not None and not possible(value):
            return name
    if kind == "event-scheduled" and Plan.from_json(body["plan"]).session(body["session"]) is None:
        return "session"
    return None
