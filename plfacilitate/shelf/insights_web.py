"""The report of a school over its visits as one page for a browser: whole in itself, nothing to run, nothing to fetch.

Owns the HTML; its look is `exports/documents/insights-report.css`. Every text goes through `html.escape`, every plot has
its words beside it. Never words anything: what it says is `shelf.insights_report.printed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from plfacilitate.core.insights.attending import Course
from plfacilitate.core.insights.whole import School
from plfacilitate.shelf.insights_report import printed
from plfacilitate.shelf.visit_web import opening, style_of

LOOK = "insights-report.css"
Said = Mapping[str, Any]
_WIDE, _HIGH, _EDGE = 120, 30, 5  # of a plot, in its own units


def insights_page(one: School, courses: Sequence[Course], look: Path | None = None) -> bytes:
    """The page, UTF-8: the same bytes for the same figures. `look` None = the shipped one. Refused: `sheet-not-drawn`."""
    style = style_of(look, LOOK)
    return "\n".join(_whole(printed(one, courses), style)).encode("utf-8", "replace") + b"\n"


def _whole(page: Said, style: str) -> Iterator[str]:
    yield from opening(page["name"], style)
    yield f'<header><p class="over"><span>Insights over visits</span><span>{_(page["days"])}</span></p>'
    yield f"<h1>{_(page['school'])}</h1></header>\n<main>"
    yield '<dl class="figures">'
    yield from (f"<div><dt>{_(what)}</dt><dd>{_(number)}</dd></div>" for number, what in page["figures"])
    yield "</dl>"
    yield from _changed(page)
    yield from _list("next", "What to look at next", page["next"])
    yield from _patterns("attributes", "The four attributes", page["attributes"])
    yield from _patterns("facets", "The lens", page["facets"])
    yield from _apart(page)
    yield from _agreement(page["agreement"])
    yield from _courses(page["courses"])
    yield from _list("chapter", "What else is to be known", page["asides"])
    yield '<section class="read"><h2>How to read this</h2>'
    yield from (f'<p class="quiet">{_(one)}</p>' for one in page["read"])
    yield f'</section></main>\n<footer class="quiet">{_(page["foot"])}</footer>\n</body>\n</html>'


def _changed(page: Said) -> Iterator[str]:
    yield '<section class="patterns"><h2>What changed</h2>'
    if page["unchanged"]:
        yield f"<p>{_(page['unchanged'])}</p>"
    else:
        yield "<ul>"
        for one in page["changed"]:
            yield f'<li><strong>{_(one["title"])}</strong>: {_(one["said"])}<br><span class="quiet">{_(one["what"])}</span></li>'
        yield "</ul>"
    yield "</section>"


def _list(name: str, title: str, texts: Sequence[str]) -> Iterator[str]:
    if texts:
        yield f'<section class="{name}"><h2>{title}</h2><ul>'
        yield from (f"<li>{_(text)}</li>" for text in texts)
        yield "</ul></section>"


def _patterns(name: str, title: str, patterns: Iterable[Said]) -> Iterator[str]:
    yield f'<section class="chapter" id="{name}"><h2>{title}</h2>'
    for one in patterns:
        yield f"<h3>{_(one['title'])}</h3>"
        if one["empty"]:
            yield f'<p class="empty">{_(one["empty"])}</p>'
        else:
            yield _table([(f"{row['instrument']}: {row['label']}", row) for row in one["rows"]])
    yield "</section>"


def _apart(page: Said) -> Iterator[str]:
    yield '<section class="chapter" id="apart"><h2>Adoption and adherence, apart</h2>'
    for one in page["apart"]:
        yield f"<h3>{_(one['title'])}</h3>"
        yield _table([(row["label"], row) for row in (*one["adoption"], *one["adherence"])])
        yield from (f'<p class="empty">{_(words)}.</p>' for words in one["empty"])
    yield f'<p class="empty">{_(page["achievement"])}</p></section>'


def _table(rows: Sequence[tuple[str, Said]]) -> str:
    return f'<table class="lines"><tbody>{"".join(_row(label, row) for label, row in rows)}</tbody></table>'


def _row(label: str, row: Said) -> str:
    said = f"<strong>{_(row['said'])}</strong>" if row["told"] else f"<em>{_(row['sign'])}</em>: {_(row['said'])}"
    quiet = "".join(f'<br><span class="quiet">{_(row[key])}</span>' for key in ("rests", "change") if row[key])
    return (
        f'<tr><th scope="row">{_(label)}</th><td class="said">{said}{quiet}</td>'
        f'<td class="plot">{_plot(row["points"]) if len(row["points"]) > 1 else _bar(row["share"])}</td></tr>'
    )


def _bar(share: int) -> str:
    """One figure, for the eye only: its words stand beside it."""
    if share < 0:
        return ""
    part = f'<rect class="part" width="{share}%" height="100%"/>' if share else ""
    return f'<svg class="bar" aria-hidden="true"><rect class="whole" width="100%" height="100%"/>{part}</svg>'


def _plot(points: Sequence[Said]) -> str:
    """Visit after visit from left to right; the same in words for those who don't see it."""
    step = (_WIDE - 2 * _EDGE) / (len(points) - 1)
    places = [(_EDGE + step * place, one) for place, one in enumerate(points)]
    path = " ".join(f"{x:.1f},{_y(one['share']):.1f}" for x, one in places if one["share"] >= 0)
    drawn = "".join(_dot(x, one) for x, one in places)
    words = "; ".join(f"{one['day']}: {one['said']}" for one in points)
    return (
        f'<svg class="path" viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-label="{_(words)}"><title>{_(words)}</title>'
        f'<line class="ground" x1="0" x2="{_WIDE}" y1="{_HIGH - 2}" y2="{_HIGH - 2}"/>'
        f'<polyline class="way" points="{path}"/>{drawn}</svg>'
    )


def _dot(x: float, one: Said) -> str:
    """A dot is a number, an upright a span of levels, a small ring below the line nothing that is told."""
    span = ""
    if one["low"] >= 0:
        span = (
            f'<line class="span" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(one["low"]):.1f}" y2="{_y(one["high"]) - 0.1:.1f}"/>'
        )
    if one["share"] >= 0:
        return f'{span}<circle class="told" cx="{x:.1f}" cy="{_y(one["share"]):.1f}" r="2.4"/>'
    return span or f'<circle class="untold" cx="{x:.1f}" cy="{_HIGH - 2}" r="1.6"/>'


def _y(share: int) -> float:
    return _EDGE + (_HIGH - 2 * _EDGE) * (100 - share) / 100


def _agreement(rows: Sequence[Said]) -> Iterator[str]:
    if rows:
        yield '<section class="chapter" id="agreement"><h2>How far observers agreed</h2>'
        for one in rows:
            yield f"<p><strong>{_(one['title'])}</strong>: {_(one['said'])}</p>"
            yield from (f'<p class="quiet">{_(point)}</p>' for point in one["points"])
        yield "</section>"


def _courses(courses: Sequence[Said]) -> Iterator[str]:
    if courses:
        yield '<section class="chapter" id="came"><h2>Who came</h2>'
        for one in courses:
            yield f'<h3>{_(one["title"])}</h3><div class="wide" tabindex="0" role="group" aria-label="Sessions">'
            yield '<table class="came"><thead><tr>'
            yield "".join(f'<th scope="col">{head}</th>' for head in ("Session", "Day", "Came", "Hours"))
            yield "</tr></thead><tbody>"
            for row in one["rows"]:
                cells = "".join(f"<td>{_(row[key])}</td>" for key in ("day", "came", "hours"))
                yield f'<tr><th scope="row">{_(row["title"])}</th>{cells}</tr>'
            yield f"</tbody></table></div><p>{_(one['standing'])}</p>"
        yield "</section>"


def _(text: str) -> str:
    return escape(text, quote=True)
