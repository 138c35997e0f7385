"""What this machine gives a run: its clock, chance, environment, user, folders and time zone.

Owns the one place where all of that is read. Never imports anything heavy: the desk starts through here.
"""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from plfacilitate.store.surroundings import Surroundings
from plfacilitate.store.workspace import Workspace


def now() -> datetime:
    """The aware UTC moment of the laptop's clock."""
    return datetime.now(UTC)


def surroundings(workspace: Path | None = None, by: str | None = None) -> Surroundings:
    """Everything a run is given; options win over `PLFACILITATE_WORKSPACE` and `PLFACILITATE_BY`."""
    chosen = workspace or _path(os.environ.get("PLFACILITATE_WORKSPACE")) or _user_folder("data")
    place = Workspace(Path(os.path.abspath(os.path.expanduser(chosen))))  # noqa: PTH100, PTH111 (a link stays as typed)
    return Surroundings(
        workspace=place,
        clock=now,
        chance=os.urandom,
        by=by or os.environ.get("PLFACILITATE_BY") or _user(),
        machine=platform.node() or "laptop",
        state=_user_folder("state"),
        tz=_zone(),
        public_key=lambda device: _public_key(place, device),
        secret=secret,
        keep_secret=keep_secret,
    )


def secret(place: str) -> str | None:
    """The password of a place or of a register's server, from the environment or the system's keyring; None = none.

    The environment's is `PLFACILITATE_PLACE_SECRET`, for a register PostgreSQL's own `PGPASSWORD`.
    """
    given = os.environ.get("PGPASSWORD" if place.startswith("postgresql:") else "PLFACILITATE_PLACE_SECRET")
    if given:
        return given
    try:
        import keyring

        return keyring.get_password("plfacilitate", place)
    except Exception:  # noqa: BLE001 (whatever a system's keyring is like, other ways in are left)
        return None


def keep_secret(place: str, given: str | None) -> bool:
    """Put a password into the system's keyring, None = take it out; False where there is no keyring."""
    try:
        import keyring

        if given is not None:
            keyring.set_password("plfacilitate", place, given)
        elif keyring.get_password("plfacilitate", place) is not None:
            keyring.delete_password("plfacilitate", place)
    except Exception:  # noqa: BLE001 (not installed, locked, or none in this system)
        return False
    return True


def have_streams() -> None:
    """A program that was started with its output closed has none; what it would say goes nowhere then."""
    if sys.stdout is None or sys.stdout.closed:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stderr is None or sys.stderr.closed:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _public_key(workspace: Workspace, device: str) -> str:
    from plfacilitate.seal.keys import load_or_make

    workspace.create()
    return load_or_make(workspace.keys, device, os.urandom).public


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _user_folder(kind: str) -> Path:
    import platformdirs

    found = platformdirs.user_state_path if kind == "state" else platformdirs.user_data_path
    return found("plfacilitate", appauthor=False)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "facilitator"


def _zone() -> str:
    """The IANA name of the laptop's zone; UTC where the system doesn't say."""
    name = os.environ.get("TZ", "").lstrip(":")
    if name and _is_zone(name):
        return name
    if sys.platform != "win32":
        parts = Path("/etc/localtime").resolve().parts
        if "zoneinfo" in parts:
            name = "/".join(parts[parts.index("zoneinfo") + 1 :])
            if _is_zone(name):
                return name
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name() or "UTC"
    except Exception:  # noqa: BLE001 (whatever a system's zone settings are like, a day can be run)
        return "UTC"


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
