"""Why a minute did not count, in words that a clerk can defend.

Owns the codes of credit and the sentence of each one that depends on nothing but times. Never decides whether a
reason applies: that is `core.attended` and `core.credit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

# code -> what it says. A code that is retired is never used again.
CODES: Mapping[str, str] = {
    # minutes of the agenda that never count under the office's rule (the code is the kind of the segment)
    "meal": "meals",
    "break": "breaks",
    "business": "staff or association business",
    "instruction": "instruction, where an office does not count it",
    "work-time": "work time, where an office does not count it",
    "protocol": "protocols, where an office does not count them",
    "paused": "the agenda was paused, where an office counts the minutes as they went",
    # minutes that this person was not there, or can't be shown to have been
    "late": "signed in after counted time had begun",
    "away": "left and came back",
    "left-early": "signed out before counted time had ended",
    "not-there": "no sign-in at a session that took place",
    "no-sign-out": "signed in and never out: those minutes wait for a decision",
    "still-in": "in the room now: those minutes count at the sign-out",
    "to-come": "the session is still to come, or not over and nobody signed this person in yet",
    # minutes that were there and don't count
    "below-share": "less of a session than the programme asks for",
    "overlap": "the same minutes in two sessions: counted once",
    "day-cap": "more than the office counts in a day",
    "cap": "more than was approved",
    # remarks, no minutes
    "as-it-went": "the agenda's minutes are those of the day, not the approved ones",
    "not-kept": "an office counts the minutes as they went, and nobody kept the agenda",
    "end-not-said": "nobody said at the desk how the agenda went on",
    "rounding": "rounded down to the office's step",
    "requested": "asked for fewer hours than earned",
    "make-up": "a session counts by the event that made up for it",
    "closed-by-hand": "the sign-out was set by hand",
    "corrected": "a time was corrected",
    "two-ins": "a second sign-in while in",
    "out-before-in": "a sign-out without a sign-in",
    # what decides about the whole line
    "doubtful": "two versions of a time wait for a decision",
    "doubtful-person": "two versions of this person's own record wait for a decision",
    "series-incomplete": "counts once all sessions are attended",
    "missed-session": "a session was missed",
    "person-minimum": "less than the office gives anybody",
    "offering-minimum": "the offering is shorter than the office approves",
    "not-approved": "no clock hours were approved",
    "presenter-alone": "a presenter without participants",
    "takes-credits": "takes quarter credits instead",
    "credits-short": "short of the whole, which credits need",
}


THERE = frozenset({"below-share", "overlap", "day-cap", "cap", "presenter-alone"})
"""Codes of minutes that a person was there in counted time, and that are taken off all the same."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its code, the minutes that it takes away (0 = a remark), and one sentence.

    `short` is how the one-line explanation names it (`in 8:37`); empty = it says the sentence.
    """

    code: str
    minutes: int
    text: str
    short: str = ""


def reason(code: str, minutes: int, text: str, short: str = "", where: str = "") -> Reason:
    """A reason that says where it holds (`session 2`), if that needs saying."""
    if where:
        return Reason(code, minutes, f"{where}: {text}", f"{where} {short}" if short else "")
    return Reason(code, minutes, text, short)


# People come and go in the same few minutes, so the same reasons are wanted again and again: hence the caches.


@lru_cache(maxsize=4096)
def late(minutes: int, came: str, where: str = "") -> Reason:
    """Came after counted time had begun."""
    return reason("late", minutes, f"signed in at {came}: {minutes} min missed", f"in {came}", where)


@lru_cache(maxsize=4096)
def left_early(minutes: int, left: str, where: str = "") -> Reason:
    """Left before counted time had ended."""
    return reason("left-early", minutes, f"signed out at {left}: {minutes} min missed", f"out {left}", where)


@lru_cache(maxsize=4096)
def away(minutes: int, left: str, came: str, where: str = "") -> Reason:
    """Left and came back."""
    text = f"away from {left} to {came}: {minutes} min missed"
    return reason("away", minutes, text, f"away {left}–{came}", where)


def presented_alone(minutes: int, where: str = "") -> Reason:
    """Presented a session to which no participant came."""
    return reason("presenter-alone", minutes, "presented, and no participant was there", "presented alone", where)


def no_sign_out(minutes: int, came: str, where: str = "") -> Reason:
    """Signed in and never out of a session that is over."""
    text = f"signed in at {came} and never signed out: {minutes} min wait until somebody sets the time"
    return reason("no-sign-out", minutes, text, f"no sign-out after {came}", where)


def still_in(minutes: int, came: str, where: str = "") -> Reason:
    """In the room, and the session is not over."""
    return reason("still-in", minutes, f"in since {came}: counts at the sign-out", f"in since {came}", where)


@lru_cache(maxsize=256)
def not_there(minutes: int, where: str = "") -> Reason:
    """No sign-in at a session that took place."""
    return reason("not-there", minutes, "no sign-in", "no sign-in", where)


@lru_cache(maxsize=256)
def to_come(minutes: int, text: str, where: str = "") -> Reason:
    """Nothing can be said yet, and why."""
    return reason("to-come", minutes, text, "to come", where)


@lru_cache(maxsize=4096)
def below_share(minutes: int, creditable: int, percent: int, where: str = "") -> Reason:
    """Was there for less of a session than the programme asks for, so that nothing of it counts."""
    needed = -(-creditable * percent // 100)
    text = f"{minutes} of {creditable} min are less than the {percent} % ({needed} min) that the programme asks for"
    return reason("below-share", minutes, text, f"less than {percent} %", where)
