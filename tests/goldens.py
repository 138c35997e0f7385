"""Golden bytes: what leaves the building, compared byte for byte with what a person has once looked at.

They lie in tests/golden/. A changed golden is a changed contract: renew it on purpose with
`RENEW_GOLDENS=1 python -m pytest tests/...`, read the difference, and say in CHANGELOG what changed for whom.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "golden"


def check_golden(name: str, data: bytes) -> None:
    """Compare the bytes with the golden of that name, or renew it where that was asked for (never under CI)."""
    path = FOLDER / name
    if os.environ.get("RENEW_GOLDENS") == "1" and os.environ.get("CI") != "true":
        FOLDER.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert path.is_file(), f"there is no golden {name}: see tests/goldens.py"
    golden = path.read_bytes()
    if golden != data:
        at = next(
            (at for at, (a, b) in enumerate(zip(golden, data, strict=False)) if a != b), min(map(len, (golden, data)))
        )
        message = f"{name} differs from its golden from byte {at} on:\n{golden[at - 40 : at + 60]!r}\n{data[at - 40 : at + 60]!r}"
        raise AssertionError(message)
