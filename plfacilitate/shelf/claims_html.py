"""The largest table of a web page that somebody saved or copied as source.

Owns finding rows and cells in markup. Never runs or fetches anything of it.
"""

from __future__ import annotations

from html.parser import HTMLParser

MARKS = ("<!doctype html", "<html", "<table", "<meta", "<body", "<div", "<tbody")


class _Tables(HTMLParser):
    """Every table of a page, the inner ones by themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[tuple[int, list[str]]]] = []
        self.open: list[list[tuple[int, list[str]]]] = []
        self.in_cell = False
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row or cell begins."""
        if tag in ("script", "style"):
            self.silent += 1
        elif tag == "table":
            self.open.append([])
            self.in_cell = False
        elif tag == "tr":
            self._rows().append((self.getpos()[0], []))
            self.in_cell = False
        elif tag in ("td", "th") and self._rows():
            self._rows()[-1][1].append("")
            self.in_cell = True
        elif tag in ("br", "p", "div"):
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """A table or cell ends."""
        if tag in ("script", "style"):
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.open:
            self.tables.append(self.open.pop())
            self.in_cell = False
        elif tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self.in_cell and not self.silent and self._rows() and self._rows()[-1][1]:
            self._rows()[-1][1][-1] += data

    def _rows(self) -> list[tuple[int, list[str]]]:
        if not self.open:
            self.open.append([])  # rows that were copied without their table
        return self.open[-1]


def html_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of the table with the most of them, each with its line; [] where there is no table."""
    reading = _Tables()
    reading.feed(text)
    reading.close()
    tables = [*reading.tables, *reading.open]
    rows = max(tables, key=len, default=[])
    return [(line, [" ".join(cell.split()) for cell in cells]) for line, cells in rows if any(map(str.strip, cells))]
