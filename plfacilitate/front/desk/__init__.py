"""The desk: the Textual app on the facilitator's laptop.

Owns keys and screens; each screen draws a frozen picture. Never computes credit, never writes SQL, and starts the door
by command line only.
"""

from __future__ import annotations

import os

# Textual lets a sixtieth of a second pass between two frames: a key that comes just after somebody signed in would wait
# for it. Frames are small here, and drawn only when something changes.
os.environ.setdefault("TEXTUAL_FPS", "200")  # noqa: TID251 (a setting of Textual's is written here, none is read)
