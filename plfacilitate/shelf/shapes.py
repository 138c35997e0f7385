"""Checking a TOML file against a pydantic model, and what people are told when it does not fit.

Owns the sentences for the usual mistakes: a missing key, a text where a number belongs, a word that is not one of the
few. Never knows what the keys mean.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections.abc import Callable, Collection, Mapping
from datetime import time
from decimal import Decimal
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from plfacilitate.core.text import plain
from plfacilitate.shelf.toml_files import TomlFile
from plfacilitate.shelf.toml_lines import KeyPath, value_at


class Shape(BaseModel):
    """A table of a file: strict, and a key that it does not know is an error (which `fitted` makes a note)."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


AnyShape = TypeVar("AnyShape", bound=Shape)


def wrong(sentence: str) -> PydanticCustomError:
    """To raise in a model's own check: the sentence reaches people as it is."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence})


def _number(value: object) -> Decimal:
    """A whole number or a decimal; TOML's `inf` and `nan` are none."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or not Decimal(value).is_finite():
        raise wrong("must be a number.")
    return Decimal(value)


def _text(value: object) -> object:
    if isinstance(value, str) and not value.strip():
        raise wrong("must not be empty.")
    return value


def _id(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", value):
        raise wrong("may have letters, digits, '-', '_' and '.' only, and at most 64 of them.")
    return value


def _clock_time(value: object) -> object:
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    if isinstance(value, str):
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value.strip(), re.ASCII)
        if not match:
            raise wrong('must be a time of day such as "08:30".')
        return f"{int(match[1]):02}:{match[2]}"
    return value


ClockTime = Annotated[str, BeforeValidator(_clock_time)]
"""A time of day on the clock of the place, as `HH:MM`."""
Number = Annotated[Decimal, BeforeValidator(_number)]
"""A number as it is written in the file, exactly."""
Text = Annotated[str, BeforeValidator(_text)]
"""A text that must say something."""
Id = Annotated[str, BeforeValidator(_id)]
"""A short name for commands and file names."""
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
"""Whole minutes, at most a day."""


def fitted(model: type[AnyShape], file: TomlFile, examples: Mapping[str, str]) -> AnyShape | None:
    """The file as the model has it; None with faults added where it does not fit. Unknown keys become notes.

    `examples` shows how a key is written, for where it is missing.
    """
    shape, bad = read_through(model, file, examples)
    return None if bad or file.faults else shape


def read_through(
    model: type[AnyShape], file: TomlFile, examples: Mapping[str, str]
) -> tuple[AnyShape, frozenset[KeyPath]]:
    """The file as the model has it and the places where it does not fit, with faults and notes as `fitted` adds them.

    In such a place stands what stands where nothing is written, "" where something must be: whoever checks more than a
    model can goes on with the rest, and says nothing of these places.
    """
    data = copy.deepcopy(dict(file.data))
    try:
        return model.model_validate(data), frozenset()
    except ValidationError as error:
        errors = error.errors(include_url=False)
    bad = set()
    for one in errors:
        path = _path(file, one)
        if one["type"] == "extra_forbidden":
            file.note(path, "is not a key that is known here: it is left aside.")
            del value_at(data, path[:-1])[path[-1]]
        else:
            file.fault(path, _sentence(one, examples))
            bad.add(path)
    return (_loosely(model, data, bad, ()) if bad else model.model_validate(data)), frozenset(bad)


def _loosely(model: type[AnyShape], data: Mapping[str, object], bad: Collection[KeyPath], at: KeyPath) -> AnyShape:
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        path, value = (*at, name), data.get(name)
        if name not in data or path in bad:
            values[name] = "" if field.is_required() else field.get_default(call_default_factory=True)
            continue
        inner = next(
            (one for one in get_args(field.annotation) if isinstance(one, type) and issubclass(one, Shape)), None
        )
        if inner is not None and isinstance(value, list):
            tables = [one if isinstance(one, dict) else {} for one in value]
            value = [_loosely(inner, one, bad, (*path, place)) for place, one in enumerate(tables)]
        values[name] = value
    return model.model_construct(**values)


def _path(file: TomlFile, error: ErrorDetails) -> KeyPath:
    """The place in the file. Pydantic adds names of alternatives that do not stand there."""
    path: KeyPath = ()
    for part in error["loc"]:
        inside = value_at(file.data, path)
        named = isinstance(inside, dict) and (part in inside or error["type"] == "missing")
        if named or (isinstance(inside, list) and isinstance(part, int) and part < len(inside)):
            path = (*path, part)
    return path


def _missing(error: ErrorDetails, examples: Mapping[str, str]) -> str:
    key = str(error["loc"][-1])
    return f"is missing: write for instance {examples[key]}" if key in examples else "is missing."


def _one_of(error: ErrorDetails, _: Mapping[str, str]) -> str:
    allowed = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    given = _given(error)
    close = difflib.get_close_matches(str(error["input"]), allowed, n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    return f"{given} is not one of {', '.join(allowed)}.{hint}"


def _given(error: ErrorDetails) -> str:
    value = error["input"]
    text = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    text = plain(text)
    return text if len(text) <= 40 else text[:39] + "…"


_Say = Callable[[ErrorDetails, Mapping[str, str]], str]
_SENTENCES: Mapping[str, _Say] = {
    "missing": _missing,
    "literal_error": _one_of,
    "said": lambda error, _: error["msg"],
    "string_type": lambda error, _: f"{_given(error)} must be a text: put it in quotes.",
    "int_type": lambda error, _: f"{_given(error)} must be a whole number, without quotes.",
    "bool_type": lambda error, _: f"{_given(error)} must be true or false, without quotes.",
    "list_type": lambda error, _: f"{_given(error)} must be a list: put it in [ ].",
    "model_type": lambda error, _: f"{_given(error)} must be a table: put its keys in {{ }}.",
    "dict_type": lambda error, _: f"{_given(error)} must be a table of keys and texts.",
    "too_short": lambda error, _: "must have at least one item.",
    "greater_than_equal": lambda error, _: f"{_given(error)} is too little: at least {error['ctx']['ge']}.",
    "less_than_equal": lambda error, _: f"{_given(error)} is too much: at most {error['ctx']['le']}.",
}


def _sentence(error: ErrorDetails, examples: Mapping[str, str]) -> str:
    say = _SENTENCES.get(error["type"])
    return say(error, examples) if say else f"{_given(error)}: {plain(error['msg'])}."
