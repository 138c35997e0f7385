"""What each field of an office's table means, in words that a clerk can use.

Owns the data dictionary's sentences. Never fills a field (`core.sheet`).
"""

from __future__ import annotations

from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "in_service": "number of the approval at the registration platform",
    "claim_code": "code with which people claim their hours",
    "event": "id of the session; the same on every laptop",
    "title": "title of the offering",
    "session_title": "title of this session",
    "date": "day of the session, year-month-day",
    "starts": "when the agenda begins, local time",
    "ends": "when the agenda ends, local time",
    "place": "where it was held",
    "sponsor": "who sponsors the offering",
    "presenters": "who presented",
    "designations": "hour designations of the approval, such as Equity or STEM; with hours where only a part carries it",
    "approved_hours": "hours that were approved for the whole offering",
    "office": "the office whose rule counts",
    "rule": "that rule and its version",
    "sheet_version": "version of the sign-in sheet; a later one replaces it",
    "verified_by": "who approved the sheet",
    "verified_at": "when, local time",
    "person": "id of the person; the same on every laptop that has the same list",
    "name": "last name, first name",
    "last_name": "family name; the rows are in this order",
    "first_name": "given name",
    "former_name": "a name that records may still have",
    "email": "e-mail used in the registration platform",
    "district": "school district or other employer",
    "school": "school or place of work",
    "role": "teacher, administrator and so on, as the list said",
    "certificate": "certificate number, where it is known",
    "time_in": "first sign-in, local time",
    "time_out": "last sign-out, local time; empty = none",
    "minutes_present": "minutes between in and out while the agenda ran, breaks included",
    "minutes_deducted": "of these, minutes that count for nobody: meals, breaks, business",
    "minutes": "minutes that count",
    "hours_eligible": "clock hours that these minutes give by the rule",
    "hours": "clock hours to be credited; empty = waits for a decision, or counted over the whole series",
    "designation_hours": "of the hours to be credited, those under each designation",
    "hours_requested": "hours that the person asked for, where fewer; empty = all",
    "status": "earned, pending (a decision is missing) or none",
    "evidence": "how in and out were recorded, the weakest first",
    "signature": "what was typed as a signature; empty = on paper",
    "signed_at": "when it was signed, local time",
    "note": "what a clerk should know about this row",
}
