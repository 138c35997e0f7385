"""Golden pictures: pages that a person has once looked at, compared with a tolerance.

They lie in tests/golden/pages/, in grey and small. Fonts come with the typesetter, so the machine's own don't matter;
edges of letters may differ a little from one machine to another, a word that moved may not. Renewed as goldens are
(`tests.goldens`): look at each.
"""

from __future__ import annotations

import io
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from PIL import Image, ImageChops

from tests.goldens import FOLDER

PPI = 64
BLOCK = 8  # dots; a block is about as high as a line of small print
MOST = 20  # of 255: how much lighter or darker a block may be


def drawn(template: Path, what: str, data: dict[str, Any], made_at: datetime) -> list[Image.Image]:
    """Every page of a template, in grey, with the typesetter's own fonts."""
    pages: bytes | list[bytes] = typst.compile(
        template.read_bytes(), format="png", ppi=PPI, sys_inputs={what: json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True, timestamp=int(made_at.timestamp()),
    )  # fmt: skip
    found = [pages] if isinstance(pages, bytes) else pages
    return [Image.open(io.BytesIO(page)).convert("L") for page in found]


def check_picture(name: str, page: Image.Image) -> None:
    """Compare a page with the golden of that name, or renew it where that was asked for (never under CI)."""
    path = FOLDER / "pages" / f"{name}.png"
    if os.environ.get("RENEW_GOLDENS") == "1" and os.environ.get("CI") != "true":
        path.parent.mkdir(parents=True, exist_ok=True)
        page.quantize(16).save(path, optimize=True)
    assert path.is_file(), f"there is no golden {name}: see tests/pictures.py"
    golden = Image.open(path).convert("L")
    assert golden.size == page.size, f"{name}: {page.size} dots instead of {golden.size}"
    assert not differing(golden, page), f"{name} differs from its golden, in dots from the left and the top"


def differing(one: Image.Image, other: Image.Image) -> list[tuple[int, int]]:
    """Where two pages of one size differ: the corners of the blocks."""
    small = tuple(-(-side // BLOCK) for side in one.size)
    scaled = [page.resize((small[0], small[1]), Image.Resampling.BOX) for page in (one, other)]
    dots = ImageChops.difference(*scaled).tobytes()
    return [(at % small[0] * BLOCK, at // small[0] * BLOCK) for at, dot in enumerate(dots) if dot > MOST]
