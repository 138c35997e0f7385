"""What an office gives out of an offering: statements of hours as files, its lines as a table.

Owns how the files are called and in which order they are written. Never decides what stands in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from plfacilitate.core.office import Office
from plfacilitate.core.refusal import Refused
from plfacilitate.core.roll import tables
from plfacilitate.core.roll.offering import Offering
from plfacilitate.core.statement import Statement

EVERY = 10  # statements after which progress is told


def office_file(name: str, exports: Path) -> Office | None:
    """The office's file as it is today; None = there is none, or it can't be read."""
    from plfacilitate.shelf.offices import find_office

    try:
        return find_office(name, exports)
    except Refused:
        return None


def write_each(
    found: Sequence[Statement],
    folder: Path,
    template: Path | None,
    progress: Callable[[str], None] = lambda words: None,
    *,
    every: int = EVERY,
) -> Iterator[Path]:
    """One PDF each; stopped in between, those that are written stay and are whole. Refused: `not-written`."""
    from plfacilitate.shelf.statement import statement_pdf
    from plfacilitate.shelf.write import write_bytes

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as no:
        raise Refused("not-written", detail=f"{folder}: {no.strerror}.") from no
    for number, one in enumerate(found, start=1):
        path = folder / one.file_name
        write_bytes(path, statement_pdf([one], template))
        if number % every == 0:
            progress(f"{number} of {len(found)} statements")
        yield path


def write_table(found: Offering, path: Path, looks: Callable[[str], str] = lambda person: "") -> None:
    """An offering's lines as a workbook where the name ends in `.xlsx`, else as CSV. Refused: `not-written`.

    `looks` says of a person what somebody should look at first.
    """
    from plfacilitate.shelf.tables_out import write_csv, write_xlsx

    rows = (tables.row(line, looks(line.person)) for line in found.lines)
    if path.suffix.lower() == ".xlsx":
        write_xlsx(path, tables.HEADER, rows, sheet="Roll")
    else:
        write_csv(path, tables.HEADER, rows)
