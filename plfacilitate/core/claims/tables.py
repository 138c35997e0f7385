"""Reconciled claims as tables for the clerk: a row a claim, and a row for each who has not claimed.

Owns the columns, and how a decision that was written into one is understood. Never judges.
"""

from __future__ import annotations

from typing import NamedTuple

from plfacilitate.core.claims.values import WORDS, Judged, OnSheet, Says
from plfacilitate.core.text import fold

Cell = str | int | float | None
Row = tuple[Cell, ...]

CLAIMS = (
    "last_name", "first_name", "email", "school", "certificate", "claimed_hours", "sheet_hours", "difference_hours",
    "minutes", "result", "reason", "on_sheet_as", "on_sheet_email", "matched_by", "score", "same_person", "decided",
    "in_service", "title", "rule", "line", "claim", "person",
)  # fmt: skip
UNCLAIMED = (
    "last_name", "first_name", "email", "school", "certificate", "minutes", "hours", "status", "how_counted",
    "in_service", "title", "rule", "person",
)  # fmt: skip
UNREAD = ("file", "line", "column", "what")
_SAYS: dict[str, Says] = {
    **dict.fromkeys(("yes", "y", "same", "x", "1", "true"), "same"),
    **dict.fromkeys(("no", "n", "not", "not same", "other", "0", "false"), "other"),
    **dict.fromkeys(("undo", "open", "take back"), "open"),
}  # fmt: skip


class About(NamedTuple):
    """The offering that a row is about; "" = none."""

    in_service: str = ""
    title: str = ""


def claim_row(one: Judged, about: About) -> Row:
    """One claim under `CLAIMS`; hours are numbers."""
    claim, found, decision = one.claim, one.found, one.decision
    earned = found.hundredths if found is not None and found.was_there else None
    known = found is not None and one.code not in ("decide", "unread")
    both = known and claim.hundredths is not None and earned is not None
    says = {"same": "yes", "other": "no", "open": ""}[decision.says] if decision else ""
    return (
        claim.last_name, claim.first_name, claim.email, claim.school, claim.certificate, _hours(claim.hundredths),
        _hours(earned), _hours((claim.hundredths or 0) - (earned or 0)) if both else None,
        found.minutes if found is not None and earned is not None else None, WORDS[one.code], one.reason,
        found.person.name if found else "", found.person.email if found else "", one.how, one.score or None, says,
        f"{decision.by}, {decision.at[:10]}" if decision else "", about.in_service or claim.in_service, about.title,
        found.rule if found else "", claim.line, claim.key,
        found.person.id if found else decision.person if decision else "",
    )  # fmt: skip


def unclaimed_row(one: OnSheet, about: About) -> Row:
    """One person under `UNCLAIMED`."""
    person = one.person
    return (
        person.last_name, person.first_name, person.email, person.school, person.certificate, one.minutes,
        one.hundredths / 100, one.status, one.why, about.in_service, about.title, one.rule, person.id,
    )  # fmt: skip


def said_in(cell: str) -> Says | None:
    """What a cell of `same_person` says: yes, no, undo; None = none of these."""
    return _SAYS.get(fold(cell))


def _hours(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100
