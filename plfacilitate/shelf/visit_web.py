"""The report of a site visit as one page for a browser: whole in itself, nothing to run, nothing to fetch.

Owns the HTML; its look is `exports/documents/visit-report.css`. Every text goes through `html.escape`. Never words
anything: what it says is `shelf.visit_report.printed`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from plfacilitate.core.refusal import Refused
from plfacilitate.core.report.whole import VisitReport
from plfacilitate.core.text import plain
from plfacilitate.shelf.shipped import folder
from plfacilitate.shelf.visit_report import printed

LOOK = "visit-report.css"
Said = Mapping[str, Any]

# Nothing may be loaded or run, whatever somebody typed: the page carries the rule itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_page(report: VisitReport, look: Path | None = None) -> bytes:
    """The page, UTF-8: the same bytes for the same report. `look` None = the shipped one. Refused: `sheet-not-drawn`."""
    style = style_of(look, LOOK)
    page = printed(report)
    return "\n".join(_whole(page, style)).encode("utf-8", "replace") + b"\n"


def style_of(look: Path | None, shipped: str) -> str:
    """The words of a look, ready to stand in a page; None = the shipped one of that name. Refused: `sheet-not-drawn`."""
    source = look or folder("exports") / "documents" / shipped
    try:
        return source.read_text("utf-8").replace("</", r"<\/")  # a style ends only where we say so
    except (OSError, UnicodeDecodeError) as no:
        raise Refused("sheet-not-drawn", detail=f"{plain(str(source))}: it can't be read.") from no


def opening(name: str, style: str) -> Iterator[str]:
    """A page up to its body."""
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f'<meta name="robots" content="noindex">\n<title>{_(name)}</title>\n<style>\n{style}</style>\n</head>'
    yield "<body>"


def _whole(page: Said, style: str) -> Iterator[str]:
    yield from opening(page["name"], style)
    yield from _head(page)
    yield "<main>"
    yield from _first(page)
    yield from _chapter("seen", "What was seen", page["instruments"], _instrument, page["untold"])
    yield from _chapter("asked", "What was said when asked", page["talks"], _talk, page["unasked"])
    yield from _across(page["lenses"])
    if page["absent"]:
        yield '<section class="chapter"><h2>What is not here</h2><ul>'
        yield from (f"<li>{_(one)}</li>" for one in page["absent"])
        yield "</ul></section>"
    yield f'</main>\n<footer class="quiet">{_(page["foot"])}</footer>\n</body>\n</html>'


def _head(page: Said) -> Iterator[str]:
    yield f'<header><p class="over"><span>Report of a site visit</span><span>{_(page["day"])}</span></p>'
    yield f"<h1>{_(page['school'])}</h1>"
    yield _if(_QUIET, page["title"]) + "</header>"


def _first(page: Said) -> Iterator[str]:
    """What is read in a minute."""
    yield _if('<p class="purpose">{}</p>', page["purpose"])
    yield _if('<p class="note"><strong>{}</strong></p>', page["empty"])
    if page["figures"]:
        yield '<dl class="figures">'
        yield from (f"<div><dt>{_(what)}</dt><dd>{_(number)}</dd></div>" for number, what in page["figures"])
        yield "</dl>"
    yield _if(_QUIET, page["observers"])
    yield from (_written(one, "patterns") for one in _named(page, "patterns"))
    yield from _look_fors(page["look_fors"])
    pair = [*_named(page, "adoption"), *_named(page, "adherence")]
    if pair:
        yield f'<div class="pair">{"".join(_written(one, one["name"]) for one in pair)}</div>'
    yield from (_written(one, one["name"]) for one in (*_named(page, "next"), *_named(page, "more")))
    yield '<section class="read"><h2>How to read this</h2>'
    yield from (f'<p class="quiet">{_(one)}</p>' for one in page["read"])
    yield "</section>"


def _named(page: Said, name: str) -> list[Said]:
    return [one for one in page["written"] if one["name"] == name]


def _written(one: Said, name: str) -> str:
    look = ' class="quiet"' if one["empty"] else ""
    text = "".join(f"<p{look}>{_(paragraph)}</p>" for paragraph in one["text"])
    return f'<section class="{name}"><h2>{_(one["title"])}</h2>{text}</section>'


def _look_fors(look_fors: Sequence[Said]) -> Iterator[str]:
    if look_fors:
        yield "<section><h2>What was looked for</h2>"
        for one in look_fors:
            yield f'<h3>{_(one["text"])} <span class="quiet">{_(one["how"])}</span></h3>'
            yield _spoken(one["spoken"])
            yield _if(_QUIET, one["more"])
        yield "</section>"


def _spoken(rows: Iterable[Said]) -> str:
    said = [f'<li>{_(row["item"])}: {_(row["said"])} <span class="quiet">{_(row["instrument"])}</span></li>'
            for row in rows]  # fmt: skip
    return f'<ul class="spoken">{"".join(said)}</ul>' if said else ""


def _chapter(name: str, title: str, rows: Sequence[Said], look: Any, untold: str) -> Iterator[str]:
    if rows or untold:
        yield f'<section class="chapter" id="{name}"><h2>{title}</h2>'
        for row in rows:
            yield from look(row)
        yield _if(_QUIET, untold) + "</section>"


def _instrument(one: Said) -> Iterator[str]:
    yield f"<h3>{_(one['title'])}</h3><p>{_(one['about'])}</p>"
    yield f'<p class="quiet small">{_(one["version"])}</p>{_if("<p>{}</p>", one["agreement"])}'
    yield from _came(one["came"])
    for part in one["parts"]:
        yield f"<h4>{_(part['title'])}</h4>"
        for finding in part["findings"]:
            yield from _finding(finding)
        yield from (f'<p class="quiet">{_(said)}</p>' for said in part["asides"])
    yield _if(_QUIET, one["left_out"])
    yield f'<p class="quiet">Source: {_(one["source"])}</p>'


def _finding(one: Said) -> Iterator[str]:
    tags = _if(' <span class="quiet">{}</span>', one["tags"])
    yield f'<div class="finding"><div><h5>{_(one["text"])}{tags}</h5>{_if("<p>{}</p>", one["said"])}{_bars(one["bars"])}</div>'
    yield f"{_quotes(one)}</div>"


def _bars(rows: Sequence[Said]) -> str:
    if not rows:
        return ""
    if all(row["share"] < 0 for row in rows):
        labels = "".join(f"<li>{_(row['label'])}</li>" for row in rows)
        return f'<ul class="spoken">{labels}</ul>'
    if not any(row["label"] for row in rows):
        return "".join(f'<div class="alone">{_bar(row["share"])}</div>' for row in rows)
    cells = (
        f'<tr><th scope="row">{_(row["label"])}</th><td class="how-long">{_bar(row["share"])}</td>'
        f'<td class="said">{_(row["said"])}</td></tr>'
        for row in rows
    )
    return f'<table class="bars"><tbody>{"".join(cells)}</tbody></table>'


def _bar(share: int) -> str:
    """A bar for the eye only: its number stands beside it."""
    part = f'<rect class="part" width="{max(share, 6) / 10:g}%" height="100%"/>' if share > 0 else ""
    return f'<svg class="bar" aria-hidden="true"><rect class="whole" width="100%" height="100%"/>{part}</svg>'


def _quotes(one: Said) -> str:
    if not one["quotes"]:
        return ""
    said = "".join(f'<li><q>{_(quote["text"])}</q> <span class="quiet">{_(quote["where"])}</span></li>'
                   for quote in one["quotes"])  # fmt: skip
    return f'<ul class="quotes">{said}{_if(_MORE, one["more"])}</ul>'


_QUIET = '<p class="quiet">{}</p>'
_MORE = '<li class="quiet">{}</li>'


def _talk(one: Said) -> Iterator[str]:
    yield f"<h3>{_(one['title'])}</h3><p>{_(one['about'])}</p>"
    yield f'<p class="quiet small">{_(one["version"])}</p>{_if("<p>{}</p>", one["said"])}'
    yield from _came(one["came"])
    if one["ladder"]:
        yield f'<ol class="quiet">{"".join(f"<li>{_(level)}</li>" for level in one["ladder"])}</ol>'
    for area in one["areas"]:
        yield f"<h4>{_(area['title'])}</h4>"
        if area["rows"]:
            yield _ladder(one["heads"], area["rows"], len(one["ladder"]))
        for element in area["elements"]:
            ask = _if(' <span class="quiet">{}</span>', element["ask"])
            yield f'<div class="finding"><h5>{_(element["title"])}{ask}</h5>{_if("<p>{}</p>", element["said"])}{_quotes(element)}</div>'
    yield from (f'<p class="quiet">{_(said)}</p>' for said in one["asides"])
    yield f'<p class="quiet">Source: {_(one["source"])}</p>'


def _came(results: Iterable[Said]) -> Iterator[str]:
    """What the answers came to: who or what, and which outcome; below it the rule."""
    for one in results:
        ask = _if(' <span class="quiet">{}</span>', one["ask"])
        rows = (f'<tr><th scope="row">{_(who)}</th><td>{_(what)}</td></tr>' for who, what in one["rows"])
        yield f'<div class="came"><h4>{_(one["title"])}{ask}</h4><table><tbody>{"".join(rows)}</tbody></table>'
        yield f"{_if('<p>{}</p>', one['said'])}{_if(_QUIET, one['rule'])}</div>"


def _ladder(heads: Sequence[str], rows: Iterable[Said], steps: int) -> str:
    """Who places what where: the further up the ladder, the darker the cell."""
    head = "".join(f'<th scope="col">{_(who)}</th>' for who in heads)
    body = (
        f'<tr><th scope="row">{_(row["title"])}</th>{"".join(_placed(level, steps) for level in row["levels"])}'
        f'<td class="quiet">{_(row["apart"])}</td></tr>'
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="Levels side by side"><table class="ladder">'
        f'<thead><tr><th scope="col">Element</th>{head}<th scope="col">apart</th></tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _placed(level: str, steps: int) -> str:
    if not level.isascii() or not level.isdigit():
        return f"<td>{_(level)}</td>"
    shade = 1 + round(3 * (int(level) - 1) / max(1, steps - 1))
    return f'<td class="step-{min(4, max(1, shade))}">{_(level)}</td>'


def _across(rows: Sequence[Said]) -> Iterator[str]:
    """One line for each attribute and facet: what speaks to it; what was found on it stands under its instrument."""
    if rows:
        yield '<section class="chapter" id="across"><h2>Read across</h2><ul class="spoken">'
        yield from (f"<li><strong>{_(one['title'])}</strong>: {_(one['items'])}</li>" for one in rows)
        yield "</ul></section>"


def _if(frame: str, text: str) -> str:
    """The text in its frame, escaped; nothing where there is none."""
    return frame.replace("{}", _(text)) if text else ""


def _(text: str) -> str:
    return escape(text, quote=True)
