"""Insights as plain values: a contract with whoever reads the JSON.

Owns the names of its keys. Shares are whole per cent, medians hundredths of a level, hours hundredths of an hour; null =
no number is told, and `state` says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plfacilitate.core.insights.attending import Course
from plfacilitate.core.insights.lines import Line
from plfacilitate.core.insights.marks import Figure
from plfacilitate.core.insights.whole import READ, Insights, School


def document(found: Insights, schools: Sequence[School], courses: Sequence[Course]) -> dict[str, Any]:
    """All of it; `schools` are those that were asked for."""
    return {
        "schools": [school_json(one) for one in schools],
        "failed": [{"event": event, "why": why} for event, why in found.failed],
        "courses": [_course(one) for one in courses],
        "read": list(READ),
    }


def school_json(one: School) -> dict[str, Any]:
    """One school."""
    return {
        "school": one.name,
        "visits": [{"event": each.event, "day": each.day.isoformat()} for each in one.visits],
        "held": one.held,
        "patterns": [
            {"id": each.tag, "title": each.title, "kind": each.kind, "lines": [_line(line) for line in each.lines]}
            for each in one.patterns
        ],
        "apart": [
            {
                "instrument": each.instrument,
                "title": each.title,
                "adoption": _line(each.adoption) if each.adoption is not None else None,
                "adherence": [_line(line) for line in each.adherence],
                "empty": list(each.empty),
            }
            for each in one.apart
        ],
        "agreement": [
            {
                "instrument": each.instrument,
                "title": each.title,
                "scale": each.scale,
                "same": each.same,
                "n": each.n,
                "visits": [
                    {"event": point.event, "day": point.day.isoformat(), "same": point.same, "n": point.n}
                    for point in each.points
                ],
            }
            for each in one.agreement
        ],
        "versions": list(one.versions),
    }


def _line(one: Line) -> dict[str, Any]:
    return {
        "instrument": one.by.instrument,
        "title": one.title,
        "scale": one.by.scale,
        "levels": one.by.steps or None,
        "items": sorted(one.by.ids),
        "versions": list(one.versions),
        "whole": _figure(one.whole),
        "visits": [
            {"event": point.event, "day": point.day.isoformat(), "counted": point.counted, **_figure(point.figure)}
            for point in one.points
        ],
        "change": one.change,
    }


def _figure(one: Figure) -> dict[str, Any]:
    return one._asdict()


def _course(one: Course) -> dict[str, Any]:
    return {
        "series": one.series,
        "title": one.title,
        "sessions": [
            {
                "event": each.event,
                "title": each.title,
                "day": each.day.isoformat(),
                "whole": each.whole._asdict(),
                "groups": [group._asdict() for group in each.groups],
            }
            for each in one.sittings
        ],
        "whole": one.whole._asdict(),
        "standings": [each._asdict() for each in one.standings],
        "cleared": list(one.cleared),
    }
