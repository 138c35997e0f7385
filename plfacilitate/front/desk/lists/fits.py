"""Whether the rest of the day still fits, and what can be done where it does not: in words.

Owns the wording of that advice. The reckoning is `core.keeping`'s; nothing here decides for anybody.
"""

from __future__ import annotations

from plfacilitate.core.keeping.spread import Retimed, retimed
from plfacilitate.core.keeping.standing import MINUTE, Missed, Standing
from plfacilitate.core.minutes import length
from plfacilitate.core.plan import Event
from plfacilitate.core.text import cut
from plfacilitate.front.desk.lists.agenda import at_clock, title_of
from plfacilitate.front.widgets.lines import Part, Parts


def fit_lines(event: Event, now: Standing) -> list[Parts]:
    """What to say about the rest of the day, line by line."""
    if not now.kept:
        return [(Part(" Nobody has begun the agenda here: it is shown as planned.", "dim"),), *_before(event, now)]
    if now.ended:
        return [(Part(f" The agenda ended at {at_clock(now.ends, event)}.", "dim"),)]
    if not now.missed:
        return [_fits(event, now), *_early(now)]
    said: list[Parts] = [_late(event, one) for one in now.missed[:2]]
    return [*said, *_todo(now)]


def _before(event: Event, now: Standing) -> list[Parts]:
    late = now.moment - event.starts_at
    if now.ended:
        return []
    if now.running is not None and now.running.place == 0 and late >= MINUTE:
        return [(Part(f" It should have begun {length(int(late // MINUTE))} ago: ", "warn"), Part("Enter begins it."))]
    if now.running is not None:
        since = at_clock(now.running.span.starts_at, event)
        return [
            (
                Part(" Enter", "key"),
                Part(" begins a segment now, "),
                Part("t", "key"),
                Part(f" at another time, such as {since}."),
            )
        ]
    return [(Part(" Enter", "key"), Part(" begins a segment; from then on the agenda is kept here."))]


def _fits(event: Event, now: Standing) -> Parts:
    return (Part(" ✓ It fits: ", "good"), Part(f"the end is expected at {at_clock(now.ends, event)}."))


def _early(now: Standing) -> list[Parts]:
    found = retimed(now)
    if found.wanted >= 0 or not found.minutes:
        return []
    return [(Part(" r", "key"), Part(f" gives {-found.wanted} min back: {_shorter(now, found)}", "dim"))]


def _late(event: Event, missed: Missed) -> Parts:
    what = cut(title_of(missed.line), 40).rstrip() if missed.line is not None else "the end"
    return (
        Part(f" ⚠ {what[:1].upper()}{what[1:]}: ", "warn"),
        Part(f"planned {at_clock(missed.planned, event)}, expected {at_clock(missed.expected, event)}, "),
        Part(f"{length(int(missed.by // MINUTE))} late", "warn"),
    )


def _todo(now: Standing) -> list[Parts]:
    found = retimed(now)
    said: list[Parts] = []
    if found.had > 0:
        said.append((Part(" r", "key"), Part(f" takes {found.had} min: {_shorter(now, found)}")))
    short = found.wanted - found.had
    if short > 0:
        said.append((Part(f" {_more(now, short)}", "dim"),))
    return said


def _shorter(now: Standing, found: Retimed) -> str:
    """`Break 15 → 13, Consultancy 75 → 65`."""
    lines = [now.lines[place] for place in found.minutes]
    return ", ".join(f"{title_of(line)} {line.minutes} → {found.minutes[line.place]}" for line in lines)


def _more(now: Standing, short: int) -> str:
    """What there is to do about minutes that no spread can win."""
    able = [line for line in now.coming if not line.span.segment.holds and line.rest >= short * MINUTE]
    still = f"{short} min {'are still' if short > 1 else 'is still'} too many"
    if not able:
        return f"{still}: say that it ends later, or agree on a shorter meal (m)."
    drop = min(able, key=lambda line: line.rest)
    return f"{still}: jump over {cut(title_of(drop), 30).rstrip()}, or say that it ends later."
