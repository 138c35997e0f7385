"""The pages that say one thing, and why minutes did not count, in the attendee's words.

Owns sentences that code chooses; those that always stand on a page stand in its template. All are English and marked,
so that a .po file can say them in another language. Never holds markup: everything is escaped when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plfacilitate.front.door.languages import mark


@dataclass(frozen=True, slots=True)
class Notice:
    """A title and a text; `%(…)s` are filled when it is shown."""

    title: str
    text: str


_SCAN = mark("Scan the code again")
_FAILED = mark("That did not work")

NOTICES: Mapping[str, Notice] = {
    "scan": Notice(
        _SCAN,
        mark(
            "The code on the screen changes every half minute, and this one has gone. Point your camera at the screen "
            "once more."
        ),
    ),
    "scan_form": Notice(
        _SCAN, mark("This page was open for too long. Point your camera at the code on the screen once more.")
    ),
    "scan_used": Notice(
        _SCAN,
        mark("This page has done its work already. To sign in or out again, scan the code on the screen once more."),
    ),
    "start": Notice(
        mark("Scan the code on the screen"),
        mark("Point your camera at the code on the screen. It opens the sign-in page."),
    ),
    "closed": Notice(
        mark("Sign-in is closed"),
        mark("This session was closed at %(time)s. If you were here and are not on the list, tell the facilitator."),
    ),
    "not_open": Notice(
        mark("Not open yet"),
        mark("Sign-in has not begun. Wait for the facilitator, then scan the code on the screen again."),
    ),
    "before": Notice(
        mark("Sign in first"),
        mark("You have not signed in yet, so you can't sign out. Scan the code on the screen and sign in."),
    ),
    "not_in": Notice(
        mark("Sign in first"),
        mark("You are not signed in now. Scan the code on the screen and sign in, then come back here."),
    ),
    "unknown": Notice(
        mark("Who was that?"),
        mark("This person is not on the list any more. Scan the code on the screen again, or tell the facilitator."),
    ),
    "wait": Notice(
        mark("A moment, please"),
        mark("Too many tries at once. Wait a minute, then scan the code on the screen again."),
    ),
    "not_saved": Notice(
        mark("Not saved"),
        mark("The laptop could not save this. Nothing has changed: please tell the facilitator."),
    ),
    "failed": Notice(
        _FAILED,
        mark("Something went wrong on the laptop. Scan the code on the screen again: it says whether you are in."),
    ),
    "nothing": Notice(mark("Nothing here"), mark("This page does not exist. Scan the code on the screen.")),
    "form": Notice(_FAILED, mark("The page did not arrive whole. Scan the code on the screen again.")),
    "foreign": Notice(
        _FAILED, mark("This did not come from a page of this door. Scan the code on the screen, then try once more.")
    ),
    "host": Notice(
        mark("Not this address"),
        mark("Open the address exactly as the screen shows it, or scan the code."),
    ),
}

DAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip
MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"),
    mark("August"), mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip

# Codes of core.reasons, as an attendee reads them beside the minutes. A code that is not here keeps its own sentence.
REASONS: Mapping[str, str] = {
    "meal": mark("Meals do not count"),
    "break": mark("Breaks do not count"),
    "business": mark("Staff or association business does not count"),
    "paused": mark("The agenda was paused"),
    "as-it-went": mark("Minutes as the day went, not as they were planned"),
    "not-kept": mark("Minutes as they were planned"),
    "late": mark("Before you signed in"),
    "away": mark("While you were away"),
    "left-early": mark("After you signed out"),
    "not-there": mark("You were not signed in"),
    "no-sign-out": mark("You were not signed out"),
    "still-in": mark("Counts when you sign out"),
    "to-come": mark("Still to come"),
    "overlap": mark("The same minutes in two sessions count once"),
    "day-cap": mark("More than the office counts in a day"),
    "cap": mark("More than was approved"),
    "below-share": mark("Less of the session than the program asks for"),
    "rounding": mark("Rounded down to the office's step"),
    "requested": mark("You asked for fewer hours"),
    "closed-by-hand": mark("The facilitator set your sign-out"),
    "corrected": mark("A time was corrected"),
    "doubtful": mark("Two versions of a time: the facilitator will decide"),
    "doubtful-person": mark("Two versions of your details: the facilitator will decide"),
    "series-incomplete": mark("Counts once all sessions of the series are attended"),
    "missed-session": mark("A session of the series was missed"),
    "not-approved": mark("No clock hours were approved for this session"),
    "takes-credits": mark("You take credits instead of clock hours"),
}

FAULTS: Mapping[str, str] = {
    "name_missing": mark("Please type your last name."),
    "email_odd": mark("This does not look like an e-mail address."),
    "too_long": mark("This is too long: at most %(most)s letters."),
    "hours_odd": mark("Type hours as a number, such as 4.5, and not more than you earned."),
    "reason_missing": mark("Please say why, in a few words."),
    "say_what": mark("Please say what the problem is."),
    "choose": mark("Please choose one."),
}
