"""Presence laid over an agenda: the minutes that count, and a reason for each of the others.

Owns the comparison of one person's stays with one event's facts. Never rounds, caps or decides about credit
(`core.credit`), and never fills in a sign-out that nobody made.
"""

from __future__ import annotations

from plfacilitate.core import reasons as say
from plfacilitate.core.agenda import Outcome, SessionFacts
from plfacilitate.core.minutes import clock, minute_of
from plfacilitate.core.presence import Mark, Presence, Stay
from plfacilitate.core.reasons import Reason

ABSENT = Presence((), ())
"""The presence of somebody who never signed in or out."""


def outcome(facts: SessionFacts, presence: Presence, where: str = "") -> Outcome:
    """What a presence comes to: counted minutes, reasons whose minutes make up the rest, and whether it is settled.

    `where` names the session in every reason, "" = no need to.
    """
    stays = presence.stays
    if not stays:
        return _absent(facts, presence, where)
    if len(stays) == 1 and not presence.odd and _throughout(facts, stays[0]):
        return facts.full
    minutes, found = _laid_over(facts, stays, where)
    waits = stays[-1].left is None
    if presence.odd:
        remarks, doubtful = _odd(facts, presence, where)
        found += remarks
        waits = waits or doubtful
    for stay in stays:
        if stay.came.corrected or (stay.left is not None and (stay.left.corrected or stay.left.by_hand)):
            found += _by_hand(facts, stay, where)
    attended = _enough(facts, minutes)
    if not attended and minutes:
        found.append(say.below_share(minutes, facts.creditable, facts.rule.share or 0, where))
        minutes = 0
    return Outcome(minutes, tuple(found), attended, waits, to_come=not facts.held and not attended)


def without_participants(facts: SessionFacts, found: Outcome, where: str = "") -> Outcome:
    """A session that a presenter had all to themselves: none of its minutes count for them (WAC 181-85-030)."""
    alone = say.presented_alone(found.minutes, where)
    return Outcome(0, (*found.reasons, alone), attended=False, to_come=not facts.held)


def _throughout(facts: SessionFacts, stay: Stay) -> bool:
    came, left = stay.came, stay.left
    return (
        left is not None
        and came.at < facts.late_from
        and left.at >= facts.ends_at
        and not (came.corrected or left.corrected or left.by_hand)
    )


def _absent(facts: SessionFacts, presence: Presence, where: str) -> Outcome:
    if facts.held:
        gone = say.not_there(facts.creditable, where)
    else:
        gone = say.to_come(facts.creditable, "not over yet, and no sign-in so far", where)
    remarks, doubtful = _odd(facts, presence, where)
    return Outcome(0, (gone, *remarks), attended=False, waits=doubtful, to_come=not facts.held)


def _enough(facts: SessionFacts, minutes: int) -> bool:
    """Whether so many minutes make a session attended; any minute does where the plan states no share."""
    share = facts.rule.share or 0
    return (minutes > 0 or not facts.creditable) and minutes * 100 >= share * facts.creditable


def _laid_over(facts: SessionFacts, stays: tuple[Stay, ...], where: str) -> tuple[int, list[Reason]]:
    zone = facts.zone
    minutes = reached = 0  # reached = counted minutes up to the last departure
    found: list[Reason] = []
    left_at = None
    for stay in stays:
        came_at = minute_of(stay.came.at)
        since = max(reached, facts.before(came_at))
        if since > reached:
            came = clock(came_at, zone)
            if left_at is None:
                found.append(say.late(since, came, where))
            else:
                found.append(say.away(since - reached, clock(left_at, zone), came, where))
        if stay.left is None:
            wait = say.no_sign_out if facts.held else say.still_in
            found.append(wait(facts.creditable - since, clock(came_at, zone), where))
            return minutes, found
        left_at = minute_of(stay.left.at)
        reached = max(since, facts.before(left_at))
        minutes += reached - since
    if reached < facts.creditable and left_at is not None:
        found.append(say.left_early(facts.creditable - reached, clock(left_at, zone), where))
    return minutes, found


def _odd(facts: SessionFacts, presence: Presence, where: str) -> tuple[list[Reason], bool]:
    """The remarks about marks that did not pair, and whether one of them waits for a decision."""
    remarks = []
    doubtful = False
    paired = {(mark.is_in, mark.at) for stay in presence.stays for mark in (stay.came, stay.left) if mark is not None}
    for code, mark in presence.odd:
        if code != "doubtful" and (mark.is_in, mark.at) in paired:
            continue  # an open stay has its own reason; and one sheet keyed in on two laptops is no oddity
        at = clock(minute_of(mark.at), facts.zone)
        if code == "two-ins":
            text = f"signed in again at {at} while in: the first sign-in counts"
        elif code == "out-before-in":
            text = f"a sign-out at {at} without a sign-in: it counts nothing"
        else:
            doubtful = True
            text = f"two versions of the sign-{'in' if mark.is_in else 'out'} ({at}) wait for a decision"
        remarks.append(say.reason(code, 0, text, where=where))
    return remarks, doubtful


def _by_hand(facts: SessionFacts, stay: Stay, where: str) -> list[Reason]:
    remarks = []
    if stay.came.corrected:
        remarks.append(_remark(facts, "corrected", "sign-in set to {at}", stay.came, where))
    if stay.left is not None and stay.left.by_hand:
        remarks.append(_remark(facts, "closed-by-hand", "sign-out {at} set by hand", stay.left, where))
    elif stay.left is not None and stay.left.corrected:
        remarks.append(_remark(facts, "corrected", "sign-out set to {at}", stay.left, where))
    return remarks


def _remark(facts: SessionFacts, code: str, what: str, mark: Mark, where: str) -> Reason:
    text = what.format(at=clock(minute_of(mark.at), facts.zone))
    text = f"{text} by {mark.by}" if mark.by else text
    return say.reason(code, 0, f"{text}: {mark.reason}" if mark.reason else text, where=where)
