"""What an office answers to a bundle.

Owns the words and which of them mean that it has the bundle. Never judges one (`store.register`).
"""

from __future__ import annotations

from typing import Literal

Verdict = Literal["accepted", "already-here", "held", "conflict", "refused"]
TAKEN = frozenset({"accepted", "already-here"})
"""The verdicts by which the office has a bundle."""
