"""Claims against one offering: each gets one verdict.

Owns the order in which a verdict is found. Never makes two people one by itself: what is no sure match is a question,
and the answer to it a person's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from plfacilitate.core.claims.sheet import Likely, People
from plfacilitate.core.claims.values import Claim, Code, Decision, Judged, OnSheet, Reconciled
from plfacilitate.core.minutes import hours_text

Decisions = Mapping[str, Sequence[Decision]]
"""What was decided, by the claim's key."""


def by_claim(decisions: Iterable[Decision]) -> Decisions:
    """Decisions by the claim's key; what is open again is left out."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: (one.at, one.person)):
        if one.says != "open":
            found[one.claim].append(one)
    return found


def reconcile(claims: Iterable[Claim], everybody: Iterable[OnSheet], decisions: Decisions) -> Reconciled:
    """Hold claims against the people of an offering. Whatever the order of the rows, the verdicts are the same."""
    people = People(everybody)
    found: list[Judged] = []
    left: list[tuple[Claim, Decision | None]] = []
    theirs: dict[str, list[tuple[Claim, str, Decision | None]]] = defaultdict(list)
    for claim in claims:
        decided = decisions.get(claim.key, ()) if decisions else ()
        match = _whose(people, claim, decided)
        if match is None:
            left.append((claim, decided[-1] if decided else None))
        else:
            theirs[match[0].person.id].append((claim, *match[1:]))
    for person, group in theirs.items():
        group.sort(key=lambda one: one[0].line)
        found += _judged(people.by_id[person], group)
    for claim, decision in left:
        against = {one.person for one in decisions.get(claim.key, ()) if one.says == "other"}
        likely = [one for one in people.likely(claim) if one.found.person.id not in against]
        found.append(_left(claim, likely, theirs, decision))
    found.sort(key=lambda one: one.claim.order)
    return Reconciled(
        tuple(found), tuple(one for one in people.everybody if one.was_there and one.person.id not in theirs)
    )


def _whose(people: People, claim: Claim, decided: Sequence[Decision]) -> tuple[OnSheet, str, Decision | None] | None:
    """Whose claim it is: as somebody decided, else without a question."""
    for one in reversed(decided):
        if one.says == "same" and one.person in people.by_id:
            return people.by_id[one.person], f"decided by {one.by}", one
    sure = people.sure(claim)
    if sure is None or any(one.says == "other" and one.person == sure[0].person.id for one in decided):
        return None
    return (*sure, None)


def _judged(one: OnSheet, group: Sequence[tuple[Claim, str, Decision | None]]) -> Iterable[Judged]:
    """The verdicts on all that one person claims."""
    for claim, how, decision in group:
        code, reason = _verdict(claim, one)
        if len(group) > 1 and code != "unread":
            code, reason = "twice", _twice(claim, [other for other, _, _ in group], reason)
        yield Judged(claim, code, reason, one, how, decision=decision)


def _twice(claim: Claim, group: Sequence[Claim], reason: str) -> str:
    others = ", ".join(f"line {other.line} ({_hours(other.hundredths)})" for other in group if other.line != claim.line)
    return f"claimed in {others} too: only one of them counts. This one: {reason}"


def _verdict(claim: Claim, one: OnSheet) -> tuple[Code, str]:
    if claim.unread or claim.hundredths is None:
        return "unread", claim.unread
    claimed = hours_text(claim.hundredths)
    if not one.was_there:
        return "absent", f"claimed {claimed} h; is on the list, and no sign-in is here."
    figure = f"{hours_text(one.hundredths)} h ({one.minutes} min, {one.rule}): {one.why}"
    if one.status == "pending":
        return "waiting", f"claimed {claimed} h; the sheet would give {figure}"
    if one.status == "credits":
        return "more", f"claimed {claimed} h; takes quarter credits, so no clock hours: {one.why}"
    over = claim.hundredths - one.hundredths
    if over > 0:
        return "more", f"claimed {claimed} h, {hours_text(over)} h more than {figure}"
    if over < 0:
        return "fewer", f"claimed {claimed} h, {hours_text(-over)} h fewer than {figure}"
    return "match", figure


def _left(claim: Claim, likely: Sequence[Likely], theirs: Mapping[str, object], decision: Decision | None) -> Judged:
    """A claim that is nobody's without a question."""
    if claim.unread or claim.hundredths is None:
        return Judged(claim, "unread", claim.unread, decision=decision)
    claimed = f"claimed {hours_text(claim.hundredths)} h"
    if not likely:
        told = "; who looks alike is somebody else" if decision and decision.says == "other" else ""
        return Judged(
            claim, "absent", f"{claimed}; nobody on the sheet has this name, e-mail or number{told}.", decision=decision
        )
    best = likely[0]
    words = [f"{claimed}; maybe {best.found.person.name}: {best.why} (score {best.score})"]
    if best.found.person.id in theirs:
        words.append("who has another claim here")
    if not best.found.was_there:
        words.append("who is on the list, with no sign-in")
    elif best.found.status != "credits":
        words.append(f"who has {hours_text(best.found.hundredths)} h")
    if len(likely) > 1:
        words.append("or " + ", ".join(f"{one.found.person.name} ({one.score})" for one in likely[1:4]))
    return Judged(claim, "decide", ", ".join(words) + ".", best.found, best.why, best.score)


def _hours(hundredths: int | None) -> str:
    return "not read" if hundredths is None else f"{hours_text(hundredths)} h"
