"""A cohort at the desk to test on: three schools of the busy day, the day itself its first session."""

from __future__ import annotations

from pathlib import Path

from plfacilitate.core.cohort.picture import SchoolPicture
from plfacilitate.shelf.cohorts import read_cohort_file
from plfacilitate.steps.cohort_reading import read_cohorts
from plfacilitate.steps.cohort_start import start
from tests.front.desk.day import DAY, Day

FILE = """
id = "pscpl-1"
title = "PSCPL Cohort I"
starts = 2023-10-02
visits = 2

[[school]]
name = "Lakeridge"
administrators = ["Ada Okoro <ada@example.org>"]
teacher_leaders = ["Ben Li <ben@example.org>", "Cy Ash <cy@example.org>", "Di Fox <di@example.org>", "Ed Ng <ed@example.org>"]

[[school]]
name = "Dimmitt"
administrators = ["Fay Roe <fay@example.org>"]
teacher_leaders = ["Gil Poe <gil@example.org>"]

[[school]]
name = "Sierra [b]Heights[/b]"

[[session]]
date = 2023-12-13
"""


def cohort_on(day: Day, folder: Path, text: str = FILE) -> None:
    """A cohort as the file says, begun on the day."""
    path = folder / "cohort.toml"
    path.write_text(text, encoding="utf-8")
    start(day.ledger, day.hand(), read_cohort_file(path), DAY)


def school_of(day: Day, key: str = "lakeridge") -> SchoolPicture:
    """A school as the ledger has it."""
    reader = read_cohorts(day.ledger)
    found = reader.picture(reader.cohorts[0], DAY).school(key)
    assert found is not None
    return found
