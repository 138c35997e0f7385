"""The roll as plain values, for `--json`.

Owns the names of the keys. Never works anything out.
"""

from __future__ import annotations

from collections.abc import Sequence

from plfacilitate.core.designation import under_each
from plfacilitate.core.roll import tables
from plfacilitate.core.roll.changes import Change, said
from plfacilitate.core.roll.lines import RollLine
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.roll.summary import Summary
from plfacilitate.front.commands.office_roll_answer import Answer, name_of


def answer_facts(answer: Answer) -> dict[str, object]:
    """One document. Lines stand in it where one offering or person was asked for; tables have them all."""
    return {
        "person": answer.who.id if answer.who else None,
        "offerings": [_offering(one) for one in answer.found.offerings],
        "people": answer.totals.people,
        "totals": tables.totals_document(answer.totals),
        "people_to_look_at": answer.doubted,
        "forked_entries": answer.forked,
        "look_at": [{"name": name, "code": code, "text": text} for name, code, text in answer.looks],
        "lines": [_line(line, look) for line, look in answer.lines],
        "versions": [] if answer.one is None else _versions(answer.one),
        "since_handed_in": [] if answer.one is None else _changes(answer.one, answer.one.changes),
        "since_version": [] if answer.one is None else _changes(answer.one, answer.one.since_version),
    }


def _offering(one: Summary) -> dict[str, object]:
    hours = {"approved", "earned", "pending"}
    known = one._asdict()
    return {
        **{name: value for name, value in known.items() if name not in hours},
        "designations": [one.name for one in one.designations],
        **{f"{name}_hours": known[name] / 100 for name in sorted(hours)},
    }


def _line(line: RollLine, look: str) -> dict[str, object]:
    return {
        "person": line.person,
        "name": line.name,
        "email": line.email,
        "series": line.series,
        "in_service": line.in_service,
        "title": line.title,
        "completed": line.completed,
        "year": line.year,
        "school_year": line.school_year,
        "designations": [one.name for one in line.designations],
        "designation_hours": {
            name: held / 100 for name, held in under_each(line.designations, line.figures.hundredths)
        },
        "minutes": line.figures.minutes,
        "hours": line.figures.hundredths / 100,
        "status": tables.status_text(line),
        "short_minutes": line.figures.short,
        "reasons": list(line.codes),
        "explained": line.explained,
        "handed_in": said(line.was) if line.was else None,
        "since": list(line.since),
        "look_at": look,
    }


def _versions(one: Offering) -> list[dict[str, object]]:
    return [
        {
            "version": version.version,
            "at": version.at,
            "by": version.by,
            "sha256": version.digest,
            "lines": len(version.lines),
            "changes": _changes(one, changes),
        }
        for version, changes in zip(one.versions, one.history, strict=True)
    ]


def _changes(one: Offering, changes: Sequence[Change]) -> list[dict[str, object]]:
    return [
        {
            "person": change.person,
            "name": name_of(one, change.person),
            "was": said(change.was),
            "now": said(change.now),
            "why": list(change.why),
        }
        for change in changes
    ]
