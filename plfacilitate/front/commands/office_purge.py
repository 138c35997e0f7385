"""`plfacilitate office purge`: what has been kept for long enough, looked at first, then taken away for good.

Owns the question, the list of what went, and what is printed. Never decides what may go (`office.purging`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from plfacilitate.core.entry import new_id, utc_text
from plfacilitate.core.localtime import local_day
from plfacilitate.core.report.words import count
from plfacilitate.core.retention import HEADER, Aged
from plfacilitate.front.commands import say
from plfacilitate.front.commands.common import AsJson, RegisterUrl, day_said, given
from plfacilitate.store.register import Register, open_register, register_folder
from plfacilitate.store.register.purging import Gone, Purge
from plfacilitate.store.surroundings import Surroundings

if TYPE_CHECKING:
    from plfacilitate.office.copies import Copy
    from plfacilitate.office.purging import Done, Preview, Purging

_OVER = "the years of keeping are over"
_MOST = 40  # offerings or files that are printed


def purge(
    ctx: typer.Context,
    register: RegisterUrl,
    before: Annotated[str, typer.Option(metavar="DAY", help="What ended before this day, such as 2019-01-01.")] = "",
    do: Annotated[bool, typer.Option("--do", help="Take it away, after a question.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Take it away, and do not ask.")] = False,
    files: Annotated[
        bool, typer.Option("--files", help="Bundles and sheets that hold nothing else are deleted too.")
    ] = False,
    reason: Annotated[str, typer.Option(metavar="WHY", help="In your own words.")] = _OVER,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where the list of what went goes.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="What was purged before.")] = False,
    as_json: AsJson = False,
) -> None:
    """What has been kept for long enough: shown; with --do, taken away."""
    if listed == bool(before) or (listed and (do or yes or files)):
        raise typer.BadParameter("say --before DAY, or --list alone")
    around = given(ctx)
    today = around.clock().astimezone(ZoneInfo(around.tz)).date()
    day = day_said(before, today) if before else today
    opened = open_register(register, around.chance, make=False)
    try:
        if listed:
            _list(opened, around, out, as_json=as_json)
            return
        run = _Run(opened, around, register, reason, files=files)
        seen = run.purging().preview(day)
        found = run.copies(seen)
        if not (do or yes):
            _show(seen, found, files=files, as_json=as_json)
            return
        if not yes and seen.goes:
            if not as_json:
                _show(seen, found, files=files, as_json=False, asked=True)
            _ask(seen)
        run.do(seen, found, out, as_json=as_json)
    finally:
        opened.close()


class _Run:
    """One look at a register, and what is done about it."""

    def __init__(self, opened: Register, around: Surroundings, url: str, reason: str, *, files: bool) -> None:
        self.opened, self.around, self.url, self.reason, self.files = opened, around, url, reason, files

    def purging(self) -> Purging:
        """The register, looked at today."""
        from plfacilitate.office.purging import looked_at

        around = self.around
        return looked_at(self.opened, around.clock(), around.tz, around.workspace.exports, say.aside)

    def copies(self, seen: Preview) -> list[Copy]:
        """The files in reach that hold what goes, or what went before."""
        from plfacilitate.office.copies import copies, of_events
        from plfacilitate.office.own_key import key_folder, keys_there

        keys = keys_there(key_folder(self.url, self.around.workspace.keys), self.around.chance)
        going = {event for one in seen.goes for event in one.events}
        concerned = of_events(lambda events: frozenset(events & going) | self.opened.purged_events(events))
        return copies(self.opened, self.url, keys, concerned)

    def do(self, seen: Preview, found: Sequence[Copy], out: Path | None, *, as_json: bool) -> None:
        """Take it away: the list is written first, and says at the end what became of each."""
        purge = Purge(
            new_id(self.around.chance),
            utc_text(self.around.clock()),
            self.around.by,
            seen.before.isoformat(),
            self.reason,
        )
        path = out or self._list_path(seen.before)
        if seen.goes:
            _write(path, seen, purge, {one.series: "is about to go" for one in seen.goes})
        done = self.purging().purge(seen, purge, lambda: utc_text(self.around.clock()))
        if seen.goes:
            outcomes = {one.series: "gone" for one in done.gone}
            outcomes |= {one.series: f"stays: {one.why(against)}" for one, against in done.stayed}
            _write(path, seen, purge, outcomes)
        gone, left = self._delete(found) if self.files and not done.stayed else ([], [])
        if as_json:
            say.document(
                _document(seen, found)
                | {
                    "gone": [one.series for one in done.gone],
                    "stayed": {one.series: against for one, against in done.stayed},
                    "records": done.people,
                    "wiped": done.wiped,
                    "list": str(path) if seen.goes else None,
                    "files_deleted": [str(one) for one in gone],
                }
            )
            return
        _tell(done, path)
        _tell_files([one for one in found if one.path not in gone], gone, left)

    def _delete(self, found: Sequence[Copy]) -> tuple[list[Path], list[str]]:
        from plfacilitate.office.copies import delete

        return delete(found)

    def _list_path(self, before: date) -> Path:
        folder = register_folder(self.url) or Path()
        return folder / f"purged-before-{before}-{self.around.clock():%Y%m%d-%H%M%S}.csv"


def _ask(seen: Preview) -> None:
    words = f"This can't be taken back. Type {seen.before} to take {count(len(seen.goes), 'offering')} away"
    if str(typer.prompt(words, err=True)).strip() != seen.before.isoformat():
        raise typer.Abort


# -- what is said ----------------------------------------------------------------------------------------------------


def _show(seen: Preview, found: Sequence[Copy], *, files: bool, as_json: bool, asked: bool = False) -> None:
    if as_json:
        say.document(_document(seen, found))
        return
    entries = sum(one.entries for one in seen.goes)
    goes = count(len(seen.goes), "offering")
    say.line(f"Ended before {seen.before}: {goes} to go ({entries:,} entries), {len(seen.stays)} to stay.")
    say.line(f"Ended later, and not looked at further: {seen.later}.")
    if seen.goes:
        rows = [
            (one.last_day, one.in_service or "none", one.people, one.entries, _title(one)) for one in seen.goes[:_MOST]
        ]
        say.table(("last day", "in-service", "people", "entries", "goes"), rows)
        _more(seen.goes)
        say.line("Records of people who are nowhere else go with them.")
    if seen.stays:
        say.line("Stays although it ended before:")
        for one in seen.stays[:_MOST]:
            say.line(f"  {one.last_day}  {one.in_service or 'none'}  {_title(one)}")
            say.line(f"    {_why(one, seen.today)}")
        _more(seen.stays)
    _tell_files(found, (), (), safe="goes with --files" if not files else "goes too")
    if not asked:
        say.line("Nothing was changed." + (" --do takes away what is to go, after a question." if seen.goes else ""))


def _title(one: Aged) -> str:
    return one.title if one.approved else f"{one.title} (no clock hours)"


def _why(one: Aged, today: date) -> str:
    return one.why(one.against(today))


def _more(found: Sequence[object]) -> None:
    if len(found) > _MOST:
        say.line(f"… and {len(found) - _MOST} more; --json has them all.")


def _tell(done: Done, path: Path) -> None:
    if not done.gone and not done.stayed:
        say.line("There was nothing to take away.")
    else:
        entries = sum(one.entries for one in done.gone)
        say.line(f"{count(len(done.gone), 'offering')} gone for good, with {entries:,} entries. The list: {path}")
    if done.people:
        say.line(f"Records of people who were nowhere else went too: {count(done.people, 'entry', 'entries')}.")
    for one, against in done.stayed:
        say.line(f"Stays: {one.in_service} {_title(one)}, {one.why(against)}.")
    if not done.wiped:
        say.aside("The file could not be written anew: somebody reads it, or there is no room. Purge once more later.")


def _tell_files(found: Sequence[Copy], gone: Sequence[Path], left: Sequence[str], *, safe: str = "") -> None:
    from plfacilitate.office.copies import WORDS

    if gone:
        say.line(f"{count(len(gone), 'file')} deleted that held nothing else.")
    for text in left:
        say.aside(f"Not deleted: {text}")
    if found:
        say.line("Files that hold it still:")
        order = sorted(found[:_MOST], key=lambda one: (str(one.path.parent), list(WORDS).index(one.stands)))
        for (folder, stands), inside in groupby(order, key=lambda one: (one.path.parent, one.stands)):
            here = list(inside)
            say.line(f"  in {folder}, {WORDS[stands]}{f': {safe}' if here[0].safe and safe else ''}")
            for one in here:
                say.line(f"    {one.path.name}")
        _more(found)
    say.aside("Backups elsewhere, laptops, and what was printed or mailed keep what they hold.")


def _document(seen: Preview, found: Sequence[Copy]) -> dict[str, object]:
    return {
        "before": seen.before.isoformat(),
        "goes": [_facts(one) for one in seen.goes],
        "stays": [_facts(one) | {"why": _why(one, seen.today)} for one in seen.stays],
        "later": seen.later,
        "files": [{"file": str(one.path), "stands": one.stands, "safe": one.safe} for one in found],
    }


def _facts(one: Aged) -> dict[str, object]:
    return {
        "series": one.series,
        "in_service": one.in_service,
        "title": one.title,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "events": len(one.events),
        "people": one.people,
        "entries": one.entries,
        "kept_until": one.kept_until.isoformat(),
        "clock_hours": bool(one.approved),
        "bundles": list(one.bundles),
    }


# -- the list of what went -------------------------------------------------------------------------------------------


def _write(path: Path, seen: Preview, purge: Purge, outcomes: dict[str, str]) -> None:
    from plfacilitate.shelf.tables_out import write_csv

    write_csv(path, HEADER, (_row(one, outcomes[one.series], purge.at, purge) for one in seen.goes))


def _row(one: Aged | Gone, outcome: str, at: str, purge: Purge) -> tuple[str | int, ...]:
    return (
        one.in_service, one.title, str(one.first_day), str(one.last_day), one.people, one.entries, "; ".join(one.bundles),
        outcome, at, purge.by, purge.before, purge.reason,
    )  # fmt: skip


def _list(opened: Register, around: Surroundings, out: Path | None, *, as_json: bool) -> None:
    from plfacilitate.shelf.tables_out import write_csv

    found = opened.purges()
    if out is not None:
        write_csv(out, HEADER, (_row(one, "gone", one.at, purge) for purge, gone in found for one in gone))
    if as_json:
        say.document(
            [
                {
                    "at": purge.at, "by": purge.by, "before": purge.before, "reason": purge.reason,
                    "offerings": [
                        {
                            "series": one.series, "in_service": one.in_service, "title": one.title,
                            "first_day": one.first_day, "last_day": one.last_day, "people": one.people,
                            "entries": one.entries, "bundles": list(one.bundles), "at": one.at,
                        }
                        for one in gone
                    ],
                }
                for purge, gone in found
            ]
            + [
                {"at": at, "by": by, "before": None, "reason": why, "offerings": [], "person_erased": entries}
                for at, by, why, entries in opened.forgotten()
            ]
        )  # fmt: skip
        return
    if not found:
        say.line("Nothing was ever purged here.")
    for purge, gone in found:
        day = local_day(purge.at, around.tz)
        say.line(f"{day} by {purge.by}, what ended before {purge.before}: {purge.reason}")
        rows = [(one.last_day, one.in_service or "none", one.people, one.entries, one.title) for one in gone]
        say.table(("last day", "in-service", "people", "entries", "went"), rows)
    for at, by, why, entries in opened.forgotten():
        say.line(f"{local_day(at, around.tz)} by {by}, a person on request ({entries:,} entries): {why}")
