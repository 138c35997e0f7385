"""The apps that the desk is measured beside: `python -m bench.peers bare`, `… input` and `… table FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult

BARE = "nothing but this line"
BARE_INPUT = "type here"


class Bare(App[None]):
    """The least that Textual can show."""

    def compose(self) -> ComposeResult:
        from textual.widgets import Static

        yield Static(BARE)


class Field(App[None]):
    """The least into which one can type."""

    def compose(self) -> ComposeResult:
        from textual.widgets import Input

        yield Input(placeholder=BARE_INPUT, compact=True)


class Table(App[None]):
    """A board as one would make it first: a DataTable with a row a person."""

    def __init__(self, rows: list[list[str]]) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        from textual.widgets import DataTable, Footer, Header

        yield Header()
        yield DataTable[str](cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        from textual.widgets import DataTable

        table = self.query_one(DataTable)
        table.add_columns("", "name", "school", "in", "out", "by", "state")
        table.add_rows(self.rows)


if __name__ == "__main__":
    what = sys.argv[1]
    (
        Bare() if what == "bare" else Field() if what == "input" else Table(json.loads(Path(sys.argv[2]).read_text()))
    ).run()
