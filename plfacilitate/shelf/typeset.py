"""How a template and what it prints become pages.

Owns what is set, where (in a process of its own: `typesetter.py` says why), and which fonts are enough for it. Never
lets a text from people be anything but data.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from plfacilitate.core.refusal import Refused
from plfacilitate.core.text import plain

Meanwhile = Callable[[int], None]
"""Told every few seconds for how many it has been waited."""
WAIT = 5  # seconds from one such word to the next
TYPESETTER = Path(__file__).with_name("typesetter.py")
# `plain` shows control characters by little pictures of their names, which few fonts have.
_CODES = {"\u2421": 0x7F, **{chr(0x2400 + code): code for code in range(0x20)}}
_CONTROL = re.compile("[\u2400-\u2421]")
# Scripts that the fonts inside the typesetter cover. A page in them looks the same on every machine, to the byte.
_COVERED = re.compile(
    r"[\t\n\x20-\u058f\u1c80-\u1c8f\u1d00-\u1fff\u2000-\u23ff\u2500-\u27ff\u27e8\u27e9\ufb00-\ufb06\ufffd]*"
)


def typeset(
    template: Path,
    what: str,
    data: Mapping[str, Any],
    made_at: datetime,
    *,
    kind: Literal["pdf", "png"] = "pdf",
    meanwhile: Meanwhile = lambda seconds: None,
) -> bytes:
    """The pages of a template that reads `data` under the name `what`: the same bytes for the same data.

    `png` gives the first page as a picture. `meanwhile` may raise to stop it. Refused: `sheet-not-drawn` for a template that can't be used.
    """
    text = json.dumps(data, ensure_ascii=False)
    try:
        look = template.read_bytes().decode("latin-1")
    except OSError as error:
        raise Refused("sheet-not-drawn", detail=f"{plain(str(template))}: {error.strerror}.") from error
    job = {
        "look": look,
        "inputs": {what: text},
        "kind": kind,
        "covered": _COVERED.fullmatch(text) is not None,
        "timestamp": int(made_at.timestamp()),
        "filed": kind == "pdf",
    }
    verdict, _, answer = _set(json.dumps(job).encode(), meanwhile).partition(b"\n")
    if verdict == b"pages":
        return answer
    why = answer.decode("utf-8", "replace") if verdict == b"no" else "the typesetter ended without a page"
    raise Refused("sheet-not-drawn", detail=f"{plain(str(template))}: {plain(why)}.")


def _set(job: bytes, meanwhile: Meanwhile) -> bytes:
    """What the typesetter answers; nothing where it broke down."""
    command = [sys.executable, "-P", str(TYPESETTER)]
    pipe = subprocess.PIPE
    try:
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
            try:
                return _answer(process, job, meanwhile)
            except BaseException:
                process.kill()  # whoever stops waiting wants no page any more
                raise
    except OSError as error:
        raise Refused("sheet-not-drawn", detail=f"the typesetter does not start: {error.strerror}.") from error


def _answer(process: subprocess.Popen[bytes], job: bytes, meanwhile: Meanwhile) -> bytes:
    told: bytes | None = job
    waited = 0
    while True:
        try:
            return process.communicate(told, timeout=WAIT)[0]
        except subprocess.TimeoutExpired:
            told, waited = None, waited + WAIT
            meanwhile(waited)


def printable(text: str, longest: int) -> str:
    """A text from people as it is printed: everything in it visible, and of a bearable length (in characters)."""
    text = _CONTROL.sub(lambda found: f"⟨{_CODES[found[0]]:04X}⟩", plain(text))
    return text if len(text) <= longest else text[: longest - 1] + "…"
