"""QR codes: the modules of a text, and the picture of them for pages and paper.

Owns how a code is made. Never knows what it says, and never draws on a terminal: the desk does.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import Literal

QUIET = 4  # light modules around the code, as the standard wants them

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules, True = dark; without a quiet zone."""


@lru_cache(maxsize=8)
def modules(text: str, correction: Literal["L", "M"] = "L") -> Modules:
    """The code of a text, as small as it gets. `correction` M still reads where a badge is scratched."""
    import qrcode

    level = {"L": qrcode.constants.ERROR_CORRECT_L, "M": qrcode.constants.ERROR_CORRECT_M}[correction]
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def svg(code: Modules, attributes: str = "") -> str:
    """The code as SVG with its quiet zone, dark on light; `attributes` go into the outermost tag as they are."""
    side = len(code) + 2 * QUIET
    dark = "".join(_runs(row, y + QUIET) for y, row in enumerate(code))
    return (
        f'<svg viewBox="0 0 {side} {side}" shape-rendering="crispEdges"{attributes}>'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )


def _runs(row: tuple[bool, ...], y: int) -> str:
    """The dark stretches of one row."""
    found, x = [], QUIET
    for is_dark, stretch in groupby(row):
        width = len(list(stretch))
        found += [f"M{x} {y}h{width}v1h-{width}z"] if is_dark else []
        x += width
    return "".join(found)
