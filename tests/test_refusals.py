"""Every "no" that the program says, held against the one list of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import Formatter

import pytest

from plfacilitate.core.refusal import SENTENCES
from tests.conftest import ROOT


@dataclass(frozen=True)
class Said:
    """One place that says no: the code, and the details given with it; None where they can't be read off."""

    place: str
    code: str
    details: frozenset[str] | None


@cache
def said() -> tuple[Said, ...]:
    """Every `Refused("code", …)` and `Refusal("code", …)` of the package."""
    return tuple(_said())


def _said() -> Iterator[Said]:
    for file in sorted((ROOT / "plfacilitate").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or _name(node.func) not in ("Refused", "Refusal"):
                continue
            spread = any(keyword.arg is None for keyword in node.keywords) or len(node.args) > 1
            details = None if spread else frozenset(str(keyword.arg) for keyword in node.keywords)
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield Said(f"{file.relative_to(ROOT).as_posix()}:{node.lineno}", part.value, details)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def test_every_no_has_its_sentence() -> None:
    """A code that is not in the list has no sentence to show."""
    assert [no for no in said() if no.code not in SENTENCES] == []


def test_every_sentence_is_said_somewhere() -> None:
    """A sentence that nobody says is a promise that nobody keeps."""
    assert set(SENTENCES) - {no.code for no in said()} == set()


def test_every_no_brings_the_details_of_its_sentence() -> None:
    """A sentence with a gap would fail in the moment that somebody needs it."""
    wanted = {code: {part[1] for part in Formatter().parse(text) if part[1]} for code, text in SENTENCES.items()}
    assert [no for no in said() if no.details is not None and not wanted[no.code] <= no.details] == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentence_reads_as_one(code: str) -> None:
    """Each begins with a capital or a detail, ends as a sentence does, and its code is lower-case words."""
    sentence = SENTENCES[code]
    assert sentence[0] in "{`" or sentence[0].isupper()
    assert sentence.rstrip()[-1] in ".?!`}:"
    assert code == code.lower()
    assert " " not in code
