"""`plfacilitate office reconcile`: what people claim, held against what the sheet has.

Owns how it is asked for and printed. Never judges a claim (`core.claims`).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plfacilitate.core.claims import tables
from plfacilitate.core.claims.values import WORDS, Judged, Says
from plfacilitate.core.minutes import hours_text
from plfacilitate.core.refusal import Fault, Refused
from plfacilitate.core.report.words import count
from plfacilitate.core.text import fold, plain
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, given

if TYPE_CHECKING:
    from plfacilitate.office.reconcile import Held, Said

_MOST = 20  # rows that are printed of those that want an eye; the workbook has all
_EYE = ("decide", "more", "twice", "absent", "waiting", "elsewhere", "unread")


def reconcile(
    ctx: typer.Context,
    claims: Annotated[
        str, typer.Argument(metavar="CLAIMS", help="CSV, XLSX, or pasted text; - reads what is piped in.")
    ],
    register: RegisterUrl,
    name: Annotated[
        str,
        typer.Option("--in-service", "--series", "--event", metavar="NAME", help="The offering, unless claims say it."),
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The result as a workbook.")] = None,
    maps: Annotated[
        list[str] | None, typer.Option("--map", metavar="TITLE=FIELD", help="What a column holds; remembered.")
    ] = None,
    same: Annotated[list[str] | None, typer.Option("--same", metavar="LINE=PERSON", help="It is this person.")] = None,
    not_same: Annotated[list[str] | None, typer.Option("--not-same", metavar="LINE=PERSON", help="It is not.")] = None,
    undo: Annotated[list[str] | None, typer.Option("--undo", metavar="LINE", help="Take a decision back.")] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="A result with its column same_person filled in.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What people claim, held against the sheet."""
    from plfacilitate.office.reconcile import Reconciling
    from plfacilitate.shelf.claims_files import read_claims
    from plfacilitate.store.register import open_register

    around = given(ctx)
    if out is not None and claims != "-" and Path(claims).resolve() == out.resolve():
        raise Refused("claims-over", file=plain(str(out)))
    mapped = dict(map(_column, maps or ()))
    said = [*_said("same", same), *_said("other", not_same), *_said("open", undo), *_written(decisions)]
    opened = open_register(register, around.chance, make=False)
    try:
        pasted = sys.stdin.buffer.read() if claims == "-" else None
        known = {title: field for title, field in {**opened.claim_titles(), **mapped}.items() if field}
        file = read_claims(Path("pasted" if claims == "-" else claims), known, pasted)
        rows = list(file.claims)
        held = Reconciling(opened, name, around.clock(), around.by).hold(file.file, rows, said)
        if mapped:
            opened.keep_claim_titles(mapped)
    finally:
        opened.close()
    for note in file.notes[:_MOST]:
        say.aside(str(note))
    for fault in file.faults[:_MOST]:
        say.aside(str(fault))
    if out is not None:
        _write(out, held, file.faults)
        say.aside(f"written: {out}")
    if as_json:
        say.document(_document(held, file.faults))
    else:
        _print(held, file.file)
    raise typer.Exit(1 if file.faults or any(one.code == "unread" for one in held.judged) else 0)


def _column(text: str) -> tuple[str, str]:
    from plfacilitate.shelf.claims_files import FIELDS

    title, sign, field = text.rpartition("=")
    name = "_".join(fold(field).split())
    if not sign or not fold(title) or name not in ("", *FIELDS):
        raise Refused("claims-map", text=plain(text), known=", ".join(FIELDS))
    return fold(title), name


def _said(says: Says, given_: Sequence[str] | None) -> Iterator[Said]:
    from plfacilitate.office.reconcile import Said

    for text in given_ or ():
        line, sign, person = text.partition("=")
        if not line.strip().isdecimal() or (not person.strip() and (sign or says != "open")):
            raise Refused("claims-decision", text=plain(text))
        yield Said(says, person.strip(), int(line))


def _written(path: Path | None) -> Iterator[Said]:
    from plfacilitate.office.reconcile import Said
    from plfacilitate.shelf.claims_decided import read_decided

    if path is not None:
        yield from (Said(one.says, one.person, claim=one.claim) for one in read_decided(path))


def _write(path: Path, held: Held, faults: Iterable[Fault]) -> None:
    from plfacilitate.shelf.tables_out import Page, write_book

    nothing = tables.About()
    pages = [
        Page(
            "Claims", tables.CLAIMS, (tables.claim_row(one, held.about.get(one.series, nothing)) for one in held.judged)
        ),
        Page(
            "Not claimed",
            tables.UNCLAIMED,
            (tables.unclaimed_row(one, held.about[series]) for series, one in held.unclaimed),
        ),
    ]
    if lost := [(one.file, one.line, one.key, one.sentence) for one in faults]:
        pages.append(Page("Not read", tables.UNREAD, lost))
    write_book(path, pages)


def _print(held: Held, file: str) -> None:
    titles = "; ".join(
        f"{one.title} ({one.in_service})" if one.in_service else one.title for one in list(held.about.values())[:3]
    )
    more = f" and {len(held.about) - 3} more" if len(held.about) > 3 else ""
    say.line(f"{file}: {count(len(held.judged), 'claim')} against {titles or 'no offering'}{more}")
    counted = Counter(one.code for one in held.judged)
    for code, words in WORDS.items():
        if counted[code]:
            say.line(f"{counted[code]:>7,}  {words}")
    if held.unclaimed:
        hours = hours_text(sum(one.hundredths for _, one in held.unclaimed if one.status == "earned"))
        say.line(f"{len(held.unclaimed):>7,}  on the sheet and not claimed yet ({hours} h)")
    if held.decided:
        say.line(f"{count(held.decided, 'decision')} remembered.")
    shown = sorted((one for one in held.judged if one.code in _EYE), key=lambda one: _EYE.index(one.code))
    for one in shown[:_MOST]:
        _print_one(one)
    if len(shown) > _MOST:
        say.line(f"… and {len(shown) - _MOST} more: --out FILE.xlsx has them all.")


def _print_one(one: Judged) -> None:
    claim = one.claim
    who = claim.person.name or claim.email or claim.certificate or "nobody"
    say.line(f"line {claim.line}  {who}: {WORDS[one.code]}")
    say.line(f"    {one.reason}")
    if one.code == "decide" and one.found is not None:
        which = one.found.person.email or one.found.person.id
        say.line(f'    --same "{claim.line}={which}" or --not-same "{claim.line}={which}"')


def _document(held: Held, faults: Iterable[Fault]) -> dict[str, object]:
    counted = Counter(one.code for one in held.judged)
    nothing = tables.About()
    return {
        "claims": len(held.judged),
        "results": {code: counted[code] for code in WORDS},
        "not_claimed": len(held.unclaimed),
        "decided": held.decided,
        "offerings": [{"series": series, **about._asdict()} for series, about in held.about.items()],
        "rows": [
            {
                "code": one.code,
                **dict(zip(tables.CLAIMS, tables.claim_row(one, held.about.get(one.series, nothing)), strict=True)),
            }
            for one in held.judged
        ],
        "unclaimed": [
            dict(zip(tables.UNCLAIMED, tables.unclaimed_row(one, held.about[series]), strict=True))
            for series, one in held.unclaimed
        ],
        "faults": [str(one) for one in faults],
    }
