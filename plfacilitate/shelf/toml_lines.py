"""On which line of a TOML file a key stands; the standard library reads TOML and forgets where.

Owns a scanner that follows keys, tables and arrays and steps over everything else. Only for text that `tomllib` has
accepted: it checks nothing by itself, and on other text it may answer nonsense.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, cast

KeyPath = tuple[str | int, ...]
"""`("session", 2, "agenda", 0, "minutes")`; numbers are places in arrays, from 0."""

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*(\.)?""")
_STRING = re.compile(
    r"""
    \"{3} (?: [^"\\] | \\. | "(?!"") )* "{3,5}
    | '{3} (?: [^'] | '(?!'') )* '{3,5}
    | " (?: [^"\\\n] | \\. )* "
    | ' [^'\n]* '
    """,
    re.DOTALL | re.VERBOSE,
)
_BARE = re.compile(r"[^,\]}#\n]*")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line of every key, table and array item, counted from 1."""
    scan = _Scan(text)
    scan.document()
    return scan.lines


class _Scan:
    """One walk through a text; `at` is the place that comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[KeyPath, int] = {}
        self._line = 1
        self._counted = 0  # up to where line ends were counted
        self._arrays: dict[KeyPath, int] = {}  # an array of tables → the place of its last table

    def document(self) -> None:
        table: KeyPath = ()
        while self._next():
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)

    def _next(self) -> bool:
        """Step over blanks, commas and comments; False at the end."""
        self.at = cast(re.Match[str], _BLANK.match(self.text, self.at)).end()
        return self.at < len(self.text)

    def _here(self, path: KeyPath) -> None:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        self.lines.setdefault(path, self._line)

    def _header(self) -> KeyPath:
        many = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if many else 1
        names = self._names()
        end, self.at = self.at, start
        path: KeyPath = ()
        for name in names[:-1]:
            path = (*path, name)
            self._here(path)
            if path in self._arrays:
                path = (*path, self._arrays[path])
        path = (*path, *names[-1:])
        self._here(path)
        if many:
            self._arrays[path] = self._arrays.get(path, -1) + 1
            path = (*path, self._arrays[path])
            self._here(path)
        self.at = end + (2 if many else 1)
        return path

    def _names(self) -> list[str]:
        """The parts of a key that may be dotted and quoted."""
        names = []
        while match := _KEY.match(self.text, self.at):
            name, more = match.groups()
            names.append(str(tomllib.loads(f"v = {name}")["v"]) if name[0] in "\"'" else name)
            self.at = match.end()
            if not more:
                break
        return names

    def _pair(self, table: KeyPath) -> None:
        start = self.at
        path = table
        names = self._names()
        end, self.at = self.at, start
        for name in names:
            path = (*path, name)
            self._here(path)
        self.at = end
        if not names:  # nothing that tomllib accepts comes here; a step forward keeps the walk from standing still
            self.at += 1
            return
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _value(self, path: KeyPath) -> None:
        self._next()
        opening = self.text[self.at : self.at + 1]
        if string := _STRING.match(self.text, self.at):
            self.at = string.end()
        elif opening == "[":
            self._items(path)
        elif opening == "{":
            self._inner(path)
        else:
            self.at = cast(re.Match[str], _BARE.match(self.text, self.at)).end()

    def _items(self, path: KeyPath) -> None:
        self.at += 1
        place = 0
        while self._next() and self.text[self.at] != "]":
            self._here((*path, place))
            self._value((*path, place))
            place += 1
        self.at += 1

    def _inner(self, path: KeyPath) -> None:
        self.at += 1
        while self._next() and self.text[self.at] != "}":
            self._pair(path)
        self.at += 1


def value_at(data: Any, path: KeyPath) -> Any:
    """What stands in the parsed file at a path; None where there is nothing."""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
