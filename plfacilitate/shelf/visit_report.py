"""The report of a site visit on paper, and what stands in it as texts.

Owns which words of a report are printed and how they are cut. The look is `exports/documents/visit-report.typ`; the
same texts as a page are `shelf.visit_web`. Never computes a figure (`core.report.whole`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.minutes import day_text, span
from plfacilitate.core.report.came import Came
from plfacilitate.core.report.findings import Bar
from plfacilitate.core.report.instruments import ONE_ROOM, Finding, Instrument, Part
from plfacilitate.core.report.look_fors import LookedFor, Spoken
from plfacilitate.core.report.quotes import Quote
from plfacilitate.core.report.talks import ONE_ALONE, Area, Element, Talk
from plfacilitate.core.report.whole import READ, Lens, VisitReport
from plfacilitate.core.report.words import count, listed
from plfacilitate.core.visiting.plan import PARTS
from plfacilitate.shelf.protocol_form import Paper
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.typeset import printable, typeset

TEMPLATE = "visit-report.typ"
_LONGEST = 600  # characters of one text
_PARAGRAPHS = 12  # of what the team wrote in one part
_NAMES = 12  # observers or items in one line
_COLUMNS, _NAMED_COLUMNS = 24, 6  # of those who were asked, side by side; more than a few are numbered
NOTHING_WRITTEN = "The team has not written this yet."


def report_pdf(
    report: VisitReport,
    *,
    paper: Paper = "us-letter",
    template: Path | None = None,
    kind: Literal["pdf", "png"] = "pdf",
) -> bytes:
    """The report as a PDF: the same bytes for the same report; `png` gives its first page. Refused: `sheet-not-drawn`."""
    source = template or folder("exports") / "documents" / TEMPLATE
    return typeset(source, "report", printed(report) | {"paper": paper}, report.made_at, kind=kind)


def printed(report: VisitReport) -> dict[str, Any]:
    """Everything that is printed, as texts; people's words are data and nothing else."""
    day = f"{day_text(report.day)} {report.day.year}"
    return {
        "name": f"Report of a site visit: {said(report.school)}, {day}",
        "school": said(report.school),
        "title": said(report.title),
        "day": day,
        "purpose": said(report.purpose),
        "empty": "Nobody has observed or asked anything on this visit yet: there is nothing to report."
        if report.empty
        else "",
        "figures": [] if report.empty else _figures(report),
        "observers": f"Observed by {_some(report.observers)}." if report.observers else "",
        "look_fors": [_look_for(one) for one in report.look_fors],
        "written": [] if report.empty and not _wrote(report) else _written(report),
        "instruments": [_instrument(one) for one in report.instruments if not one.withheld],
        "untold": _untold(report.instruments, ONE_ROOM),
        "lenses": [_lens(one) for one in report.lenses],
        "talks": [_talk(one) for one in report.talks if not one.withheld],
        "unasked": _untold(report.talks, ONE_ALONE),
        "absent": [said(one) for one in report.absent],
        "read": [READ, report.rule],
        "foot": f"{said(report.school, 60)} · {day}",
    }


def said(text: str, longest: int = _LONGEST) -> str:
    """A text from people as it is printed."""
    return printable(text, longest)


def _figures(report: VisitReport) -> list[list[str]]:
    """The strip of the first page: number, what it counts."""
    stops = f"seen, of {count(report.stops, 'stop')}" if report.stops else "seen"
    observers = len(report.observers)
    watched = span((report.seconds + 30) // 60)
    return [
        [str(report.rooms), f"{'room' if report.rooms == 1 else 'rooms'} {stops}"],
        [str(observers), "observer" if observers == 1 else "observers"],
        [watched, f"of watching, in {count(report.observations, 'observation')}"],
        [str(report.interviews), "interview" if report.interviews == 1 else "interviews"],
    ]


def _look_for(one: LookedFor) -> dict[str, Any]:
    return {
        "text": said(one.text),
        "how": one.how,
        "spoken": [_spoken(item) for item in one.spoken],
        "more": f"and {one.more} more, under their instruments" if one.more else "",
    }


def _spoken(one: Spoken) -> dict[str, str]:
    return {"item": said(one.item, 160), "instrument": said(one.instrument, 80), "said": said(one.said)}


def _wrote(report: VisitReport) -> bool:
    return any(one.text for one in report.written)


def _written(report: VisitReport) -> list[dict[str, Any]]:
    return [
        {"name": one.name if one.name in PARTS else "more",
         "title": said(one.title, 80), "text": _paragraphs(one.text) or [NOTHING_WRITTEN], "empty": not one.text}
        for one in report.written
    ]  # fmt: skip


def _paragraphs(text: str) -> list[str]:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    more = len(lines) - _PARAGRAPHS
    return [said(line, 1200) for line in lines[:_PARAGRAPHS]] + ([f"… and {more} paragraphs more"] if more > 0 else [])


def _instrument(one: Instrument) -> dict[str, Any]:
    return {
        "title": said(one.title, 120),
        "version": f"{one.id}, version {one.version}",
        "about": one.said,
        "agreement": said(one.agreement, 1200),
        "source": said(one.source),
        "came": [_came(each) for each in one.came],
        "parts": [_part(part) for part in one.parts if part.findings or part.unnoted],
        "left_out": f"Left out, one room only: something on {count(one.left_out, 'item')}." if one.left_out else "",
    }


def _untold(all_of: Sequence[Instrument] | Sequence[Talk], why: str) -> str:
    """One line for all of which nothing is told, and why; "" = there are none."""
    titles = [
        f"{said(one.title, 120)} ({one.said})" if one.said else said(one.title, 120) for one in all_of if one.withheld
    ]
    return f"{'; '.join(titles)}. {why}" if titles else ""


def _part(one: Part) -> dict[str, Any]:
    asides = []
    if one.unnoted:
        asides.append(f"Noted by nobody: {_some(one.unnoted, '; ')}.")
    return {"title": said(one.title, 120), "findings": [_finding(item) for item in one.findings], "asides": asides}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "text": said(one.text, 300),
        "tags": " · ".join(one.tags),
        "said": said(one.said),
        "bars": [_bar(bar) for bar in one.bars],
    } | _quoted(one.quotes, one.more)


def _bar(one: Bar) -> dict[str, Any]:
    return {"label": said(one.label, 300), "said": one.said, "share": -1 if one.share is None else one.share}


def _quoted(quotes: Iterable[Quote], more: int) -> dict[str, Any]:
    return {
        "quotes": [{"text": said(one.text), "where": said(one.where, 120)} for one in quotes],
        "more": f"and {count(more, 'note')} more" if more else "",
    }


def _lens(one: Lens) -> dict[str, Any]:
    items = dict.fromkeys(said(item.item, 160) for item in one.spoken)
    return {"title": one.title.capitalize(), "kind": one.kind, "items": _some(items, "; ")}


def _talk(one: Talk) -> dict[str, Any]:
    shown = one.asked[:_COLUMNS]
    named = len(shown) <= _NAMED_COLUMNS
    asked = listed([who if named else f"{number} {who}" for number, who in enumerate(one.asked, start=1)])
    return {
        "title": said(one.title, 120),
        "version": f"{one.id}, version {one.version}",
        "source": said(one.source),
        "about": f"Asked: {said(asked)}.",
        "said": said(one.said),
        "came": [_came(each) for each in one.came],
        "ladder": [said(level, 300) for level in one.levels],
        "heads": [said(who, 40) if named else str(number) for number, who in enumerate(shown, start=1)],
        "areas": [_area(area, one, shown) for area in one.areas],
        "asides": [
            *([f"Answered by nobody: {_some(one.unanswered, '; ')}."] if one.unanswered else []),
            *([f"Left out, answered in one room only: {count(one.left_out, 'element')}."] if one.left_out else []),
        ],
    }


def _came(one: Came) -> dict[str, Any]:
    """What the answers came to, and the rule by which anybody can check it."""
    return {
        "title": said(one.title, 120),
        "ask": said(one.ask, 300),
        "rows": [[said(who, 200), said(what)] for who, what in one.rows],
        "said": said(one.said, 1200),
        "rule": f"Rule: {said(one.rule)}",
    }


def _area(area: Area, talk: Talk, shown: Sequence[str]) -> dict[str, Any]:
    """The levels as one table, then the words: of each element that has some, or of all where there is no ladder."""
    quoted = [one for one in area.elements if one.quotes or not talk.levels]
    return {
        "title": said(area.title, 120),
        "rows": [_levels(one, shown) for one in area.elements] if talk.levels else [],
        "elements": [
            {"title": said(one.title, 200), "ask": said(one.ask, 300), "said": "" if talk.levels else said(one.said)}
            | _quoted(one.quotes, one.more)
            for one in quoted
        ],
    }


def _levels(one: Element, shown: Sequence[str]) -> dict[str, Any]:
    """One row: – is somebody who said something and marked no level, an empty cell somebody who said nothing."""
    levels = {mark.who: "–" if mark.level is None else str(mark.level) for mark in one.marks}
    compared = sum(mark.level is not None for mark in one.marks) > 1
    apart = count(one.apart, "step") if one.apart else "the same"
    return {
        "title": said(one.title, 200),
        "levels": [levels.get(who, "") for who in shown],
        "apart": apart if compared else "",
    }


def _some(texts: Iterable[str], between: str = ", ") -> str:
    """The first of many, and how many more."""
    known = list(texts)
    shown = between.join(said(text, 160) for text in known[:_NAMES])
    return f"{shown} and {len(known) - _NAMES} more" if len(known) > _NAMES else shown
