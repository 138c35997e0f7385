"""The Data Package inside a bundle: which tables it holds and what their columns mean, for any other program.

Owns `datapackage.json` (https://datapackage.org, version 2) and the meaning of the columns of the entries. Never
writes or reads the tables themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal, cast

from plfacilitate.shelf.jsonof import of, read_object, some
from plfacilitate.shelf.tables_out import Cell, csv_into, xlsx_into

FieldType = Literal["string", "integer", "number", "boolean", "date", "time", "datetime", "object", "any"]
Fill = Callable[[IO[bytes]], object]
"""Writes a whole file into what it is handed."""

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CEDS = "http://ceds.ed.gov/terms#"
_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Small letters, at most one folder, a known ending: nothing that a file system could take for a path of its own.
PATH = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,40}/)?[a-z0-9][a-z0-9-]{0,60}\.(?:csv|json|ndjson|pdf|txt|xlsx)")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table: its name, its type, what it means, and its CEDS id where there is one."""

    name: str
    type: FieldType = "string"
    description: str = ""
    ceds: str = ""

    def to_json(self) -> dict[str, Any]:
        """The field as a Table Schema has it."""
        value: dict[str, Any] = {"name": self.name, "type": self.type}
        if self.description:
            value["description"] = self.description
        if self.ceds:
            value["rdfType"] = _CEDS + self.ceds
        return value


@dataclass(frozen=True, slots=True)
class Part:
    """One more file of a bundle: where it lies, what it is called, its columns (none = no table), and who fills it."""

    path: str
    title: str
    fill: Fill
    fields: tuple[Field, ...] = ()


def csv_part(path: str, title: str, fields: Sequence[Field], rows: Iterable[Sequence[Cell]]) -> Part:
    """A table as CSV; the rows stream through."""
    return Part(path, title, lambda file: csv_into(file, [field.name for field in fields], rows), tuple(fields))


def described_part(path: str, title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Cell]]) -> Part:
    """A table as CSV whose columns are named with what they mean."""
    return csv_part(path, title, [Field(name, description=meaning) for name, meaning in columns], rows)


def xlsx_part(path: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Part:
    """A table as a workbook of one sheet."""
    import io

    def fill(file: IO[bytes]) -> None:
        book = io.BytesIO()  # a workbook is a zip of its own, whose writer goes back in it
        xlsx_into(book, header, rows)
        file.write(book.getvalue())

    return Part(path, title, fill)


# in the order in which an envelope writes them
ENVELOPES = (
    Field("content_digest", "string", "SHA-256 of the salt and the content"),
    Field("device", "string", "the chain that the entry belongs to"),
    Field("event", "string", "the event it belongs to; null for none"),
    Field("format", "integer", "how envelope and content are written"),
    Field("id", "string", "made where somebody acted; the same entry has the same id everywhere"),
    Field("number", "integer", "its place in the chain, from 1, without gaps"),
    Field("previous", "string", "SHA-256 of the envelope before it; null for the first"),
    Field("recorded_at", "datetime", "when it was written down, UTC"),
)
CONTENTS = (
    Field("line", "integer", "the line of its envelope in envelopes.ndjson, from 1"),
    Field("id", "string", "the id of the entry"),
    Field("salt", "string", "16 random bytes in hexadecimal"),
    Field("content", "string", "the content, to the byte: UTF-8 of this text is what the digest was made of"),
)


@dataclass(frozen=True, slots=True)
class Resource:
    """One file as the Data Package lists it: bytes and SHA-256 before packing."""

    path: str
    title: str
    bytes: int
    sha256: str
    fields: tuple[Field, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The resource as the descriptor has it."""
        ending = self.path.rpartition(".")[2]
        value: dict[str, Any] = {
            "name": self.path.replace("/", "-").replace(".", "-"),
            "path": self.path,
            "title": self.title,
            "format": ending,
            "mediatype": _MEDIA[ending],
            "bytes": self.bytes,
            "hash": f"sha256:{self.sha256}",
        }
        if ending in ("csv", "ndjson", "txt", "json"):
            value["encoding"] = "utf-8"
        if self.fields:
            value["type"] = "table"
            value["schema"] = {"fields": [field.to_json() for field in self.fields]}
        return value


def descriptor(bundle: str, title: str, created: str, resources: Iterable[Resource]) -> bytes:
    """The bytes of datapackage.json. `created` is a moment as text."""
    value = {
        "$schema": _PROFILE,
        "name": "plfacilitate-bundle",
        "id": bundle,
        "title": title,
        "created": created,
        "resources": [resource.to_json() for resource in resources],
    }
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def read_descriptor(data: bytes) -> tuple[Resource, ...]:
    """The resources that a datapackage.json lists. Raises ValueError where it is none of ours."""
    return tuple(_resource(value) for value in of(read_object(data), "resources", list))


def _resource(value: object) -> Resource:
    path = of(value, "path", str)
    method, _, sha256 = of(value, "hash", str).partition(":")
    if not PATH.fullmatch(path) or method != "sha256":
        raise ValueError("resource")
    schema = some(value, "schema", dict)
    fields = tuple(_field(field) for field in of(schema, "fields", list)) if schema else ()
    return Resource(path, of(value, "title", str), of(value, "bytes", int), sha256, fields)


def _field(value: object) -> Field:
    kind = cast(FieldType, of(value, "type", str))
    ceds = (some(value, "rdfType", str) or "").removeprefix(_CEDS)
    return Field(of(value, "name", str), kind, some(value, "description", str) or "", ceds)
